/** Certificates by kind of customer: types of the fund data exchange protocol and their numbers. */
import type { Finding, LocalDate, Result } from '@cairn/kernel';
import { err, ok } from '@cairn/kernel';
import { byteLengthGb18030 } from '@cairn/ofd';
import { findCreditCodeRefusal, findOrganisationCodeRefusal } from './credit-code.ts';
import { blocked } from './finding.ts';
import { parseIdCard } from './id-card.ts';

/** '0' institution, '1' person, '2' product: IndividualOrInstitution of the protocol. */
export type CustomerKind = '0' | '1' | '2';

/** A certificate that was checked. Birth date and sex are known when the number tells them. */
export interface Certificate {
  readonly kind: CustomerKind;
  readonly type: string;
  readonly number: string;
  readonly birthDate?: string;
  readonly sex?: '1' | '2';
}

type NumberCheck = (number: string, on: LocalDate) => Result<Partial<Certificate>, string>;

const CERTIFICATE_BYTES_MAX = 30; // CertificateNo C30

const accepted: Result<Partial<Certificate>, string> = ok({});

function byPattern(pattern: RegExp): NumberCheck {
  return (number) => (pattern.test(number) ? accepted : err('CERTIFICATE_FORMAT'));
}

const checkIdCard: NumberCheck = (number, on) => {
  const card = parseIdCard(number, on);
  return card.ok ? ok({ birthDate: card.value.birthDate, sex: card.value.sex }) : card;
};

function byRefusal(find: (text: string) => string | undefined): NumberCheck {
  return (number) => {
    const refusal = find(number);
    return refusal === undefined ? accepted : err(refusal);
  };
}

const creditCode = byRefusal(findCreditCodeRefusal);

// Certificates issued with a unified credit code since 2015, or with a number of their own before.
const creditCodeOrOwnNumber: NumberCheck = (number, on) =>
  number.length === 18 ? creditCode(number, on) : ownNumber(number, on);

// One spelling per certificate: capital letters, digits, hyphen, and the Chinese characters that
// military and official numbers hold. Lower case and full-width forms are refused, never folded.
const ownNumber = byPattern(/^[0-9A-Z\p{Script=Han}][0-9A-Z\p{Script=Han}()-]{3,29}$/u);

// Since 2023 the foreigner's permanent residence card carries an 18-digit number that begins with 9.
const foreignerCard: NumberCheck = byPattern(/^(?:[A-Z]{3}\d{12}|9\d{16}[\dX])$/);

const PERSON_TYPES: Readonly<Record<string, NumberCheck>> = {
  '0': checkIdCard,
  '1': byPattern(/^[A-Z]{1,2}\d{7,8}$/),
  '2': ownNumber,
  '3': ownNumber,
  '4': byPattern(/^[HM]\d{8}(?:\d{2})?$/),
  '5': ownNumber,
  '6': byPattern(/^[0-9A-Z]{5,20}$/),
  '7': ownNumber,
  '8': ownNumber,
  '9': ownNumber,
  A: byPattern(/^(?:\d{8}|\d{10}[A-Z]?)$/),
  B: foreignerCard,
};

const INSTITUTION_TYPES: Readonly<Record<string, NumberCheck>> = {
  '0': byRefusal(findOrganisationCodeRefusal),
  '1': creditCode,
  '2': creditCodeOrOwnNumber,
  '3': creditCodeOrOwnNumber,
  '4': ownNumber,
  '5': ownNumber,
  '6': creditCodeOrOwnNumber,
  '7': creditCodeOrOwnNumber,
  '8': ownNumber,
  '9': ownNumber,
  A: ownNumber,
};

// A product is known by its own registration or approval, never by its manager's licence.
const PRODUCT_TYPES: Readonly<Record<string, NumberCheck>> = {
  '8': ownNumber,
  '9': ownNumber,
  A: ownNumber,
};

const TYPES: Readonly<Record<CustomerKind, Readonly<Record<string, NumberCheck>>>> = {
  '0': INSTITUTION_TYPES,
  '1': PERSON_TYPES,
  '2': PRODUCT_TYPES,
};

/** Every kind of customer. */
export const CUSTOMER_KINDS: readonly CustomerKind[] = ['0', '1', '2'];

/** The certificate types that a kind of customer may have. */
export function certificateTypesOf(kind: CustomerKind): string[] {
  return Object.keys(TYPES[kind]);
}

function refuse(code: string, details: Record<string, unknown>): Result<Certificate, Finding> {
  return err(blocked(code, details));
}

/**
 * Checks a certificate as of a day. The one reason of refusal names the field, never the number:
 * numbers are personal data and findings are shown and logged.
 */
export function checkCertificate(
  kind: CustomerKind,
  type: string,
  number: string,
  on: LocalDate,
  field = 'certificateNo',
): Result<Certificate, Finding> {
  const types = TYPES[kind];
  if (!Object.hasOwn(types, type)) return refuse('CERTIFICATE_TYPE_UNKNOWN', { field, type, kind });
  if (!number.isWellFormed() || byteLengthGb18030(number) > CERTIFICATE_BYTES_MAX) {
    return refuse('CERTIFICATE_FORMAT', { field, type });
  }
  const checked = (types[type] as NumberCheck)(number, on);
  if (!checked.ok) return refuse(checked.error, { field, type });
  return ok({ kind, type, number, ...checked.value });
}

/**
 * The text whose keyed digest is the identity of a customer. One rule for opening, search and
 * matching: types of persons, institutions and products share letters, so the kind leads.
 */
export function identityText(kind: CustomerKind, type: string, number: string): string {
  return `${kind}:${type}:${number}`;
}
