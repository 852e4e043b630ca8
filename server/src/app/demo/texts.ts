/** What the demonstration says of itself, each line in both languages. */
import { shanghaiDate, shanghaiTime } from '@cairn/kernel';
import type { PlayedNext, Standing } from './next-day.ts';

const NAMES: Readonly<Record<string, string>> = {
  '001': 'account 开户',
  '008': 'account 增开交易账户',
  '020': 'subscription 认购',
  '022': 'purchase 申购',
  '024': 'redemption 赎回',
  '029': 'dividend method 分红方式',
  '120': 'subscription 认购',
  '122': 'purchase 申购',
  '124': 'redemption 赎回',
  '129': 'dividend method 分红方式',
  '130': 'subscription result 认购结果',
  '149': 'failed subscription 发行失败',
};

interface Report {
  readonly orders: readonly { businessCode: string; state: string; count: number }[];
  readonly confirmations: readonly {
    businessCode: string;
    state: string;
    count: number;
    amount: string;
    fee: string;
  }[];
  readonly exceptions: readonly { code: string; count: number }[];
  readonly breaks: number;
}

const EMPTY: Report = { orders: [], confirmations: [], exceptions: [], breaks: 0 };

function listed(rows: readonly string[]): string {
  return rows.length === 0 ? 'none 无' : rows.join('; ');
}

function ordersText({ orders }: Report, state: (state: string) => boolean): string {
  const counts = new Map<string, number>();
  for (const row of orders) {
    if (!state(row.state)) continue;
    counts.set(row.businessCode, (counts.get(row.businessCode) ?? 0) + row.count);
  }
  return listed([...counts].map(([code, count]) => `${NAMES[code] ?? code} ${count}`));
}

function confirmationsText({ confirmations }: Report): string {
  return listed(
    confirmations.map(({ businessCode, count, amount, fee }) => {
      const money = amount === '0.00' ? '' : ` (${amount} CNY, fee 费用 ${fee})`;
      return `${NAMES[businessCode] ?? businessCode} ${count}${money}`;
    }),
  );
}

function clockText({ now }: Standing): string {
  return `${shanghaiDate(now)} ${shanghaiTime(now).slice(0, 5)}`;
}

/** What a played day brought. */
export function describePlayed({ date, day, report, standing }: PlayedNext): string[] {
  const told = (report ?? EMPTY) as Report;
  const state = day.finished.isComplete
    ? 'is played and closed / 已完成并关闭'
    : 'is not closed / 尚未关闭';
  return [
    `Business day / 业务日 ${date} ${state}.`,
    `  sent / 已发送: ${ordersText(told, (one) => one !== 'refused' && one !== 'cancelled')}`,
    `  refused / 已拒绝: ${ordersText(told, (one) => one === 'refused')}`,
    `  confirmed / 已确认: ${confirmationsText(told)}`,
    `  settled / 已交收: ${settledText(day.finished.steps)}`,
    `  new exceptions / 新异常: ${listed(told.exceptions.map(({ code, count }) => `${code} ${count}`))}`,
    `  breaks / 对账差异: ${told.breaks}`,
    `The demonstration's clock stands at / 演示时钟: ${clockText(standing)}.`,
  ];
}

function settledText(steps: PlayedNext['day']['finished']['steps']): string {
  const counts = steps.find(({ step }) => step === 'settle')?.counts ?? {};
  return listed(Object.entries(counts).map(([name, count]) => `${name} ${count}`));
}

/** Where the demonstration stands. */
export function describeStanding(standing: Standing): string[] {
  return [
    `The demonstration's clock stands at / 演示时钟: ${clockText(standing)}.`,
    `  business day due / 待处理业务日: ${standing.due}`,
    `  customers / 客户: ${standing.customers}`,
    `  orders / 订单: ${standing.orders}`,
    `  open exceptions / 未处理异常: ${standing.openExceptions}`,
    `  approvals waiting / 待审批: ${standing.waitingApprovals}`,
  ];
}
