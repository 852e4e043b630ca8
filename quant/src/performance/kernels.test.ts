import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absent, type Figure, figure } from '../figure.ts';
import { seededRandom } from '../numeric/random.ts';
import { type ReturnsInput, toColumns } from './columns.ts';
import { evaluate, findReason } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { MEASURE_IDS, MEASURES, type MeasureId, needsBenchmark } from './measures.ts';
import { computePlainFacts } from './testing.ts';

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

/** Every measure whose two figures differ by more than 1e-10, in words. */
function differences(input: ReturnsInput): string[] {
  const fast: Record<string, Figure> = evaluate(input, MEASURE_IDS);
  const plain = evaluatePlainly(input);
  return MEASURE_IDS.flatMap((id) => {
    const [one, other] = [fast[id] as Figure, plain[id] as Figure];
    if (one.value === null || other.value === null) {
      return one.reason === other.reason ? [] : [`${id}: ${show(one)} against ${show(other)}`];
    }
    const scale = Math.max(1, Math.abs(other.value));
    return Math.abs(one.value - other.value) <= 1e-10 * scale
      ? []
      : [`${id}: ${show(one)} against ${show(other)}`];
  });
}

function show({ value, reason }: Figure): string {
  return value === null ? reason : String(value);
}

function randomReturns(length: number, seed: number, deviation = 0.01): number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, () => 0.0004 + deviation * random.normal());
}

const days = (length: number) =>
  Array.from({ length: length + 1 }, (_, at) => 18_000 + Math.floor((at * 7) / 5));

const RANDOM: ReturnsInput = {
  returns: randomReturns(300, 1),
  benchmark: randomReturns(300, 2),
  riskFree: randomReturns(300, 3, 0.0001),
  threshold: randomReturns(300, 4, 0.0001),
  days: days(300),
};

const NAN = Number.NaN;
const STEADY = Array.from({ length: 60 }, () => 0.001);
const WAVE = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 0.01 : -0.01));

/** Series that break careless arithmetic. */
const ADVERSARIAL: Readonly<Record<string, ReturnsInput>> = {
  nothing: { returns: [] },
  'one observation': { returns: [0.01], benchmark: [0.02] },
  'two observations': { returns: [0.01, -0.02], benchmark: [0.02, 0.01] },
  'a constant series': { returns: STEADY, benchmark: STEADY, riskFree: 0.0001 },
  'a constant series of large returns': { returns: STEADY.map(() => 7), benchmark: WAVE },
  'no change at all': { returns: STEADY.map(() => 0), benchmark: WAVE, days: days(60) },
  'constant against a moving benchmark': { returns: STEADY, benchmark: WAVE },
  'a constant benchmark': { returns: WAVE, benchmark: STEADY },
  'only losses': { returns: STEADY.map(() => -0.01), benchmark: WAVE },
  'a gap': { returns: WAVE.map((r, at) => (at === 30 ? NAN : r)), benchmark: WAVE },
  'a gap at the start': { returns: WAVE.map((r, at) => (at === 0 ? NAN : r)), benchmark: WAVE },
  'a gap in the benchmark': {
    returns: WAVE,
    benchmark: WAVE.map((r, at) => (at === 30 ? NAN : r)),
  },
  'a gap in the risk-free series': {
    returns: WAVE,
    benchmark: STEADY,
    riskFree: WAVE.map((r, at) => (at === 30 ? NAN : r)),
  },
  'an infinite return': {
    returns: WAVE.map((r, at) => (at === 30 ? Number.POSITIVE_INFINITY : r)),
    benchmark: WAVE,
  },
  ties: { returns: WAVE, benchmark: WAVE },
  'twice the benchmark': {
    returns: RANDOM.returns,
    benchmark: randomReturns(300, 1).map((r) => r / 2),
  },
  'nearly the benchmark': {
    returns: RANDOM.returns,
    benchmark: randomReturns(300, 1).map((r, at) => r + 1e-6 * Math.sin(at)),
  },
  'total loss': { returns: [...WAVE, -1, 0.01, 0.02], benchmark: [...WAVE, 0, 0, 0] },
  'more than total loss': { returns: [...WAVE, -1.5, 0.01, -2], benchmark: [...WAVE, 0, 0, 0] },
  'one outlier first': { returns: [9, ...randomReturns(250, 5)], benchmark: randomReturns(251, 6) },
  'one outlier last': { returns: [...randomReturns(250, 5), 9], benchmark: randomReturns(251, 6) },
  'tiny moves about a large mean': {
    returns: randomReturns(250, 7, 1e-5).map((r) => r + 0.05),
    benchmark: randomReturns(250, 8),
  },
  'a money fund': { returns: randomReturns(250, 9, 1e-6), benchmark: randomReturns(250, 10, 1e-6) },
  'back at the peak again and again': {
    returns: Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? -0.1 : 1 / 0.9 - 1)),
  },
};

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
