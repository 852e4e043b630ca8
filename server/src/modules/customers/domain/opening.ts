/** The decision whether a customer may be opened: every reason at once, in a fixed order. */
import type { Finding, LocalDate, Result } from '@cairn/kernel';
import { ageOn, err, ok, parseLocalDate, runChecks } from '@cairn/kernel';
import type { Certificate, CustomerKind } from './certificate.ts';
import { checkCertificate } from './certificate.ts';
import { checkEmail, checkPhone, checkPostCode } from './contact.ts';
import { blocked } from './finding.ts';
import { checkText, nameKey } from './text.ts';

/** Whether a person can act alone in law (Civil Code articles 17 to 24). */
export type CivilCapacity = 'full' | 'limited' | 'none';

/** The person who acts for an institution or a product. */
export interface Representative {
  readonly name: string;
  /** Certificate type of a person. */
  readonly certificateType: string;
  readonly certificateNo: string;
}

/** What is asked for when a customer is opened; texts are as typed. */
export interface OpenCustomer {
  readonly kind: CustomerKind;
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNo: string;
  /** Last day of validity, 'YYYY-MM-DD', or null for a long-term certificate. */
  readonly certificateValidUntil: string | null;
  readonly phone: string;
  readonly email?: string | undefined;
  readonly address?: string | undefined;
  readonly postCode?: string | undefined;
  /** Needed for a person whose certificate number does not tell it. */
  readonly birthDate?: string | undefined;
  readonly sex?: '1' | '2' | undefined;
  /** Default: full from 18 years on, limited from 8, none below. */
  readonly civilCapacity?: CivilCapacity | undefined;
  readonly representative?: Representative | undefined;
  readonly branchCode: string;
  readonly adviserId?: string | undefined;
}

/** A customer who may be opened: the same texts, checked, with what the certificate tells. */
export interface Opening {
  readonly kind: CustomerKind;
  readonly name: string;
  readonly nameKey: string;
  readonly certificate: Certificate;
  readonly certificateValidUntil: LocalDate | null;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly postCode: string | null;
  readonly birthDate: LocalDate | null;
  readonly sex: '1' | '2' | null;
  readonly civilCapacity: CivilCapacity | null;
  readonly representative: Representative | null;
  readonly branchCode: string;
  readonly adviserId: string | null;
}

const NAME_BYTES_MAX = 120; // InvestorName C120
const ADDRESS_BYTES_MAX = 120; // Address C120
const REPRESENTATIVE_BYTES_MAX = 20; // InstReprName C20
const ADULT_YEARS = 18;
const LIMITED_YEARS = 8;

interface Context {
  readonly asked: OpenCustomer;
  readonly today: LocalDate;
  readonly certificate: Result<Certificate, Finding>;
}

/** Name: strict text that fits the registrar's field. */
export function checkName(name: string): Finding[] {
  return checkText({ field: 'name', policy: 'name', bytesMax: NAME_BYTES_MAX }, name);
}

/** Address: one visible line that fits the registrar's field. */
export function checkAddress(address: string): Finding[] {
  return checkText({ field: 'address', policy: 'line', bytesMax: ADDRESS_BYTES_MAX }, address);
}

/** The last day of a certificate: a real day that has not passed, or null for long-term. */
export function checkValidUntil(validUntil: string | null, today: LocalDate): Finding[] {
  if (validUntil === null) return [];
  const date = parseLocalDate(validUntil);
  if (date === undefined)
    return [blocked('CUSTOMER_DATE_INVALID', { field: 'certificateValidUntil' })];
  const details = { field: 'certificateValidUntil', validUntil: date, today };
  return date < today ? [blocked('CERTIFICATE_EXPIRED', details)] : [];
}

/** The representative's name and certificate. */
export function checkRepresentative(person: Representative, today: LocalDate): Finding[] {
  const field = 'representative.name';
  const rule = { field, policy: 'name', bytesMax: REPRESENTATIVE_BYTES_MAX } as const;
  const certificate = checkCertificate(
    '1',
    person.certificateType,
    person.certificateNo,
    today,
    'representative.certificateNo',
  );
  return [...checkText(rule, person.name), ...(certificate.ok ? [] : [certificate.error])];
}

/** A branch code: up to nine capital letters and digits, BranchCode C9. */
export function checkBranchCode(branchCode: string): Finding[] {
  return /^[0-9A-Z]{1,9}$/.test(branchCode)
    ? []
    : [blocked('BRANCH_CODE_FORMAT', { field: 'branchCode' })];
}

function birthDateOf(context: Context): string | undefined {
  const { certificate, asked } = context;
  return (certificate.ok ? certificate.value.birthDate : undefined) ?? asked.birthDate;
}

function checkBirthDate({ asked, certificate, today }: Context): Finding[] {
  if (asked.kind !== '1') {
    return asked.birthDate === undefined ? [] : [blocked('PERSON_FIELD', { field: 'birthDate' })];
  }
  const told = certificate.ok ? certificate.value.birthDate : undefined;
  const birthDate = told ?? asked.birthDate;
  // An unreadable certificate already has its own reason; nothing can be said about the date.
  if (birthDate === undefined) {
    return certificate.ok ? [blocked('BIRTH_DATE_MISSING', { field: 'birthDate' })] : [];
  }
  const date = parseLocalDate(birthDate);
  if (date === undefined || date > today) {
    return [blocked('BIRTH_DATE_OUT_OF_RANGE', { field: 'birthDate' })];
  }
  const disagrees = told !== undefined && asked.birthDate !== undefined && told !== asked.birthDate;
  return disagrees ? [blocked('BIRTH_DATE_DIFFERS', { field: 'birthDate' })] : [];
}

