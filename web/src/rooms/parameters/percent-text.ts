/** A rate as people type it, in percent, and as the server takes it: moving the point, no arithmetic. */

/** '1.5' percent is the rate '0.015'; undefined for what is no decimal. */
export function rateOfPercent(percent: string): string | undefined {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(percent) ?? [];
  if (whole === undefined) return undefined;
  const digits = whole.padStart(3, '0');
  const rate = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
  return rate.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '');
}

/** The rate '0.015' is '1.5' percent. */
export function percentOfRate(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const padded = fraction.padEnd(2, '0');
  const percent = `${whole}${padded.slice(0, 2)}.${padded.slice(2)}`;
  return percent.replace(/^0+(?=\d)/, '').replace(/\.?0*$/, '');
}
