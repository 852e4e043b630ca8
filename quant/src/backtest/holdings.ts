/** What a back-tested portfolio owns: lots of funds, cash, and cash on its way. */
import { type BacktestFund, rateAt } from './market.ts';

interface OpenLot {
  readonly day: number;
  /** The first trading day (index) on which it may be redeemed. */
  readonly from: number;
  units: number;
}

/** One redemption, split by lots. */
export interface Redeemed {
  readonly units: number;
  readonly gross: number;
  readonly fee: number;
}

export class FundHolding {
  readonly #fund: BacktestFund;
  #lots: OpenLot[] = [];

  constructor(fund: BacktestFund) {
    this.#fund = fund;
  }

  get units(): number {
    return this.#lots.reduce((sum, lot) => sum + lot.units, 0);
  }

  /** Units that may be redeemed on a trading day: those that were confirmed. */
  redeemable(t: number): number {
    return this.#lots.reduce((sum, lot) => sum + (lot.from <= t ? lot.units : 0), 0);
  }

  /** Buys for an amount, fee outside: returns units and fee. */
  buy(t: number, day: number, amount: number): { readonly units: number; readonly fee: number } {
    const { purchaseFee, levels, confirmDays } = this.#fund;
    const net = amount / (1 + rateAt(purchaseFee, amount));
    const units = net / levels[t]!;
    this.#lots.push({ day, from: t + confirmDays, units });
    return { units, fee: amount - net };
  }

  /** Redeems units, oldest lot first; never more than `redeemable`. Fees by calendar days held. */
  redeem(t: number, day: number, wanted: number): Redeemed {
    const level = this.#fund.levels[t]!;
    let left = Math.min(wanted, this.redeemable(t));
    const units = left;
    let fee = 0;
    for (const lot of this.#lots) {
      if (left <= 0 || lot.from > t) continue;
      const taken = Math.min(left, lot.units);
      fee += taken * level * rateAt(this.#fund.redemptionFee, day - lot.day);
      lot.units -= taken;
      left -= taken;
    }
    this.#lots = this.#lots.filter((lot) => lot.units > 0);
    return { units, gross: units * level, fee };
  }
}

/** Cash that may be used, and cash that arrives on a later trading day. */
export class Cash {
  #available: number;
  #coming: { readonly t: number; readonly amount: number }[] = [];

  constructor(available: number) {
    this.#available = available;
  }

  get available(): number {
    return this.#available;
  }

  get coming(): number {
    return this.#coming.reduce((sum, { amount }) => sum + amount, 0);
  }

  /** Takes in what arrives by trading day t. */
  arrive(t: number): void {
    for (const item of this.#coming) if (item.t <= t) this.#available += item.amount;
    this.#coming = this.#coming.filter((item) => item.t > t);
  }

  expect(t: number, amount: number): void {
    this.#coming.push({ t, amount });
  }

  pay(amount: number): void {
    this.#available -= amount;
  }
}
