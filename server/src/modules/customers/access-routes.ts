/** Customers who sign in for themselves: invited, renewed and closed by staff. */
import { AppError } from '@cairn/kernel';
import type { Role } from '../../platform/actor.ts';
import {
  disableInvestor,
  findInvestorAccess,
  inviteInvestor,
  resetInvestor,
} from '../../platform/auth/investors.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { getVisible } from './changes.ts';
import {
  AccessAnswer,
  AccessOrNone,
  CustomerPath,
  InvitationAnswer,
  InviteBody,
} from './contract.ts';

const tags = ['customers'];
const readers: readonly Role[] = ['operations', 'adviser', 'compliance', 'auditor'];
const writers: readonly Role[] = ['operations', 'adviser'];

/** The access of one customer. Whoever invites hands the one-time code over; it is shown once. */
export function accessRoutes(app: App, world: World): void {
  const { auth } = app;
  app.get(
    '/customers/:customerId/investor-access',
    {
      config: { roles: readers, action: 'investor.read' },
      schema: { tags, params: CustomerPath, response: { 200: AccessOrNone } },
    },
    async ({ actor, params: { customerId } }) => {
      await getVisible(world.db, actor, customerId);
      return { access: (await findInvestorAccess(world.db, customerId)) ?? null };
    },
  );
  app.post(
    '/customers/:customerId/investor-access',
    {
      config: { roles: writers, action: 'investor.invite', stepUp: true },
      schema: {
        tags,
        params: CustomerPath,
        body: InviteBody,
        response: { 201: InvitationAnswer },
      },
    },
    async ({ actor, params: { customerId }, body: { userName } }, reply) => {
      const customer = await getVisible(world.db, actor, customerId);
      if (customer.status === 'closed') throw new AppError('CUSTOMER_NOT_OPEN', { customerId });
      return reply.code(201).send(await inviteInvestor(auth, actor, { customerId, userName }));
    },
  );
  app.post(
    '/customers/:customerId/investor-access/reset',
    {
      config: { roles: writers, action: 'investor.reset', stepUp: true },
      schema: { tags, params: CustomerPath, response: { 200: InvitationAnswer } },
    },
    async ({ actor, params: { customerId } }) => {
      const customer = await getVisible(world.db, actor, customerId);
      if (customer.status === 'closed') throw new AppError('CUSTOMER_NOT_OPEN', { customerId });
      return resetInvestor(auth, actor, customerId);
    },
  );
  app.post(
    '/customers/:customerId/investor-access/disable',
    {
      config: { roles: [...writers, 'compliance'], action: 'investor.disable', stepUp: true },
      schema: { tags, params: CustomerPath, response: { 200: AccessAnswer } },
    },
    async ({ actor, params: { customerId } }) => {
      await getVisible(world.db, actor, customerId);
      return disableInvestor(auth, actor, customerId);
    },
  );
}
