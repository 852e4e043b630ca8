/** The wire of documents. */
import { type Static, type TProperties, Type } from 'typebox';
import { pageFields } from '../../platform/cursor.ts';
import { FORMATS, KINDS, LANGUAGES } from './domain/document.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T, title?: string) =>
  Type.Object(properties, title === undefined ? closed : { ...closed, title });

const Kind = Type.Enum([...KINDS], { title: 'statement or holdings / 对账单或持仓报告' });
const Format = Type.Enum([...FORMATS], { title: 'format / 格式' });
const DocumentLanguage = Type.Enum([...LANGUAGES], { title: 'language / 语言' });
const Day = Type.String({ format: 'date' });
const At = Type.String({ format: 'date-time' });
const Purpose = Type.String({
  minLength: 1,
  maxLength: 1000,
  title: 'purpose, kept in the audit / 用途，记入审计',
});
const RunId = Type.String({ pattern: '^D[0-9A-F]{20}$' });
const CustomerId = Type.String({ pattern: '^C[0-9A-Z]{15}$' });

export const DocumentPath = object({ customerId: CustomerId, kind: Kind });

const period = { from: Type.Optional(Day), to: Type.Optional(Day) };
const form = { format: Type.Optional(Format), language: Type.Optional(DocumentLanguage) };

/** PDF in Chinese unless said otherwise; a statement is of the last 90 days unless said otherwise. */
export const DocumentQuery = object({ ...form, ...period });
export const ClearDocumentBody = object({ ...form, ...period, purpose: Purpose });

export const RunBody = object({
  kind: Kind,
  ...form,
  ...period,
  purpose: Purpose,
  customers: Type.Optional(
    object(
      {
        kind: Type.Optional(Type.Enum(['0', '1', '2'])),
        investorClass: Type.Optional(Type.Enum(['ordinary', 'professional'])),
      },
      'which active customers; all that one may see when absent / 在册客户范围',
    ),
  ),
});

export const RunPath = object({ runId: RunId });
export const ItemPath = object({
  runId: RunId,
  place: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
});

export const Run = object(
  {
    runId: Type.String(),
    kind: Kind,
    format: Format,
    language: DocumentLanguage,
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    purpose: Type.String(),
    requestedAt: At,
    items: Type.Integer({ title: 'documents asked for / 应生成份数' }),
    done: Type.Integer({ title: 'made / 已生成' }),
    failed: Type.Integer({ title: 'failed / 未能生成' }),
    expired: Type.Integer({ title: 'made, kept and gone by now / 已过保存期限' }),
    keptUntil: Type.Optional(
      Type.String({ format: 'date', title: 'last day of its files / 文件保存至' }),
    ),
    state: Type.Enum(['running', 'done'], { title: 'state / 状态' }),
    finishedAt: Type.Optional(At),
  },
  'documents for many customers / 批量文件',
);
export const RunQuery = object(pageFields);
/** A page of one's own runs, the latest first. */
export const RunPage = object({
  runs: Type.Array(Run),
  nextCursor: Type.Optional(Type.String()),
});

export const ItemQuery = object({
  state: Type.Optional(Type.Enum(['waiting', 'done', 'failed'])),
  after: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export const ItemPage = object({
  items: Type.Array(
    object({
      place: Type.Integer(),
      customerId: Type.String(),
      state: Type.Enum(['waiting', 'done', 'failed']),
      bytes: Type.Optional(Type.Integer()),
      failure: Type.Optional(
        object(
          { code: Type.String(), message: Type.String(), messageZh: Type.String() },
          'why it was not made / 未能生成的原因',
        ),
      ),
      expiredAt: Type.Optional(
        Type.String({ format: 'date-time', title: 'from then on not given out / 停止提供时间' }),
      ),
      finishedAt: Type.Optional(At),
    }),
  ),
  next: Type.Optional(Type.Integer({ title: 'after of the next page / 下一页的 after' })),
});

const Days = Type.Integer({ minimum: 1, maximum: 36_500, title: 'days / 天数' });

export const RetentionBody = object({ days: Days, effectiveDate: Day });
export const RetentionList = object({
  versions: Type.Array(
    object({
      version: Type.Integer(),
      effectiveDate: Day,
      days: Days,
      recordedAt: At,
      recordedBy: Type.String(),
      isInForce: Type.Boolean({ title: 'holds today / 当前生效' }),
    }),
  ),
});
export const ApprovalAsked = object({ approvalId: Type.String() });

export type Run = Static<typeof Run>;
export type RunBody = Static<typeof RunBody>;
