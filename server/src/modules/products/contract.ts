/** The wire of products: schemas and types. Amounts, units, prices and rates are decimal strings. */
import { type Static, type TProperties, Type } from 'typebox';
import { parameterNames } from './domain/parameters.ts';
import { RETURN_PERIODS } from './domain/returns.ts';
import { FUND_STATUSES, FUND_TYPES } from './domain/terms.ts';
import { FEE_KINDS } from './domain/tiers.ts';
import { IMPORT_KINDS } from './import-report.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T) => Type.Object(properties, closed);
const words = <T extends string>(values: readonly T[], description?: string) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    description === undefined ? {} : { description },
  );

const FundCode = Type.String({ pattern: '^[0-9A-Z]{6}$', description: '基金代码' });
const DateText = Type.String({ format: 'date' });
const Decimal = Type.String({
  pattern: String.raw`^(0|[1-9]\d{0,15})(\.\d{1,8})?$`,
  description: 'decimal text / 十进制文本',
});
const Money = Type.String({
  pattern: String.raw`^(?!0(\.0{1,2})?$)(0|[1-9]\d{0,14})(\.\d{1,2})?$`,
  description: 'decimal text above zero, at most two decimals / 大于零，最多两位小数',
});
const Text = Type.String();

/** The path of one fund. */
export const FundPath = object({ fundCode: FundCode });

/** Filters and page of the list of funds. */
export const ListQuery = object({
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 50,
      description: 'part of the code or name / 代码或名称',
    }),
  ),
  fundType: Type.Optional(words(FUND_TYPES)),
  riskLevel: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  status: Type.Optional(words(FUND_STATUSES)),
  sold: Type.Optional(Type.Boolean()),
  performance: Type.Optional(
    Type.Boolean({ description: 'with NAV and returns of each fund / 附净值与区间收益' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,40}$' })),
});
export type ListQuery = Static<typeof ListQuery>;

const fund = {
  fundCode: Text,
  name: Text,
  mainCode: Text,
  className: Text,
  shareClass: Text,
  registrarCode: Text,
  managerName: Text,
  custodianName: Text,
  fundType: Text,
  currency: Text,
  establishedDate: Type.Optional(Text),
  sold: Type.Boolean(),
};

const Percent = Type.String({
  pattern: String.raw`^-?(0|[1-9]\d{0,12})\.\d{2}$`,
  description: 'percent / 百分数',
});

/** How a fund did: returns with dividends reinvested; a period older than the fund is absent. */
export const Performance = object({
  navDate: Text,
  nav: Text,
  accumulated: Type.Optional(Text),
  returns: object(
    Object.fromEntries(
      (['day', ...RETURN_PERIODS] as const).map((period) => [period, Type.Optional(Percent)]),
    ) as Record<'day' | (typeof RETURN_PERIODS)[number], Type.TOptional<typeof Percent>>,
  ),
});
export type Performance = Static<typeof Performance>;

/** One fund in the list; risk level and status are absent without parameters in force today. */
export const FundItem = object({
  ...fund,
  riskLevel: Type.Optional(Type.Integer()),
  status: Type.Optional(Text),
  performance: Type.Optional(Performance),
});
export type FundItem = Static<typeof FundItem>;

/** A page of funds by code; `nextCursor` is absent on the last. */
export const FundList = object({
  items: Type.Array(FundItem),
  nextCursor: Type.Optional(Text),
});

/** The registrars of what is sold, with how many funds each keeps. */
export const RegistrarList = object({
  registrars: Type.Array(object({ registrarCode: Text, funds: Type.Integer() })),
});

const Tier = object({
  fromAmount: Type.Optional(Decimal),
  fromDays: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,4})$' })),
  rate: Type.Optional(Decimal),
  flat: Type.Optional(Decimal),
  toFundShare: Type.Optional(Decimal),
});

const parameterText = Object.fromEntries(
  parameterNames.map((name) => [name, Type.Optional(Type.String({ maxLength: 40 }))]),
);

/** Which day's terms; today when absent. */
export const DateQuery = object({ date: Type.Optional(DateText) });

/** A fund with its terms on a date. */
export const FundDetail = object({
  ...fund,
  date: Text,
  closed: Type.Boolean(),
  parameterVersion: Type.Integer(),
  parameters: object(parameterText),
  fees: object({
    subscription: Type.Array(Tier),
    purchase: Type.Array(Tier),
    redemption: Type.Array(Tier),
  }),
});
export type FundDetail = Static<typeof FundDetail>;

/** Every version of a fund's parameters and fees. */
export const VersionsAnswer = object({
  fundCode: Text,
  date: Text,
  parameters: Type.Array(
    object({
      version: Type.Integer(),
      effectiveDate: Type.String({ title: 'in force from / 生效日期' }),
      isInForce: Type.Boolean({ title: 'in force on the date / 当日有效' }),
      values: object(parameterText),
    }),
  ),
  fees: Type.Array(
    object({
      kind: Text,
      version: Type.Integer(),
      effectiveDate: Type.String({ title: 'in force from / 生效日期' }),
      isInForce: Type.Boolean({ title: 'in force on the date / 当日有效' }),
      tiers: Type.Array(Tier),
    }),
  ),
});

