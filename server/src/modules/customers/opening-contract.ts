/** The wire of what comes before a customer: checking what is typed, and drafts of it. */
import { type Static, type TProperties, Type } from 'typebox';
import { OpenBody } from './contract.ts';
import { SIMILARITIES } from './domain/similar.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T) => Type.Object(properties, closed);
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const WireFinding = object({
  code: Type.String(),
  severity: Type.String(),
  message: Type.String(),
  messageZh: Type.String(),
  remedy: Type.Optional(Type.String()),
  remedyZh: Type.Optional(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown()),
});

/** What is typed so far; a field that is still empty is an empty text. */
export const CheckBody = OpenBody;

/** Every reason why it may not be opened yet, and what the certificate number tells. */
export const CheckAnswer = object({
  findings: Type.Array(WireFinding),
  birthDate: Type.Optional(
    Type.String({ title: 'from the number, or as given / 证件号码所示或所填出生日期' }),
  ),
  sex: Type.Optional(Type.Enum(['1', '2'])),
  civilCapacity: Type.Optional(Type.Enum(['full', 'limited', 'none'])),
  similar: Type.Array(
    object({
      customerId: Type.String(),
      nameMasked: Type.String(),
      phoneMasked: Type.String(),
      reasons: Type.Array(Type.Enum([...SIMILARITIES])),
    }),
    { title: 'customers who may be the same person / 可能为同一人的客户' },
  ),
  existing: orNull(
    object({
      customerId: Type.Optional(
        Type.String({ title: 'absent for another branch’s customer / 其他机构客户不显示' }),
      ),
    }),
  ),
});

/** What was typed so far, and the step at which its writer stopped. */
export const DraftContent = object({
  ...OpenBody.properties,
  step: Type.Integer({ minimum: 0, maximum: 9, title: 'where its writer stopped / 进行到第几步' }),
});

export type DraftContent = Static<typeof DraftContent>;

/** Keeping what was typed. */
export const DraftBody = object({ content: DraftContent });

/** Keeping it over the version that was seen. */
export const SaveDraftBody = object({
  expectedVersion: Type.Integer({ minimum: 1, maximum: 2147483647 }),
  content: DraftContent,
});

/** The path of one draft. */
export const DraftPath = object({ draftId: Type.String({ pattern: '^D[0-9A-F]{20}$' }) });

/** A draft without what it holds. */
export const DraftAnswer = object({
  draftId: Type.String(),
  kind: Type.Enum(['0', '1', '2']),
  nameMasked: Type.String(),
  version: Type.Integer(),
  savedAt: Type.String(),
  expiresAt: Type.String({ title: 'forgotten then, unless saved / 到期自动删除' }),
});

/** The caller’s own drafts. */
export const DraftList = object({ drafts: Type.Array(DraftAnswer) });

/** A draft with what was typed, in clear. */
export const WholeDraft = object({ draft: DraftAnswer, content: DraftContent });
