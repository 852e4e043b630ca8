import type { MessageTable, WordTable } from '../../platform/errors.ts';

/** Texts of the findings about a bank account, and of their remedies. */
export const accountsMessages: MessageTable = {
  BANK_CODE_FORMAT: ['The {field} is not one.', '{field}格式不正确。'],
  BANK_CODE_FORMAT_REMEDY: [
    'Write one to twelve capital letters and digits.',
    '请填写 1 至 12 位大写字母或数字。',
  ],
  BANK_ACCOUNT_FORMAT: ['The {field} is not one.', '{field}格式不正确。'],
  BANK_ACCOUNT_FORMAT_REMEDY: [
    'Write 6 to 32 digits without blanks.',
    '请填写 6 至 32 位数字，不含空格。',
  ],
  BANK_CARD_CHECK_DIGIT: [
    'By its check digit the {field} looks mistyped.',
    '{field}的校验位不符，可能输错。',
  ],
  BANK_CARD_CHECK_DIGIT_REMEDY: ['Compare every digit with the card.', '请逐位与银行卡核对。'],
};

/** What the fields in the texts above are called. */
export const accountsWords: WordTable = {
  field: {
    bankCode: ['bank code', '银行代码'],
    bankAccountNo: ['bank account number', '银行账号'],
  },
};
