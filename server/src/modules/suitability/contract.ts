/** The wire of suitability: schemas and types. Every finding carries both texts and its remedy. */
import { type Static, type TProperties, Type } from 'typebox';
import { pageFields } from '../../platform/cursor.ts';
import { QuestionnaireSchema } from './domain/questionnaire.ts';
import { RulesSchema } from './domain/rules.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T) => Type.Object(properties, closed);
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const CustomerId = Type.String({ pattern: '^C[0-9A-Z]{15}$', description: '客户号' });
const FundCode = Type.String({ pattern: '^[0-9A-Z]{6}$', description: '基金代码' });
const QuestionnaireId = Type.Enum(['person', 'organisation']);
const Channel = Type.Enum(['counter', 'internet', 'mobile', 'telephone']);
const Money = Type.String({ pattern: String.raw`^(0|[1-9]\d{0,14})(\.\d{1,2})?$` });
const Reason = Type.String({ minLength: 1, maxLength: 1000 });
const Version = Type.Integer({ minimum: 1, maximum: 2147483647 });

/** The path of one customer. */
export const CustomerPath = object({ customerId: CustomerId });
/** The path of one customer's product. */
export const ProductPath = object({ customerId: CustomerId, fundCode: FundCode });
/** The path of one customer's warning. */
export const WarningPath = object({
  customerId: CustomerId,
  warningId: Type.String({ pattern: '^[0-9A-Z]{24}$' }),
});
/** The path of a questionnaire. */
export const QuestionnairePath = object({ questionnaireId: QuestionnaireId });

/** The questionnaire in force. */
export const QuestionnaireAnswer = object({
  questionnaireId: QuestionnaireId,
  version: Version,
  content: QuestionnaireSchema,
});

const Answers = Type.Array(
  object({
    questionId: Type.String({ maxLength: 32 }),
    optionIds: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 32 }),
  }),
  { maxItems: 100 },
);

/** Answers to a questionnaire. */
export const SubmitBody = object({
  clientSubmissionNo: Type.String({
    pattern: '^[0-9A-Za-z_-]{1,64}$',
    description: 'unique per customer for ever / 同一客户永久唯一',
  }),
  questionnaireVersion: Version,
  answers: Answers,
  channel: Channel,
});

/** Answers so far, to be gone on with later. */
export const DraftBody = object({ questionnaireVersion: Version, answers: Answers });

/** The caller’s own answers for this customer so far; null when none were begun. */
export const DraftAnswer = object({
  draft: orNull(
    object({
      questionnaireVersion: Version,
      answers: Answers,
      savedAt: Type.String(),
      expiresAt: Type.String({ title: 'forgotten then, unless saved / 到期自动删除' }),
    }),
  ),
});

/** The level that answers gave. */
export const AssessAnswer = object({
  assessmentId: Type.String(),
  score: Type.Integer(),
  level: Type.Integer({ description: 'C1 to C5' }),
  lowest: Type.Boolean({ description: 'lowest tolerance class / 风险承受能力最低类别' }),
  term: Type.String(),
  varieties: Type.Array(Type.String()),
  validUntil: Type.String(),
});

const Profile = object({
  version: Type.Integer(),
  level: orNull(Type.Integer()),
  lowest: Type.Boolean(),
  term: orNull(Type.String()),
  varieties: Type.Array(Type.String()),
  investorClass: Type.Enum(['ordinary', 'professional']),
  validUntil: orNull(Type.String()),
  fromAt: Type.String(),
  assessmentId: orNull(Type.String()),
});

const RiskLevels = (title: string) => Type.Array(Type.Integer(), { title });
const Codes = (title: string) => Type.Array(Type.String(), { title });

const Reach = object({
  riskLevels: RiskLevels('risk levels that match / 匹配的风险等级'),
  warnedRiskLevels: RiskLevels('only after the special warning / 须特别警示后方可购买'),
  terms: Codes('terms that match / 匹配的投资期限'),
  warnedTerms: Codes('only after the warning / 须警示后方可购买'),
  varieties: Codes('varieties that match / 匹配的投资品种'),
  warnedVarieties: Codes('only after the warning / 须警示后方可购买'),
});

/** The profile in force with what it lets the customer buy, and earlier ones; null before any. */
export const ProfileAnswer = object({
  profile: orNull(Profile),
  reach: orNull(Reach),
  earlier: Type.Array(Profile),
});

