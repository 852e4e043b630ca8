/** The wire of the business day, files, exceptions and reconciliation. */
import { Type } from 'typebox';
import { pageFields } from '../../platform/cursor.ts';
import { DAY_STEPS } from './domain/steps.ts';

const closed = { additionalProperties: false } as const;
const Day = Type.String({ format: 'date' });
const Instant = Type.String({ format: 'date-time' });
const Step = Type.Enum(DAY_STEPS);
const Counts = Type.Record(Type.String(), Type.Number());
const Failure = Type.Object({
  code: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
});

export const DayPath = Type.Object({ businessDate: Day }, closed);
export const ExceptionPath = Type.Object({ exceptionId: Type.String({ maxLength: 40 }) }, closed);
export const FilePath = Type.Object({ fileId: Type.String({ pattern: '^[0-9]{1,18}$' }) }, closed);
export const PageQuery = Type.Object(
  { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
  closed,
);
export const LanguageQuery = Type.Object(
  { language: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('zh')])) },
  closed,
);

export const RunBody = Type.Object({ until: Type.Optional(Step) }, closed);
/** A run that goes on in the background, or was asked to pause. */
export const RunStarted = Type.Object({ businessDate: Day }, closed);
export const DayRunReply = Type.Object({
  businessDate: Day,
  isComplete: Type.Boolean(),
  isPaused: Type.Optional(Type.Literal(true)),
  steps: Type.Array(
    Type.Object({
      step: Step,
      state: Type.Union([Type.Literal('done'), Type.Literal('failed')]),
      counts: Counts,
      failure: Type.Optional(Failure),
    }),
  ),
});

export const DayList = Type.Array(
  Type.Object({
    businessDate: Day,
    state: Type.String(),
    openedAt: Instant,
    closedAt: Type.Union([Instant, Type.Null()]),
  }),
);
export const DayReply = Type.Object({
  businessDate: Day,
  state: Type.String(),
  report: Type.Unknown(),
  steps: Type.Array(
    Type.Object({
      step: Step,
      title: Type.String(),
      titleZh: Type.String(),
      state: Type.String(),
      startedAt: Instant,
      finishedAt: Type.Union([Instant, Type.Null()]),
      runNo: Type.Integer(),
      actor: Type.String(),
      counts: Counts,
      failure: Type.Union([Failure, Type.Null()]),
    }),
  ),
});

export const WaiverBody = Type.Object(
  {
    package: Type.String({ pattern: '^[0-9A-Z]{1,9}/(market|confirmation)$' }),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  closed,
);
export const ApprovalRequested = Type.Object({ approvalId: Type.String() });

/** A page of a list of the day. */
export const CursorQuery = Type.Object(pageFields, closed);
/** Open exceptions, of a day or of all. */
export const OpenExceptionQuery = Type.Object(
  { businessDate: Type.Optional(Day), ...pageFields },
  closed,
);

/** Which exceptions, by pages. */
export const ExceptionQuery = Type.Object(
  {
    businessDate: Type.Optional(Day),
    state: Type.Optional(Type.Enum(['open', 'resolved'])),
    severity: Type.Optional(Type.Enum(['remind', 'approve', 'block'])),
    code: Type.Optional(Type.String({ pattern: '^[A-Z][A-Z0-9_]{1,60}$' })),
    owner: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    ...pageFields,
  },
  closed,
);

const ExceptionView = Type.Object({
  exceptionId: Type.String(),
  businessDate: Day,
  code: Type.String(),
  message: Type.String(),
  messageZh: Type.String(),
  severity: Type.String(),
  subject: Type.String(),
  detail: Type.Unknown(),
  ownerRole: Type.String(),
  owner: Type.Union([Type.String(), Type.Null()]),
  state: Type.String(),
  raisedAt: Instant,
  resolvedAt: Type.Union([Instant, Type.Null()]),
});

/** A page of exceptions: a search has the newest first, what is open the oldest. */
export const ExceptionPage = Type.Object(
  { exceptions: Type.Array(ExceptionView), nextCursor: Type.Optional(Type.String()) },
  closed,
);

/** One exception with what was done about it. */
export const ExceptionDetail = Type.Object(
  {
    exception: ExceptionView,
    events: Type.Array(
      Type.Object(
        {
          seq: Type.Integer(),
          at: Instant,
          actor: Type.String(),
          event: Type.Enum(['raised', 'assigned', 'noted', 'retried', 'resolved']),
          note: Type.String(),
        },
        closed,
      ),
    ),
    reasons: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          message: Type.String(),
          messageZh: Type.String(),
          ours: Type.Optional(Type.String({ title: 'what we hold / 我方' })),
          theirs: Type.Optional(Type.String({ title: 'what they state / 对手方' })),
        },
        closed,
      ),
      { title: 'why the record was not booked, in words / 未入账的原因' },
    ),
    isRetriable: Type.Boolean({ title: 'its record can be booked again / 可重新入账' }),
    mayBookAsStated: Type.Boolean({
      title: 'two members of staff may have it booked as stated / 经双人复核可按登记机构数据入账',
    }),
  },
  closed,
);
export const ExceptionActionBody = Type.Union([
  Type.Object(
    { kind: Type.Literal('assign'), owner: Type.String({ minLength: 1, maxLength: 60 }) },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('note'), note: Type.String({ minLength: 1, maxLength: 500 }) },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('resolve'), note: Type.String({ minLength: 1, maxLength: 500 }) },
    closed,
  ),
]);
export const ReasonBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500 }) },
  closed,
);
export const RetryReply = Type.Object({ isBooked: Type.Boolean() });

