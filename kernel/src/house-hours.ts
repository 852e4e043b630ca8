/** The end of the business day as dated facts: what a house uses where nothing states its own. */
import { assert } from './errors.ts';
import { compareDates, type LocalDate, localDate } from './date.ts';

interface HoursRow {
  /** First day on which the row holds, until the next one. */
  readonly from: LocalDate;
  /** Shanghai time from which on an application belongs to the next open day. */
  readonly cutOff: string;
}

// Open-end fund rules: applications of an open day are taken until the close of the exchange. A
// change of the hours is a further row, never an edit.
const HOURS: readonly HoursRow[] = [{ from: localDate('1991-01-01'), cutOff: '15:00:00.000' }];

/**
 * The cut-off of a day, 'HH:MM:SS.sss' in Shanghai, for transfers with the bank, fund account
 * applications, and orders of a fund without a cut-off of its own.
 */
export function houseCutOffOn(date: LocalDate): string {
  const row = HOURS.findLast((candidate) => compareDates(candidate.from, date) <= 0);
  assert(row !== undefined, `house hours reach back to ${HOURS[0]?.from}`);
  return row.cutOff;
}
