/** What one distribution record (file 06, 143) means for our books. */
import {
  abs,
  type Amount,
  mulDiv,
  pow10,
  type Price,
  PRICE_SCALE,
  type Units,
} from '@cairn/kernel';
import type { Mismatch, Tolerances } from './confirmation.ts';
import type { Distribution } from './file-rows.ts';

export type DistributionDecision =
  | { readonly kind: 'cash'; readonly amount: Amount }
  | { readonly kind: 'reinvest'; readonly units: Units; readonly amount: Amount }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'exception'; readonly reasons: readonly Mismatch[] };

/** What our own books say about the record date. */
export interface DistributionFacts {
  /** Our units on the record date; undefined when this registrar has no such trading account. */
  readonly unitsOnRecordDate: Units | undefined;
  /** Our dividend master's amount for one unit (scale 8); undefined when we know none. */
  readonly perUnitOnFile: Price | undefined;
  readonly unitsRounding: 'halfUp' | 'down';
}

const PER_UNIT_SCALE_STEP = 1_000_000n;

function findReasons(
  record: Distribution,
  facts: DistributionFacts,
  tolerances: Tolerances,
): Mismatch[] {
  const reasons: Mismatch[] = [];
  const add = (code: string, ours: unknown, theirs: unknown) =>
    reasons.push({ code, ours: String(ours), theirs: String(theirs) });
  if (record.businessCode !== '143') add('BUSINESS_CODE_UNKNOWN', '143', record.businessCode);
  if (record.returnCode !== '0000') add('RETURN_CODE', '0000', record.returnCode);
  if (record.taSerial === '') add('SERIAL_MISSING', '', '');
  if (record.recordDate > record.confirmDate || record.payDate < record.recordDate) {
    add('DATES_DISAGREE', record.recordDate, `${record.confirmDate} ${record.payDate}`);
  }
  const values = [record.basisUnits, record.grossAmount, record.cashAmount, record.nav];
  if ([...values, record.reinvestedUnits, record.perUnit].some((value) => value < 0n)) {
    reasons.push({ code: 'NEGATIVE_VALUE' });
    return reasons;
  }
  if (facts.unitsOnRecordDate === undefined) {
    add('ACCOUNT_UNKNOWN', '', record.tradingAccountNo);
  } else if (facts.unitsOnRecordDate !== record.basisUnits) {
    add('BASIS_DIFFERS', facts.unitsOnRecordDate, record.basisUnits);
  }
  // Plain numbers: what stands in a file need not fit an amount of ours.
  const gross = mulDiv(record.basisUnits, record.perUnit, 100n * record.perUnits, 'halfUp');
  if (abs(gross - record.grossAmount) > tolerances.amount) {
    add('AMOUNT_DIFFERS', gross, record.grossAmount);
  }
  // perUnit is fen for perUnits units; our master keeps yuan for one unit at scale 8.
  if (
    facts.perUnitOnFile !== undefined &&
    facts.perUnitOnFile * record.perUnits !== record.perUnit * PER_UNIT_SCALE_STEP
  ) {
    add('PER_UNIT_DIFFERS', facts.perUnitOnFile, record.perUnit);
  }
  if (record.dividendMethod === '1' && record.cashAmount !== record.grossAmount) {
    add('CASH_DIFFERS', record.grossAmount, record.cashAmount);
  }
  if (record.dividendMethod === '0') {
    findReinvestmentReason(record, facts, tolerances, add);
  }
  return reasons;
}

function findReinvestmentReason(
  record: Distribution,
  facts: DistributionFacts,
  tolerances: Tolerances,
  add: (code: string, ours: unknown, theirs: unknown) => void,
): void {
  if (record.nav === 0n) {
    add('NAV_ZERO', '', record.nav);
    return;
  }
  const expected = mulDiv(record.grossAmount, pow10(PRICE_SCALE), record.nav, facts.unitsRounding);
  if (abs(expected - record.reinvestedUnits) > tolerances.units) {
    add('UNITS_DIFFER', expected, record.reinvestedUnits);
  }
}

/** Decides one record: cash on the pay date, a new lot, nothing for less than a fen, or an exception. */
export function decideDistribution(
  record: Distribution,
  facts: DistributionFacts,
  tolerances: Tolerances,
): DistributionDecision {
  const reasons = findReasons(record, facts, tolerances);
  if (reasons.length > 0) return { kind: 'exception', reasons };
  if (record.dividendMethod === '1') {
    return record.cashAmount === 0n
      ? { kind: 'nothing' }
      : { kind: 'cash', amount: record.cashAmount };
  }
  return record.reinvestedUnits === 0n
    ? { kind: 'nothing' }
    : { kind: 'reinvest', units: record.reinvestedUnits, amount: record.grossAmount };
}
