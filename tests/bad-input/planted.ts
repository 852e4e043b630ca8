/**
 * Routes with one fault each, registered beside the real ones: what the security tests must report,
 * so that a test that finds nothing is known to look.
 */
import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import type { Role } from '../../server/src/platform/actor.ts';
import type { App } from '../../server/src/platform/http/app.ts';
import type { CairnModule } from '../../server/src/platform/module.ts';
import type { World } from '../../server/src/platform/world.ts';
import { type Endpoint, of, posts } from './endpoint.ts';
import type { House } from './house.ts';

const roles: readonly Role[] = ['operations', 'adviser'];
const path = (name: string) =>
  Type.Object({ [name]: Type.String() }, { additionalProperties: false });

/** They look a thing up without asking whose it is. */
function withoutScope(app: App, world: World): void {
  app.get(
    '/planted/customers/:customerId',
    { config: { roles }, schema: { params: path('customerId') } },
    async ({ params }) => {
      const [row] = await world.db.query<{ name: string }>(
        'select name_masked as name from customers.customers where customer_id = $1',
        [params['customerId']],
      );
      if (row === undefined) throw new AppError('NOT_FOUND');
      return row;
    },
  );
  // It shows nothing, but that there is something.
  app.get(
    '/planted/orders/:orderId',
    { config: { roles }, schema: { params: path('orderId') } },
    async ({ params }) => {
      const rows = await world.db.query('select 1 from trading.orders where order_id = $1', [
        params['orderId'],
      ]);
      throw new AppError(rows.length === 0 ? 'NOT_FOUND' : 'FORBIDDEN');
    },
  );
  app.post(
    '/planted/marks/:customerId',
    { config: { roles }, schema: { params: path('customerId') } },
    async ({ params }) => {
      await world.db.query(
        `update platform.users set updated_at = updated_at + interval '1 second'
         where exists (select from customers.customers where customer_id = $1)`,
        [params['customerId']],
      );
      throw new AppError('NOT_FOUND');
    },
  );
}

/** They say who may call, and nobody asks. */
function withoutGate(app: App): void {
  const says = (mark: Record<string, unknown>) => ({ tags: ['planted'], ...mark });
  app.get(
    '/planted/for-operations',
    { config: { public: true }, schema: says({ 'x-roles': ['operations'] }) },
    async () => 'done',
  );
  app.get(
    '/planted/for-the-firm',
    { config: { roles }, schema: says({ 'x-firm-wide': true }) },
    async () => 'done',
  );
  app.get('/planted/of-nobody', { config: { roles }, schema: says({}) }, async () => 'done');
}

/** It changes a table and leaves no record. */
function withoutRecord(app: App, world: World): void {
  app.post('/planted/silent', { config: { roles }, schema: { tags: ['planted'] } }, async () => {
    await world.db.query(`update platform.users set updated_at = updated_at + interval '1 second'`);
    return 'done';
  });
}

/** The module of the planted routes. */
export const planted: CairnModule<App> = {
  name: 'planted',
  errors: {},
  routes(app, world) {
    withoutScope(app, world);
    withoutGate(app);
    withoutRecord(app, world);
  },
};

/** A right request for each planted route, by its fault. */
export function plantedEndpoints({ investor, orderId }: House) {
  const get = (route: string, url = route): Endpoint => of(`GET ${route}`, 'operations', url);
  const { customerId } = investor;
  return {
    shows: get('/planted/customers/{customerId}', `/planted/customers/${customerId}`),
    tells: get('/planted/orders/{orderId}', `/planted/orders/${orderId}`),
    changes: posts('/planted/marks/{customerId}', 'operations', {
      url: `/planted/marks/${customerId}`,
    }),
    open: get('/planted/for-operations'),
    firmWide: get('/planted/for-the-firm'),
    unsorted: get('/planted/of-nobody'),
    silent: posts('/planted/silent', 'operations', {}),
  };
}
