/** The front door of trading: orders and fund account applications, from acceptance to outcome. */
import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { tradingChecks } from './checks.ts';
import { tradingErrors } from './errors.ts';
import { flowCheck, orderFlow } from './order-flow.ts';
import { tradingMessages, tradingWords } from './messages.ts';
import { type BatchSettings, tradingRoutes } from './routes.ts';

export {
  type AccountOutcome,
  applyAccountOutcomes,
  applyOrderOutcomes,
  type OutcomesApplied,
  type RefusedOutcome,
} from './apply-outcomes.ts';
export { cancelOrders, type CancelResult } from './cancel.ts';
export { tradingChecks } from './checks.ts';
export {
  type CutOff,
  findApplications,
  findCutOff,
  markSent,
  ordersToSend,
  recordCutOff,
  type SentCount,
  type SentRows,
  type ToSend,
} from './day.ts';
export { ordersView } from './customer-view.ts';
export { daySummary } from './day-summary.ts';
export type {
  AccountApplication,
  BuyOrder,
  Channel,
  DividendMethod,
  DividendOrder,
  LargeRedemptionFlag,
  Order,
  PlaceOrder,
  RedeemOrder,
} from './domain/order.ts';
export { orderIdFor } from './domain/order-identity.ts';
export type { OrderOutcome, OutcomeRefusal, OutcomeState } from './domain/outcomes.ts';
export type { ApplicationCode, OrderCode, OrderState } from './domain/states.ts';
export { tradingErrors } from './errors.ts';
export { orderFigures } from './figures.ts';
export { type FundAccountResult, openFundAccounts, type OpenFundAccount } from './fund-accounts.ts';
export { tradingMessages } from './messages.ts';
export {
  type KeyedRequest,
  keyRequest,
  type OrderReceipt,
  placeOrders,
  type PlaceRequest,
  placeRequests,
  type PlaceResult,
} from './place.ts';
export { type OrderPreview, previewOrder } from './preview.ts';
export {
  findOrders,
  getOrder,
  listOrders,
  type OrderEvent,
  type OrderHistory,
  type OrderPage,
  type OrderSearch,
} from './queries.ts';
export type { BatchSettings } from './routes.ts';

/** The module as the application composes it; `settings` say how requests become batches. */
export function tradingModule(settings: BatchSettings): CairnModule<App> {
  return {
    name: 'trading',
    errors: tradingErrors,
    messages: tradingMessages,
    words: tradingWords,
    checks: [...tradingChecks, flowCheck],
    subscribers: [orderFlow],
    routes: (app, world) => tradingRoutes(app, world, settings),
  };
}
