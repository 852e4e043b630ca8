/**
 * Decides the orders of one batch one after the other: each sees the cash, units and day sums that
 * the ones before it left. Everything it reads was loaded under the locks of the customers'
 * buckets, so it is the same snapshot for limits, suitability and money (O6).
 */
import {
  add,
  amount as toAmount,
  type Amount,
  type Finding,
  houseCutOffOn,
  type Instant,
  type LocalDate,
  rate as toRate,
  runChecks,
  shanghaiDate,
  subtract,
  type TradingCalendar,
  type Units,
  units as toUnits,
} from '@cairn/kernel';
import { orderChecks, type OrderContext } from './checks.ts';
import { isBuy, type Order, type PlaceOrder } from './order.ts';
import { digestRequest } from './order-identity.ts';
import type { OrderTerms } from './terms.ts';
import { computeTermsDate, computeTradeDate } from './trade-date.ts';

/** Terms with the end of the fund's business day, 'HH:MM:SS.sss' in Shanghai. */
export interface DatedTerms extends OrderTerms {
  readonly cutOff: string;
}

/** A trading account with what an order needs of it. */
export interface AccountSnapshot {
  readonly tradingAccountNo: string;
  readonly assetAccountNo: string;
  readonly status: string;
  readonly assetAccountStatus: string;
  /** While it is opening: the trade date of its own application. */
  readonly applicationDate?: LocalDate | undefined;
}

/** What suitability says to one order, and what it wants kept as evidence. */
export interface Assessment<Evidence> {
  readonly findings: readonly Finding[];
  readonly evidence?: Evidence | undefined;
}

/** The loaded world of one batch. */
export interface OrderSnapshot<Evidence, Terms extends DatedTerms = DatedTerms> {
  readonly now: Instant;
  readonly calendar: TradingCalendar;
  readonly lastCutOffDate: LocalDate | undefined;
  readonly customers: ReadonlyMap<string, OrderContext['customer']>;
  /** By `accountKey`. */
  readonly accounts: ReadonlyMap<string, AccountSnapshot>;
  /** Available cash by asset account number. */
  readonly cash: ReadonlyMap<string, Amount>;
  /** By `holdingKey`. */
  readonly holdings: ReadonlyMap<string, { readonly units: Units; readonly frozen: Units }>;
  /** By `dayKey`. */
  readonly dayPurchased: ReadonlyMap<string, Amount>;
  readonly termsOn: (date: LocalDate, fundCode: string) => Terms | undefined;
  readonly assess: (place: OrderPlace, order: PlaceOrder, terms: Terms) => Assessment<Evidence>;
}

/** Where an order stands: `orderIdFor` of its customer's bucket and the caller's number. */
export interface OrderPlace {
  readonly bucket: number;
  readonly orderId: string;
}

/** One decided order, ready to be written. */
export interface Decision<Evidence> {
  readonly order: Order;
  readonly requestDigest: Uint8Array;
  readonly afterCutOffDate: LocalDate | undefined;
  readonly warningId: string | undefined;
  readonly findings: readonly Finding[];
  readonly evidence: Evidence | undefined;
}

/** The key of a customer's account at a registrar. */
export function accountKey(customerId: string, registrarCode: string): string {
  return `${customerId}/${registrarCode}`;
}

/** The key of a position. */
export function holdingKey(tradingAccountNo: string, fundCode: string, shareClass: string): string {
  return `${tradingAccountNo}/${fundCode}/${shareClass}`;
}

/** The key of what a trading account buys of a fund on one trade date. */
export function dayKey(tradingAccountNo: string, fundCode: string, tradeDate: LocalDate): string {
  return `${tradingAccountNo}/${fundCode}/${tradeDate}`;
}

const NO_CASH = toAmount(0n);
const NO_UNITS = toUnits(0n);
const NO_HOLDING = { units: NO_UNITS, frozen: NO_UNITS };
const NO_DISCOUNT = toRate(100_000_000n);

interface Placing<Terms> {
  readonly orderId: string;
  readonly tradeDate: LocalDate;
  readonly terms: Terms | undefined;
  readonly account: AccountSnapshot | undefined;
}

/** The running state of one batch. */
export class OrderBook<Evidence, Terms extends DatedTerms = DatedTerms> {
  readonly #snapshot: OrderSnapshot<Evidence, Terms>;
  readonly #termsDate: LocalDate;
  readonly #cash: Map<string, Amount>;
  readonly #frozen = new Map<string, Units>();
  readonly #dayPurchased: Map<string, Amount>;

  constructor(snapshot: OrderSnapshot<Evidence, Terms>) {
    this.#snapshot = snapshot;
    this.#cash = new Map(snapshot.cash);
    this.#dayPurchased = new Map(snapshot.dayPurchased);
    this.#termsDate = computeTermsDate(snapshot.calendar, snapshot);
  }

