/** The wire of a customer's figures. Money and units are decimal text; shares are percent. */
import { type Static, type TProperties, Type } from 'typebox';
import { FIGURE_IDS } from './figures.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T, title?: string) =>
  Type.Object(properties, title === undefined ? closed : { ...closed, title });
const text = (title: string) => Type.String({ title });
const money = (title: string) =>
  Type.String({ title, pattern: String.raw`^-?(0|[1-9]\d{0,16})\.\d{2}$` });
const percent = (title: string) =>
  Type.String({ title, pattern: String.raw`^-?(0|[1-9]\d{0,12})\.\d{2,4}$` });
const day = (title: string) => Type.String({ title, format: 'date' });
const Code = Type.String({ title: 'fund code / 基金代码' });

/** The path of one customer. */
export const CustomerPath = object({
  customerId: Type.String({ pattern: '^C[0-9A-Z]{15}$', description: '客户号' }),
});

/** A period; the last 90 days when nothing is said. */
export const PeriodQuery = object({
  from: Type.Optional(day('first day / 起始日')),
  to: Type.Optional(day('last day / 截止日')),
});

/** A month of the calendar. */
export const MonthQuery = object({
  month: Type.Optional(
    Type.String({ title: 'month / 月份', pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])$' }),
  ),
});

const Slice = object(
  {
    key: text('key / 键'),
    label: text('label / 名称'),
    labelZh: text('label in Chinese / 中文名称'),
    value: money('value / 市值'),
    weight: percent('percent of all / 占比%'),
  },
  'slice of an allocation / 配置分项',
);

const Holding = object(
  {
    assetAccountNo: text('asset account / 资产账户'),
    tradingAccountNo: text('trading account / 交易账号'),
    registrarCode: text('registrar / 登记机构'),
    fundCode: Code,
    fundName: text('fund name / 基金名称'),
    fundType: text('fund type / 基金类型'),
    riskLevel: Type.Optional(Type.Integer({ title: 'risk level R1–R5 / 风险等级' })),
    units: text('units / 份额'),
    available: text('units free to redeem / 可赎回份额'),
    frozen: text('units set aside / 冻结份额'),
    dividendMethod: Type.Enum(['reinvest', 'cash'], { title: 'dividends / 分红方式' }),
    nav: Type.Optional(text('NAV / 单位净值')),
    navDate: Type.Optional(day('date of the NAV / 净值日期')),
    cost: money('cost of what is left / 持仓成本'),
    value: Type.Optional(money('value / 市值')),
    profit: Type.Optional(money('profit not realised / 浮动盈亏')),
    profitPercent: Type.Optional(percent('profit as percent of cost / 浮动盈亏率%')),
    totalProfit: Type.Optional(money('all it has earned / 累计盈亏')),
    dayProfit: Type.Optional(money('profit of its last NAV day / 日盈亏')),
    weight: Type.Optional(percent('percent of all holdings / 持仓占比%')),
  },
  'holding / 持仓',
);

/** Everything a customer owns, in one view. */
export const Assets = object(
  {
    customerId: text('customer / 客户号'),
    date: day('business date / 业务日期'),
    computedAt: Type.String({ title: 'computed at / 计算时间', format: 'date-time' }),
    navDate: Type.Optional(day('latest NAV among the holdings / 最新净值日期')),
    total: money('all assets / 总资产'),
    cash: object({
      balance: money('cash / 资金余额'),
      frozen: money('set aside / 冻结资金'),
      available: money('free / 可用资金'),
    }),
    holdingsValue: money('value of the holdings / 持仓市值'),
    onTheWay: money('money on its way / 在途资金'),
    dues: Type.Array(
      object(
        {
          kind: text('kind / 类型'),
          amount: money('amount / 金额'),
          dueDate: Type.Optional(day('due / 到账日')),
          ref: text('of what / 关联业务'),
        },
        'money on its way / 在途款项',
      ),
    ),
    netDeposits: money('money brought in less taken out / 净入金'),
    totalProfit: money('all it has earned / 累计盈亏'),
    dayProfit: Type.Optional(money('profit of the latest NAV day / 最新日盈亏')),
    cost: money('cost of the holdings / 持仓成本'),
    profit: Type.Optional(money('profit not realised / 浮动盈亏')),
    holdings: Type.Array(Holding),
    byType: Type.Array(Slice),
    byRisk: Type.Array(Slice),
    byFund: Type.Array(Slice),
  },
  'assets of a customer / 客户资产',
);