const WireFinding = object({
  code: Type.String(),
  severity: Type.String(),
  message: Type.String(),
  messageZh: Type.String(),
  remedy: Type.Optional(Type.String()),
  remedyZh: Type.Optional(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown()),
});

/** Why, or why not. */
export const SuitabilityAnswer = object({
  customerId: Type.String(),
  fundCode: Type.String(),
  outcome: Type.Enum(['allow', 'allowWarned', 'block']),
  at: Type.String(),
  profileVersion: orNull(Type.Integer()),
  parameterVersion: Type.Integer(),
  ruleVersion: orNull(Type.Integer()),
  findings: Type.Array(WireFinding),
});

/** Asking for a warning. */
export const WarnBody = object({ fundCode: FundCode, channel: Channel });

/** The warning to be shown in full. */
export const WarningAnswer = object({
  warningId: Type.String(),
  fundCode: Type.String(),
  findings: Type.Array(WireFinding),
  textEn: Type.String(),
  textZh: Type.String(),
  shownAt: Type.String(),
  expiresAt: Type.String(),
});

export const WarningQuery = object(pageFields);
/** A page of what a customer was warned of and has signed, the latest first. */
export const WarningPage = object({
  nextCursor: Type.Optional(Type.String()),
  warnings: Type.Array(
    object({
      warningId: Type.String(),
      fundCode: Type.String(),
      textEn: Type.String(),
      textZh: Type.String(),
      shownAt: Type.String(),
      shownBy: Type.String(),
      expiresAt: Type.String(),
      confirmedAt: Type.Optional(Type.String()),
      confirmedBy: Type.Optional(Type.String()),
    }),
  ),
});

/** The customer read the whole text, understood it, and insists. */
export const ConfirmBody = object({
  hasReadAndInsists: Type.Literal(true),
  channel: Channel,
});

/** A confirmed warning. */
export const ConfirmAnswer = object({
  warningId: Type.String(),
  confirmedAt: Type.String(),
  expiresAt: Type.String(),
});

/** Asking for another investor class. */
export const ConversionBody = object({
  to: Type.Enum(['ordinary', 'professional']),
  proof: object({
    financialAssets: Money,
    netAssets: Type.Optional(Money),
    averageIncome: Type.Optional(Money),
    experienceYears: Type.Integer({ minimum: 0, maximum: 80 }),
    isSigned: Type.Boolean(),
  }),
  reason: Reason,
});
export type ConversionBody = Static<typeof ConversionBody>;

const EffectiveAt = Type.String({ format: 'date-time', description: 'RFC 3339' });

/** A new version of the rules. */
export const RulesBody = object({ content: RulesSchema, effectiveAt: EffectiveAt });
/** A new version of a questionnaire. */
export const QuestionnaireBody = object({ content: QuestionnaireSchema, effectiveAt: EffectiveAt });

/** What waits for a second pair of eyes. */
export const HeldAnswer = object({ approvalId: Type.String() });

/** The rules in force. */
export const RulesAnswer = object({ version: Type.Integer(), content: RulesSchema });

const Recorded = <T extends Type.TSchema>(content: T) =>
  object({
    versions: Type.Array(
      object({
        version: Type.Integer(),
        effectiveAt: Type.String({ title: 'in force from / 生效时间' }),
        recordedAt: Type.String({ title: 'recorded / 记录时间' }),
        recordedBy: Type.String({ title: 'by whom / 记录人' }),
        isInForce: Type.Boolean({ title: 'in force now / 当前有效' }),
        content,
      }),
    ),
  });

/** Every version of the rules, the newest first. */
export const RulesVersions = Recorded(Type.Unknown({ title: 'rules / 规则内容' }));
/** Every version of a questionnaire, the newest first. */
export const QuestionnaireVersions = Recorded(Type.Unknown({ title: 'questionnaire / 问卷内容' }));

/** Whose assessments have lapsed, or will before long. */
export const DueQuery = object({
  due: Type.Enum(['lapsed', 'ending']),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ pattern: '^C[0-9A-Z]{15}$' })),
});
/** A page of customers whose assessments are due, in the order of their ids. */
export const DuePage = object({
  customers: Type.Array(
    object({
      customerId: Type.String(),
      nameMasked: Type.String(),
      branchCode: Type.String(),
      level: orNull(Type.Integer()),
      validUntil: Type.String(),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
});
