/**
 * What the registrars must decide, computed a third time: from the applications that were sent, the
 * NAVs and the terms, with the refusals and partial confirmations that the registrar says it made.
 */
import {
  daysBetween,
  feeOnAmount,
  interestOn,
  type ModelLot,
  RATE_ONE,
  redeem,
  divide,
  unitsFor,
} from './arithmetic.ts';
import type { FeeKind, ModelDividend, ModelFund, ModelMarket } from './market.ts';
import type { ModelOrder } from './state.ts';

/** One record of a registrar as it must be; amounts are positive. */
export interface TruthRecord {
  readonly registrar: string;
  /** The date of the package that first says it. */
  readonly date: string;
  readonly code: '101' | '108' | '120' | '122' | '124' | '129' | '130' | '149' | '143';
  readonly customer: string;
  /** The client's number, the application's id, or the record date of a dividend. */
  readonly of: string;
  /** Our number on the wire: order id or application id; '' for a dividend. */
  readonly id: string;
  readonly fund: string;
  readonly isGood: boolean;
  readonly tradeDate: string;
  readonly amount: bigint;
  readonly units: bigint;
  readonly fee: bigint;
  readonly agencyFee: bigint;
  readonly interest: bigint;
  readonly refund: bigint;
  /** When money moves at the bank; '' where none does. */
  readonly dueDate: string;
  /** Basis of a dividend, units on the record date. */
  readonly basis: bigint;
}

/** What a registrar says it did with applications of a day, by our number. */
export interface Decisions {
  readonly refused: ReadonlySet<string>;
  /** The confirmed part, scale 8. */
  readonly part: ReadonlyMap<string, bigint>;
}

export interface AccountApplication {
  readonly id: string;
  readonly customer: string;
  readonly registrar: string;
  readonly tradingAccountNo: string;
  readonly code: '001' | '008';
  readonly isGood: boolean;
}

interface Sent {
  readonly order: ModelOrder;
  readonly customer: string;
  readonly due: string;
}

interface Subscription {
  readonly order: ModelOrder;
  readonly customer: string;
  readonly collectDate: string;
}

interface Entitled {
  readonly dividend: ModelDividend;
  readonly customer: string;
  readonly units: bigint;
  readonly method: string;
}

const keyOf = (customer: string, fund: string): string => `${customer} ${fund}`;

/** The registrars together, each with its own funds. */
export class Truth {
  /** Lots by customer and fund, oldest first. */
  readonly lots = new Map<string, ModelLot[]>();
  readonly #market: ModelMarket;
  readonly #methods = new Map<string, string>();
  #waiting: Sent[] = [];
  #subscriptions: Subscription[] = [];
  #entitled: Entitled[] = [];
  #applications: AccountApplication[] = [];

  constructor(market: ModelMarket) {
    this.#market = market;
  }

  unitsOf(customer: string, fund: string): bigint {
    return (this.lots.get(keyOf(customer, fund)) ?? []).reduce((sum, lot) => sum + lot.units, 0n);
  }

  /** Orders that still wait for an answer. */
  get waiting(): number {
    return this.#waiting.length + this.#subscriptions.length + this.#applications.length;
  }

  /** Takes the applications of a day that were sent to a registrar, in the order of their numbers. */
  receive(
    day: string,
    orders: readonly { customer: string; order: ModelOrder }[],
    applications: readonly AccountApplication[],
  ): void {
    this.#applications.push(...applications);
    for (const { customer, order } of orders) {
      const days = this.#market.funds.get(order.fund)?.confirmDays ?? 1;
      this.#waiting.push({ order, customer, due: this.#market.plus(day, days) });
    }
  }

