/** What each figure of the rooms means: a figure on a screen opens to its row here. */

/** The definition of one figure in both languages. */
export interface FigureDefinition {
  readonly id: string;
  readonly title: string;
  readonly titleZh: string;
  readonly formula: string;
  readonly formulaZh: string;
  readonly inputs: string;
  readonly inputsZh: string;
}

type Row = readonly [
  title: string,
  titleZh: string,
  formula: string,
  formulaZh: string,
  inputs: string,
  inputsZh: string,
];

const ROWS: Readonly<Record<string, Row>> = {
  total: [
    'All assets',
    '总资产',
    'cash + value of the holdings + money on its way',
    '资金余额 + 持仓市值 + 在途资金',
    'cash ledger; holdings; latest NAV on or before the day; settlement items not yet paid',
    '资金账；持仓；当日或之前最近的净值；尚未交收的款项',
  ],
  holdingsValue: [
    'Value of the holdings',
    '持仓市值',
    'sum of units × NAV, each holding rounded half up to the fen',
    '各持仓 份额 × 单位净值 之和，每项四舍五入到分',
    'units at the end of the day by confirm date; latest NAV on or before the day',
    '按确认日的日终份额；当日或之前最近的净值',
  ],
  onTheWay: [
    'Money on its way',
    '在途资金',
    'redemptions, dividends and refunds decided and not paid + money paid for units not confirmed yet + dividends since their ex date',
    '已确认未到账的赎回款、分红、退款 + 已扣款未确认份额的款项 + 除息后尚未入账的分红',
    'settlement items; confirmations; ex dates of dividends',
    '交收事项；确认记录；分红除息日',
  ],
  netDeposits: [
    'Net deposits',
    '净入金',
    'money transferred in − money transferred out',
    '转入资金 − 转出资金',
    'transfers between bank and broker',
    '银证转账记录',
  ],
  totalProfit: [
    'Total profit',
    '累计盈亏',
    'all assets − net deposits',
    '总资产 − 净入金',
    'as above',
    '同上',
  ],
  dayProfit: [
    'Profit of a day',
    '当日盈亏',
    'total profit of the day − total profit of the trading day before',
    '当日累计盈亏 − 上一交易日累计盈亏',
    'the value curve',
    '市值曲线',
  ],
  cost: [
    'Cost',
    '持仓成本',
    'what the units still held cost, first in first out, fees included',
    '剩余份额的取得成本（先进先出，含费用）',
    'lots of each holding',
    '各持仓的份额明细',
  ],
  profit: [
    'Profit not realised',
    '浮动盈亏',
    'value − cost',
    '市值 − 成本',
    'value and cost as above',
    '市值与成本同上',
  ],
  weight: [
    'Percent of the whole',
    '占比',
    'value ÷ sum of values; the parts add up to exactly 100.00 %',
    '市值 ÷ 市值合计；各项之和恰为 100.00%',
    'values as above',
    '市值同上',
  ],
  fundReturn: [
    'Return of a fund',
    '区间收益率',
    'growth of one unit from the last NAV on or before the first day to the latest NAV, each dividend reinvested at the NAV of its ex date, splits counted',
    '一份基金从起始日（或之前最近）净值到最新净值的增长，分红按除息日净值再投资，计入拆分',
    'NAVs, dividends and splits of the fund',
    '基金净值、分红、拆分',
  ],
};

/** Every definition, in the order of the list. */
export const FIGURES: readonly FigureDefinition[] = Object.entries(ROWS).map(
  ([id, [title, titleZh, formula, formulaZh, inputs, inputsZh]]) => ({
    id,
    title,
    titleZh,
    formula,
    formulaZh,
    inputs,
    inputsZh,
  }),
);
