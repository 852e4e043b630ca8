/**
 * The life of an order as data. The same rows stand in `trading.order_transitions`, where a
 * statement trigger refuses everything else (O1); a test compares the two.
 */

/** Apply codes of orders (OFD business codes): 认购, 申购, 赎回, 设置分红方式. */
export type OrderCode = '020' | '022' | '024' | '029';

/** Apply codes of fund account applications: 开户, 增加交易账户. */
export type ApplicationCode = '001' | '008';

/** Where an order or an application stands. `new` is only ever the start of the first event. */
export type OrderState =
  | 'refused'
  | 'accepted'
  | 'cancelled'
  | 'sent'
  | 'subscribed'
  | 'partlyConfirmed'
  | 'confirmed'
  | 'rejected'
  | 'failed';

/** One legal step of one kind of order. */
export interface Transition {
  readonly code: OrderCode | ApplicationCode;
  readonly from: OrderState | 'new';
  readonly to: OrderState;
}

const START = [
  ['new', 'accepted'],
  ['new', 'refused'],
  ['accepted', 'cancelled'],
  ['accepted', 'sent'],
  ['sent', 'rejected'],
] as const;

const SUBSCRIPTION = [
  ...START,
  ['sent', 'subscribed'],
  ['subscribed', 'confirmed'],
  ['subscribed', 'failed'],
] as const;

const PARTIAL = [
  ...START,
  ['sent', 'confirmed'],
  ['sent', 'partlyConfirmed'],
  ['partlyConfirmed', 'partlyConfirmed'],
  ['partlyConfirmed', 'confirmed'],
] as const;

const WHOLE = [...START, ['sent', 'confirmed']] as const;

const APPLICATION = [
  ['new', 'accepted'],
  ['accepted', 'sent'],
  ['sent', 'confirmed'],
  ['sent', 'rejected'],
] as const;

const BY_CODE = {
  '001': APPLICATION,
  '008': APPLICATION,
  '020': SUBSCRIPTION,
  '022': PARTIAL,
  '024': PARTIAL,
  '029': WHOLE,
} as const;

/** Every legal transition, by code. */
export const transitions: readonly Transition[] = Object.entries(BY_CODE).flatMap(([code, rows]) =>
  rows.map(([from, to]) => ({ code: code as Transition['code'], from, to })),
);

const legal = new Set(transitions.map((row) => `${row.code} ${row.from} ${row.to}`));

/** Whether an order of this code may go from one state to another. */
export function isLegal(
  code: Transition['code'],
  from: OrderState | 'new',
  to: OrderState,
): boolean {
  return legal.has(`${code} ${from} ${to}`);
}

const left = new Set<string>(transitions.map((row) => `${row.code} ${row.from}`));

/** Whether nothing may follow this state: terminal states are final. */
export function isFinal(code: Transition['code'], state: OrderState): boolean {
  return !left.has(`${code} ${state}`);
}

/** States in which the order's cash or units are frozen (M3). */
export const HOLDING_STATES: readonly OrderState[] = ['accepted', 'sent', 'partlyConfirmed'];

/** What one event says about the state. */
export interface StateStep {
  readonly from: OrderState | 'new';
  readonly to: OrderState;
}

/** The state after the events in order; undefined when a step is illegal or does not follow on. */
export function replayStates(
  code: Transition['code'],
  steps: readonly StateStep[],
): OrderState | undefined {
  let state: OrderState | 'new' = 'new';
  for (const step of steps) {
    if (step.from !== state || !isLegal(code, step.from, step.to)) return undefined;
    state = step.to;
  }
  return state === 'new' ? undefined : state;
}