  /** The records that a registrar's package after `day` must hold. */
  play(registrar: string, day: string, decisions: Decisions): TruthRecord[] {
    const date = this.#market.plus(day, 1);
    this.#recordEntitled(registrar, day);
    const records: TruthRecord[] = this.#playAccounts(registrar, date);
    const isMine = (fund: string) => this.#market.funds.get(fund)?.registrar === registrar;
    const due = this.#waiting.filter((sent) => isMine(sent.order.fund) && sent.due <= date);
    this.#waiting = this.#waiting.filter((sent) => !due.includes(sent));
    for (const sent of due) records.push(this.#answer(sent, date, decisions));
    records.push(...this.#playSetUps(registrar, date), ...this.#playDividends(registrar, day));
    return records;
  }

  #playAccounts(registrar: string, date: string): TruthRecord[] {
    const own = this.#applications.filter((one) => one.registrar === registrar);
    this.#applications = this.#applications.filter((one) => one.registrar !== registrar);
    return own.map((one) => ({
      ...blank(registrar, date, one.customer),
      code: one.code === '001' ? '101' : '108',
      of: one.id,
      id: one.id,
      isGood: one.isGood,
    }));
  }

  #answer({ order, customer }: Sent, date: string, decisions: Decisions): TruthRecord {
    const fund = this.#market.funds.get(order.fund);
    if (fund === undefined) throw new Error(`no fund ${order.fund}`);
    const head = {
      ...blank(order.registrar, date, customer),
      code: `1${order.kind.slice(1)}` as TruthRecord['code'],
      of: order.no,
      id: order.id,
      fund: order.fund,
      tradeDate: order.tradeDate,
    };
    const part = decisions.part.get(order.id) ?? RATE_ONE;
    if (decisions.refused.has(order.id)) return head;
    const values = this.#confirm(fund, order, customer, date, part);
    return values === undefined ? head : { ...head, ...values, isGood: true };
  }

