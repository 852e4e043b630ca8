/** What the house must answer to a transfer with the bank and to a cancellation. */
import { inShanghai } from './arithmetic.ts';
import type { ModelMarket } from './market.ts';
import {
  type CustomerState,
  frozenCash,
  type ModelOrder,
  type ModelTransfer,
  withEntry,
} from './state.ts';

export interface TransferRequest {
  readonly customer: string;
  readonly no: string;
  readonly direction: 'in' | 'out';
  readonly amount: bigint;
}

/** The answer to one transfer: booked, refused for ever under its number, or not taken at all. */
export interface TransferReply {
  readonly outcome: 'posted' | 'refused' | 'mismatch';
  readonly repeated: boolean;
  readonly refusal: string | undefined;
  readonly businessDate: string;
}

function refusalOf(state: CustomerState, { direction, amount }: TransferRequest) {
  if (direction === 'in') return undefined;
  if (state.assetStatus !== 'active') return 'ASSET_ACCOUNT_NOT_ACTIVE';
  return amount > state.cash - frozenCash(state) ? 'CASH_INSUFFICIENT' : undefined;
}

/** The answer to a transfer at an instant, and the customer afterwards. */
export function predictTransfer(
  market: ModelMarket,
  state: CustomerState,
  request: TransferRequest,
  now: string,
): { reply: TransferReply; next: CustomerState } {
  const { no, direction, amount } = request;
  const known = state.transfers.get(no);
  if (known !== undefined) {
    if (known.direction !== direction || known.amount !== amount) {
      const refusal = undefined;
      const reply = { outcome: 'mismatch', repeated: true, refusal, businessDate: '' } as const;
      return { reply, next: state };
    }
    const { state: outcome, refusal, businessDate } = known;
    return { reply: { outcome, repeated: true, refusal, businessDate }, next: state };
  }
  const refusal = refusalOf(state, request);
  const businessDate = market.transferDateOf(now);
  const booked: ModelTransfer = {
    no,
    direction,
    amount,
    state: refusal === undefined ? 'posted' : 'refused',
    refusal,
    businessDate,
  };
  const change = refusal !== undefined ? 0n : direction === 'in' ? amount : -amount;
  return {
    reply: { outcome: booked.state, repeated: false, refusal, businessDate },
    next: {
      ...state,
      cash: state.cash + change,
      transfers: withEntry(state.transfers, no, booked),
    },
  };
}

/** The answer to a cancellation: 'cancelled', or the code of the refusal with the state it names. */
export type CancelReply =
  | 'cancelled'
  | 'ORDER_NOT_FOUND'
  | 'CANCEL_AFTER_CUT_OFF'
  | `ORDER_NOT_CANCELLABLE ${string}`;

/** The answer at an instant, and the customer afterwards. */
export function predictCancel(
  market: ModelMarket,
  state: CustomerState,
  no: string,
  now: string,
): { reply: CancelReply; next: CustomerState } {
  const order = state.orders.get(no);
  if (order === undefined) return { reply: 'ORDER_NOT_FOUND', next: state };
  if (order.state !== 'accepted') {
    return { reply: `ORDER_NOT_CANCELLABLE ${order.state}`, next: state };
  }
  const { tradeDate } = order;
  const { date, time } = inShanghai(now);
  const cutOff = market.termsOn(order.fund, tradeDate)?.cutOff ?? '15:00';
  const isLate = date > tradeDate || (date === tradeDate && time >= cutOff);
  const isCut = market.lastCutOff !== undefined && market.lastCutOff >= tradeDate;
  if (isLate || isCut) return { reply: 'CANCEL_AFTER_CUT_OFF', next: state };
  const cancelled: ModelOrder = { ...order, state: 'cancelled' };
  return {
    reply: 'cancelled',
    next: { ...state, orders: withEntry(state.orders, no, cancelled) },
  };
}

/** The state of an account after it is frozen or freed, and why it is not when it is not. */
export function predictMove(
  { assetStatus }: CustomerState,
  event: 'freeze' | 'unfreeze',
): { status: string; refusal: string | undefined } {
  const [from, to] = event === 'freeze' ? ['active', 'frozen'] : ['frozen', 'active'];
  if (assetStatus === from) return { status: to, refusal: undefined };
  return { status: assetStatus, refusal: 'ACCOUNT_TRANSITION_REFUSED' };
}
