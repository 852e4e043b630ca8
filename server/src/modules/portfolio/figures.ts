/** What each figure of the rooms means: a figure on a screen opens to its row here. */
import { type FigureTable, platformFigures } from '../../platform/figure.ts';
import { accountFigures } from '../accounts/index.ts';
import { dayFigures } from '../clearing/index.ts';
import { productFigures } from '../products/index.ts';
import { suitabilityFigures } from '../suitability/index.ts';
import { orderFigures } from '../trading/index.ts';

/** The definition of one figure in both languages. */
export interface FigureDefinition {
  readonly id: FigureId;
  readonly title: string;
  readonly titleZh: string;
  readonly formula: string;
  readonly formulaZh: string;
  readonly inputs: string;
  readonly inputsZh: string;
}

/** The figures of a customer's assets by their ids. */
const portfolioFigures = {
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
  profitPercent: [
    'Profit in percent',
    '浮动盈亏率',
    'profit not realised ÷ cost',
    '浮动盈亏 ÷ 持仓成本',
    'value and cost as above',
    '市值与成本同上',
  ],
  periodProfit: [
    'Profit of a period',
    '期间盈亏',
    'total profit at its end − total profit before its first day',
    '期末累计盈亏 − 期初前累计盈亏',
    'the value curve',
    '市值曲线',
  ],
  investorAssets: [
    'Assets of an investor',
    '投资者资产',
    'what the customer proved to own, as the maker read it from the documents',
    '客户证明的资产，由经办人按材料录入',
    'documents that the customer handed in',
    '客户提交的材料',
  ],
  investorIncome: [
    'Income of an investor',
    '投资者收入',
    'mean of the last three years, as the maker read it from the documents',
    '最近三年年均收入，由经办人按材料录入',
    'documents that the customer handed in',
    '客户提交的材料',
  ],
  fundsOfRegistrar: [
    'Funds of a registrar',
    '登记机构产品数',
    'funds on the shelf that this registrar keeps',
    '由该登记机构登记的在架产品数',
    'products in force',
    '生效产品',
  ],
} as const satisfies FigureTable;

const ROWS = {
  ...accountFigures,
  ...productFigures,
  ...suitabilityFigures,
  ...orderFigures,
  ...dayFigures,
  ...platformFigures,
  ...portfolioFigures,
};

/** The id of a figure: nothing else can be shown as one. */
export type FigureId = keyof typeof ROWS;

/** Every id, in the order of the list. */
export const FIGURE_IDS = Object.keys(ROWS) as FigureId[];

/** Every definition, in the order of the list. */
export const FIGURES: readonly FigureDefinition[] = FIGURE_IDS.map((id) => {
  const [title, titleZh, formula, formulaZh, inputs, inputsZh] = ROWS[id];
  return { id, title, titleZh, formula, formulaZh, inputs, inputsZh };
});
