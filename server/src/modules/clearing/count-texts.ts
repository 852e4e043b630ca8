/** What the counts of steps are called; those of applications carry business code and state. */
import { businessCodes } from '@cairn/ofd';

const TEXTS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  files: ['files', '文件'],
  written: ['files written now', '本次写出'],
  records: ['records', '记录'],
  imported: ['files taken', '导入文件'],
  known: ['files known before', '重复文件'],
  refused: ['files refused', '拒收文件'],
  accounts: ['accounts', '账户'],
  trades: ['trades', '交易'],
  distributions: ['dividends', '分红'],
  rejected: ['rejected', '确认失败'],
  exceptions: ['exceptions', '异常'],
  behind: ['waiting for earlier ones', '等待先前业务入账'],
  overdue: ['overdue answers', '逾期未确认'],
  funds: ['funds', '基金'],
  withoutNavOfDay: ['without a NAV of the day', '无当日净值'],
  items: ['items', '款项'],
  purchase: ['purchases paid', '申购款'],
  redemption: ['redemptions received', '赎回款'],
  dividend: ['dividends received', '分红款'],
  refund: ['refunds received', '退款'],
  fee: ['fees received', '手续费'],
  positions: ['positions', '持仓'],
  registrars: ['registrars', '登记机构'],
  breaks: ['breaks', '差异'],
  orders: ['orders', '委托'],
  confirmations: ['confirmations', '确认'],
  anchoredChains: ['audit chains anchored', '锚定审计链'],
};

const STATES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  accepted: ['accepted', '已受理'],
  sent: ['sent', '已发送'],
  confirmed: ['confirmed', '已确认'],
  partlyConfirmed: ['partly confirmed', '部分确认'],
  subscribed: ['subscribed', '认购受理'],
  rejected: ['rejected', '确认失败'],
  failed: ['failed', '募集失败'],
  cancelled: ['cancelled', '已撤单'],
  refused: ['refused', '已拒绝'],
};

/** The two names of a count. */
export function countTexts(key: string): readonly [en: string, zh: string] {
  const known = TEXTS[key];
  if (known !== undefined) return known;
  const [code = '', state = ''] = key.split(' ');
  const business = businessCodes.get(code);
  const stateTexts = STATES[state];
  if (business === undefined || stateTexts === undefined) return [key, key];
  return [`${business.en}, ${stateTexts[0]}`, `${business.zh} ${stateTexts[1]}`];
}
