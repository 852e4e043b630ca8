/** Days as people type them: eight digits, or with any sign between, become 'YYYY-MM-DD'. */
const DIGITS = /^(\d{4})[-/.年]?(\d{2})[-/.月]?(\d{2})日?$/;

/** What was typed, as a day where it reads as one; anything else stays as it was typed. */
export function readDay(typed: string): string {
  const text = typed.trim();
  const [, year, month, day] = DIGITS.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month}-${day}`;
}
