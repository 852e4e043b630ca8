import { expect, test } from 'vitest';
import { checkBankAccount, hasCardCheckDigit } from './bank-account.ts';

test.each([
  // The worked example of the standard, and a card whose neighbours were swapped.
  ['79927398713', true],
  ['79927398710', false],
  ['6222021001116245702', true],
  ['6222021001116247502', false],
])('%s ends with its check digit: %s', (digits, expected) => {
  expect(hasCardCheckDigit(digits)).toBe(expected);
});

test.each<[string, string, string, string[]]>([
  ['a card', '102', '6222021001116245702', []],
  ['a card that looks mistyped', '102', '6222021001116245703', ['warn BANK_CARD_CHECK_DIGIT']],
  ['a settlement account of a firm', '102', '0200001009200345678', []],
  ['nothing typed yet', '', '', ['block BANK_CODE_FORMAT', 'block BANK_ACCOUNT_FORMAT']],
  ['blanks between the digits', '102', '6222 0210', ['block BANK_ACCOUNT_FORMAT']],
  ['a small letter', 'icbc', '620000', ['block BANK_CODE_FORMAT']],
])('%s', (_what, bankCode, bankAccountNo, expected) => {
  const findings = checkBankAccount(bankCode, bankAccountNo);
  expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
});
