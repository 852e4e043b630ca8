import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../numeric/day.ts';
import { seededRandom } from '../numeric/random.ts';
import { behaviourGap } from './behaviour-gap.ts';
import { internalRates, moneyWeightedReturn, xirr } from './money-weighted.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const YEARLY = (amounts: number[]) => ({ amounts, days: amounts.map((_, year) => 365 * year) });

/** Present value at a rate, as the formula reads. */
function presentValue(amounts: readonly number[], days: readonly number[], rate: number): number {
  return presentValueAt(amounts, days, Math.log1p(rate));
}

/** The same at a logarithmic rate s = ln(1 + rate). */
function presentValueAt(amounts: readonly number[], days: readonly number[], s: number): number {
  const start = Math.min(...days);
  return amounts.reduce(
    (sum, amount, i) => sum + amount * Math.exp((-s * (days[i]! - start)) / 365),
    0,
  );
}

/** Zeros by walking a fine grid of logarithmic rates and bisecting each change of sign. */
function scanNaively(amounts: readonly number[], days: readonly number[]): number[] {
  const found: number[] = [];
  const at = (s: number) => presentValue(amounts, days, Math.expm1(s));
  const step = 1e-3;
  for (let s = -12; s < 12; s += step) {
    let [low, high] = [s, s + step];
    if (at(low) > 0 === at(high) > 0) continue;
    for (let round = 0; round < 60; round++) {
      const middle = (low + high) / 2;
      if (at(middle) > 0 === at(low) > 0) low = middle;
      else high = middle;
    }
    found.push(Math.expm1(low));
  }
  return found;
}

