/** Resident identity numbers by GB 11643: 6 region, 8 birth date, 3 sequence, 1 check character. */
import type { LocalDate, Result } from '@cairn/kernel';
import { err, ok, parseBasicDate } from '@cairn/kernel';

/** What an identity number says about its holder. `birthDate` may lie before 1900. */
export interface IdCard {
  readonly number: string;
  readonly regionCode: string;
  readonly birthDate: string;
  /** '1' male, '2' female, by the parity of the sequence. */
  readonly sex: '1' | '2';
}

/** Why a text is no identity number. */
export type IdCardRefusal =
  | 'ID_CARD_FORMAT'
  | 'ID_CARD_LOWER_CASE_X'
  | 'ID_CARD_15_DIGITS'
  | 'ID_CARD_REGION'
  | 'ID_CARD_BIRTH_DATE'
  | 'ID_CARD_CHECK_CHARACTER';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

// First two digits of GB/T 2260, plus 71, 81, 82 and 83, which residence permits use. Counties are
// not looked up: numbers keep the code of the year of issue, long after the county is renamed.
const PROVINCES = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 ' +
    '50 51 52 53 54 61 62 63 64 65 71 81 82 83'
  ).split(' '),
);

/** The check character of the first 17 digits. */
export function idCardCheckCharacter(first17: string): string {
  let sum = 0;
  WEIGHTS.forEach((weight, i) => {
    sum += weight * (first17.charCodeAt(i) - 48);
  });
  return CHECK_CHARACTERS.charAt(sum % 11);
}

// The Gregorian calendar repeats after 400 years, so a day of the 1800s is real when the day 400
// years later is.
function isRealDay(yyyymmdd: string): boolean {
  const year = Number.parseInt(yyyymmdd.slice(0, 4), 10);
  if (year < 1800) return false;
  return parseBasicDate(year < 1900 ? `${year + 400}${yyyymmdd.slice(4)}` : yyyymmdd) !== undefined;
}

function dashed(yyyymmdd: string): string {
  return `${yyyymmdd.slice(0, 4)}-${yyyymmdd.slice(4, 6)}-${yyyymmdd.slice(6)}`;
}

/**
 * Reads an identity number as of a day. The 15-digit form lost its validity in 2013 and is refused
 * with its own reason (region and date are still checked first, so that the reason is the right
 * one); a lower-case x is refused too, so that one person has one spelling.
 */
export function parseIdCard(text: string, on: LocalDate): Result<IdCard, IdCardRefusal> {
  if (/^\d{15}$/.test(text)) return refuse15(text);
  if (/^\d{17}x$/.test(text)) return err('ID_CARD_LOWER_CASE_X');
  if (!/^\d{17}[\dX]$/.test(text)) return err('ID_CARD_FORMAT');
  const regionCode = text.slice(0, 6);
  if (!PROVINCES.has(regionCode.slice(0, 2))) return err('ID_CARD_REGION');
  const born = text.slice(6, 14);
  if (!isRealDay(born) || dashed(born) > on) return err('ID_CARD_BIRTH_DATE');
  if (idCardCheckCharacter(text) !== text.charAt(17)) return err('ID_CARD_CHECK_CHARACTER');
  const sex = text.charCodeAt(16) % 2 === 1 ? '1' : '2';
  return ok({ number: text, regionCode, birthDate: dashed(born), sex });
}

function refuse15(text: string): Result<IdCard, IdCardRefusal> {
  if (!PROVINCES.has(text.slice(0, 2))) return err('ID_CARD_REGION');
  if (!isRealDay(`19${text.slice(6, 12)}`)) return err('ID_CARD_BIRTH_DATE');
  return err('ID_CARD_15_DIGITS');
}
