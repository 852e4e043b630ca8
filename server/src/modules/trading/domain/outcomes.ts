/** What a registrar's answer does to an order (O1, O2): a legal step, never more than was applied. */
import {
  add,
  type Amount,
  err,
  formatAmount,
  formatUnits,
  type LocalDate,
  ok,
  type Price,
  type Result,
  type Units,
} from '@cairn/kernel';
import type { Order } from './order.ts';
import { HOLDING_STATES, isLegal, type OrderState } from './states.ts';

/** The states that a registrar's answer can lead to. */
export type OutcomeState = 'subscribed' | 'partlyConfirmed' | 'confirmed' | 'rejected' | 'failed';

/** One confirmation of one order. Amounts and units are those of this confirmation alone. */
export interface OrderOutcome {
  readonly orderId: string;
  readonly to: OutcomeState;
  readonly confirmedAmount: Amount;
  readonly confirmedUnits: Units;
  readonly fee: Amount;
  readonly nav?: Price;
  readonly confirmDate: LocalDate;
  /** What tells it, such as the confirmation's file and record; kept in the event. */
  readonly ref: string;
}

/** Why an answer does not fit its order; the caller makes an exception of it. */
export interface OutcomeRefusal {
  readonly code: 'ORDER_UNKNOWN' | 'OUTCOME_ILLEGAL' | 'OUTCOME_ABOVE_APPLIED';
  readonly details: Readonly<Record<string, string>>;
}

/** What becomes of the frozen cash or units: all released, what was confirmed, or nothing. */
export type HoldChange =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly amount: Amount; readonly units: Units }
  | { readonly kind: 'none' };

/** The order after the answer. */
export interface OutcomeApplied {
  readonly order: Order;
  readonly hold: HoldChange;
}

function isHeld(state: OrderState): boolean {
  return HOLDING_STATES.includes(state);
}

function decideHold(order: Order, outcome: OrderOutcome): HoldChange {
  if (!isHeld(order.state) || order.businessCode === '029') return { kind: 'none' };
  if (!isHeld(outcome.to)) return { kind: 'all' };
  const { confirmedAmount, confirmedUnits } = outcome;
  const confirmed = order.businessCode === '024' ? confirmedUnits : confirmedAmount;
  return confirmed > 0n
    ? { kind: 'part', amount: confirmedAmount, units: confirmedUnits }
    : { kind: 'none' };
}

/**
 * The order after one answer. Partial confirmations add up; of a subscription the result (130)
 * replaces what the receipt (120) said. Refusals: OUTCOME_ILLEGAL (the order is not in a state that
 * leads there: a second final answer, an answer to an order never sent), OUTCOME_ABOVE_APPLIED.
 */
export function decideOutcome(
  order: Order,
  outcome: OrderOutcome,
): Result<OutcomeApplied, OutcomeRefusal> {
  const { orderId } = order;
  if (!isLegal(order.businessCode, order.state, outcome.to)) {
    const details = { orderId, state: order.state, to: outcome.to };
    return err({ code: 'OUTCOME_ILLEGAL', details });
  }
  const fresh = order.businessCode === '020';
  const confirmedAmount = fresh
    ? outcome.confirmedAmount
    : add(order.confirmedAmount, outcome.confirmedAmount);
  const confirmedUnits = fresh
    ? outcome.confirmedUnits
    : add(order.confirmedUnits, outcome.confirmedUnits);
  if (order.amount !== undefined && confirmedAmount > order.amount) {
    const details = {
      orderId,
      applied: formatAmount(order.amount),
      confirmed: formatAmount(confirmedAmount),
    };
    return err({ code: 'OUTCOME_ABOVE_APPLIED', details });
  }
  if (order.units !== undefined && confirmedUnits > order.units) {
    const details = {
      orderId,
      applied: formatUnits(order.units),
      confirmed: formatUnits(confirmedUnits),
    };
    return err({ code: 'OUTCOME_ABOVE_APPLIED', details });
  }
  const after: Order = {
    ...order,
    state: outcome.to,
    confirmedAmount,
    confirmedUnits,
    fee: fresh ? outcome.fee : add(order.fee, outcome.fee),
    ...(outcome.nav === undefined ? {} : { nav: outcome.nav }),
    confirmDate: outcome.confirmDate,
    version: order.version + 1,
  };
  return ok({ order: after, hold: decideHold(order, outcome) });
}
