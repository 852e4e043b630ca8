/** The decision whether the particulars of a customer may change, and what the change entails. */
import type { Finding, LocalDate, Result } from '@cairn/kernel';
import { err, ok, runChecks } from '@cairn/kernel';
import type { CustomerKind } from './certificate.ts';
import { checkEmail, checkPhone, checkPostCode } from './contact.ts';
import { blocked } from './finding.ts';
import type { CivilCapacity, Representative } from './opening.ts';
import {
  checkAddress,
  checkBranchCode,
  checkCapacity,
  checkName,
  checkRepresentative,
  checkValidUntil,
} from './opening.ts';
import type { CustomerStatus } from './status.ts';

/** New values; a field that is absent stays as it is, null clears one that may be empty. */
export interface ProfileChange {
  readonly name?: string | undefined;
  readonly certificateValidUntil?: string | null | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly postCode?: string | null | undefined;
  readonly representative?: Representative | undefined;
  readonly branchCode?: string | undefined;
  readonly adviserId?: string | null | undefined;
  /** Persons only: one who came of age, or whose capacity a court has declared. */
  readonly civilCapacity?: CivilCapacity | undefined;
}

/** The names of the fields that can change, in the order in which versions list them. */
export const PROFILE_FIELDS = [
  'name',
  'certificateValidUntil',
  'phone',
  'email',
  'address',
  'postCode',
  'representative',
  'branchCode',
  'adviserId',
  'civilCapacity',
] as const;

export type ProfileField = (typeof PROFILE_FIELDS)[number];

// A new name or certificate is a new fact about who the customer is: someone must look again.
const IDENTITY_FIELDS: readonly ProfileField[] = [
  'name',
  'certificateValidUntil',
  'representative',
];

interface Context {
  readonly kind: CustomerKind;
  readonly status: CustomerStatus;
  readonly change: ProfileChange;
  readonly today: LocalDate;
  /** Of a person; undefined where it is not asked for. */
  readonly birthDate: LocalDate | undefined;
}

function given<T>(value: T | null | undefined, check: (value: T) => Finding[]): Finding[] {
  return value === undefined || value === null ? [] : check(value);
}

const CHECKS = [
  function notClosed({ status }: Context) {
    return status === 'closed' ? blocked('CUSTOMER_CLOSED', {}) : undefined;
  },
  function notEmpty({ change }: Context) {
    const isEmpty = PROFILE_FIELDS.every((field) => change[field] === undefined);
    return isEmpty ? blocked('CUSTOMER_CHANGE_EMPTY', {}) : undefined;
  },
  function name({ change }: Context) {
    return given(change.name, checkName);
  },
  function validity({ change, today }: Context) {
    return given(change.certificateValidUntil, (date) => checkValidUntil(date, today));
  },
  function phone({ change }: Context) {
    return given(change.phone, (phone) => checkPhone('phone', phone));
  },
  function email({ change }: Context) {
    return given(change.email, (email) => checkEmail('email', email));
  },
  function address({ change }: Context) {
    return given(change.address, checkAddress);
  },
  function postCode({ change }: Context) {
    return given(change.postCode, (postCode) => checkPostCode('postCode', postCode));
  },
  function whoActs({ change, kind, today }: Context) {
    if (change.representative === undefined) return [];
    if (kind === '1') return blocked('ORGANISATION_FIELD', { field: 'representative' });
    return checkRepresentative(change.representative, today);
  },
  function capacity({ change, kind, birthDate, today }: Context) {
    return given(change.civilCapacity, (capacity) =>
      checkCapacity(kind, capacity, birthDate, today),
    );
  },
  function branchCode({ change }: Context) {
    return given(change.branchCode, checkBranchCode);
  },
];

/** Decides a change: the changed fields, and whether the identity must be reviewed again. */
export function decideProfileChange(
  context: Context,
): Result<{ fields: ProfileField[]; reviewAgain: boolean }, Finding[]> {
  const findings = runChecks(CHECKS, context);
  if (findings.length > 0) return err(findings);
  const fields = PROFILE_FIELDS.filter((field) => context.change[field] !== undefined);
  return ok({ fields, reviewAgain: fields.some((field) => IDENTITY_FIELDS.includes(field)) });
}
