/** What clients ask and what the house answers, between the words of the house and of the model. */
import { amount, type Finding, rate, units } from '@cairn/kernel';
import type { TransferOutcome } from '../../modules/accounts/index.ts';
import {
  type CancelResult,
  orderIdFor,
  type PlaceOrder,
  type PlaceResult,
} from '../../modules/trading/index.ts';
import { Disagreement } from './model/booking.ts';
import type { CancelReply, TransferReply, TransferRequest } from './model/money.ts';
import { MISMATCH, type OrderReply } from './model/place.ts';
import type { ModelFinding, ModelOrder, OrderKind, OrderRequest } from './model/state.ts';
import type { Client } from './people.ts';

/** The parts of an order that the dice choose. */
export interface OrderWish {
  readonly no: string;
  readonly kind: OrderKind;
  readonly fund: string;
  readonly amount?: bigint;
  readonly units?: bigint;
  readonly method?: '0' | '1';
  readonly discount?: bigint;
  readonly warning?: string;
  readonly largeRedemptionFlag?: '0' | '1';
}

/** An order in both languages. */
export interface Asked {
  readonly client: Client;
  readonly house: PlaceOrder;
  readonly model: OrderRequest;
}

const FULL_RATE = 100_000_000n;

function houseOrder({ customerId }: Client, wish: OrderWish): PlaceOrder {
  const { kind, no, fund: fundCode } = wish;
  const head = { customerId, clientOrderNo: no, fundCode, channel: '2' as const };
  if (kind === '029') return { ...head, businessCode: kind, dividendMethod: wish.method ?? '1' };
  if (kind === '024') {
    const largeRedemptionFlag = wish.largeRedemptionFlag ?? '1';
    return { ...head, businessCode: kind, units: units(wish.units ?? 0n), largeRedemptionFlag };
  }
  return {
    ...head,
    businessCode: kind,
    amount: amount(wish.amount ?? 0n),
    discountRate: rate(wish.discount ?? FULL_RATE),
    ...(wish.warning === undefined ? {} : { warningId: wish.warning }),
  };
}

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

export function ask(client: Client, wish: OrderWish): Asked {
  return {
    client,
    house: houseOrder(client, wish),
    model: {
      id: orderIdFor(client.bucket, client.customerId, wish.no),
      customer: client.customerId,
      no: wish.no,
      kind: wish.kind,
      fund: wish.fund,
      amount: wish.amount ?? 0n,
      units: wish.units ?? 0n,
      method: wish.method ?? '',
      discount: wish.discount ?? FULL_RATE,
      warning: wish.warning ?? '',
      body: JSON.stringify(wish, bigintText),
    },
  };
}

function findingOf({ code, severity, details = {} }: Finding): ModelFinding {
  const facts = Object.entries(details).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );
  return { code, severity: severity as ModelFinding['severity'], facts: Object.fromEntries(facts) };
}

/** The findings of an answer in the model's words. */
export const findingsOf = (findings: readonly Finding[]): ModelFinding[] => findings.map(findingOf);

/** Disagreement where an answer repeats its request otherwise than it was made. */
function echoes(what: string, asked: readonly unknown[], said: readonly unknown[]): void {
  const [ours, theirs] = [asked.join(' '), said.join(' ')];
  if (ours !== theirs) throw new Disagreement(what, ours, theirs);
}

/** The answer to an order; the instant at which it was decided stands beside it. */
export function orderReply(
  { model: { id, customer, no } }: Asked,
  result: PlaceResult,
): { reply: OrderReply; at: string } {
  if (result.kind === 'error') {
    if (result.code !== 'IDEMPOTENCY_MISMATCH') throw new Error(`order answered ${result.code}`);
    return { reply: MISMATCH, at: '' };
  }
  const { receipt, isReplay } = result;
  const { orderId, customerId, clientOrderNo, outcome, tradeDate, acceptedAt, findings } = receipt;
  echoes(`receipt of ${no}`, [id, customer, no], [orderId, customerId, clientOrderNo]);
  return {
    reply: { outcome, tradeDate, acceptedAt, isReplay, findings: findings.map(findingOf) },
    at: acceptedAt,
  };
}

/** The answer to a transfer, with what must be the same whenever it is answered again. */
export function transferReply(
  request: TransferRequest,
  outcome: TransferOutcome,
): { reply: TransferReply; at: string; told: string } {
  if ('fault' in outcome) {
    if (outcome.fault.code !== 'TRANSFER_NO_REUSED') {
      throw new Error(`transfer answered ${outcome.fault.code}`);
    }
    return {
      reply: { outcome: 'mismatch', repeated: true, refusal: undefined, businessDate: '' },
      at: '',
      told: '',
    };
  }
  const { transfer, repeated } = outcome;
  const { customer, no, direction, amount: asked } = request;
  echoes(
    `transfer ${no}`,
    [customer, no, direction, asked],
    [transfer.customerId, transfer.clientTransferNo, transfer.direction, transfer.amount],
  );
  return {
    reply: {
      outcome: transfer.state,
      repeated,
      refusal: transfer.refusal?.code,
      businessDate: transfer.businessDate,
    },
    at: transfer.requestedAt,
    told: `${transfer.transferId} ${transfer.requestedAt}`,
  };
}

/** The answer to a cancellation of an order as the model knows it. */
export function cancelReply(known: ModelOrder | undefined, result: CancelResult): CancelReply {
  if (result.kind === 'cancelled') {
    const { order } = result;
    const { id, fund, kind, amount: money = 0n, units: parts = 0n, tradeDate } = known ?? {};
    const { orderId, state, businessCode, fundCode, amount: cash = 0n, units: share = 0n } = order;
    const confirmed = order.confirmedAmount + order.confirmedUnits;
    echoes(
      `cancellation of ${id}`,
      [id, 'cancelled', kind, fund, money, parts, tradeDate, 0n],
      [orderId, state, businessCode, fundCode, cash, share, order.tradeDate, confirmed],
    );
    return 'cancelled';
  }
  const { code, details } = result;
  if (code === 'ORDER_NOT_CANCELLABLE') return `${code} ${String(details['state'])}`;
  return code as CancelReply;
}
