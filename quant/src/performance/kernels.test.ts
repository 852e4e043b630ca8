import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absent, type Figure, figure } from '../figure.ts';
import { type ReturnsInput, toColumns } from './columns.ts';
import { evaluate, findReason } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { MEASURE_IDS, MEASURES, type MeasureId, needsBenchmark } from './measures.ts';
import { ADVERSARIAL, computePlainFacts, differing, RANDOM, randomReturns } from './testing.ts';

/** Figures from the plain twin of the kernels. */
function evaluatePlainly(input: ReturnsInput): Record<string, Figure> {
  const columns = toColumns(input);
  const rows = { from: 0, to: input.returns.length };
  const facts = rows.to > 0 ? computePlainFacts(columns, rows) : undefined;
  return Object.fromEntries(MEASURE_IDS.map((id) => [id, plainFigure(id, input, facts)]));
}

function plainFigure(id: MeasureId, input: ReturnsInput, facts: Facts | undefined): Figure {
  const measure = MEASURES[id];
  if (facts === undefined) return absent('TOO_FEW_OBSERVATIONS');
  if (needsBenchmark(measure) && input.benchmark === undefined) return absent('NO_BENCHMARK');
  const reason = findReason(measure, facts);
  return reason === undefined ? figure(measure.compute(facts), 'OUT_OF_RANGE') : absent(reason);
}

function differences(input: ReturnsInput): string[] {
  return differing(evaluate(input, MEASURE_IDS), evaluatePlainly(input));
}

describe('the kernels agree with their plain twin to 1e-10', () => {
  test('on random series with every column', () => {
    expect(differences(RANDOM)).toEqual([]);
  });

  test.each(Object.entries(ADVERSARIAL))('on %s', (_, input) => {
    expect(differences(input)).toEqual([]);
  });

  test('on whatever fast-check finds', () => {
    const value = fc.oneof(
      fc.double({ min: -0.2, max: 0.3, noNaN: true }).map((r) => Math.round(r * 1e6) / 1e6),
      fc.constantFrom(0, 0.01, -0.01, -1),
    );
    const rows = fc.array(fc.tuple(value, value, value), { maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 0.001, noNaN: true }), (table, threshold) => {
        const input = {
          returns: table.map(([r]) => r),
          benchmark: table.map(([, b]) => b),
          riskFree: table.map(([, , f]) => Math.abs(f) / 100),
          threshold,
        };
        expect(differences(input)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('and a planted error is seen', () => {
    const input = { ...RANDOM, returns: [...randomReturns(299, 1), 0.5] };
    const { volatility } = evaluate(input, ['volatility']);
    expect(volatility.value).not.toBeCloseTo(evaluatePlainly(RANDOM)['volatility']?.value ?? 0, 3);
  });
});

describe('a measure', () => {
  /** Facts that note which groups are read. */
  function watch(facts: Facts): { facts: Facts; read: Set<string> } {
    const read = new Set<string>();
    const handler: ProxyHandler<Facts> = {
      get(target, name) {
        const group = String(name);
        read.add(group === 'upMarket' || group === 'downMarket' ? 'markets' : group);
        return target[group as keyof Facts];
      },
    };
    return { facts: new Proxy(facts, handler), read };
  }

  test.each(MEASURE_IDS)('%s reads only the groups that it names', (id) => {
    const measure = MEASURES[id];
    const watched = watch(computePlainFacts(toColumns(RANDOM), { from: 0, to: 300 }));
    measure.compute(watched.facts);
    for (const guard of measure.absentWhen) guard.holds(watched.facts);
    const named = new Set<string>(['window', 'returns', ...measure.needs]);
    expect([...watched.read].filter((group) => !named.has(group))).toEqual([]);
  });

  test.each(MEASURE_IDS)('%s is said in full', (id) => {
    const { name, formula, source, minObservations } = MEASURES[id];
    expect(name.en).toMatch(/[a-zA-Z]/);
    expect(name.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(formula.length).toBeGreaterThan(3);
    expect(source.length).toBeGreaterThan(3);
    expect(minObservations).toBeGreaterThanOrEqual(1);
  });

  test('has a name of its own in each language', () => {
    const names = MEASURE_IDS.map((id) => MEASURES[id].name);
    expect(new Set(names.map(({ en }) => en)).size).toBe(names.length);
    expect(new Set(names.map(({ zh }) => zh)).size).toBe(names.length);
  });

  test('is one of at least sixty', () => {
    expect(MEASURE_IDS.length).toBeGreaterThanOrEqual(60);
  });
});

test('columns of different length are refused, every one by name', () => {
  const input = { returns: [0.1, 0.2], benchmark: [0.1], days: [1, 2] };
  expect(() => evaluate(input, ['beta'], { periodsPerYear: 0 })).toThrow(
    'benchmark has 1 elements, not 2; days has 2 elements, not 3; periodsPerYear is 0',
  );
});
