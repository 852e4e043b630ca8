/** The summary of a run as text, in English and Chinese. */
import { type Amount, formatAmount, formatUnits } from '@cairn/kernel';
import type { CustomerLine, RunSummary } from './summary.ts';
import type { Timing } from './timing.ts';

const CODES: Readonly<Record<string, string>> = {
  '001': 'open account 开户',
  '008': 'add account 增开交易账户',
  '020': 'subscription 认购',
  '022': 'purchase 申购',
  '024': 'redemption 赎回',
  '029': 'dividend method 分红方式',
  '122': 'purchase 申购',
  '124': 'redemption 赎回',
  '130': 'subscription 认购',
};
const STATES: Readonly<Record<string, string>> = {
  accepted: 'accepted 已受理',
  cancelled: 'cancelled 已撤单',
  confirmed: 'confirmed 已确认',
  failed: 'failed 募集失败',
  partlyConfirmed: 'partly confirmed 部分确认',
  refused: 'refused 已拒绝',
  rejected: 'rejected 登记机构拒绝',
  sent: 'sent 已发送',
  subscribed: 'subscribed 认购已受理',
};
const FLOWS: Readonly<Record<string, string>> = {
  in: 'deposits in 转入',
  out: 'withdrawals out 转出',
  purchase: 'paid for purchases 申购划出',
  redemption: 'from redemptions 赎回到账',
  dividend: 'cash dividends 现金分红',
  refund: 'refunds 退款',
  fee: 'agency fees 代销费用',
};
const MOVES: Readonly<Record<string, string>> = {
  subscription: 'subscribed 认购',
  purchase: 'purchased 申购',
  reinvestment: 'reinvested 红利再投',
  redemption: 'redeemed 赎回',
  transferIn: 'transferred in 转入',
  transferOut: 'transferred out 转出',
};
const ITEM_STATES: Readonly<Record<string, string>> = {
  posted: '',
  refused: ' refused 已拒绝',
  settled: '',
  open: ' still due 未到期',
};

type Cell = string | number | bigint;

/** Width on a screen: a Chinese character takes two cells. */
const widthOf = (text: string) =>
  Array.from(text).reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
const padded = (text: string, width: number, isNumber: boolean) => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isNumber ? space + text : text + space;
};

/** Rows in columns: text to the left, figures to the right. */
function table(rows: readonly (readonly Cell[])[]): string[] {
  const texts = rows.map((row) => row.map(String));
  const count = Math.max(0, ...texts.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...texts.map((row) => widthOf(row[at] ?? ''))),
  );
  return texts.map((row) =>
    `  ${row.map((text, at) => padded(text, widths[at] ?? 0, /^[-\d.]+$/.test(text))).join('  ')}`.trimEnd(),
  );
}

const named = (names: Readonly<Record<string, string>>, key: string) => names[key] ?? key;
const yuan = (value: Amount | undefined) => (value === undefined ? '-' : formatAmount(value));

function customerLines({ customerId, nameMasked, level, positions }: CustomerLine): string[] {
  const head = `${customerId}  ${nameMasked}  C${level}`;
  if (positions.length === 0) return [head];
  return [
    head,
    ...table([
      ['fund 基金', 'units 份额', 'cost 成本', 'value 市值', 'profit 盈亏'],
      ...positions.map(({ fundCode, units, cost, value, profit }) => [
        fundCode,
        formatUnits(units),
        yuan(cost),
        yuan(value),
        yuan(profit),
      ]),
    ]),
  ];
}

/** The summary as lines. */
export function formatSummary(summary: RunSummary): string[] {
  const { orders, transfers, settlements, movements, fees, shown } = summary;
  return [
    `Customers 客户  ${summary.customers}`,
    '',
    'Orders by kind and outcome 申请（按业务与结果）',
    ...table(
      orders.map(({ businessCode, state, count }) => [
        `${businessCode} ${named(CODES, businessCode)}`,
        named(STATES, state),
        count,
      ]),
    ),
    '',
    'Cash in and out 资金收付 (CNY)',
    ...table(
      [...transfers, ...settlements].map(({ kind, state, count, amount }) => [
        named(FLOWS, kind) + named(ITEM_STATES, state),
        count,
        formatAmount(amount),
      ]),
    ),
    '',
    'Units in and out 份额收付',
    ...table(
      movements.map(({ kind, count, units, amount }) => [
        named(MOVES, kind),
        count,
        formatUnits(units),
        formatAmount(amount),
      ]),
    ),
    '',
    'Fees 费用: charged 收取, of which the agency’s 其中代销机构 (CNY)',
    ...table(
      fees.map(({ businessCode, charge, agency }) => [
        named(CODES, businessCode),
        formatAmount(charge),
        formatAmount(agency),
      ]),
    ),
    '',
    'Five customers 五位客户',
    ...shown.flatMap((line) => [...customerLines(line), '']),
  ];
}

/** Where the time went, largest first. */
export function formatTiming(timing: Timing): string[] {
  const rows = timing.rows().map(({ name, seconds }) => [name, seconds.toFixed(1)]);
  return ['Time 用时 (s)', ...table(rows)];
}
