import { describe, expect, test } from 'vitest';
import { parseDay } from '../numeric/day.ts';
import { hasPublished, readPublished, readTable } from '../testing.ts';
import { behaviourGap } from './behaviour-gap.ts';
import { profitOfHolding, type Trade } from './lots.ts';
import { xirr } from './money-weighted.ts';
import { timeWeightedReturn } from './time-weighted.ts';
import withoutResults from './without-results.json' with { type: 'json' };

const NAVS = 'funds/fund5_NetAssetValue.csv';
const OTHER_NAVS = 'funds/nav_17funds_eastmoney_to_2021-02.csv';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

/** Net values of a fund by day, oldest first, and the dividends it paid. */
function readFund(code: string) {
  return readTable(NAVS)
    .filter((row) => row['fund_code'] === code && row['unit_net_value'] !== '')
    .map((row) => ({
      day: parseDay(row['report_date']!),
      date: row['report_date']!,
      nav: +row['unit_net_value']!,
      dividend: +(/[\d.]+/.exec(row['bonus_per_share'] ?? '')?.[0] ?? 0),
    }))
    .sort((a, b) => a.day - b.day);
}

describe.skipIf(!hasPublished(NAVS))('a monthly plan in a real fund (CAIRN_DATA)', () => {
  /** 1,000 on the first trading day of each month of 2016 to 2020; dividends in cash. */
  function plan() {
    const days = readFund('110011').filter(
      ({ date }) => date >= '2016-01-01' && date < '2021-01-01',
    );
    const trades: Trade[] = [];
    let units = 0;
    let month = '';
    for (const { day, date, nav, dividend } of days) {
      if (dividend > 0 && units > 0) {
        trades.push({ day, kind: 'dividend', amount: units * dividend });
      }
      if (date.slice(0, 7) === month) continue;
      month = date.slice(0, 7);
      const bought = Math.round(100_000 / nav) / 100;
      units += bought;
      trades.push({ day, kind: 'buy', units: bought, amount: 1000 });
    }
    return { days, trades, units };
  }

  test('profit, rate and gap agree with each other and with bisection', () => {
    const { days, trades, units } = plan();
    const last = days.at(-1)!;
    const holding = value(profitOfHolding(trades, { method: 'fifo', price: last.nav }));
    expect(trades.filter(({ kind }) => kind === 'buy')).toHaveLength(60);
    expect(holding.units).toBeCloseTo(units, 8);
    const amounts = trades.map(({ kind, amount }) => (kind === 'buy' ? -amount! : amount!));
    const flows = [...amounts, units * last.nav];
    const dates = [...trades.map(({ day }) => day), last.day];
    expect(holding.total.value).toBeCloseTo(
      flows.reduce((a, b) => a + b, 0),
      6,
    );
    const found = value(xirr({ amounts: flows, days: dates }));
    const worth = (rate: number) =>
      flows.reduce((sum, flow, i) => sum + flow / (1 + rate) ** ((dates[i]! - dates[0]!) / 365), 0);
    let [low, high] = [-0.9, 5];
    for (let round = 0; round < 200; round++) {
      const middle = (low + high) / 2;
      if (worth(middle) > 0) low = middle;
      else high = middle;
    }
    expect(found.rate).toBeCloseTo(low, 10);
  });

  test('the fund earned its time-weighted return; the plan, paying in late, another', () => {
    const { days, trades } = plan();
    const [first, last] = [days[0]!, days.at(-1)!];
    const values = days.map(({ nav }) => nav);
    const paid = days.slice(1).map(({ dividend }) => -dividend);
    const fund = value(timeWeightedReturn({ values, flows: paid }));
    const holding = value(profitOfHolding(trades, { method: 'fifo', price: last.nav }));
    const later = trades.filter(({ day }) => day > first.day);
    const gap = value(
      behaviourGap({
        startDay: first.day,
        endDay: last.day,
        startValue: 1000,
        endValue: holding.marketValue.value!,
        flows: later.map(({ kind, amount }) => (kind === 'buy' ? amount! : -amount!)),
        days: later.map(({ day }) => day),
        fundReturn: fund.total,
      }),
    );
    expect(gap.gap.value).toBeCloseTo(gap.investor.value! - fund.total, 12);
    // Most of the rise came in 2019 and 2020, when most of the plan was paid in.
    expect(gap.gapAnnual.value!).toBeGreaterThan(0);
  });
});

describe.skipIf(!hasPublished(OTHER_NAVS))('published files without results (CAIRN_DATA)', () => {
  test('the listed ledgers are those whose funds have no net values here', () => {
    const known = new Set(
      [...readTable(NAVS), ...readTable(OTHER_NAVS)].map((row) => row['fund_code']!),
    );
    const ledgers = ['', '1', '2', '3'].map((suffix) => `funds/xalpha_trade_demo${suffix}.csv`);
    const unpriced = ledgers.filter((file) => {
      const text = readPublished(file);
      // A ledger with a price in each row needs no net values.
      if (/\bvalue\b/.test(text.split(/\r?\n|\r/)[0]!)) return false;
      const codes = text.match(/\b\d{3,6}\b/g) ?? [];
      return codes.every((code) => !known.has(code.padStart(6, '0')));
    });
    const listed = Object.keys(withoutResults).filter((file) => file.includes('xalpha'));
    expect(unpriced).toEqual(listed);
  });

  test('every listed file is there, and has a reason', () => {
    for (const [file, reason] of Object.entries(withoutResults)) {
      expect([file, hasPublished(file)]).toEqual([file, true]);
      expect(reason).toMatch(/\.$/);
    }
  });
});
