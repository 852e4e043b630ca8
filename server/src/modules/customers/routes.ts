import { AppError } from '@cairn/kernel';
import { maySee, type Role } from '../../platform/actor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { accessRoutes } from './access-routes.ts';
import { changeProfile, changeStatus, reviewKyc } from './changes.ts';
import { openCustomers } from './commands.ts';
import {
  ChangeBody,
  CustomerAnswer,
  CustomerPageAnswer,
  CustomerPath,
  ListQuery,
  OpenAnswer,
  OpenBody,
  ReviewBody,
  SearchBody,
  StatusBody,
  UnmaskAnswer,
  UnmaskBody,
  VersionAnswer,
  VersionList,
  ViewAnswer,
} from './contract.ts';
import { noteRoutes } from './note-routes.ts';
import { searchByText } from './search.ts';
import { listCustomers, searchCustomers } from './lists.ts';
import { openingRoutes } from './opening-routes.ts';
import { getCustomer, getWholeView, listVersions, unmask } from './queries.ts';

const tags = ['customers'];
const readers: readonly Role[] = ['operations', 'adviser', 'reviewer', 'compliance', 'auditor'];
const writers: readonly Role[] = ['operations', 'adviser'];
const PAGE_DEFAULT = 50;

/** Opening, finding, seeing and changing customers. */
export function customerRoutes(app: App, world: World): void {
  openRoute(app, world);
  openingRoutes(app, world);
  findRoutes(app, world);
  readRoutes(app, world);
  changeRoutes(app, world);
  accessRoutes(app, world);
  noteRoutes(app, world);
}

function openRoute(app: App, world: World): void {
  app.post(
    '/customers',
    {
      config: { roles: [...writers, 'partner'], action: 'customers.open' },
      schema: { tags, body: OpenBody, response: { 201: OpenAnswer } },
    },
    async ({ actor, body }, reply) => {
      const [outcome] = await openCustomers(world, actor, [body]);
      if (outcome === undefined || outcome.outcome === 'refused') {
        throw new AppError('CUSTOMER_REFUSED', { reasons: outcome?.findings ?? [] });
      }
      const { customerId } = outcome;
      if (outcome.outcome === 'opened') return reply.code(201).send({ customerId });
      // Whom the caller may not see anyway, the caller is not told either.
      const isVisible = actor.kind === 'staff' && maySee(actor, outcome);
      throw new AppError('CUSTOMER_EXISTS', isVisible ? { customerId } : {});
    },
  );
}

function findRoutes(app: App, world: World): void {
  app.get(
    '/customers',
    {
      config: { roles: readers },
      schema: { tags, querystring: ListQuery, response: { 200: CustomerPageAnswer } },
    },
    async ({ actor, query }) => {
      const { limit = PAGE_DEFAULT, ...rest } = query;
      return listCustomers(world, actor, { ...rest, limit });
    },
  );
  app.post(
    '/customers/search',
    {
      config: { roles: readers, action: 'customers.search' },
      schema: { tags, body: SearchBody, response: { 200: CustomerPageAnswer } },
    },
    async ({ actor, body: { limit, cursor, ...search } }) => {
      const page = { limit: limit ?? PAGE_DEFAULT, cursor };
      if (search.by === 'text') return searchByText(world, actor, { text: search.text, ...page });
      return searchCustomers(world, actor, search, page);
    },
  );
}

function readRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId',
    {
      config: { roles: [...readers, 'partner', 'investor'] },
      schema: { tags, params: CustomerPath, response: { 200: CustomerAnswer } },
    },
    async ({ actor, params }) => getCustomer(world.db, actor, params.customerId),
  );
  app.get(
    '/customers/:customerId/view',
    {
      config: { roles: [...readers, 'investor'] },
      schema: { tags, params: CustomerPath, response: { 200: ViewAnswer } },
    },
    async ({ actor, params }) => getWholeView(world.db, actor, params.customerId),
  );
  app.get(
    '/customers/:customerId/versions',
    {
      config: { roles: readers },
      schema: { tags, params: CustomerPath, response: { 200: VersionList } },
    },
    async ({ actor, params }) => ({
      versions: await listVersions(world.db, actor, params.customerId),
    }),
  );
  app.post(
    '/customers/:customerId/unmask',
    {
      config: { roles: ['operations', 'adviser', 'compliance'], action: 'customers.unmask' },
      schema: { tags, params: CustomerPath, body: UnmaskBody, response: { 200: UnmaskAnswer } },
    },
    async ({ actor, params, body }) => unmask(world, actor, { ...params, ...body }),
  );
}

function changeRoutes(app: App, world: World): void {
  const answer = { 200: VersionAnswer };
  app.patch(
    '/customers/:customerId',
    {
      config: { roles: writers, action: 'customers.change' },
      schema: { tags, params: CustomerPath, body: ChangeBody, response: answer },
    },
    async ({ actor, session, token, params, body }) => {
      // Whoever has another number put there is called in the customer's place.
      if (session !== undefined && body.change.phone !== undefined) {
        await app.auth.assertTokenProven(token);
      }
      return changeProfile(world, actor, { ...params, ...body });
    },
  );
  app.post(
    '/customers/:customerId/kyc-review',
    {
      config: { roles: ['operations', 'reviewer', 'compliance'], action: 'customers.review' },
      schema: { tags, params: CustomerPath, body: ReviewBody, response: answer },
    },
    async ({ actor, params, body }) => reviewKyc(world, actor, { ...params, ...body }),
  );
  app.post(
    '/customers/:customerId/status',
    {
      config: { roles: ['operations', 'compliance'], action: 'customers.status' },
      schema: { tags, params: CustomerPath, body: StatusBody, response: answer },
    },
    async ({ actor, params, body }) => changeStatus(world, actor, { ...params, ...body }),
  );
}
