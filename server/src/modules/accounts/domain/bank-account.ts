/** The bank account that an asset account is bound to: its form, and what its digits tell. */
import type { Finding } from '@cairn/kernel';

/** The code of a bank: as the settlement files carry it. */
export const BANK_CODE_PATTERN = '^[0-9A-Z]{1,12}$';
/** A bank card or settlement account: digits only. */
export const BANK_ACCOUNT_PATTERN = '^[0-9]{6,32}$';

const CODE = new RegExp(BANK_CODE_PATTERN);
const ACCOUNT = new RegExp(BANK_ACCOUNT_PATTERN);
// Cards have 13 to 19 digits and end with a check digit, ISO/IEC 7812-1; of 62…, China UnionPay,
// this is certain. Settlement accounts of firms are numbered by their banks and have none.
const CARD = /^62\d{11,17}$/;

/** Whether the last digit is the check digit of ISO/IEC 7812-1 (Luhn). */
export function hasCardCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** Every reason why the account cannot be bound, and a warning for a card that looks mistyped. */
export function checkBankAccount(bankCode: string, bankAccountNo: string): Finding[] {
  const findings: Finding[] = [];
  const block = (code: string, field: string) =>
    findings.push({ code, severity: 'block', details: { field } });
  if (!CODE.test(bankCode)) block('BANK_CODE_FORMAT', 'bankCode');
  if (!ACCOUNT.test(bankAccountNo)) block('BANK_ACCOUNT_FORMAT', 'bankAccountNo');
  else if (CARD.test(bankAccountNo) && !hasCardCheckDigit(bankAccountNo)) {
    const details = { field: 'bankAccountNo' };
    findings.push({ code: 'BANK_CARD_CHECK_DIGIT', severity: 'warn', details });
  }
  return findings;
}
