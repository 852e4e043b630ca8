/** What does not agree between our books and a record of a registrar, and what it weighs. */
import { abs, type Amount, currencies, formatFixed, PRICE_SCALE, type Units } from '@cairn/kernel';

/** One thing that does not agree; numbers are decimal texts. */
export interface Mismatch {
  readonly code: string;
  readonly ours?: string;
  readonly theirs?: string;
}

/** How far numbers may differ because the registrar rounds otherwise. */
export interface Tolerances {
  readonly amount: Amount;
  readonly fee: Amount;
  readonly units: Units;
}

/** What checks found: what keeps a record from being booked, and what is small enough to let pass. */
export interface Findings {
  readonly wrong: readonly Mismatch[];
  readonly tolerated: readonly Mismatch[];
}

/**
 * Differences in numbers alone, and records whose turn has not come. Whose order, account and
 * business it is stands fast, and what the register says in numbers is what the customer has: two
 * members of staff may have it booked as the registrar states. Anything else is voided or waits for
 * a correction.
 */
const IN_NUMBERS: ReadonlySet<string> = new Set([
  'NAV_UNKNOWN',
  'NAV_DIFFERS',
  'AMOUNT_DIFFERS',
  'FEE_DIFFERS',
  'AGENCY_FEE_DIFFERS',
  'CHARGE_NOT_EVALUATED',
  'UNITS_DIFFER',
  'REFUND_DIFFERS',
  'RECEIVED_LESS',
  'BASIS_DIFFERS',
  'PER_UNIT_DIFFERS',
  'CASH_DIFFERS',
  'RETURN_CODE_UNKNOWN',
  'EARLIER_NOT_BOOKED',
]);

/** Whether a record with these reasons may be booked as the registrar states it. */
export function mayStandAsStated(reasons: readonly Pick<Mismatch, 'code'>[]): boolean {
  return reasons.length > 0 && reasons.every(({ code }) => IN_NUMBERS.has(code));
}

/** The findings of a record that stands as stated: differences in numbers no longer hold it up. */
export function asStated({ wrong, tolerated }: Findings): Findings {
  return {
    wrong: wrong.filter(({ code }) => !IN_NUMBERS.has(code)),
    tolerated: [...tolerated, ...wrong.filter(({ code }) => IN_NUMBERS.has(code))],
  };
}

/** Two texts that should be one. */
export function differs(code: string, ours: string, theirs: string): Mismatch {
  return { code, ours, theirs };
}

/** Two amounts or units (two decimals) that should be one. */
export function differsBy(code: string, ours: bigint, theirs: bigint): Mismatch {
  return { code, ours: formatFixed(ours, 2), theirs: formatFixed(theirs, 2) };
}

/** Two prices that should be one. */
export function differsInPrice(code: string, ours: bigint, theirs: bigint): Mismatch {
  return {
    code,
    ours: formatFixed(ours, PRICE_SCALE),
    theirs: formatFixed(theirs, PRICE_SCALE),
  };
}

/** A difference in a number: nothing, within the tolerance, or wrong. */
export interface Judged extends Mismatch {
  readonly isTolerated: boolean;
}

/** Compares two amounts or units; `slack` is how far they may differ. */
export function judge(
  code: string,
  ours: bigint,
  theirs: bigint,
  slack: bigint,
): Judged | undefined {
  if (ours === theirs) return undefined;
  return { ...differsBy(code, ours, theirs), isTolerated: abs(ours - theirs) <= slack };
}

/** What judgements amount to, in their order. */
export function findingsOf(judged: readonly (Judged | undefined)[]): Findings {
  const wrong: Mismatch[] = [];
  const tolerated: Mismatch[] = [];
  for (const one of judged) {
    if (one === undefined) continue;
    const { isTolerated, ...mismatch } = one;
    (isTolerated ? tolerated : wrong).push(mismatch);
  }
  return { wrong, tolerated };
}

/** The currency of the books, as files name it. */
const BOOKS_CURRENCY = currencies.CNY.numeric;

/** Whether a record is in the currency of the books; one that names none is. */
export function inBooksCurrency(currency: string): boolean {
  return currency === '' || currency === BOOKS_CURRENCY;
}

/** A record in another currency; its numbers say nothing about yuan. */
export function currencyReason(currency: string): Mismatch | undefined {
  if (inBooksCurrency(currency)) return undefined;
  return differs('CURRENCY_DIFFERS', BOOKS_CURRENCY, currency);
}