/** Value and profit day by day. */
export const Curve = object(
  {
    customerId: text('customer / 客户号'),
    from: day('first day / 起始日'),
    to: day('last day / 截止日'),
    periodProfit: money('profit of the period / 期间盈亏'),
    opening: object(
      {
        date: day('the trading day before / 上一交易日'),
        total: money('all assets / 总资产'),
        netDeposits: money('net deposits until then / 累计净入金'),
        profit: money('profit until then / 累计盈亏'),
      },
      'where the period begins / 期初',
    ),
    points: Type.Array(
      object(
        {
          date: day('day / 日期'),
          total: money('all assets / 总资产'),
          cash: money('cash / 资金'),
          holdings: money('value of the holdings / 持仓市值'),
          onTheWay: money('money on its way / 在途资金'),
          netDeposits: money('net deposits until then / 累计净入金'),
          profit: money('profit until then / 累计盈亏'),
          dayProfit: money('profit of the day / 当日盈亏'),
        },
        'day of the curve / 曲线点',
      ),
    ),
    funds: Type.Array(
      object(
        {
          fundCode: Code,
          fundName: text('fund name / 基金名称'),
          points: Type.Array(
            object({
              date: day('day / 日期'),
              units: text('units / 份额'),
              value: money('value / 市值'),
              profit: money('profit until then / 累计盈亏'),
              dayProfit: money('profit of the day / 当日盈亏'),
            }),
          ),
        },
        'curve of a holding / 单只基金曲线',
      ),
    ),
  },
  'value and profit curve / 市值与盈亏曲线',
);

/** What moved in a period: cash as it was booked, units as they were confirmed. */
export const Movements = object(
  {
    customerId: text('customer / 客户号'),
    from: day('first day / 起始日'),
    to: day('last day / 截止日'),
    cash: Type.Array(
      object({
        date: day('business day / 业务日'),
        kind: text('kind / 类别'),
        ref: text('of what / 凭据'),
        amount: money('amount, money in positive / 发生额，转入为正'),
      }),
    ),
    units: Type.Array(
      object({
        date: day('confirm date / 确认日'),
        fundCode: Code,
        fundName: text('fund name / 基金名称'),
        kind: text('kind / 类别'),
        ref: text('of what / 凭据'),
        units: Type.String({
          title: 'units, coming positive / 份额，增加为正',
          pattern: String.raw`^-?(0|[1-9]\d{0,15})\.\d{2}$`,
        }),
        amount: money('what they cost or brought / 金额'),
      }),
    ),
  },
  'movements of a customer / 客户资金与份额变动',
);

/** The days of a month, each with what it earned. */
export const ProfitCalendar = object(
  {
    month: text('month / 月份'),
    profit: money('profit of the month / 当月盈亏'),
    days: Type.Array(
      object({
        date: day('day / 日期'),
        profit: money('profit of the day / 当日盈亏'),
        funds: Type.Array(
          object({
            fundCode: Code,
            fundName: text('fund name / 基金名称'),
            profit: money('profit of the day / 当日盈亏'),
          }),
        ),
      }),
    ),
    months: Type.Array(object({ month: text('month / 月份'), profit: money('profit / 盈亏') }), {
      title: 'the twelve months up to this one / 近十二个月',
    }),
  },
  'profit calendar / 盈亏日历',
);

/** What the figures mean. */
export const Definitions = object({
  figures: Type.Array(
    object(
      {
        id: Type.Enum(FIGURE_IDS, { title: 'id / 标识' }),
        title: text('title / 名称'),
        titleZh: text('title in Chinese / 中文名称'),
        formula: text('formula / 公式'),
        formulaZh: text('formula in Chinese / 中文公式'),
        inputs: text('inputs / 输入'),
        inputsZh: text('inputs in Chinese / 中文输入'),
      },
      'definition of a figure / 指标定义',
    ),
  ),
});

export type Assets = Static<typeof Assets>;
export type Movements = Static<typeof Movements>;
export type Curve = Static<typeof Curve>;
export type ProfitCalendar = Static<typeof ProfitCalendar>;
