/** Ways to reach a customer: each has one spelling, so that equal contacts have equal digests. */
import type { Finding } from '@cairn/kernel';
import { blocked } from './finding.ts';

const PHONES = [
  /^1[3-9]\d{9}$/, // mobile number of the mainland
  /^\+[1-9]\d{6,14}$/, // international, ITU-T E.164
  /^0\d{2,3}-\d{7,8}(?:-\d{1,5})?$/, // land line with extension
];

const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/;
const EMAIL_BYTES_MAX = 40; // EmailAddress C40

function refused(code: string, field: string): Finding[] {
  return [blocked(code, { field })];
}

/** Mobile, +international or 0xxx-xxxxxxxx land line, in ASCII digits; fits TelNo C22. */
export function checkPhone(field: string, phone: string): Finding[] {
  return PHONES.some((form) => form.test(phone)) ? [] : refused('PHONE_FORMAT', field);
}

/** An ASCII address of at most 40 bytes. */
export function checkEmail(field: string, email: string): Finding[] {
  const isFine = email.length <= EMAIL_BYTES_MAX && EMAIL.test(email);
  return isFine ? [] : refused('EMAIL_FORMAT', field);
}

/** Six ASCII digits. */
export function checkPostCode(field: string, postCode: string): Finding[] {
  return /^\d{6}$/.test(postCode) ? [] : refused('POST_CODE_FORMAT', field);
}
