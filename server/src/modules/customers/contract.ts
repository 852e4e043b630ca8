/** The wire of customers: schemas and types. Personal data leaves masked, but for one route. */
import { type Static, type TProperties, Type } from 'typebox';
import { UserName } from '../../platform/auth/contract.ts';
import { CLEAR_FIELDS } from './domain/clear-fields.ts';
import { MATCHES } from './domain/match.ts';
import { SIMILARITIES } from './domain/similar.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T) => Type.Object(properties, closed);
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

// Lengths here keep out what is absurd; what a text may be is decided with every reason named.
const Text = Type.String({ maxLength: 2000 });
const ShortText = Type.String({ maxLength: 100 });
const DateText = Type.String({ maxLength: 10, description: 'YYYY-MM-DD' });
const Reason = Type.String({ minLength: 1, maxLength: 1000, description: 'kept in the audit' });
const Kind = Type.Enum(['0', '1', '2']);
const Cursor = Type.String({ pattern: '^[0-9A-Za-z_-]{1,40}$' });
const Limit = Type.Integer({ minimum: 1, maximum: 200 });

/** The path of one customer. */
export const CustomerPath = object({
  customerId: Type.String({ pattern: '^C[0-9A-Z]{15}$', description: '客户号' }),
});

const Representative = object({
  name: Text,
  certificateType: ShortText,
  certificateNo: ShortText,
});

/** Opening a customer. */
export const OpenBody = object({
  kind: Type.Enum(['0', '1', '2'], {
    description: '0 institution 机构, 1 person 个人, 2 product 产品',
  }),
  name: Text,
  certificateType: ShortText,
  certificateNo: ShortText,
  certificateValidUntil: Type.Union([DateText, Type.Null()], {
    description: 'last day of validity; null: long-term 长期',
  }),
  phone: ShortText,
  email: Type.Optional(ShortText),
  address: Type.Optional(Text),
  postCode: Type.Optional(ShortText),
  birthDate: Type.Optional(DateText),
  sex: Type.Optional(Type.Enum(['1', '2'])),
  civilCapacity: Type.Optional(Type.Enum(['full', 'limited', 'none'])),
  representative: Type.Optional(Representative),
  branchCode: ShortText,
  adviserId: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
});
export type OpenBody = Static<typeof OpenBody>;

/** An opened customer. */
export const OpenAnswer = object({ customerId: Type.String() });

const Masked = orNull(Type.String());

/** A customer, masked. */
export const CustomerAnswer = object({
  customerId: Type.String(),
  kind: Kind,
  nameMasked: Type.String(),
  certificateType: Type.String(),
  certificateMasked: Type.String(),
  certificateValidUntil: Masked,
  phoneMasked: Type.String(),
  emailMasked: Masked,
  addressMasked: Masked,
  postCode: Masked,
  birthDateMasked: Masked,
  sex: Masked,
  civilCapacity: Masked,
  representativeMasked: Masked,
  branchCode: Type.String(),
  adviserId: Masked,
  investorClass: Type.Enum(['ordinary', 'professional']),
  kycStatus: Type.Enum(['pending', 'verified', 'expired', 'rejected']),
  status: Type.Enum(['active', 'frozen', 'closed']),
  openedAt: Type.String(),
  version: Type.Integer(),
});

/** A page of customers; a search by text says by what each was found. */
export const CustomerPageAnswer = object({
  customers: Type.Array(
    object({
      ...CustomerAnswer.properties,
      matchedBy: Type.Optional(Type.Enum([...MATCHES], { title: 'found by / 匹配项' })),
    }),
  ),
  nextCursor: Masked,
});

/** Filters and page of the list. */
export const ListQuery = object({
  kyc: Type.Optional(
    Type.Enum(['pending', 'verified', 'expired', 'rejected', 'ending'], {
      title:
        'review; ending: the certificate ends within 30 days / 尽调状态；ending 为证件 30 天内到期',
    }),
  ),
  status: Type.Optional(Type.Enum(['active', 'frozen', 'closed'])),
  kind: Type.Optional(Kind),
  investorClass: Type.Optional(Type.Enum(['ordinary', 'professional'])),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
});

const page = { limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) };

/** What is looked for, in the body so that no address and no log holds it. */
export const SearchBody = Type.Union([
  object({
    by: Type.Literal('certificate'),
    kind: Kind,
    type: Type.String({ maxLength: 1 }),
    number: ShortText,
    ...page,
  }),
  object({
    by: Type.Literal('text'),
    text: Type.String({
      minLength: 1,
      maxLength: 100,
      title:
        'part of a name, number, phone, certificate or account / 姓名、号码、电话、证件或账号的一部分',
    }),
    ...page,
  }),
  object({ by: Type.Literal('phone'), phone: ShortText, ...page }),
  object({ by: Type.Literal('name'), name: Type.String({ maxLength: 200 }), ...page }),
  object({ by: Type.Literal('nameMasked'), nameMasked: Type.String({ maxLength: 200 }), ...page }),
  object({
    by: Type.Literal('customerId'),
    prefix: Type.String({ pattern: '^C[0-9A-Z]{3,15}$' }),
    ...page,
  }),
]);

