/** What a reader typed into the one search field, as the server can be asked for it. */
import type { PostBody } from '../api/types.ts';

export type SearchAsk = PostBody<'/customers/search'>;

const PERSON = '1';
const INSTITUTION = '0';
const PRODUCT = '2';
const IDENTITY_CARD = '0';
const BUSINESS_LICENCE = '1';
const APPROVAL = 'A';

/**
 * Tells what a text is by its form: a customer number, an identity card, a credit code, a phone, a
 * masked name, else a name. Undefined when there is nothing to look for.
 */
export function readSearch(typed: string): SearchAsk | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const upper = text.toUpperCase();
  if (/^C[0-9A-Z]{3,15}$/.test(upper)) return { by: 'customerId', prefix: upper };
  if (/^\d{17}[\dX]$/.test(upper)) {
    return { by: 'certificate', kind: PERSON, type: IDENTITY_CARD, number: upper };
  }
  if (/^[0-9A-Z]{18}$/.test(upper)) {
    return { by: 'certificate', kind: INSTITUTION, type: BUSINESS_LICENCE, number: upper };
  }
  if (/^\+?[\d -]{7,20}$/.test(text)) return { by: 'phone', phone: text.replace(/[ -]/g, '') };
  if (/^S[A-Z]{0,3}\d{2,}$/.test(upper)) {
    return { by: 'certificate', kind: PRODUCT, type: APPROVAL, number: upper };
  }
  if (text.includes('*')) return { by: 'nameMasked', nameMasked: text };
  return { by: 'name', name: text };
}
