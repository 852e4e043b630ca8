/** HTTP of orders: parse, call, reply. */
import { amount, AppError, localDate, shanghaiDate, valueOf } from '@cairn/kernel';
import type { Actor, Role } from '../../platform/actor.ts';
import { Batcher } from '../../platform/batcher.ts';
import type { App } from '../../platform/http/app.ts';
import { renderBoth } from '../../platform/http/catalog.ts';
import type { World } from '../../platform/world.ts';
import { cancelOrders } from './cancel.ts';
import {
  BatchReply,
  FundAccountBody,
  FlowQuery,
  FlowReply,
  FundAccountReply,
  ListQuery,
  OrderDetail,
  OrderPageReply,
  OrderParams,
  OrderView,
  PlaceOrderBody,
  PlaceOrdersBody,
  PreviewBody,
  PreviewReply,
  ProofReply,
  Receipt,
} from './contract.ts';
import { latestNavs } from '../products/index.ts';
import type { PlaceOrder } from './domain/order.ts';
import { flowOf } from './order-flow.ts';
import { openFundAccounts } from './fund-accounts.ts';
import {
  type KeyedRequest,
  keyRequest,
  placeOrders,
  placeRequests,
  type PlaceResult,
} from './place.ts';
import { previewOrder } from './preview.ts';
import { proveOrder } from './proof.ts';
import { getOrder, listOrders } from './queries.ts';
import {
  readOrder,
  showFlow,
  showHistory,
  showOrder,
  showPreview,
  showProof,
  showReceipt,
} from './wire.ts';

/** How orders are gathered into batches; the fields of the settings of the same names. */
export interface BatchSettings {
  readonly lanes: number;
  readonly batchSizeMax: number;
  readonly batchWaitMs: number;
  readonly queueMax: number;
}

const PLACERS: readonly Role[] = ['operations', 'adviser', 'partner', 'investor'];
/** Who places many orders at once. */
const PROGRAMS: readonly Role[] = ['operations', 'adviser', 'partner'];
const READERS: readonly Role[] = [
  'operations',
  'adviser',
  'partner',
  'auditor',
  'compliance',
  'reviewer',
  'investor',
];
/** Who watches the flow of the whole house. */
const WATCHERS: readonly Role[] = ['operations', 'compliance', 'auditor', 'reviewer'];
const PAGE_LIMIT = 50;
const tags = ['orders'];

/** Registers the routes of orders and fund accounts. */
export function tradingRoutes(app: App, world: World, settings: BatchSettings): void {
  placingRoutes(app, world, settings);
  readingRoutes(app, world);
  followUpRoutes(app, world);
}

/** Whether an investor redeems so much that he must prove again to be the one. */
async function needsProof(
  app: App,
  world: World,
  actor: Actor,
  order: PlaceOrder,
): Promise<boolean> {
  if (actor.kind !== 'investor' || order.businessCode !== '024') return false;
  const today = shanghaiDate(world.clock.now());
  const known = (await latestNavs(world.db, today, [order.fundCode])).get(order.fundCode);
  if (known === undefined) return true;
  const limit = amount(BigInt(app.auth.settings.investorProofYuan) * 100n);
  return valueOf(order.units, known.nav, 'halfUp') >= limit;
}

/** The answer of a result: an AppError for what was not done, with every reason. */
function accept(result: PlaceResult) {
  if (result.kind === 'error') throw new AppError(result.code, result.details);
  return result;
}