  #confirm(
    fund: ModelFund,
    order: ModelOrder,
    customer: string,
    date: string,
    part: bigint,
  ): Partial<TruthRecord> | undefined {
    if (order.kind === '029') {
      this.#methods.set(keyOf(customer, fund.code), order.method);
      return {};
    }
    if (order.kind === '020') return this.#subscribe(fund, order, customer, date);
    const nav = this.#dealingNav(fund, order.tradeDate);
    if (nav === undefined) return undefined;
    return order.kind === '022'
      ? this.#buy(fund, order, customer, date, divide(order.amount * part, RATE_ONE, 'down'), nav)
      : this.#sell(fund, order, customer, date, divide(order.units * part, RATE_ONE, 'down'), nav);
  }

  #dealingNav(fund: ModelFund, day: string): bigint | undefined {
    const isShut = this.#market.closedThere.has(`${fund.code} ${day}`) || fund.failing;
    const isBefore = fund.setUpDate !== undefined && day < fund.setUpDate;
    return isShut || isBefore ? undefined : this.#market.navOn(fund.code, day);
  }

  #fees(fund: ModelFund, kind: FeeKind, day: string) {
    const fees = this.#market.feesOn('there', fund.code, kind, day);
    if (fees === undefined) throw new Error(`no ${kind} fees of ${fund.code}`);
    return fees;
  }

  #addLot(customer: string, fund: string, lot: ModelLot): void {
    const key = keyOf(customer, fund);
    this.lots.set(key, [...(this.lots.get(key) ?? []), lot]);
  }

  #buy(
    fund: ModelFund,
    order: ModelOrder,
    customer: string,
    date: string,
    amount: bigint,
    nav: bigint,
  ): Partial<TruthRecord> | undefined {
    const tiers = this.#fees(fund, 'purchase', order.tradeDate).byAmount;
    const { net, fee } = feeOnAmount(amount, tiers, order.discount);
    const units = unitsFor(net, nav, fund.unitsRounding);
    if (units === 0n) return undefined;
    this.#addLot(customer, fund.code, { date, units });
    const dueDate = this.#market.plus(date, fund.purchasePayDays);
    const refund = order.amount - amount;
    return { amount, units, fee, agencyFee: fee, refund, dueDate };
  }

  #sell(
    fund: ModelFund,
    order: ModelOrder,
    customer: string,
    date: string,
    units: bigint,
    nav: bigint,
  ): Partial<TruthRecord> | undefined {
    const key = keyOf(customer, fund.code);
    if (this.unitsOf(customer, fund.code) < order.units) return undefined;
    const result = redeem(this.lots.get(key) ?? [], units, {
      nav,
      tiers: this.#fees(fund, 'redemption', order.tradeDate).byDays,
      heldUntil: fund.heldTo === 'applicationDate' ? order.tradeDate : date,
      feeRounding: fund.feeRounding,
    });
    if (result === undefined) return undefined;
    this.lots.set(key, result.left);
    const dueDate = this.#market.plus(date, fund.redemptionCashDays);
    const agencyFee = result.fee - result.toFund;
    return { amount: result.net, units, fee: result.fee, agencyFee, dueDate };
  }

  #subscribe(
    fund: ModelFund,
    order: ModelOrder,
    customer: string,
    date: string,
  ): Partial<TruthRecord> | undefined {
    const { offerStart = '9999', offerEnd = '' } = fund;
    const day = order.tradeDate;
    const isShut = this.#market.closedThere.has(`${fund.code} ${day}`);
    if (day < offerStart || day > offerEnd || isShut) return undefined;
    const dueDate = this.#market.plus(date, fund.purchasePayDays);
    this.#subscriptions.push({ order, customer, collectDate: dueDate });
    return { amount: order.amount, dueDate };
  }

  #playSetUps(registrar: string, date: string): TruthRecord[] {
    const done: TruthRecord[] = [];
    const left: Subscription[] = [];
    for (const one of this.#subscriptions) {
      const fund = this.#market.funds.get(one.order.fund);
      const { setUpDate } = fund ?? {};
      const isDue = fund?.registrar === registrar && setUpDate !== undefined && setUpDate <= date;
      if (isDue) done.push(this.#setUp(fund, one, date, setUpDate));
      else left.push(one);
    }
    this.#subscriptions = left;
    return done;
  }

  #setUp(
    fund: ModelFund,
    { order, customer, collectDate }: Subscription,
    date: string,
    setUpDate: string,
  ): TruthRecord {
    const rate = this.#market.interestRate;
    const days = daysBetween(collectDate, setUpDate);
    const dueDate = this.#market.plus(date, fund.redemptionCashDays);
    const head = {
      ...blank(order.registrar, date, customer),
      of: order.no,
      id: order.id,
      fund: fund.code,
      tradeDate: order.tradeDate,
      isGood: true,
      dueDate,
    };
    if (fund.failing) {
      const interest = interestOn(order.amount, rate, days);
      return { ...head, code: '149', interest, refund: order.amount + interest };
    }
    const amount = (order.amount * fund.allotment) / 100_000_000n;
    const interest = interestOn(amount, rate, days);
    const tiers = this.#fees(fund, 'subscription', order.tradeDate).byAmount;
    const { net, fee } = feeOnAmount(amount, tiers, order.discount);
    const units = unitsFor(net + interest, fund.faceValue, fund.unitsRounding);
    this.#addLot(customer, fund.code, { date, units });
    const refund = order.amount - amount;
    return { ...head, code: '130', amount, units, fee, agencyFee: fee, interest, refund };
  }

  #recordEntitled(registrar: string, day: string): void {
    for (const dividend of this.#market.dividends) {
      const fund = this.#market.funds.get(dividend.fund);
      if (fund?.registrar !== registrar || dividend.recordDate !== day) continue;
      for (const [key, lots] of this.lots) {
        const [customer = '', code] = key.split(' ');
        const units = lots.reduce((sum, lot) => sum + lot.units, 0n);
        if (code !== fund.code || units === 0n) continue;
        const method = this.#methods.get(key) ?? fund.defaultMethod;
        this.#entitled.push({ dividend, customer, units, method });
      }
    }
  }

  #playDividends(registrar: string, day: string): TruthRecord[] {
    const records: TruthRecord[] = [];
    const left: Entitled[] = [];
    for (const one of this.#entitled) {
      const fund = this.#market.funds.get(one.dividend.fund);
      const nav = this.#market.navOn(one.dividend.fund, day);
      if (fund?.registrar !== registrar || one.dividend.exDate > day || nav === undefined) {
        left.push(one);
      } else records.push(this.#payOut(fund, one, this.#market.plus(day, 1), nav));
    }
    this.#entitled = left;
    return records;
  }

  #payOut(fund: ModelFund, one: Entitled, date: string, nav: bigint): TruthRecord {
    const { dividend, customer } = one;
    const gross = divide(one.units * dividend.perUnit, RATE_ONE, 'halfUp');
    const isCash = one.method === '1';
    const units = isCash ? 0n : unitsFor(gross, nav, fund.unitsRounding);
    if (units > 0n) this.#addLot(customer, fund.code, { date, units });
    const dueDate = dividend.payDate < date ? date : dividend.payDate;
    return {
      ...blank(fund.registrar, date, customer),
      code: '143',
      of: dividend.recordDate,
      fund: fund.code,
      isGood: true,
      tradeDate: dividend.recordDate,
      amount: gross,
      units,
      refund: isCash ? gross : 0n,
      dueDate: isCash ? dueDate : '',
      basis: one.units,
    };
  }
}

function blank(registrar: string, date: string, customer: string): TruthRecord {
  const zero = 0n;
  return {
    registrar,
    date,
    code: '129',
    customer,
    of: '',
    id: '',
    fund: '',
    isGood: false,
    tradeDate: '',
    amount: zero,
    units: zero,
    fee: zero,
    agencyFee: zero,
    interest: zero,
    refund: zero,
    dueDate: '',
    basis: zero,
  };
}
