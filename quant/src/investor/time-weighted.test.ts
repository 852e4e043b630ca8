import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moneyWeightedReturn } from './money-weighted.ts';
import { contributeHoldings, modifiedDietz, timeWeightedReturn } from './time-weighted.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const returns = fc.array(fc.double({ min: -0.9, max: 2, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe('time-weighted return', () => {
  test('finds the returns of the manager whatever the investor pays in', () => {
    fc.assert(
      fc.property(
        returns,
        fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 40, maxLength: 40 }),
        fc.constantFrom('start' as const, 'middle' as const, 'end' as const),
        (earned, paid, timing) => {
          const share = { start: 1, middle: 0.5, end: 0 }[timing];
          const values = [100];
          const flows = earned.map((each, t) => {
            const before = values[t]!;
            const flow = paid[t]! - (t % 3 === 2 ? 0.2 * before : 0);
            values.push(before + flow + (before + share * flow) * each);
            return flow;
          });
          fc.pre(values.every((each) => each > 1e-6 && each < 1e12));
          const found = value(timeWeightedReturn({ values, flows, timing }));
          const expected = earned.reduce((grown, each) => grown * (1 + each), 1) - 1;
          expect(Math.abs(found.total - expected)).toBeLessThan(1e-10 * (1 + Math.abs(expected)));
        },
      ),
    );
  });

  test('an empty account rests; it does not lose', () => {
    const found = value(
      timeWeightedReturn({ values: [100, 0, 0, 50, 55], flows: [-110, 0, 50, 0], years: 2 }),
    );
    expect(found.idle).toBe(2);
    expect(found.returns[1]).toBeNaN();
    expect(found.total).toBeCloseTo(1.1 * 1.1 - 1, 12);
    expect(found.annual.value).toBeCloseTo(0.1, 12);
  });

  test('total loss is −100 %, more than that and gains on nothing have reasons', () => {
    expect(value(timeWeightedReturn({ values: [100, 0], flows: [0] })).total).toBe(-1);
    expect(timeWeightedReturn({ values: [100, -1], flows: [0] }).reason).toBe('TOTAL_LOSS');
    expect(timeWeightedReturn({ values: [0, 10], flows: [0] }).reason).toBe('NO_CAPITAL');
    expect(timeWeightedReturn({ values: [-5, 10], flows: [0] }).reason).toBe('NO_CAPITAL');
    expect(timeWeightedReturn({ values: [0, 0], flows: [0] }).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(timeWeightedReturn({ values: [1, Number.NaN], flows: [0] }).reason).toBe('NOT_FINITE');
    expect(() => timeWeightedReturn({ values: [1], flows: [0] })).toThrow(RangeError);
  });

  test('below a year nothing is annualised', () => {
    const short = { values: [100, 110], flows: [0] };
    expect(value(timeWeightedReturn({ ...short, years: 0.5 })).annual.reason).toBe(
      'NOT_ENOUGH_HISTORY',
    );
    expect(value(timeWeightedReturn({ ...short, years: 1 })).annual.value).toBeCloseTo(0.1, 15);
  });
});

describe('modified Dietz', () => {
  const month = { startDay: 0, endDay: 30, startValue: 100 };

  test('by hand: 20 paid in after ten days of thirty', () => {
    const input = { ...month, endValue: 125, flows: [20], days: [10] };
    const found = value(modifiedDietz(input));
    expect(found.gain).toBe(5);
    expect(found.averageCapital).toBeCloseTo(100 + (20 * 20) / 30, 12);
    expect(found.rate.value).toBeCloseTo(5 / (100 + (20 * 20) / 30), 15);
    const early = value(modifiedDietz({ ...input, timing: 'start' }));
    expect(early.averageCapital).toBeCloseTo(100 + (20 * 21) / 30, 12);
  });

  test('without flows it is the return; with small ones close to the money-weighted', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 90, max: 110, noNaN: true }),
        fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.nat({ max: 29 }))),
        (endValue, pairs) => {
          const flows = pairs.map(([flow]) => flow);
          const days = pairs.map(([, day]) => day + 1);
          const alone = value(modifiedDietz({ ...month, endValue, flows: [], days: [] }));
          expect(alone.rate.value).toBeCloseTo(endValue / 100 - 1, 14);
          const dietz = value(modifiedDietz({ ...month, endValue, flows, days }));
          const exact = value(moneyWeightedReturn({ ...month, endValue, flows, days }));
          expect(Math.abs(dietz.rate.value! - exact.period.value!)).toBeLessThan(0.02);
        },
      ),
    );
  });

  test('capital taken out before it was there has no rate; the gain stands', () => {
    const found = value(modifiedDietz({ ...month, endValue: 5, flows: [-150], days: [1] }));
    expect(found.gain).toBe(55);
    expect(found.rate.reason).toBe('NO_CAPITAL');
    expect(() => modifiedDietz({ ...month, endValue: 1, flows: [1], days: [31] })).toThrow(
      /outside/,
    );
    expect(() =>
      modifiedDietz({ ...month, endDay: 0, endValue: 1, flows: [], days: [] }),
    ).toThrow();
    expect(modifiedDietz({ ...month, endValue: Number.NaN, flows: [], days: [] }).reason).toBe(
      'NOT_FINITE',
    );
  });
});

describe('contribution of holdings', () => {
  test('sums to the Dietz return of the whole account', () => {
    const period = { startDay: 0, endDay: 90 };
    const holdings = [
      { ...period, startValue: 100, endValue: 160, flows: [50], days: [30] },
      { ...period, startValue: 200, endValue: 0, flows: [-210], days: [60] },
      { ...period, startValue: 0, endValue: 95, flows: [100], days: [60] },
    ];
    const found = value(contributeHoldings(holdings));
    const whole = value(
      modifiedDietz({
        ...period,
        startValue: 300,
        endValue: 255,
        flows: [50, -210, 100],
        days: [30, 60, 60],
      }),
    );
    expect(found.total).toBeCloseTo(whole.rate.value!, 14);
    expect(found.contributions[1]).toBeCloseTo(10 / whole.averageCapital, 14);
    expect(contributeHoldings([]).reason).toBe('NO_HOLDING');
    const idle = { ...period, startValue: 0, endValue: 0, flows: [], days: [] };
    expect(contributeHoldings([idle]).reason).toBe('NO_CAPITAL');
  });
});
