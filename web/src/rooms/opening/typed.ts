/** What somebody types about a customer to be, and what the server is sent of it. */
import type { WireFinding } from '../../api/problem.ts';
import type { Got, PostBody } from '../../api/types.ts';

export type OpenBody = PostBody<'/customers'>;
export type DraftContent = Got<'/opening-drafts/{draftId}'>['content'];
export type CustomerKind = OpenBody['kind'];

export const isKind = (text: string): text is CustomerKind => /^[012]$/.test(text);

/** The form as it stands; a field that is empty is an empty text. */
export interface Typed {
  readonly kind: CustomerKind;
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNo: string;
  readonly validUntil: string;
  readonly isLongTerm: boolean;
  readonly phone: string;
  readonly email: string;
  readonly address: string;
  readonly postCode: string;
  readonly birthDate: string;
  readonly sex: '' | '1' | '2';
  readonly civilCapacity: '' | 'full' | 'limited' | 'none';
  readonly representativeName: string;
  readonly representativeType: string;
  readonly representativeNo: string;
  readonly branchCode: string;
  readonly adviserId: string;
}

/** The certificate types that each kind of customer may have, the usual one first. */
export const CERTIFICATE_TYPES: Readonly<Record<CustomerKind, readonly string[]>> = {
  '0': ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', '0'],
  '1': ['0', '1', '4', 'A', 'B', '6', '2', '3', '5', '8', '9', '7'],
  '2': ['9', 'A', '8'],
};

/** A form just begun. */
export function emptyTyped(kind: CustomerKind, branchCode: string): Typed {
  return {
    kind,
    name: '',
    certificateType: CERTIFICATE_TYPES[kind][0] ?? '',
    certificateNo: '',
    validUntil: '',
    isLongTerm: false,
    phone: '',
    email: '',
    address: '',
    postCode: '',
    birthDate: '',
    sex: '',
    civilCapacity: '',
    representativeName: '',
    representativeType: '0',
    representativeNo: '',
    branchCode,
    adviserId: '',
  };
}

const given = <Name extends string, Value extends string>(
  name: Name,
  value: Value | '',
): Partial<Record<Name, Value>> =>
  (value === '' ? {} : { [name]: value }) as Partial<Record<Name, Value>>;

/** Whether the number of this certificate tells birth date and sex. */
export const tellsBirth = ({ kind, certificateType }: Typed): boolean =>
  kind === '1' && certificateType === '0';

/** What is sent: for a check, a draft or the opening itself. */
export function bodyOf(typed: Typed): OpenBody {
  const isPerson = typed.kind === '1';
  const asksBirth = isPerson && !tellsBirth(typed);
  return {
    kind: typed.kind,
    name: typed.name,
    certificateType: typed.certificateType,
    certificateNo: typed.certificateNo,
    certificateValidUntil: typed.isLongTerm ? null : typed.validUntil,
    phone: typed.phone,
    branchCode: typed.branchCode,
    ...given('email', typed.email),
    ...given('address', typed.address),
    ...given('postCode', typed.postCode),
    ...given('adviserId', typed.adviserId),
    ...(asksBirth ? { ...given('birthDate', typed.birthDate), ...given('sex', typed.sex) } : {}),
    ...(isPerson ? given('civilCapacity', typed.civilCapacity) : {}),
    ...(isPerson
      ? {}
      : {
          representative: {
            name: typed.representativeName,
            certificateType: typed.representativeType,
            certificateNo: typed.representativeNo,
          },
        }),
  };
}

/** The form that a draft was made from. */
export function typedOf(content: DraftContent): Typed {
  const { representative } = content;
  return {
    ...emptyTyped(content.kind, content.branchCode),
    name: content.name,
    certificateType: content.certificateType,
    certificateNo: content.certificateNo,
    validUntil: content.certificateValidUntil ?? '',
    isLongTerm: content.certificateValidUntil === null,
    phone: content.phone,
    email: content.email ?? '',
    address: content.address ?? '',
    postCode: content.postCode ?? '',
    birthDate: content.birthDate ?? '',
    sex: content.sex ?? '',
    civilCapacity: content.civilCapacity ?? '',
    representativeName: representative?.name ?? '',
    representativeType: representative?.certificateType ?? '0',
    representativeNo: representative?.certificateNo ?? '',
    adviserId: content.adviserId ?? '',
  };
}

export type FieldName = Exclude<keyof Typed, 'kind' | 'isLongTerm'>;

/** The fields of each step, in their order. */
export const STEP_FIELDS: readonly (readonly FieldName[])[] = [
  ['name', 'certificateType', 'certificateNo', 'validUntil', 'birthDate', 'sex'],
  [
    'phone',
    'email',
    'address',
    'postCode',
    'civilCapacity',
    'representativeName',
    'representativeType',
    'representativeNo',
    'branchCode',
    'adviserId',
  ],
];

const FIELDS_OF_FINDINGS: Readonly<Record<string, FieldName>> = {
  certificateValidUntil: 'validUntil',
  representative: 'representativeName',
  'representative.name': 'representativeName',
  'representative.certificateNo': 'representativeNo',
};

/** Which field of the form a finding is about; the name when it names none. */
export function fieldOf(finding: WireFinding): FieldName {
  const field = finding.details['field'];
  if (typeof field !== 'string') return 'name';
  const known = STEP_FIELDS.flat().find((name) => name === field);
  return FIELDS_OF_FINDINGS[field] ?? known ?? 'name';
}

/** The first step that still has a finding; the number of steps when none has. */
export function firstOpenStep(findings: readonly WireFinding[]): number {
  const fields = findings.map(fieldOf);
  const place = STEP_FIELDS.findIndex((step) => fields.some((field) => step.includes(field)));
  return place < 0 ? STEP_FIELDS.length : place;
}
