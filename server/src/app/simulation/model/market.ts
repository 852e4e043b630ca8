/*
 * What the model knows of days and funds: the list of trading days, terms as they were let in by
 * four eyes, fees as the registrar has them and as the house was told, NAVs.
 */
import type { ModelQuestionnaire } from './assessing.ts';
import {
  type AmountTier,
  dayAfter,
  type DaysTier,
  inShanghai,
  type Rounding,
} from './arithmetic.ts';

/** What of a fund never changes in a play. */
export interface ModelFund {
  readonly code: string;
  readonly registrar: string;
  readonly unitsRounding: Rounding;
  readonly feeRounding: 'perLot' | 'total';
  readonly heldTo: 'applicationDate' | 'confirmDate';
  readonly confirmDays: number;
  readonly purchasePayDays: number;
  readonly redemptionCashDays: number;
  readonly dividendCashDays: number;
  readonly defaultMethod: '0' | '1';
  readonly faceValue: bigint;
  readonly setUpDate?: string;
  readonly offerStart?: string;
  readonly offerEnd?: string;
  readonly failing: boolean;
  /** The part of a subscription that becomes units, 8 decimals. */
  readonly allotment: bigint;
}

/** What of a fund changes by date. A limit of zero is none. */
export interface ModelTerms {
  readonly effective: string;
  readonly status: string;
  readonly risk: number;
  readonly term: string;
  readonly variety: string;
  readonly minFirst: bigint;
  readonly minNext: bigint;
  readonly step: bigint;
  readonly max: bigint;
  readonly dayMax: bigint;
  readonly minRedemption: bigint;
  readonly redemptionStep: bigint;
  readonly minHolding: bigint;
  readonly cutOff: string;
  readonly offerStart?: string;
  readonly offerEnd?: string;
}

export type FeeKind = 'purchase' | 'subscription' | 'redemption';

export interface ModelFees {
  readonly kind: FeeKind;
  readonly effective: string;
  readonly byAmount: readonly AmountTier[];
  readonly byDays: readonly DaysTier[];
}

export interface ModelDividend {
  readonly fund: string;
  readonly recordDate: string;
  readonly exDate: string;
  readonly payDate: string;
  /** Yuan for one unit, eight decimals. */
  readonly perUnit: bigint;
}

/** The last of the versions in force on a date: by effective date, then by when it was let in. */
function inForce<T extends { readonly effective: string }>(
  versions: readonly T[],
  date: string,
): T | undefined {
  let best: T | undefined;
  for (const version of versions) {
    if (version.effective > date) continue;
    if (best === undefined || version.effective >= best.effective) best = version;
  }
  return best;
}

export class ModelMarket {
  readonly funds = new Map<string, ModelFund>();
  readonly dividends: ModelDividend[] = [];
  /** Funds and days that do not deal, as the registrar has them and as the house was told. */
  readonly closedThere = new Set<string>();
  readonly closedHere = new Set<string>();
  readonly navs = new Map<string, bigint>();
  interestRate = 0n;
  questionnaire: ModelQuestionnaire | undefined;
  lastCutOff: string | undefined;
  readonly #days: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #terms = new Map<string, ModelTerms[]>();
  readonly #feesThere = new Map<string, ModelFees[]>();
  readonly #feesHere = new Map<string, ModelFees[]>();

  constructor(tradingDays: readonly string[]) {
    this.#days = tradingDays;
    this.#places = new Map(tradingDays.map((day, place) => [day, place]));
  }

  isTradingDay(date: string): boolean {
    return this.#places.has(date);
  }

  onOrAfter(date: string): string {
    const day = this.#days.find((one) => one >= date);
    if (day === undefined) throw new Error(`the model's calendar ends before ${date}`);
    return day;
  }

  plus(date: string, count: number): string {
    const place = this.#places.get(date);
    const day = place === undefined ? undefined : this.#days[place + count];
    if (day === undefined) throw new Error(`${date} plus ${count} is not in the model's calendar`);
    return day;
  }

  addTerms(fund: string, terms: ModelTerms): void {
    this.#terms.set(fund, [...(this.#terms.get(fund) ?? []), terms]);
  }

  addFees(where: 'here' | 'there', fund: string, fees: ModelFees): void {
    const book = where === 'here' ? this.#feesHere : this.#feesThere;
    book.set(fund, [...(book.get(fund) ?? []), fees]);
  }

  /** How many versions of its terms, and of its fees for purchases, the house was told. */
  versionsOfTerms(fund: string): number {
    return this.#terms.get(fund)?.length ?? 0;
  }

  versionsOfPurchaseFees(fund: string): number {
    return (this.#feesHere.get(fund) ?? []).filter(({ kind }) => kind === 'purchase').length;
  }

  termsOn(fund: string, date: string): ModelTerms | undefined {
    return inForce(this.#terms.get(fund) ?? [], date);
  }

  feesOn(
    where: 'here' | 'there',
    fund: string,
    kind: FeeKind,
    date: string,
  ): ModelFees | undefined {
    const book = where === 'here' ? this.#feesHere : this.#feesThere;
    return inForce(
      (book.get(fund) ?? []).filter((fees) => fees.kind === kind),
      date,
    );
  }

  fundsOf(registrar: string): string[] {
    return [...this.funds.values()]
      .filter((fund) => fund.registrar === registrar)
      .map(({ code }) => code);
  }

  navOn(fund: string, date: string): bigint | undefined {
    return this.navs.get(`${fund} ${date}`);
  }

  /** The day an order of this instant belongs to, by the rule in the words of the README. */
  tradeDateOf(instant: string, fund: string | undefined, notBefore: string | undefined): string {
    const { date, time } = inShanghai(instant);
    const first = this.#notBefore(date, undefined);
    const cutOff = (fund === undefined ? undefined : this.termsOn(fund, first)?.cutOff) ?? '15:00';
    return this.#notBefore(time >= cutOff ? dayAfter(date) : date, notBefore);
  }

  #notBefore(date: string, other: string | undefined): string {
    const { lastCutOff } = this;
    const afterCut = lastCutOff !== undefined && lastCutOff >= date ? dayAfter(lastCutOff) : date;
    return this.onOrAfter(other !== undefined && other > afterCut ? other : afterCut);
  }

  /** The day a transfer with the bank belongs to. */
  transferDateOf(instant: string): string {
    const { date, time } = inShanghai(instant);
    const late = this.isTradingDay(date) && time >= '15:00';
    const day = this.onOrAfter(late ? dayAfter(date) : date);
    const { lastCutOff } = this;
    return lastCutOff !== undefined && day <= lastCutOff
      ? this.onOrAfter(dayAfter(lastCutOff))
      : day;
  }
}