describe('XIRR', () => {
  test('the example of the spreadsheet manual', () => {
    const days = ['2008-01-01', '2008-03-01', '2008-10-30', '2009-02-15', '2009-04-01'];
    const found = value(
      xirr({ amounts: [-10000, 2750, 4250, 3250, 2750], days: days.map(parseDay) }),
    );
    expect(found.rate).toBeCloseTo(0.373362535, 8);
    expect(found.uniqueness).toBe('signs');
  });

  test('one change of sign always converges: present value zero, at any scale and order', () => {
    const flow = fc.record({
      amount: fc.double({ min: 0.01, max: 1e9, noNaN: true }),
      day: fc.integer({ min: 0, max: 9000 }),
    });
    fc.assert(
      fc.property(
        fc.array(flow, { minLength: 1, maxLength: 30 }),
        fc.array(flow, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 400 }),
        (paid, received, gap) => {
          const last = Math.max(...paid.map(({ day }) => day));
          const amounts = [
            ...paid.map(({ amount }) => -amount),
            ...received.map(({ amount }) => amount),
          ];
          const days = [
            ...paid.map(({ day }) => day),
            ...received.map(({ day }) => last + gap + day),
          ];
          const answer = xirr({ amounts, days });
          // Ratios of 10¹¹ within a day are rates no number can hold.
          fc.pre(answer.reason !== 'OUT_OF_RANGE');
          const { rate, uniqueness } = value(answer);
          expect(uniqueness).toBe('signs');
          const s = Math.log1p(rate);
          // Close to a total loss neighbouring doubles of the rate lie far apart in growth.
          const near = 1e-7 * (1 + Math.abs(s)) + 2 ** -52 / (1 + rate);
          const around = [s - near, s + near];
          const [before, after] = around.map((each) => presentValueAt(amounts, days, each));
          expect(rate === -1 || before! > 0 !== after! > 0 || !Number.isFinite(before)).toBe(true);
          const turned = value(xirr({ amounts: amounts.toReversed(), days: days.toReversed() }));
          expect(Math.abs(turned.rate - rate)).toBeLessThan(1e-10 * (1 + Math.abs(rate)));
          const scaled = value(xirr({ amounts: amounts.map((each) => each * 1e-6), days }));
          expect(Math.abs(scaled.rate - rate)).toBeLessThan(1e-10 * (1 + Math.abs(rate)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('many changes of sign: the same rates as a walk over a fine grid', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom(seed);
      const count = 3 + random.integer(5);
      const amounts = Array.from({ length: count }, () => Math.round(random.normal() * 1000) || 1);
      const days = amounts.map((_, i) => i * (100 + random.integer(300)) + random.integer(90));
      const expected = scanNaively(amounts, days);
      const { rates, complete } = value(internalRates({ amounts, days }));
      const within = rates.filter((rate) => Math.abs(Math.log1p(rate)) < 12);
      expect([seed, complete, within.length]).toEqual([seed, true, expected.length]);
      within.forEach((rate, i) => {
        expect(Math.abs(rate - expected[i]!)).toBeLessThan(1e-10 * (1 + Math.abs(rate)));
      });
      const answer = xirr({ amounts, days });
      const one = rates.length === 1 ? undefined : rates.length === 0 ? 'NO_ROOT' : 'NOT_UNIQUE';
      expect([seed, answer.reason]).toEqual([seed, one]);
    }
  });

  test.each([
    ['the oil pump: 25 % and 400 %', [-1600, 10000, -10000], [0.25, 4]],
    ['three rates', [-1000, 3600, -4310, 1716], [0.1, 0.2, 0.3]],
  ])('%s are several', (_, amounts, expected) => {
    expect(xirr(YEARLY(amounts)).reason).toBe('NOT_UNIQUE');
    const { rates, complete } = value(internalRates(YEARLY(amounts)));
    expect(complete).toBe(true);
    expect(rates).toHaveLength(expected.length);
    expected.forEach((each, i) => expect(rates[i]).toBeCloseTo(each, 9));
  });

  test.each([
    ['all of one sign', [-100, -50], 'NO_ROOT'],
    ['no real rate', [1000, -3000, 2500], 'NO_ROOT'],
    ['nothing at all', [0, 0], 'NO_CAPITAL'],
    ['no flows', [], 'NO_CAPITAL'],
    ['a missing amount', [-1, Number.NaN], 'NOT_FINITE'],
    ['touching zero at 0 %', [-1, 2, -1], 'NOT_CONVERGED'],
  ] as const)('%s: %j is %s', (_, amounts, reason) => {
    expect(xirr(YEARLY([...amounts])).reason).toBe(reason);
  });

  test('both on one day cancel; a gain of a thousand in a day has no yearly rate', () => {
    expect(xirr({ amounts: [-100, 100], days: [5, 5] }).reason).toBe('NO_CAPITAL');
    expect(xirr({ amounts: [-100, 101], days: [5, 5] }).reason).toBe('NO_ROOT');
    expect(xirr({ amounts: [-1, 1000], days: [0, 1] }).reason).toBe('OUT_OF_RANGE');
    expect(() => xirr({ amounts: [1], days: [] })).toThrow(RangeError);
  });

  test('saving and withdrawing for years is unique because the balance stays positive', () => {
    const random = seededRandom(7);
    let balance = 0;
    const amounts: number[] = [];
    const days: number[] = [];
    for (let month = 0; month < 240; month++) {
      balance *= 1 + 0.05 / 12 + 0.02 * random.normal();
      const flow = random.uniform() < 0.7 ? 1000 : -0.3 * balance;
      balance += flow;
      amounts.push(-flow);
      days.push(month * 30);
    }
    amounts.push(balance);
    days.push(240 * 30);
    const found = value(xirr({ amounts, days }));
    expect(found.uniqueness).toBe('balances');
    expect(presentValue(amounts, days, found.rate)).toBeCloseTo(0, 4);
    expect(value(internalRates({ amounts, days })).rates).toHaveLength(1);
  });

  test('emptied and refilled accounts are counted out', () => {
    const found = value(xirr(YEARLY([-100, 110, -100, 90])));
    expect(found.uniqueness).toBe('count');
    expect(presentValue([-100, 110, -100, 90], [0, 365, 730, 1095], found.rate)).toBeCloseTo(0, 9);
  });
});

describe('money-weighted return of an account', () => {
  const base = { startDay: 0, endDay: 730, flows: [], days: [] };

  test('without flows it is the growth; period and year agree', () => {
    const found = value(moneyWeightedReturn({ ...base, startValue: 100, endValue: 121 }));
    expect(found.annual).toBeCloseTo(0.1, 12);
    expect(found.period.value).toBeCloseTo(0.21, 12);
  });

  test('money that went and never came back is a total loss', () => {
    expect(moneyWeightedReturn({ ...base, startValue: 100, endValue: 0 }).reason).toBe(
      'TOTAL_LOSS',
    );
    const late = { ...base, startValue: 0, flows: [50], days: [10] };
    expect(moneyWeightedReturn({ ...late, endValue: 0 }).reason).toBe('TOTAL_LOSS');
    expect(moneyWeightedReturn({ ...late, endValue: 20 }).value?.annual).toBeLessThan(0);
  });

  test('a flow outside the time is a mistake', () => {
    expect(() =>
      moneyWeightedReturn({ ...base, startValue: 1, endValue: 1, flows: [1], days: [731] }),
    ).toThrow(/outside/);
  });
});

describe('behaviour gap', () => {
  test('waiting costs nothing; buying after the rise does', () => {
    // The fund doubles in the first year and falls by a tenth in the second.
    const fundReturn = 2 * 0.9 - 1;
    const account = { startDay: 0, endDay: 730, fundReturn };
    const holder = value(
      behaviourGap({ ...account, startValue: 100, endValue: 180, flows: [], days: [] }),
    );
    expect(holder.gap.value).toBeCloseTo(0, 12);
    expect(holder.gapAnnual.value).toBeCloseTo(0, 12);
    const chaser = value(
      behaviourGap({
        ...account,
        startValue: 100,
        endValue: 180 + 900,
        flows: [1000],
        days: [365],
      }),
    );
    expect(chaser.gap.value).toBeLessThan(-0.5);
    expect(chaser.gapAnnual.value).toBeLessThan(-0.2);
    const early = value(
      behaviourGap({ ...account, startValue: 100, endValue: 90, flows: [-100], days: [365] }),
    );
    expect(early.gap.value).toBeGreaterThan(0);
  });
});