  /** Decides one order and, when it is accepted, takes its cash or units from the book. */
  decide({ bucket, orderId }: OrderPlace, order: PlaceOrder): Decision<Evidence> {
    const placing = this.#place(orderId, order);
    const { terms, account } = placing;
    const assessed: Assessment<Evidence> =
      terms === undefined
        ? { findings: [] }
        : this.#snapshot.assess({ bucket, orderId: placing.orderId }, order, terms);
    const context = this.#context(order, placing, assessed.findings);
    const findings = runChecks(orderChecks, context);
    const accepted = !findings.some((finding) => finding.severity === 'block');
    if (accepted && account !== undefined && terms !== undefined) this.#take(order, placing);
    return {
      order: this.#draft(bucket, order, placing, accepted),
      requestDigest: digestRequest(order),
      afterCutOffDate: this.#snapshot.lastCutOffDate,
      warningId: isBuy(order) ? order.warningId : undefined,
      findings,
      evidence: assessed.evidence,
    };
  }

  #place(orderId: string, order: PlaceOrder): Placing<Terms> {
    const { calendar, now, lastCutOffDate, accounts } = this.#snapshot;
    const first = this.#snapshot.termsOn(this.#termsDate, order.fundCode);
    const account =
      first === undefined
        ? undefined
        : accounts.get(accountKey(order.customerId, first.registrarCode));
    const tradeDate = computeTradeDate(calendar, {
      now,
      lastCutOffDate,
      cutOff: first?.cutOff ?? houseCutOffOn(shanghaiDate(now)),
      notBeforeDate: account?.status === 'opening' ? account.applicationDate : undefined,
    });
    return {
      orderId,
      tradeDate,
      terms: this.#snapshot.termsOn(tradeDate, order.fundCode),
      account,
    };
  }

  #context(
    order: PlaceOrder,
    placing: Placing<Terms>,
    suitability: readonly Finding[],
  ): OrderContext {
    const { terms, account, tradeDate } = placing;
    const customer = this.#snapshot.customers.get(order.customerId) ?? {
      status: 'unknown',
      kycStatus: 'unknown',
      certificateValidUntil: null,
    };
    const key = this.#positionKey(order, placing);
    const held = this.#snapshot.holdings.get(key) ?? NO_HOLDING;
    const frozen = this.#frozen.get(key) ?? held.frozen;
    const bought =
      account === undefined
        ? undefined
        : this.#dayPurchased.get(dayKey(account.tradingAccountNo, order.fundCode, tradeDate));
    return {
      order,
      tradeDate,
      customer,
      ...(account === undefined ? {} : { account }),
      ...(terms === undefined ? {} : { terms }),
      cashAvailable: this.#cash.get(account?.assetAccountNo ?? '') ?? NO_CASH,
      holding: { units: held.units, frozen },
      dayPurchased: bought ?? NO_CASH,
      suitability,
    };
  }

  #positionKey(order: PlaceOrder, { account, terms }: Placing<Terms>): string {
    const tradingAccountNo = account?.tradingAccountNo ?? '';
    return holdingKey(tradingAccountNo, order.fundCode, terms?.shareClass ?? '');
  }

  #take(order: PlaceOrder, placing: Placing<Terms>): void {
    const { account, tradeDate } = placing;
    if (account === undefined) return;
    if (isBuy(order)) {
      const { assetAccountNo } = account;
      const cash = this.#cash.get(assetAccountNo) ?? NO_CASH;
      this.#cash.set(assetAccountNo, subtract(cash, order.amount));
      const key = dayKey(account.tradingAccountNo, order.fundCode, tradeDate);
      this.#dayPurchased.set(key, add(this.#dayPurchased.get(key) ?? NO_CASH, order.amount));
    } else if (order.businessCode === '024') {
      const key = this.#positionKey(order, placing);
      const held = this.#snapshot.holdings.get(key) ?? NO_HOLDING;
      this.#frozen.set(key, add(this.#frozen.get(key) ?? held.frozen, order.units));
    }
  }

  #draft(bucket: number, order: PlaceOrder, placing: Placing<Terms>, accepted: boolean): Order {
    const { terms, account } = placing;
    return {
      bucket,
      orderId: placing.orderId,
      customerId: order.customerId,
      clientOrderNo: order.clientOrderNo,
      businessCode: order.businessCode,
      assetAccountNo: account?.assetAccountNo ?? '',
      tradingAccountNo: account?.tradingAccountNo ?? '',
      registrarCode: terms?.registrarCode ?? '',
      fundCode: order.fundCode,
      shareClass: terms?.shareClass ?? '',
      discountRate: isBuy(order) ? order.discountRate : NO_DISCOUNT,
      ...(isBuy(order) ? { amount: order.amount } : {}),
      ...(order.businessCode === '024'
        ? { units: order.units, largeRedemptionFlag: order.largeRedemptionFlag }
        : {}),
      ...(order.businessCode === '029' ? { dividendMethod: order.dividendMethod } : {}),
      channel: order.channel,
      tradeDate: placing.tradeDate,
      acceptedAt: this.#snapshot.now,
      state: accepted ? 'accepted' : 'refused',
      confirmedAmount: NO_CASH,
      confirmedUnits: NO_UNITS,
      fee: NO_CASH,
      version: 1,
    };
  }
}
