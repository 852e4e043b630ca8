/** Unified social credit codes (GB 32100) and organisation codes (GB 11714) of institutions. */

// No I, O, S, V or Z in GB 32100.
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Why a text is no unified social credit code or organisation code. */
export type CreditCodeRefusal =
  | 'CREDIT_CODE_FORMAT'
  | 'CREDIT_CODE_CHECK_CHARACTER'
  | 'ORGANISATION_CODE_FORMAT'
  | 'ORGANISATION_CODE_CHECK_CHARACTER';

/** The check character of the first 17 characters of a unified social credit code. */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  CREDIT_WEIGHTS.forEach((weight, i) => {
    sum += weight * CREDIT_ALPHABET.indexOf(first17.charAt(i));
  });
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The check character of the first 8 characters of an organisation code. */
export function organisationCodeCheckCharacter(first8: string): string {
  let sum = 0;
  ORGANISATION_WEIGHTS.forEach((weight, i) => {
    sum += weight * Number.parseInt(first8.charAt(i), 36);
  });
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}

/** The reason why the text is no organisation code of nine characters; undefined when it is one. */
export function findOrganisationCodeRefusal(text: string): CreditCodeRefusal | undefined {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(text)) return 'ORGANISATION_CODE_FORMAT';
  return organisationCodeCheckCharacter(text) === text.charAt(8)
    ? undefined
    : 'ORGANISATION_CODE_CHECK_CHARACTER';
}

/**
 * The reason why the text is no unified social credit code; undefined when it is one. Characters 9
 * to 17 are an organisation code, which carries its own check character.
 */
export function findCreditCodeRefusal(text: string): CreditCodeRefusal | undefined {
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(text)) {
    return 'CREDIT_CODE_FORMAT';
  }
  if (creditCodeCheckCharacter(text) !== text.charAt(17)) return 'CREDIT_CODE_CHECK_CHARACTER';
  return findOrganisationCodeRefusal(text.slice(8, 17));
}
