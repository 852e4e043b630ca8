import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from '../numeric/day.ts';
import { halfUnit, hasPublished, readTable } from '../testing.ts';
import { adjustNav, type Dividend, type Split } from './adjusted-nav.ts';
import { simpleReturns } from './levels.ts';
import { sevenDayYields } from './money-fund.ts';
import { UNREPRODUCED_TENURES } from './published-fixture.ts';

interface Row {
  readonly day: number;
  readonly nav: string;
  readonly growth: string;
}

interface Fund {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly dividends: readonly Dividend[];
  readonly splits: readonly Split[];
}

/** Five funds since inception. */
function readFive(): Fund[] {
  const table = readTable('funds/fund5_NetAssetValue.csv').map((row) => ({
    name: row['fund_code'] ?? '',
    day: parseDay(row['report_date'] ?? ''),
    nav: row['unit_net_value'] ?? '',
    growth: row['growth_rate'] ?? '',
    dividend: row['bonus_per_share'] ?? '',
    split: '',
  }));
  return gather(table);
}

/** Seventeen funds and exchange-traded funds; dividends and splits are said in a sentence. */
function readSeventeen(): Fund[] {
  const table = readTable('funds/nav_17funds_eastmoney_to_2021-02.csv').map((row) => ({
    name: row['source_file'] ?? '',
    day: parseDay(row['nav_date'] ?? ''),
    nav: row['unit_nav'] ?? '',
    growth: (row['daily_return'] ?? '').replace('%', ''),
    dividend: /派现金([\d.]+)/.exec(row['dividend_text'] ?? '')?.[1] ?? '',
    split: /折算([\d.]+)/.exec(row['dividend_text'] ?? '')?.[1] ?? '',
  }));
  return gather(table);
}

function gather(
  table: readonly (Row & { name: string; dividend: string; split: string })[],
): Fund[] {
  const names = [...new Set(table.map(({ name }) => name))];
  return names.map((name) => {
    const rows = table.filter((row) => row.name === name).sort((a, b) => a.day - b.day);
    const dividends = rows
      .filter(({ dividend }) => dividend !== '')
      .map(({ day, dividend }) => ({ exDay: day, perUnit: Number(dividend) }));
    const splits = rows
      .filter(({ split }) => split !== '')
      .map(({ day, split }) => ({ day, ratio: Number(split) }));
    return { name, rows, dividends, splits };
  });
}

function returnsOf({ rows, dividends, splits }: Fund): Float64Array {
  const days = rows.map(({ day }) => day);
  const navs = rows.map(({ nav }) => Number(nav));
  const adjusted = adjustNav({ days, navs, dividends, splits });
  return simpleReturns(adjusted.value?.values ?? []).value ?? new Float64Array(0);
}

/** The digits after the point that a fund really publishes: a source may pad with zeros. */
function navUnit(rows: readonly Row[]): number {
  return Math.min(...rows.map(({ nav }) => halfUnit(nav.replace(/(\.\d*?)0+$/, '$1'))));
}

/** Days on which the exchange was open. */
function readTradingDays(): Set<number> {
  const rows = readTable('reference/trading_calendar_sse_1991-2026.csv');
  return new Set(
    rows.filter((row) => row['is_open'] === '1').map((row) => parseDay(row['cal_date'] ?? '')),
  );
}

/**
 * Published growth that our returns do not explain within what the printed digits allow: half a
 * unit of the growth, plus what half a unit of either net asset value moves it. Funds also publish
 * a value for a half-year end on which the exchange is closed; some grow the next day from it, some
 * from the trading day before, so there either is right.
 */
