/** What one distribution record (file 06, 143) means for our books. */
import {
  type Amount,
  formatFixed,
  formatPrice,
  mulDiv,
  pow10,
  type Price,
  PRICE_SCALE,
  type Units,
} from '@cairn/kernel';
import type { Distribution } from './file-rows.ts';
import {
  asStated,
  currencyReason,
  differs,
  type Findings,
  findingsOf,
  type Judged,
  judge,
  type Mismatch,
  type Tolerances,
} from './mismatch.ts';

/** What a record comes to; `tolerated` is what differs and is let pass. */
export type DistributionDecision = (
  | { readonly kind: 'cash'; readonly amount: Amount }
  | { readonly kind: 'reinvest'; readonly units: Units; readonly amount: Amount }
  | { readonly kind: 'nothing' }
) & { readonly tolerated: readonly Mismatch[] };

export interface DistributionException {
  readonly kind: 'exception';
  readonly reasons: readonly Mismatch[];
}

/** What our own books say about the record date. */
export interface DistributionFacts {
  /** Our units on the record date; undefined when this registrar has no such trading account. */
  readonly unitsOnRecordDate: Units | undefined;
  /** Our dividend master's amount for one unit (scale 8); undefined when we know none. */
  readonly perUnitOnFile: Price | undefined;
  readonly unitsRounding: 'halfUp' | 'down';
}

const PER_UNIT_SCALE_STEP = 1_000_000n;

function formReasons(record: Distribution): Mismatch[] {
  const reasons: Mismatch[] = [];
  const add = (code: string, ours: string, theirs: string) =>
    reasons.push(differs(code, ours, theirs));
  if (record.businessCode !== '143') add('BUSINESS_CODE_UNKNOWN', '143', record.businessCode);
  if (record.returnCode !== '0000') add('RETURN_CODE', '0000', record.returnCode);
  if (record.taSerial === '') reasons.push({ code: 'SERIAL_MISSING' });
  if (record.recordDate > record.confirmDate || record.payDate < record.recordDate) {
    add('DATES_DISAGREE', record.recordDate, `${record.confirmDate} ${record.payDate}`);
  }
  const currency = currencyReason(record.currency);
  if (currency !== undefined) reasons.push(currency);
  const values = [record.basisUnits, record.grossAmount, record.cashAmount, record.nav];
  if ([...values, record.reinvestedUnits, record.perUnit].some((value) => value < 0n)) {
    reasons.push({ code: 'NEGATIVE_VALUE' });
  }
  return reasons;
}

function perUnitReason(record: Distribution, onFile: Price | undefined): Mismatch | undefined {
  const { perUnit, perUnits } = record;
  // perUnit is fen for perUnits units; our master keeps yuan for one unit at scale 8.
  if (onFile === undefined || onFile * perUnits === perUnit * PER_UNIT_SCALE_STEP) return undefined;
  const theirs = `${formatFixed(perUnit, 2)} / ${perUnits}`;
  return differs('PER_UNIT_DIFFERS', formatPrice(onFile), theirs);
}

function reinvestmentReason(
  record: Distribution,
  rounding: DistributionFacts['unitsRounding'],
  tolerances: Tolerances,
): Judged | undefined {
  if (record.nav === 0n) return { code: 'NAV_ZERO', isTolerated: false };
  const expected = mulDiv(record.grossAmount, pow10(PRICE_SCALE), record.nav, rounding);
  return judge('UNITS_DIFFER', expected, record.reinvestedUnits, tolerances.units);
}

function findMismatches(
  record: Distribution,
  facts: DistributionFacts,
  tolerances: Tolerances,
): Findings {
  const form = formReasons(record);
  if (form.some(({ code }) => code === 'NEGATIVE_VALUE')) return { wrong: form, tolerated: [] };
  const { unitsOnRecordDate: held, perUnitOnFile, unitsRounding } = facts;
  const wrong = (mismatch: Mismatch | undefined): Judged | undefined =>
    mismatch === undefined ? undefined : { ...mismatch, isTolerated: false };
  // Plain numbers: what stands in a file need not fit an amount of ours.
  const gross = mulDiv(record.basisUnits, record.perUnit, 100n * record.perUnits, 'halfUp');
  const isCash = record.dividendMethod === '1';
  const found = findingsOf([
    ...form.map(wrong),
    held === undefined
      ? { code: 'ACCOUNT_UNKNOWN', theirs: record.tradingAccountNo, isTolerated: false }
      : judge('BASIS_DIFFERS', held, record.basisUnits, 0n),
    judge('AMOUNT_DIFFERS', gross, record.grossAmount, tolerances.amount),
    wrong(perUnitReason(record, perUnitOnFile)),
    isCash ? judge('CASH_DIFFERS', record.grossAmount, record.cashAmount, 0n) : undefined,
    isCash ? undefined : reinvestmentReason(record, unitsRounding, tolerances),
  ]);
  return record.isStated ? asStated(found) : found;
}

/** Decides one record: cash on the pay date, a new lot, nothing for less than a fen, or an exception. */
export function decideDistribution(
  record: Distribution,
  facts: DistributionFacts,
  tolerances: Tolerances,
): DistributionDecision | DistributionException {
  const { wrong, tolerated } = findMismatches(record, facts, tolerances);
  if (wrong.length > 0) return { kind: 'exception', reasons: wrong };
  if (record.dividendMethod === '1') {
    return record.cashAmount === 0n
      ? { kind: 'nothing', tolerated }
      : { kind: 'cash', amount: record.cashAmount, tolerated };
  }
  return record.reinvestedUnits === 0n
    ? { kind: 'nothing', tolerated }
    : { kind: 'reinvest', units: record.reinvestedUnits, amount: record.grossAmount, tolerated };
}
