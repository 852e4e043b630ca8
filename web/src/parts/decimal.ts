/**
 * Decimal text made readable. Nothing here computes: digits are grouped, the point is moved for
 * percent, and what is longer than a column shows is rounded half up, all on the text.
 */

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

interface Parts {
  sign: '' | '-';
  whole: string;
  fraction: string;
}

function partsOf(text: string): Parts | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  return { sign: sign === '-' ? '-' : '', whole: whole.replace(/^0+(?=\d)/, ''), fraction };
}

const group = (whole: string): string => whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

const textOf = ({ sign, whole, fraction }: Parts): string =>
  `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;

/** Rounds half away from zero to a number of decimals, and fills up with zeros. */
function toDecimals({ sign, whole, fraction }: Parts, decimals: number): Parts {
  if (fraction.length <= decimals) return { sign, whole, fraction: fraction.padEnd(decimals, '0') };
  const kept = BigInt(`${whole}${fraction.slice(0, decimals)}`);
  const digits = `${kept + (fraction.charAt(decimals) >= '5' ? 1n : 0n)}`.padStart(
    decimals + 1,
    '0',
  );
  const at = digits.length - decimals;
  const isZero = /^0+$/.test(digits);
  return { sign: isZero ? '' : sign, whole: digits.slice(0, at), fraction: digits.slice(at) };
}

/** Moves the point to the right: '0.015' by 2 is '1.5'. */
function movePoint({ sign, whole, fraction }: Parts, places: number): Parts {
  const padded = fraction.padEnd(places, '0');
  const moved = `${whole}${padded.slice(0, places)}`.replace(/^0+(?=\d)/, '');
  return { sign, whole: moved, fraction: padded.slice(places) };
}

/** '1234567.8' with 2 decimals is '1,234,567.80'; text that is no decimal stays as it is. */
export function groupDecimal(text: string, decimals?: number): string {
  const parts = partsOf(text);
  if (parts === undefined) return text;
  const shown = decimals === undefined ? parts : toDecimals(parts, decimals);
  return textOf({ ...shown, whole: group(shown.whole) }).replace(/^-/, '−');
}

/** A rate as percent: '0.01500000' is '1.50%'; at least and at most `decimals` of them. */
export function percentText(rate: string, decimals = 2): string {
  const parts = partsOf(rate);
  if (parts === undefined) return rate;
  const moved = toDecimals(movePoint(parts, 2), decimals);
  return `${textOf({ ...moved, whole: group(moved.whole) }).replace(/^-/, '−')}%`;
}

/** A rate as percent with every digit that says something: '0.00123400' is '0.1234%'. */
export function exactPercentText(rate: string): string {
  const parts = partsOf(rate);
  if (parts === undefined) return rate;
  const moved = movePoint(parts, 2);
  const fraction = moved.fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${textOf({ ...moved, whole: group(moved.whole), fraction }).replace(/^-/, '−')}%`;
}

/** Amounts within a sentence of the server, grouped: 'below 50000.00' is 'below 50,000.00'. */
export function groupAmounts(sentence: string): string {
  return sentence.replace(/(?<![\w.,-])\d{4,}\.\d{2}(?!\d|\.\d)/g, (amount) =>
    groupDecimal(amount),
  );
}

/** An amount in minor units as it stands in records: '560000000' fen reads '5600000.00'. */
export function fromMinorUnits(minor: string): string {
  const match = /^(-?)(\d+)$/.exec(minor);
  if (match === null) return minor;
  const [, sign = '', digits = ''] = match;
  const padded = digits.padStart(3, '0');
  return `${sign}${padded.slice(0, -2)}.${padded.slice(-2)}`;
}

/** Which way a figure points; zero points nowhere. */
export function directionOf(text: string): 'up' | 'down' | 'flat' {
  const parts = partsOf(text);
  if (parts === undefined || /^0*$/.test(`${parts.whole}${parts.fraction}`)) return 'flat';
  return parts.sign === '-' ? 'down' : 'up';
}

/** The place of a decimal on a chart's axis, where a pixel is coarser than any rounding. */
export function plot(text: string): number {
  return Number(text);
}

/** Text with grouped digits as a spreadsheet reads it. */
export function plainDigits(text: string): string {
  return text.replace(/(?<=\d),(?=\d{3}(\D|$))/g, '').replaceAll('−', '-');
}