/** The whole view; sections by name, as the modules above give them. */
export const ViewAnswer = object({
  customer: CustomerAnswer,
  sections: Type.Record(Type.String(), Type.Unknown()),
});

/** Showing in clear, for a purpose. */
export const UnmaskBody = object({
  fields: Type.Array(Type.Enum([...CLEAR_FIELDS]), {
    minItems: 1,
    maxItems: CLEAR_FIELDS.length,
    uniqueItems: true,
  }),
  purpose: Reason,
});

/** The fields in clear. */
export const UnmaskAnswer = object(
  Object.fromEntries(CLEAR_FIELDS.map((field) => [field, Type.Optional(Masked)])),
);

/** Changing particulars. */
export const ChangeBody = object({
  expectedVersion: Type.Integer({ minimum: 1, maximum: 2147483647 }),
  reason: Reason,
  change: object({
    name: Type.Optional(Text),
    certificateValidUntil: Type.Optional(orNull(DateText)),
    phone: Type.Optional(ShortText),
    email: Type.Optional(orNull(ShortText)),
    address: Type.Optional(orNull(Text)),
    postCode: Type.Optional(orNull(ShortText)),
    representative: Type.Optional(Representative),
    branchCode: Type.Optional(ShortText),
    adviserId: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 40 }))),
    civilCapacity: Type.Optional(Type.Enum(['full', 'limited', 'none'])),
  }),
});

/** Deciding a review. */
export const ReviewBody = object({ decision: Type.Enum(['verify', 'reject']), reason: Reason });

/** Freezing, releasing, closing. */
export const StatusBody = object({
  action: Type.Enum(['freeze', 'unfreeze', 'close']),
  reason: Reason,
});

/** The version after a change. */
export const VersionAnswer = object({ version: Type.Integer() });

/** Every version. */
export const VersionList = object({
  versions: Type.Array(
    object({
      version: Type.Integer(),
      changedAt: Type.String(),
      changedBy: Type.String(),
      action: Type.String(),
      reason: Masked,
      changes: Type.Record(Type.String(), object({ from: Masked, to: Masked })),
    }),
  ),
});

/** Inviting a customer to sign in: the name he will use. */
export const InviteBody = object({ userName: UserName });

/** Whether and how a customer signs in. */
export const AccessAnswer = object({
  userId: Type.String(),
  userName: Type.String(),
  state: Type.Enum(['pending', 'active', 'disabled']),
  createdAt: Type.String(),
  lastLoginAt: Masked,
  hasSecondFactor: Type.Boolean(),
});

/** The access of a customer; null for one who was never invited. */
export const AccessOrNone = object({ access: orNull(AccessAnswer) });

/** An access with the one-time code that sets its password. */
export const InvitationAnswer = object({ access: AccessAnswer, activationCode: Type.String() });

const NoteText = Type.String({ minLength: 1, maxLength: 4000, title: 'text / 内容' });
const NoteNo = Type.Integer({
  minimum: 1,
  maximum: 2147483647,
  title: 'number of a note / 备注序号',
});

/** Writing a note. */
export const NoteBody = object({
  text: NoteText,
  corrects: Type.Optional(NoteNo),
});

/** Its number. */
export const NoteAnswer = object({ noteNo: NoteNo });

/** Notes before one of them, the latest first. */
export const NoteQuery = object({
  before: Type.Optional(NoteNo),
  limit: Type.Optional(Limit),
});

/** A page of notes. */
export const NoteList = object({
  notes: Type.Array(
    object({
      noteNo: NoteNo,
      text: NoteText,
      writtenAt: Type.String(),
      writtenBy: Type.String(),
      corrects: Type.Union([NoteNo, Type.Null()], { title: 'corrects / 更正哪一条' }),
      correctedBy: Type.Union([NoteNo, Type.Null()], { title: 'corrected by / 已由哪一条更正' }),
    }),
  ),
  next: Type.Optional(Type.Integer({ title: 'before of the next page / 下一页的 before' })),
});

/** Customers who may be one person with another, and why. */
export const SimilarList = object({
  customers: Type.Array(
    object({
      ...CustomerAnswer.properties,
      reasons: Type.Array(Type.Enum([...SIMILARITIES]), { title: 'why / 相似原因' }),
    }),
  ),
});