function checkSex({ asked, certificate }: Context): Finding[] {
  if (asked.kind !== '1') {
    return asked.sex === undefined ? [] : [blocked('PERSON_FIELD', { field: 'sex' })];
  }
  const told = certificate.ok ? certificate.value.sex : undefined;
  const disagrees = told !== undefined && asked.sex !== undefined && told !== asked.sex;
  return disagrees ? [blocked('SEX_DIFFERS', { field: 'sex' })] : [];
}

/** What a person of this age can do alone, when nothing else is known. */
export function civilCapacityAt(birthDate: LocalDate, on: LocalDate): CivilCapacity {
  const years = ageOn(birthDate, on);
  if (years >= ADULT_YEARS) return 'full';
  return years >= LIMITED_YEARS ? 'limited' : 'none';
}

/** Checks a declared capacity: full is for persons of age. */
export function checkCapacity(
  kind: CustomerKind,
  capacity: CivilCapacity,
  birthDate: LocalDate | undefined,
  today: LocalDate,
): Finding[] {
  if (kind !== '1') return [blocked('PERSON_FIELD', { field: 'civilCapacity' })];
  if (birthDate === undefined || birthDate > today || capacity !== 'full') return [];
  return civilCapacityAt(birthDate, today) === 'full'
    ? []
    : [blocked('CIVIL_CAPACITY_MINOR', { field: 'civilCapacity', adultYears: ADULT_YEARS })];
}

function checkWhoActs({ asked, today }: Context): Finding[] {
  const { representative } = asked;
  const field = 'representative';
  if (asked.kind === '1') {
    return representative === undefined ? [] : [blocked('ORGANISATION_FIELD', { field })];
  }
  if (representative === undefined) return [blocked('REPRESENTATIVE_MISSING', { field })];
  return checkRepresentative(representative, today);
}

const CHECKS = [
  function name({ asked }: Context) {
    return checkName(asked.name);
  },
  function certificateNumber({ certificate }: Context) {
    return certificate.ok ? undefined : certificate.error;
  },
  function certificateValidity({ asked, today }: Context) {
    return checkValidUntil(asked.certificateValidUntil, today);
  },
  checkBirthDate,
  checkSex,
  function capacity(context: Context) {
    const { asked, today } = context;
    if (asked.civilCapacity === undefined) return [];
    const birthDate = parseLocalDate(birthDateOf(context) ?? '');
    return checkCapacity(asked.kind, asked.civilCapacity, birthDate, today);
  },
  function phone({ asked }: Context) {
    return checkPhone('phone', asked.phone);
  },
  function email({ asked }: Context) {
    return asked.email === undefined ? [] : checkEmail('email', asked.email);
  },
  function address({ asked }: Context) {
    return asked.address === undefined ? [] : checkAddress(asked.address);
  },
  function postCode({ asked }: Context) {
    return asked.postCode === undefined ? [] : checkPostCode('postCode', asked.postCode);
  },
  checkWhoActs,
  function branchCode({ asked }: Context) {
    return checkBranchCode(asked.branchCode);
  },
];

/** What a form shows while it is filled in: every reason so far, and what the certificate tells. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** The certificate, when its number is one of its type. */
  readonly certificate: Certificate | undefined;
  /** Of a person, from the number or as given. */
  readonly birthDate: LocalDate | undefined;
  /** As given, or what the age allows. */
  readonly civilCapacity: CivilCapacity | undefined;
}

/** Examines what was typed so far as of a day; an opening without findings may be made. */
export function examineOpening(asked: OpenCustomer, today: LocalDate): Examination {
  const { kind } = asked;
  const certificate = checkCertificate(kind, asked.certificateType, asked.certificateNo, today);
  const context = { asked, today, certificate };
  const birthDate = kind === '1' ? parseLocalDate(birthDateOf(context) ?? '') : undefined;
  const byAge =
    birthDate === undefined || birthDate > today ? undefined : civilCapacityAt(birthDate, today);
  return {
    findings: runChecks(CHECKS, context),
    certificate: certificate.ok ? certificate.value : undefined,
    birthDate,
    civilCapacity: asked.civilCapacity ?? byAge,
  };
}

/** Decides as of a day whether the customer may be opened; otherwise every reason why not. */
export function decideOpening(asked: OpenCustomer, today: LocalDate): Result<Opening, Finding[]> {
  const { findings, certificate, birthDate, civilCapacity } = examineOpening(asked, today);
  if (findings.length > 0 || certificate === undefined) return err([...findings]);
  return ok({
    kind: asked.kind,
    name: asked.name,
    nameKey: nameKey(asked.name),
    certificate,
    certificateValidUntil: asked.certificateValidUntil as LocalDate | null,
    phone: asked.phone,
    email: asked.email ?? null,
    address: asked.address ?? null,
    postCode: asked.postCode ?? null,
    birthDate: birthDate ?? null,
    sex: certificate.sex ?? asked.sex ?? null,
    civilCapacity: birthDate === undefined ? null : (civilCapacity ?? null),
    representative: asked.representative ?? null,
    branchCode: asked.branchCode,
    adviserId: asked.adviserId ?? null,
  });
}