/** A page of the files of a day. */
export const FilePage = Type.Object(
  {
    total: Type.Integer({ title: 'files of the day / 当日文件总数' }),
    files: Type.Array(
      Type.Object({
        fileId: Type.String(),
        direction: Type.String(),
        party: Type.String(),
        stream: Type.String(),
        fileType: Type.String(),
        fileDate: Day,
        name: Type.String(),
        sha256: Type.String(),
        sizeBytes: Type.String(),
        records: Type.String(),
        state: Type.String(),
        reason: Type.Unknown(),
      }),
    ),
    nextCursor: Type.Optional(Type.String()),
  },
  closed,
);

/** A page of what was compared; `subject` is a part of the account or fund. */
export const ColumnsQuery = Type.Object(
  {
    after: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  },
  { additionalProperties: false },
);

export const ColumnsReply = Type.Object(
  {
    total: Type.Integer({ title: 'rows compared / 比对行数' }),
    agreeing: Type.Integer({ title: 'rows that agree / 一致行数' }),
    rows: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['units', 'cash'], { title: 'kind / 类别' }),
          subject: Type.String({ title: 'of what / 对象' }),
          ours: Type.String({ title: 'ours / 我方' }),
          theirs: Type.String({ title: 'theirs / 对手方' }),
          customerView: Type.String({ title: 'what the customer is shown / 客户所见' }),
          agrees: Type.Boolean({ title: 'all three agree / 三方一致' }),
        },
        { additionalProperties: false },
      ),
    ),
    next: Type.Optional(Type.Integer({ title: 'after of the next page / 下一页的 after' })),
  },
  { additionalProperties: false, title: 'all that was compared / 全部比对' },
);

/** A page of the breaks of a day. */
export const BreakPage = Type.Object(
  {
    total: Type.Integer({ title: 'breaks of the day / 当日差异总数' }),
    breaks: Type.Array(
      Type.Object(
        {
          kind: Type.String(),
          subject: Type.String(),
          ours: Type.String(),
          theirs: Type.String(),
          customerView: Type.String(),
          class: Type.String(),
        },
        closed,
      ),
    ),
    nextCursor: Type.Optional(Type.String()),
  },
  closed,
);

/** A page of what differed in the records booked on a day. */
export const DifferencePage = Type.Object(
  {
    differences: Type.Array(
      Type.Object({
        kind: Type.String(),
        registrarCode: Type.String(),
        fileId: Type.String(),
        recordNo: Type.Integer(),
        code: Type.String(),
        message: Type.String(),
        messageZh: Type.String(),
        ours: Type.Union([Type.String(), Type.Null()]),
        theirs: Type.Union([Type.String(), Type.Null()]),
        how: Type.String(),
      }),
    ),
    nextCursor: Type.Optional(Type.String()),
  },
  closed,
);

const ReturnCode = Type.String({ pattern: '^(?!0000$)[0-9A-Z]{4}$' });
const CodeText = Type.String({ minLength: 1, maxLength: 200 });
const codeFields = { returnCode: ReturnCode, message: CodeText, messageZh: CodeText };
/** Codes by which a registrar refuses, from a date on. */
export const RefusalCodesBody = Type.Object(
  {
    registrarCode: Type.String({ pattern: '^[0-9A-Z]{2}$' }),
    effectiveDate: Day,
    codes: Type.Array(Type.Object(codeFields, closed), { minItems: 1, maxItems: 500 }),
  },
  closed,
);
export const RefusalCodeList = Type.Array(
  Type.Object({ registrarCode: Type.String(), effectiveDate: Day, ...codeFields }),
);
