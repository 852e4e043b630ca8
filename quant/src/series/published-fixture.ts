/*
 * Published rows that cannot be computed from the published values, each with its reason. The tests
 * hold this list against what really fails: a row that begins to pass must leave it.
 */

/** Returns of a manager's tenure, by fund and first day. */
export const UNREPRODUCED_TENURES: Readonly<Record<string, string>> = {
  '519697 2015-07-11':
    '207.11 % between the values inside the tenure, 207.39 % published: more than the digits of ' +
    'values and dividends allow, and no other first or last value of the file gives it',
};
