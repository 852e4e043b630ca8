const plain = (text: string | undefined) =>
  text?.includes('.') === true ? text.replace(/\.?0+$/, '') : text;

/** Whether two texts of one parameter mean the same: '0.00' and '0', absent and empty. */
export function sameDecimal(a: string | undefined, b: string | undefined): boolean {
  return plain(a === '' ? undefined : a) === plain(b === '' ? undefined : b);
}
