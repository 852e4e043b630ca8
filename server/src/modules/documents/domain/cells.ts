/** What may stand in a cell of a workbook. */

/**
 * Text that a spreadsheet shows and never runs: what would begin a formula is quoted.
 * Source: OWASP, CSV injection (= + - @, tab, carriage return and NUL as the first character).
 */
export function harmlessText(text: string): string {
  return /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? `'${text}` : text;
}

const DIGITS_MAX = 15;

/** Decimal text as a spreadsheet's number, a double; undefined when that would lose digits. */
export function exactNumber(text: string): number | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  return text.replaceAll(/\D/g, '').replace(/^0+/, '').length > DIGITS_MAX
    ? undefined
    : Number(text);
}