function placingRoutes(app: App, world: World, settings: BatchSettings): void {
  const batcher = new Batcher<KeyedRequest, PlaceResult>({
    lanes: settings.lanes,
    sizeMax: settings.batchSizeMax,
    waitMs: settings.batchWaitMs,
    queueMax: Math.ceil(settings.queueMax / settings.lanes),
    bucketOf: ({ bucket }) => bucket,
    handle: (requests, flushLater) => placeRequests(world, requests, { flushLater }),
  });
  app.addHook('onClose', () => batcher.idle());
  const config = { roles: PLACERS, action: 'orders.place', idempotent: true } as const;
  app.post(
    '/orders',
    {
      config: { ...config, ownLimit: true },
      schema: { tags, body: PlaceOrderBody, response: { 201: Receipt } },
    },
    async (request, reply) => {
      const { actor } = request;
      const order = readOrder(request.body);
      if (await needsProof(app, world, actor, order)) {
        await app.auth.assertTokenProven(request.token);
      }
      const answer = accept(await batcher.submit(keyRequest({ actor, order })));
      if (answer.isReplay) reply.header('Idempotent-Replay', 'true');
      const { receipt } = answer;
      if (receipt.outcome === 'refused') {
        const { orderId, tradeDate, findings: reasons } = receipt;
        throw new AppError('ORDER_REFUSED', { orderId, tradeDate, reasons });
      }
      return reply.code(201).send(showReceipt(app, receipt));
    },
  );
  app.post(
    '/orders/batch',
    {
      config: { ...config, roles: PROGRAMS },
      schema: { tags, body: PlaceOrdersBody, response: { 200: BatchReply } },
    },
    async (request) => {
      const orders = request.body.orders.map(readOrder);
      const results = await placeOrders(world, request.actor, orders);
      return {
        results: results.map((result) =>
          result.kind === 'error'
            ? { error: showError(app, result.code, result.details) }
            : { isReplay: result.isReplay, receipt: showReceipt(app, result.receipt) },
        ),
      };
    },
  );
  app.post(
    '/orders/preview',
    {
      config: { roles: PLACERS, action: 'orders.preview' },
      schema: { tags, body: PreviewBody, response: { 200: PreviewReply } },
    },
    async (request) =>
      showPreview(app, await previewOrder(world, request.actor, readOrder(request.body))),
  );
}

function showError(app: App, code: string, details: Readonly<Record<string, unknown>>) {
  const [, en, zh] = app.catalog.errors.get(code) ?? [500, code, code];
  const [message, messageZh] = renderBoth(app.catalog, [en, zh], details);
  return { code, message, messageZh, details: { ...details } };
}

function readingRoutes(app: App, world: World): void {
  const config = { roles: READERS, action: 'orders.read' } as const;
  app.get(
    '/orders',
    { config, schema: { tags, querystring: ListQuery, response: { 200: OrderPageReply } } },
    async (request) => {
      const { tradeDate, limit, ...rest } = request.query;
      const page = await listOrders(world.db, request.actor, {
        ...rest,
        ...(tradeDate === undefined ? {} : { tradeDate: localDate(tradeDate) }),
        limit: limit ?? PAGE_LIMIT,
      });
      const { cursor } = page;
      const orders = page.orders.map(showOrder);
      return cursor === undefined ? { orders } : { orders, cursor };
    },
  );
  app.get(
    '/orders/flow',
    {
      config: { roles: WATCHERS, action: 'orders.flow', firmWide: true },
      schema: { tags, querystring: FlowQuery, response: { 200: FlowReply } },
    },
    async ({ query }) => {
      const tradeDate = localDate(query.tradeDate);
      return { tradeDate, flows: (await flowOf(world.db, tradeDate)).map(showFlow) };
    },
  );
  app.get(
    '/orders/:orderId',
    { config, schema: { tags, params: OrderParams, response: { 200: OrderDetail } } },
    async (request) =>
      showHistory(app, await getOrder(world.db, request.actor, request.params.orderId)),
  );
  app.get(
    '/orders/:orderId/suitability-proof',
    {
      config: { roles: READERS, action: 'orders.prove' },
      schema: { tags, params: OrderParams, response: { 200: ProofReply } },
    },
    async (request) =>
      showProof(app, await proveOrder(world.db, request.actor, request.params.orderId)),
  );
}

function followUpRoutes(app: App, world: World): void {
  app.post(
    '/orders/:orderId/cancellation',
    {
      config: { roles: PLACERS, action: 'orders.cancel', idempotent: true },
      schema: { tags, params: OrderParams, response: { 200: OrderView } },
    },
    async (request) => {
      const { orderId } = request.params;
      const [result] = await cancelOrders(world, request.actor, [orderId]);
      if (result?.kind !== 'cancelled') {
        throw new AppError(result?.code ?? 'ORDER_NOT_FOUND', { ...result?.details });
      }
      return showOrder(result.order);
    },
  );
  app.post(
    '/fund-accounts',
    {
      config: { roles: PLACERS, action: 'fund-accounts.apply' },
      schema: { tags, body: FundAccountBody, response: { 201: FundAccountReply } },
    },
    async (request, reply) => {
      const [result] = await openFundAccounts(world, request.actor, [request.body]);
      if (result?.kind !== 'applied') {
        throw new AppError(result?.code ?? 'CUSTOMER_NOT_FOUND', { ...result?.details });
      }
      const { application } = result;
      return reply.code(201).send({
        applicationId: application.applicationId,
        businessCode: application.businessCode,
        customerId: application.customerId,
        tradingAccountNo: application.tradingAccountNo,
        registrarCode: application.registrarCode,
        tradeDate: application.tradeDate,
        state: application.state,
      });
    },
  );
}
