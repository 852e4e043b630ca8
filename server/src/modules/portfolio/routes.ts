/** HTTP of a customer's figures: parse, call, reply. */
import { type Role, ROLES } from '../../platform/actor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import {
  Assets,
  Curve,
  CustomerPath,
  Definitions,
  MonthQuery,
  Movements,
  PeriodQuery,
  ProfitCalendar,
} from './contract.ts';
import { getAssets } from './assets.ts';
import { FIGURES } from './figures.ts';
import { getCurve, getMovements, getProfitCalendar } from './queries.ts';

const tags = ['portfolio'];
const readers: readonly Role[] = [
  'operations',
  'adviser',
  'reviewer',
  'compliance',
  'auditor',
  'partner',
  'investor',
];

/** Assets, the curve of value and profit, the profit calendar, and what the figures mean. */
export function portfolioRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId/assets',
    {
      config: { roles: readers, action: 'portfolio.assets' },
      schema: { tags, params: CustomerPath, response: { 200: Assets } },
    },
    async ({ actor, params }) => getAssets(world, actor, params.customerId),
  );
  app.get(
    '/customers/:customerId/value-curve',
    {
      config: { roles: readers, action: 'portfolio.curve' },
      schema: { tags, params: CustomerPath, querystring: PeriodQuery, response: { 200: Curve } },
    },
    async ({ actor, params, query }) => getCurve(world, actor, params.customerId, query),
  );
  app.get(
    '/customers/:customerId/profit-calendar',
    {
      config: { roles: readers, action: 'portfolio.calendar' },
      schema: {
        tags,
        params: CustomerPath,
        querystring: MonthQuery,
        response: { 200: ProfitCalendar },
      },
    },
    async ({ actor, params, query }) => getProfitCalendar(world, actor, params.customerId, query),
  );
  app.get(
    '/customers/:customerId/movements',
    {
      config: { roles: readers, action: 'portfolio.movements' },
      schema: {
        tags,
        params: CustomerPath,
        querystring: PeriodQuery,
        response: { 200: Movements },
      },
    },
    async ({ actor, params, query }) => getMovements(world, actor, params.customerId, query),
  );
  app.get(
    '/figures',
    {
      config: { roles: ROLES, action: 'portfolio.figures' },
      schema: { tags, response: { 200: Definitions } },
    },
    async () => ({ figures: [...FIGURES] }),
  );
}
