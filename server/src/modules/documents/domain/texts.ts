/** The words of documents in both languages. */
import type { Language } from './document.ts';

type Words = readonly [zh: string, en: string];

const WORDS = {
  firm: ['聚石', 'Cairn'],
  statement: ['客户对账单', 'Customer statement'],
  holdingsReport: ['持仓报告', 'Holdings report'],
  customer: ['客户', 'Customer'],
  customerId: ['客户号', 'Customer no.'],
  certificate: ['证件号码', 'Certificate'],
  accounts: ['资产账户', 'Asset accounts'],
  period: ['期间', 'Period'],
  asOf: ['截至', 'As of'],
  navDate: ['最新净值日期', 'Latest NAV'],
  madeAt: ['生成时间', 'Made at'],
  purpose: ['用途', 'Purpose'],
  none: ['无', 'None'],
  summary: ['资产概览（人民币元）', 'Summary (CNY)'],
  openingTotal: ['期初总资产', 'Opening assets'],
  closingTotal: ['期末总资产', 'Closing assets'],
  netDeposits: ['期间净入金', 'Net deposits'],
  periodProfit: ['期间盈亏', 'Profit of the period'],
  cash: ['资金余额', 'Cash'],
  holdingsValue: ['持仓市值', 'Value of holdings'],
  onTheWay: ['在途资金', 'Money on its way'],
  total: ['总资产', 'All assets'],
  cost: ['持仓成本', 'Cost'],
  profit: ['浮动盈亏', 'Profit not realised'],
  totalProfit: ['累计盈亏', 'Total profit'],
  dayProfit: ['最新日盈亏', 'Profit of the latest day'],
  curve: ['总资产走势（人民币元）', 'All assets over the period (CNY)'],
  held: ['期末持仓', 'Holdings at the end'],
  heldNow: ['持仓明细', 'Holdings'],
  nothingHeld: ['没有持仓', 'No holdings'],
  fundCode: ['基金代码', 'Code'],
  fundName: ['基金名称', 'Fund'],
  units: ['份额', 'Units'],
  nav: ['单位净值', 'NAV'],
  risk: ['风险等级', 'Risk'],
  value: ['市值', 'Value'],
  percent: ['占比%', 'Share %'],
  profitPercent: ['盈亏率%', 'Profit %'],
  byType: ['按类型配置', 'By type'],
  byRisk: ['按风险等级配置', 'By risk'],
  label: ['分类', 'Class'],
  cashMoves: ['资金变动', 'Cash movements'],
  unitMoves: ['份额变动', 'Unit movements'],
  noMoves: ['期间没有变动', 'No movements in the period'],
  date: ['日期', 'Date'],
  kind: ['类别', 'Kind'],
  ref: ['凭据', 'Reference'],
  amount: ['金额', 'Amount'],
  dues: ['在途明细', 'On its way'],
  noDues: ['没有在途款项', 'Nothing is on its way'],
  dueDate: ['到账日', 'Due'],
  noteStatement: [
    '市值按期末或之前最近的单位净值计算，四舍五入到分；份额以登记机构确认日为准。个人信息已遮蔽。',
    'Values use the latest NAV on or before the last day, rounded half up to the fen; units count from the day the registrar confirmed. Personal data is masked.',
  ],
  noteHoldings: [
    '市值按各基金最新单位净值计算，四舍五入到分；成本先进先出，含费用。个人信息已遮蔽。',
    'Values use the latest NAV of each fund, rounded half up to the fen; cost is first in first out, fees included. Personal data is masked.',
  ],
  noteClear: [
    '本文件含未遮蔽的个人信息，仅限所述用途使用，生成已记入审计。',
    'This document shows personal data in full, for the purpose stated only; its making is in the audit.',
  ],
  page: ['第 {page} 页，共 {pages} 页', 'Page {page} of {pages}'],
} as const satisfies Readonly<Record<string, Words>>;

export type WordKey = keyof typeof WORDS;

const CASH_KINDS: Readonly<Record<string, Words>> = {
  deposit: ['转入', 'Deposit'],
  withdrawal: ['转出', 'Withdrawal'],
  purchase: ['申购付款', 'Purchase'],
  redemption: ['赎回到账', 'Redemption'],
  dividend: ['分红到账', 'Dividend'],
  refund: ['退款', 'Refund'],
  fee: ['费用', 'Fee'],
  reversal: ['冲正', 'Reversal'],
  unitsToCome: ['待确认份额', 'Units to come'],
};

const UNIT_KINDS: Readonly<Record<string, Words>> = {
  subscription: ['认购确认', 'Subscription'],
  purchase: ['申购确认', 'Purchase'],
  reinvestment: ['红利再投资', 'Reinvestment'],
  transferIn: ['转入', 'Transfer in'],
  redemption: ['赎回确认', 'Redemption'],
  transferOut: ['转出', 'Transfer out'],
};

const pick = ([zh, en]: Words, language: Language): string => (language === 'zh' ? zh : en);

/** The word in a language. */
export function word(key: WordKey, language: Language): string {
  return pick(WORDS[key], language);
}

/** A kind of cash or of unit movement in words; a kind without words is its code. */
export function kindWord(of: 'cash' | 'units', kind: string, language: Language): string {
  const words = (of === 'cash' ? CASH_KINDS : UNIT_KINDS)[kind];
  return words === undefined ? kind : pick(words, language);
}