function unexplained(fund: Fund, tradingDays: ReadonlySet<number>) {
  const returns = returnsOf(fund);
  const unit = navUnit(fund.rows);
  const keys: string[] = [];
  let checked = 0;
  fund.rows.forEach(({ day, growth }, at) => {
    if (at === 0 || growth === '') return;
    checked += 1;
    const before = fund.rows[at - 1] as Row;
    const one = returns[at - 1] as number;
    const two =
      at > 1 && !tradingDays.has(before.day)
        ? (1 + one) * (1 + (returns[at - 2] as number)) - 1
        : one;
    const ratio = fund.splits.find((split) => split.day === day)?.ratio ?? 1;
    const slack = (unit * (ratio + 1 + one)) / Number(before.nav) + 1e-9;
    const errors = [one, two].map((computed) => Math.abs(computed - Number(growth) / 100));
    if (!(Math.min(...errors) <= halfUnit(growth) / 100 + slack)) {
      keys.push(`${fund.name} ${formatDay(day)}`);
    }
  });
  return { checked, keys };
}

describe.skipIf(!hasPublished('funds'))('published growth of real funds (CAIRN_DATA)', () => {
  test('is our return of the adjusted NAV, every row', () => {
    const tradingDays = readTradingDays();
    const funds = [...readFive(), ...readSeventeen()];
    const results = funds.map((fund) => unexplained(fund, tradingDays));
    expect(results.reduce((total, each) => total + each.checked, 0)).toBe(30_884);
    expect(results.flatMap(({ keys }) => keys)).toEqual([]);
  });

  test('a forgotten dividend would be seen', () => {
    const [fund] = readFive();
    const { keys } = unexplained({ ...(fund as Fund), dividends: [] }, readTradingDays());
    expect(keys.length).toBeGreaterThan(10);
  });
});

/** Growth of a fund over a tenure, and how far the printed digits of its values let it move. */
function growthOf(fund: Fund, start: number, end: number): { growth: number; slack: number } {
  const returns = returnsOf(fund);
  const inside = fund.rows.flatMap(({ day }, at) => (day >= start && day <= end ? [at] : []));
  const [first, ...others] = inside as [number, ...number[]];
  const growth = others.reduce((value, at) => value * (1 + (returns[at - 1] as number)), 1);
  const ends = [first, inside.at(-1) as number].map((at) => Number(fund.rows[at]?.nav));
  const slack = ends.reduce((total, nav) => total + navUnit(fund.rows) / nav, 0);
  return { growth, slack: growth * slack };
}

describe.skipIf(!hasPublished('funds'))('published tenure returns of managers (CAIRN_DATA)', () => {
  test('run from the first to the last value inside the tenure', () => {
    const funds = new Map(readFive().map((fund) => [fund.name, fund]));
    const table = readTable('funds/fund5_FundManager.csv');
    const failed = table.flatMap((row) => {
      const fund = funds.get(row['fund_code'] ?? '') as Fund;
      const until = row['expiry_date'] ?? '';
      const end = until === '至今' ? Number.POSITIVE_INFINITY : parseDay(until);
      const { growth, slack } = growthOf(fund, parseDay(row['start_date'] ?? ''), end);
      const printed = row['return_rate'] ?? '';
      const error = Math.abs(growth - 1 - Number(printed) / 100);
      return error <= halfUnit(printed) / 100 + slack ? [] : [`${fund.name} ${row['start_date']}`];
    });
    expect(table).toHaveLength(10);
    expect(failed).toEqual(Object.keys(UNREPRODUCED_TENURES));
  });
});

describe.skipIf(!hasPublished('funds'))('published yields of a money fund (CAIRN_DATA)', () => {
  test('all 421 windows are the compound formula, and not the simple one', () => {
    const rows = readTable('funds/yuebao_mfd_day_share_interest.csv');
    const incomes = rows.map((row) => Number(row['mfd_daily_yield']));
    const fits = (formula: 'simple' | 'compound') =>
      sevenDayYields(incomes, formula).filter(({ value }, at) => {
        const printed = rows[at + 6]?.['mfd_7daily_yield'] ?? '';
        // Four printed decimals of an income of about 1.3 move the yield by 0.002 percentage points.
        const slack = halfUnit(printed) + (0.00005 / 10_000) * 365 * 100;
        return Math.abs((value ?? Number.NaN) * 100 - Number(printed)) <= slack;
      }).length;
    expect(fits('compound')).toBe(421);
    expect(fits('simple')).toBeLessThan(10);
  });
});
