/** Value and profit over time: the books and NAVs to wire shape. */
import {
  addDays,
  amount,
  formatAmount,
  formatUnits,
  type LocalDate,
  localDate,
  shanghaiDate,
  subtract,
} from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { refreshCalendar } from '../../platform/calendar.ts';
import type { World } from '../../platform/world.ts';
import { bucketOf } from '@cairn/kernel/ids';
import { loadCashPostings, loadCustomerBook } from '../accounts/index.ts';
import { getVisible } from '../customers/index.ts';
import { fundsOf } from '../products/index.ts';
import type { Curve, Movements, ProfitCalendar } from './contract.ts';
import { assertPeriod, loadCurve } from './curve.ts';
import { type CurvePoint, profitOf } from './domain/value-curve.ts';

const PERIOD_DAYS = 90;
const ZERO = amount(0n);

/** The period asked for, the last 90 days by default. PERIOD_INVALID. */
function periodOf(world: World, query: { readonly from?: string; readonly to?: string }) {
  const today = shanghaiDate(world.clock.now());
  const to = query.to === undefined ? today : localDate(query.to);
  const from = query.from === undefined ? addDays(to, -PERIOD_DAYS) : localDate(query.from);
  assertPeriod(world, from, to);
  return { from, to };
}

/** Cash and units that moved in a period. CUSTOMER_NOT_FOUND, PERIOD_INVALID. */
export async function getMovements(
  world: World,
  actor: Actor,
  customerId: string,
  query: { readonly from?: string; readonly to?: string },
): Promise<Movements> {
  const { db } = world;
  await getVisible(db, actor, customerId);
  const { from, to } = periodOf(world, query);
  const key = { bucket: bucketOf(customerId), customerId };
  const [cash, book, funds] = await Promise.all([
    loadCashPostings(db, key, { from, to }),
    loadCustomerBook(db, key),
    fundsOf(db),
  ]);
  const names = new Map(funds.map((fund) => [fund.fundCode, fund.name]));
  return {
    customerId,
    from,
    to,
    cash: cash.map((row) => ({ ...row, amount: formatAmount(row.amount) })),
    units: book.units
      .filter(({ confirmDate }) => confirmDate >= from && confirmDate <= to)
      .map((row) => ({
        date: row.confirmDate,
        fundCode: row.fundCode,
        fundName: names.get(row.fundCode) ?? row.fundCode,
        kind: row.kind,
        ref: row.ref,
        units: formatUnits(row.units),
        amount: formatAmount(row.amount),
      })),
  };
}

/** Value and profit day by day over a period. CUSTOMER_NOT_FOUND, PERIOD_INVALID. */
export async function getCurve(
  world: World,
  actor: Actor,
  customerId: string,
  query: { readonly from?: string; readonly to?: string },
): Promise<Curve> {
  await getVisible(world.db, actor, customerId);
  await refreshCalendar(world.calendar, world.db);
  const { from, to } = periodOf(world, query);
  // The trading day before is where the first day's profit counts from.
  const before = world.calendar.previousTradingDay(from);
  const { points } = await loadCurve(world, customerId, { from: before, to });
  const [start, ...days] = points;
  const names = new Map((await fundsOf(world.db)).map((fund) => [fund.fundCode, fund.name]));
  return {
    customerId,
    from,
    to,
    periodProfit: formatAmount(subtract(profitOf(days.at(-1) ?? start), profitOf(start))),
    opening: {
      date: before,
      total: formatAmount(start?.total ?? ZERO),
      netDeposits: formatAmount(start?.netDeposits ?? ZERO),
      profit: formatAmount(profitOf(start)),
    },
    points: days.map((point, index) => ({
      date: point.date,
      total: formatAmount(point.total),
      cash: formatAmount(point.cash),
      holdings: formatAmount(point.holdings),
      onTheWay: formatAmount(point.onTheWay),
      netDeposits: formatAmount(point.netDeposits),
      profit: formatAmount(point.profit),
      dayProfit: formatAmount(subtract(point.profit, profitOf(points[index]))),
    })),
    funds: heldCodes(points).map((fundCode) => ({
      fundCode,
      fundName: names.get(fundCode) ?? fundCode,
      points: days.flatMap((point, index) => {
        const now = point.funds.get(fundCode);
        const earlier = points[index]?.funds.get(fundCode);
        if (now === undefined) return [];
        return [
          {
            date: point.date,
            units: formatUnits(now.units),
            value: formatAmount(now.value),
            profit: formatAmount(now.profit),
            dayProfit: formatAmount(subtract(now.profit, earlier?.profit ?? ZERO)),
          },
        ];
      }),
    })),
  };
}

/** The funds that were held, or earned something, within the days. */
function heldCodes(points: readonly CurvePoint[]): string[] {
  const first = points[0];
  const codes = new Set<string>();
  for (const point of points) {
    for (const [code, fund] of point.funds) {
      const hasMoved = fund.profit !== first?.funds.get(code)?.profit;
      if (fund.units > 0n || hasMoved) codes.add(code);
    }
  }
  return [...codes].sort();
}

/** What each day of a month earned, and each of twelve months. CUSTOMER_NOT_FOUND. */
export async function getProfitCalendar(
  world: World,
  actor: Actor,
  customerId: string,
  query: { readonly month?: string },
): Promise<ProfitCalendar> {
  await getVisible(world.db, actor, customerId);
  await refreshCalendar(world.calendar, world.db);
  const today = shanghaiDate(world.clock.now());
  const month = query.month ?? today.slice(0, 7);
  const lastDay = lastDayOf(month);
  const to = lastDay < today ? lastDay : today;
  const from = localDate(`${shiftMonth(month, -11)}-01`);
  assertPeriod(world, from, to);
  const { points } = await loadCurve(world, customerId, {
    from: world.calendar.previousTradingDay(from),
    to,
  });
  const names = new Map((await fundsOf(world.db)).map((fund) => [fund.fundCode, fund.name]));
  const days = points.slice(1).map((point, index) => ({ point, before: points[index] }));
  const months = new Map<string, bigint>();
  for (const { point, before } of days) {
    const key = point.date.slice(0, 7);
    const earned = subtract(point.profit, profitOf(before));
    months.set(key, (months.get(key) ?? 0n) + earned);
  }
  return {
    month,
    profit: formatAmount(amount(months.get(month) ?? 0n)),
    days: days
      .filter(({ point }) => point.date.startsWith(month))
      .map(({ point, before }) => ({
        date: point.date,
        profit: formatAmount(subtract(point.profit, profitOf(before))),
        funds: [...point.funds].flatMap(([fundCode, fund]) => {
          const earned = subtract(fund.profit, before?.funds.get(fundCode)?.profit ?? ZERO);
          if (earned === 0n && fund.units === 0n) return [];
          const fundName = names.get(fundCode) ?? fundCode;
          return [{ fundCode, fundName, profit: formatAmount(earned) }];
        }),
      })),
    months: [...months].map(([key, value]) => ({
      month: key,
      profit: formatAmount(amount(value)),
    })),
  };
}

function shiftMonth(month: string, by: number): string {
  const [year = 0, index = 0] = month.split('-').map((part) => Number.parseInt(part, 10));
  const months = year * 12 + (index - 1) + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

function lastDayOf(month: string): LocalDate {
  return addDays(localDate(`${shiftMonth(month, 1)}-01`), -1);
}
