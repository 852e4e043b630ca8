/**
 * The masked forms of personal data. They are made once, on the server, when the data is written:
 * a screen, an export or a log can only show what it was given.
 */
import type { CustomerKind } from './certificate.ts';
import { graphemesOf } from './text.ts';

function keepEnds(text: string, first: number, last: number): string {
  const letters = graphemesOf(text);
  if (letters.length <= first + last) return '*'.repeat(letters.length);
  const middle = '*'.repeat(letters.length - first - last);
  return letters.slice(0, first).join('') + middle + letters.slice(letters.length - last).join('');
}

/**
 * Two characters show the first (张*), more show first and last (张*丰), one shows none. Names of
 * institutions and products are public register entries and stay readable.
 */
export function maskName(kind: CustomerKind, name: string): string {
  if (kind !== '1') return name;
  const letters = graphemesOf(name.trim());
  if (letters.length === 2) return `${letters[0]}*`;
  return keepEnds(name.trim(), 1, 1);
}

/** An identity or credit number of 18 keeps 6 and 4; any other keeps 2 and 2, or 1 and 1 when short. */
export function maskCertificate(number: string): string {
  const length = graphemesOf(number).length;
  if (length === 18) return keepEnds(number, 6, 4);
  return length >= 8 ? keepEnds(number, 2, 2) : keepEnds(number, 1, 1);
}

/** Keeps 3 and 4 characters: 138****0001. */
export function maskPhone(phone: string): string {
  return phone.length >= 11 ? keepEnds(phone, 3, 4) : keepEnds(phone, 2, 2);
}

/** The first letter and the domain: z***@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}

const PROVINCE = /^(.{1,6}?(?:省|自治区|特别行政区|市))/u;
const CITY = /^(.{1,10}?(?:自治州|地区|盟|市))/u;

/** Province and city only; an address that names neither shows nothing. */
export function maskAddress(address: string): string {
  const province = PROVINCE.exec(address)?.[1] ?? '';
  if (province === '') return '***';
  const isMunicipality = province.endsWith('市');
  const city = isMunicipality ? '' : (CITY.exec(address.slice(province.length))?.[1] ?? '');
  return `${province}${city}***`;
}

/** The year: 1990-**-**. */
export function maskBirthDate(birthDate: string): string {
  return `${birthDate.slice(0, 4)}-**-**`;
}
