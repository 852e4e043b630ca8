/** One customer as the model sees him: plain values, copied before a change. */

export type OrderKind = '020' | '022' | '024' | '029';

/** A reason, with the facts of it that the model predicts. */
export interface ModelFinding {
  readonly code: string;
  readonly severity: 'block' | 'warn' | 'info';
  readonly facts: Readonly<Record<string, string>>;
}

/** An order as a client asks for it. Amounts in fen, units scale 2, discount scale 8. */
export interface OrderRequest {
  /** The id that customer and number give; the client may compute it. */
  readonly id: string;
  readonly customer: string;
  readonly no: string;
  readonly kind: OrderKind;
  readonly fund: string;
  readonly amount: bigint;
  readonly units: bigint;
  readonly method: string;
  readonly discount: bigint;
  readonly warning: string;
  /** Everything that makes the request what it is, as text. */
  readonly body: string;
}

export interface ModelOrder extends OrderRequest {
  readonly registrar: string;
  readonly tradeDate: string;
  /** Unknown while the answer was lost and nobody has read the order. */
  readonly acceptedAt: string | undefined;
  readonly state: string;
  readonly findings: readonly ModelFinding[];
  readonly confirmedAmount: bigint;
  readonly confirmedUnits: bigint;
  readonly fee: bigint;
  readonly confirmDate: string | undefined;
}

export interface ModelTransfer {
  readonly no: string;
  readonly direction: 'in' | 'out';
  readonly amount: bigint;
  readonly state: 'posted' | 'refused';
  readonly refusal: string | undefined;
  readonly businessDate: string;
}

export interface ModelAccount {
  readonly tradingAccountNo: string;
  readonly status: 'opening' | 'active' | 'rejected';
  readonly applicationId: string;
  readonly applicationDate: string;
}

export interface ModelProfile {
  readonly level: number;
  readonly lowest: boolean;
  readonly term: string;
  readonly varieties: readonly string[];
  readonly validUntil: string;
}

/** A submission of answers that was taken. */
export interface ModelAssessment {
  readonly no: string;
  /** The answers as text. */
  readonly body: string;
  readonly date: string;
  readonly score: number;
  readonly profile: ModelProfile | undefined;
}

export interface ModelWarning {
  readonly fund: string;
  /** Codes and facts of what was warned of. */
  readonly of: string;
  readonly confirmedAt: string | undefined;
  readonly expiresAt: string;
}

export interface CustomerState {
  readonly assetAccountNo: string;
  readonly assetStatus: string;
  readonly validUntil: string | null;
  readonly profile: ModelProfile | undefined;
  readonly assessments: readonly ModelAssessment[];
  readonly warnings: ReadonlyMap<string, ModelWarning>;
  readonly cash: bigint;
  /** By registrar. */
  readonly accounts: ReadonlyMap<string, ModelAccount>;
  /** By the client's number. */
  readonly orders: ReadonlyMap<string, ModelOrder>;
  readonly transfers: ReadonlyMap<string, ModelTransfer>;
  /** Units booked, by fund. */
  readonly units: ReadonlyMap<string, bigint>;
  /** Money that the bank still owes to the customer. */
  readonly dues: readonly { readonly dueDate: string; readonly amount: bigint }[];
}

const HELD = new Set(['accepted', 'sent', 'partlyConfirmed']);

/** A copy with one entry of a map set. */
export function withEntry<V>(
  map: ReadonlyMap<string, V>,
  key: string,
  value: V,
): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

export const isBuy = (order: { readonly kind: OrderKind }): boolean =>
  order.kind === '020' || order.kind === '022';

/** What an order that waits still holds, in money or units. */
export function heldBy(order: ModelOrder): bigint {
  if (!HELD.has(order.state)) return 0n;
  if (isBuy(order)) return order.amount - order.confirmedAmount;
  return order.kind === '024' ? order.units - order.confirmedUnits : 0n;
}

export function frozenCash(state: CustomerState): bigint {
  let total = 0n;
  for (const order of state.orders.values()) if (isBuy(order)) total += heldBy(order);
  return total;
}

export function frozenUnits(state: CustomerState, fund: string): bigint {
  let total = 0n;
  for (const order of state.orders.values()) {
    if (order.kind === '024' && order.fund === fund) total += heldBy(order);
  }
  return total;
}

/** What was bought of a fund on a trade date by orders that stand. */
export function boughtOn(state: CustomerState, fund: string, tradeDate: string): bigint {
  let total = 0n;
  for (const order of state.orders.values()) {
    if (!isBuy(order) || order.fund !== fund || order.tradeDate !== tradeDate) continue;
    if (order.state !== 'refused' && order.state !== 'cancelled') total += order.amount;
  }
  return total;
}

/** A state as text that is equal for equal states. */
export function textOf(state: CustomerState): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    return value instanceof Map
      ? [...(value as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1))
      : value;
  });
}