/** Range, page and the instant as of which NAVs are read. */
export const NavQuery = object({
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
  knownAt: Type.Optional(Type.String({ format: 'date-time' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type NavQuery = Static<typeof NavQuery>;

/** NAVs in rising order; `nextFrom` begins the next page. */
export const NavList = object({
  items: Type.Array(
    object({
      navDate: Text,
      nav: Text,
      accumulated: Type.Optional(Text),
      version: Type.Integer(),
      source: Text,
    }),
  ),
  nextFrom: Type.Optional(Text),
});

/** Dividends by record date. */
export const DividendList = object({
  items: Type.Array(
    object({ recordDate: Text, exDate: Text, payDate: Text, perUnit: Text, source: Text }),
  ),
});

/** What is imported, and whether only to look. The body is the file itself. */
export const ImportQuery = object({
  kind: words(IMPORT_KINDS),
  dryRun: Type.Optional(Type.Boolean()),
});

/** What an import did or would do. */
export const ImportAnswer = object({
  kind: Text,
  dryRun: Type.Boolean(),
  rows: Type.Integer(),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  held: Type.Integer(),
  errorCount: Type.Integer(),
  errors: Type.Array(
    object({
      line: Type.Integer(),
      column: Type.Optional(Text),
      code: Text,
      message: Text,
      messageZh: Text,
    }),
  ),
  approvalId: Type.Optional(Text),
});

/** A change of some parameters from a date on. */
export const ParameterChangeBody = object({
  effectiveDate: DateText,
  changes: Type.Object(parameterText, { ...closed, minProperties: 1 }),
});

/** The tiers of one kind of fee from a date on. */
export const FeeChangeBody = object({
  kind: words(FEE_KINDS),
  effectiveDate: DateText,
  tiers: Type.Array(Tier, { minItems: 1, maxItems: 30 }),
});

/** A change that waits for a second person, with warnings for him. */
export const HeldAnswer = object({
  approvalId: Text,
  findings: Type.Array(
    object({
      code: Text,
      severity: Text,
      message: Text,
      messageZh: Text,
      remedy: Type.Optional(Text),
      remedyZh: Type.Optional(Text),
      details: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
});

/** What a fee is asked for: an amount for money in, units and days held for money out. */
export const QuoteQuery = object({
  kind: words(FEE_KINDS),
  amount: Type.Optional(Money),
  discount: Type.Optional(Type.String({ pattern: String.raw`^(0(\.\d{1,4})?|1(\.0{1,4})?)$` })),
  units: Type.Optional(Money),
  holdingDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500 })),
  date: Type.Optional(DateText),
});
export type QuoteQuery = Static<typeof QuoteQuery>;

/** A fee by today's knowledge: the NAV is the latest known, the real one comes after the close. */
export const QuoteAnswer = object({
  kind: Text,
  date: Text,
  gross: Text,
  fee: Text,
  net: Text,
  rate: Type.Optional(Text),
  flat: Type.Optional(Text),
  feeToFund: Type.Optional(Text),
  units: Type.Optional(Text),
  nav: Type.Optional(Text),
  navDate: Type.Optional(Text),
});
export type QuoteAnswer = Static<typeof QuoteAnswer>;

const Both = object({ en: Text, zh: Text });
const Figure = object({
  value: Type.Union([Text, Type.Null()], { title: 'value / 数值' }),
  reason: Type.Optional(Both),
});
const percent = (title: string) => Type.String({ title });
const Day = (title: string) => Type.String({ title, format: 'date' });

/** From which day on the curve is shown; a year when absent. */
export const FiguresQuery = object({ from: Type.Optional(DateText) });

/** How a fund did. */
export const FiguresAnswer = object({
  fundCode: Text,
  fundType: Text,
  peerCount: Type.Integer({ title: 'peers of the same type / 同类基金数' }),
  points: Type.Array(
    object({
      date: Day('day / 日期'),
      nav: Type.String({ title: 'NAV / 单位净值' }),
      adjusted: Type.String({ title: 'NAV with dividends reinvested / 复权净值' }),
      growth: percent('growth since the first point, % / 累计收益率%'),
      peers: Type.Union([Text, Type.Null()], {
        title: 'mean of the peers since the first point, % / 同类平均%',
      }),
      drawdown: percent('below the highest value so far, % / 回撤%'),
    }),
  ),
  windows: Type.Array(
    object({
      id: Text,
      title: Both,
      growth: Figure,
      peers: Figure,
      excess: Figure,
      rank: Type.Union([Type.Integer(), Type.Null()], { title: 'rank among peers / 同类排名' }),
      of: Type.Integer({ title: 'funds ranked / 参与排名数' }),
    }),
  ),
  drawdowns: Type.Array(
    object({
      depth: percent('depth, % / 回撤幅度%'),
      peakDate: Day('peak / 高点'),
      troughDate: Day('trough / 低点'),
      recoveryDate: Type.Union([Day('recovered / 修复日'), Type.Null()]),
    }),
  ),
  measures: Type.Array(object({ id: Text, name: Both, formula: Both, unit: Text, figure: Figure })),
});

/** Which year; this one when absent. */
export const CalendarQuery = object({
  year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 9998, title: 'year / 年份' })),
});

/** The exchange calendar of a year: every day, and who said what the program did not know. */
export const CalendarYear = object({
  year: Type.Integer({ title: 'year / 年份' }),
  first: Type.String({ title: 'first day known / 日历起始日' }),
  last: Type.String({ title: 'last day known / 日历截止日' }),
  tradingDays: Type.Integer({ title: 'trading days of the year / 全年交易日数' }),
  days: Type.Array(
    object({
      date: Type.String(),
      isTradingDay: Type.Boolean({ title: 'the exchange trades / 是否交易日' }),
      version: Type.Integer({
        title: '0: came with the program; else how often imported / 0 为内置，否则为导入次数',
      }),
    }),
  ),
  imports: Type.Array(
    object({
      approvalId: Type.String(),
      recordedAt: Type.String(),
      maker: Type.String(),
      checker: Type.Union([Type.String(), Type.Null()]),
      days: Type.Integer({ title: 'days of this year / 涉及本年天数' }),
    }),
  ),
});
