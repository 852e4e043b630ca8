import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Numbers } from '../numeric/moments.ts';
import type { ReturnsInput } from './columns.ts';
import { evaluate } from './evaluate.ts';
import { MEASURE_IDS } from './measures.ts';
import { evaluateRolling } from './rolling.ts';
import { ADVERSARIAL, differing, livelySeries, RANDOM } from './testing.ts';

/** The input of one window: the plain twin evaluates it alone. */
function windowOf(input: ReturnsInput, from: number, length: number): ReturnsInput {
  const cut = <T extends Numbers | number>(column: T): T | number[] =>
    typeof column === 'number' ? column : Array.from(column).slice(from, from + length);
  return {
    returns: cut(input.returns),
    ...(input.benchmark === undefined ? {} : { benchmark: cut(input.benchmark) }),
    ...(input.riskFree === undefined ? {} : { riskFree: cut(input.riskFree) }),
    ...(input.threshold === undefined ? {} : { threshold: cut(input.threshold) }),
    ...(input.days === undefined
      ? {}
      : { days: Array.from(input.days).slice(from, from + length + 1) }),
  };
}

function differences(input: ReturnsInput, length: number): string[] {
  const rolled = evaluateRolling(input, MEASURE_IDS, { length });
  const windows = Math.max(0, input.returns.length - length + 1);
  return Array.from({ length: windows }, (_, from) => {
    const fast = Object.fromEntries(MEASURE_IDS.map((id) => [id, rolled[id].figureAt(from)]));
    const plain = evaluate(windowOf(input, from, length), MEASURE_IDS);
    return differing(fast, plain).map((text) => `${from}: ${text}`);
  }).flat();
}

describe('rolling windows are the measure of each window, to 1e-10', () => {
  test.each([1, 2, 7, 60, 299, 300, 301])('on random series with every column, %d rows', (rows) => {
    expect(differences(RANDOM, rows)).toEqual([]);
  });

  test.each(Object.entries(ADVERSARIAL))('on %s', (_, input) => {
    for (const length of [1, 2, 13, 30]) expect(differences(input, length)).toEqual([]);
  });

  test('on whatever fast-check finds', () => {
    const value = fc.oneof(
      fc.double({ min: -0.2, max: 0.3, noNaN: true }).map((r) => Math.round(r * 1e6) / 1e6),
      fc.constantFrom(0, 0.01, -0.01, -1, -1.5, Number.NaN, 40),
    );
    const rows = fc.array(fc.tuple(value, value), { maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 12 }), (table, length) => {
        const input = { returns: table.map(([r]) => r), benchmark: table.map(([, b]) => b) };
        expect(differences(input, length)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('of lively series, every measure has a value somewhere', () => {
    const [input] = fc.sample(livelySeries, { numRuns: 1, seed: 3 });
    const { sharpeRatio, maxDrawdown, beta } = evaluateRolling(
      input!,
      ['sharpeRatio', 'maxDrawdown', 'beta'],
      { length: 20 },
    );
    for (const { values } of [sharpeRatio, maxDrawdown, beta]) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });
});

test('there are none when there are too few returns, and they need a length', () => {
  expect(evaluateRolling({ returns: [0.1] }, ['beta'], { length: 2 }).beta.values).toHaveLength(0);
  expect(() => evaluateRolling({ returns: [0.1] }, ['beta'], { length: 0 })).toThrow('length is 0');
  expect(() => evaluate({ returns: [] }, ['nonsense' as 'beta'])).toThrow(
    'no such measure: nonsense',
  );
});
