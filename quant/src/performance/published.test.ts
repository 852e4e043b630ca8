import { describe, expect, test } from 'vitest';
import type { Figure } from '../figure.ts';
import { parseDay } from '../numeric/day.ts';
import { seededRandom } from '../numeric/random.ts';
import {
  chainReturns,
  compoundReturns,
  type Period,
  PERIODS_PER_YEAR,
  simpleReturns,
} from '../series/index.ts';
import { halfUnit, hasPublished, readPublished, readTable } from '../testing.ts';
import { evaluate } from './evaluate.ts';
import type { MeasureId } from './measures.ts';
import { UNREPRODUCED_CASES } from './published-fixture.ts';
import { RELATIONS } from './published-relations-fixture.ts';

const PERIODS: Readonly<Record<string, number>> = {
  DAILY: 252,
  WEEKLY: 52,
  MONTHLY: 12,
  yearly: 1,
};

interface Case {
  readonly test: string;
  readonly args: readonly string[];
}

/** Why a case cannot be run at all. */
class Unusable extends Error {}

interface Series {
  readonly days: readonly number[];
  readonly values: readonly number[];
}

function loadSeries(): Record<string, Series> {
  const raw = JSON.parse(readPublished('performance/empyrical_test_series.json')) as Record<
    string,
    { index: string[]; values: (number | null)[] }
  >;
  return Object.fromEntries(
    Object.entries(raw).map(([name, { index, values }]) => [
      name,
      { days: index.map(parseDay), values: values.map((value) => value ?? Number.NaN) },
    ]),
  );
}

/** Two series that the source writes into its tests, and its file leaves out. */
const TABLE = [
  [
    -0.00171614, 0.01322056, 0.03063862, -0.01422057, -0.00489779, 0.01268925, -0.03357711,
    0.01797036,
  ],
  [0.01846232, 0.00793951, -0.01448395, 0.00422537, -0.00339611, 0.03756813, 0.0151531, 0.03549769],
];
const TABLES = /^df_(simple|week|month)$/;

/**
 * A draw in the place of the source's own, where a case says what holds for every draw: a thousand
 * days of noise, one of them missing in the sparse ones.
 */
function drawn(): Record<string, Series> {
  const random = seededRandom(1337);
  const noise = Array.from({ length: 1000 }, () => 0.001 * random.normal());
  const days = noise.map((_, at) => at);
  const of = (change: (value: number, at: number) => number) => ({
    days,
    values: noise.map(change),
  });
  return {
    noise: of((value) => value),
    inv_noise: of((value) => -value),
    '2 * noise': of((value) => 2 * value),
    'sparse_noise * flat_line_1_tz': of((value, at) => (at === 500 ? Number.NaN : 0.01 * value)),
    sparse_flat_line_1_tz: of((_, at) => (at === 300 ? Number.NaN : 0.01)),
    'pd.Series(rand.randn(100000))': {
      days: [],
      values: Array.from({ length: 100_000 }, () => random.normal()),
    },
  };
}

const known: Record<string, Series> = hasPublished('performance')
  ? { ...loadSeries(), ...drawn() }
  : {};

/** A series by the name that a case gives it, with the few expressions that cases use. */
function seriesOf(expression: string): Series {
  const array = /np\.array\(\[([\d., -]+)\]\) \/ 100/.exec(expression);
  if (array !== null) {
    const values = (array[1] ?? '').split(',').map((text) => Number(text) / 100);
    return { days: values.map((_, at) => at), values };
  }
  const whole = known[expression];
  if (whole !== undefined) return whole;
  const [, minus, name = '', tail] = /^(-?)(\w+)(\[1:\])?$/.exec(expression) ?? [];
  const series = known[name];
  if (series === undefined) throw new Unusable(`the series ${expression} is random or not given`);
  const from = tail === undefined ? 0 : 1;
  const sign = minus === '-' ? -1 : 1;
  return {
    days: series.days.slice(from),
    values: series.values.slice(from).map((value) => sign * value),
  };
}

/** Both series on the days on which both have a value, as the source aligns them. */
function pairOf([first = '', second = '']: readonly string[]): {
  returns: number[];
  benchmark: number[];
} {
  const [own, other] = [seriesOf(first), seriesOf(second)];
  const values = new Map(other.days.map((day, at) => [day, other.values[at] as number]));
  const rows = own.days
    .map((day, at) => [own.values[at] as number, values.get(day) ?? Number.NaN] as const)
    .filter((row) => row.every((value) => !Number.isNaN(value)));
  return { returns: rows.map(([r]) => r), benchmark: rows.map(([, b]) => b) };
}

/** Where the source keeps the missing first return of its series as a period without change. */
const zeroed = (values: readonly number[]) =>
  values.map((value) => (Number.isNaN(value) ? 0 : value));

const present = (values: readonly number[]) => values.filter((value) => !Number.isNaN(value));

/** One measure without the reserve of a year that `indicators` has. */
function measure(
  id: MeasureId,
  input: Parameters<typeof evaluate>[0],
  periodsPerYear = 252,
): Figure {
  return evaluate(input, [id], { periodsPerYear, annualiseBelowYear: true })[id];
}

function periodsOf(text: string | undefined): number {
  return PERIODS[(text ?? 'DAILY').replace('empyrical.', '').replaceAll("'", '')] ?? Number.NaN;
}

const single =
  (id: MeasureId, prepare = present) =>
  ([name = '', ...others]: readonly string[]) => [
    measure(
      id,
      { returns: prepare(seriesOf(name).values) },
      periodsOf(others.length > 1 ? others[0] : undefined),
    ),
  ];

/** A measure whose second argument is the threshold, a number or a series. */
const overThreshold =
  (id: MeasureId) =>
  ([first = '', second = '', periods]: readonly string[]) => {
    if (TABLES.test(first)) {
      return TABLE.map((returns) =>
        measure(id, { returns, threshold: Number(second) }, periodsOf(periods)),
      );
    }
    const number = Number(second);
    const own = seriesOf(first).values;
    const limit = Number.isNaN(number) ? seriesOf(second).values : own.map(() => number);
    const rows = own
      .map((_, at) => at)
      .filter((at) => !Number.isNaN((own[at] as number) + (limit[at] as number)));
    const input = {
      returns: rows.map((at) => own[at] as number),
      threshold: rows.map((at) => limit[at] as number),
    };
    return [measure(id, input, periodsOf(periods))];
  };

const paired =
  (...ids: MeasureId[]) =>
  (args: readonly string[]) =>
    ids.map((id) => measure(id, pairOf(args)));

/** The measures over every window of some rows, gaps left out of each. */
const rolled =
  (...ids: MeasureId[]) =>
  (args: readonly string[]) => {
    const length = Number(args.at(-2));
    const own = seriesOf(args[0] ?? '');
    const other = args.length > 3 ? seriesOf(args[1] ?? '') : undefined;
    const windows = Array.from(
      { length: Math.max(0, own.values.length - length + 1) },
      (_, from) => from,
    );
    return windows.flatMap((from) => {
      const rows = own.values
        .map((r, at) => [r, other?.values[at] ?? 0] as const)
        .slice(from, from + length)
        .filter((row) => row.every((value) => !Number.isNaN(value)));
      const input = { returns: rows.map(([r]) => r), benchmark: rows.map(([, b]) => b) };
      return ids.map((id) => measure(id, input));
    });
  };

const figures = (values: ArrayLike<number>): Figure[] => Array.from(values, (value) => ({ value }));

/** How each published test is computed here; the last argument of a case is what it expects. */
const RUN: Readonly<Record<string, (args: readonly string[]) => readonly Figure[]>> = {
  test_simple_returns: ([name = '']) => {
    const { value, reason } = simpleReturns(seriesOf(name).values);
    return value === null ? [{ value, reason }] : figures(value);
  },
  test_cum_returns: ([name = '', start]) => {
    const { values } = seriesOf(name);
    const path = chainReturns(present(values));
    // Without a gap in front, the source has no value before the first return.
    const shown = values.length > present(values).length ? path : path.slice(1);
    return figures(shown.map((value) => (start === '0' ? value - 1 : value * Number(start))));
  },
  test_cum_returns_final: ([name = '', start]) => {
    const { value, reason } = measure('totalReturn', { returns: present(seriesOf(name).values) });
    if (value === null) return [{ value, reason }];
    return figures([start === '0' ? value : (1 + value) * Number(start)]);
  },
  test_aggregate_returns: ([name = '', unit = '']) => {
    const { days, values } = seriesOf(name);
    const period = unit.replace('empyrical.', '').replace('LY', '').toLowerCase() as Period;
    return figures(compoundReturns(days, values, period).returns);
  },
  test_max_drawdown: (args) => single('maxDrawdown')(args).map(negate),
  test_annual_volatility: single('volatility'),
  test_calmar: single('calmarRatio', zeroed),
  test_downside_risk: overThreshold('downsideDeviation'),
  test_sortino: overThreshold('sortinoRatio'),
  test_alpha_beta: paired('alpha', 'beta'),
  test_beta: paired('beta'),
  test_stability_of_timeseries: single('stability'),
  test_tail_ratio: single('tailRatio', zeroed),
  test_cagr: single('annualReturn', zeroed),
  test_up_capture: paired('upCapture'),
  test_down_capture: paired('downCapture'),
  test_up_down_capture: paired('captureRatio'),
  test_roll_max_drawdown: (args) => rolled('maxDrawdown')(args).map(negate),
  test_roll_sharpe_ratio: rolled('sharpeRatio'),
  test_roll_alpha_beta: rolled('alpha', 'beta'),
  test_roll_up_down_capture: rolled('captureRatio'),
};

function negate(figure: Figure): Figure {
  return figure.value === null ? figure : { value: -figure.value };
}

/** The expected values of a case as printed; nan and infinity are answers without a value here. */
function expectedOf(text: string): readonly (string | null)[] {
  const named = /^empyrical\.cum_returns_final\((\w+)\)$/.exec(text);
  if (named !== null) {
    const { value } = measure('totalReturn', { returns: seriesOf(named[1] ?? '').values });
    return [String(value)];
  }
  if (text === 'one_return[0]') return ['0.01'];
  const repeated = /^\[(.*)\] \* (?:len\((\w+)\)|\((\w+)\.shape\[0\] - 1\))$/.exec(text);
  if (repeated !== null) {
    const { values } = seriesOf(repeated[2] ?? repeated[3] ?? '');
    const times = repeated[2] === undefined ? values.length - 1 : values.length;
    return Array.from({ length: times }, () => expectedOf(repeated[1] ?? '')).flat();
  }
  const listed = /^pd\.Series\((\[.*\]), index=/.exec(text);
  if (listed !== null) return expectedOf(listed[1] ?? '');
  if (/for n in|pd\.Series/.test(text)) throw new Unusable('the expected value is an expression');
  const parts = text
    .replace(/[[\]()]/g, '')
    .split(',')
    .map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => (/^(np\.)?(nan|-?inf)$/.test(part) ? null : part));
}

/** Empty if the case passes, else why not. */
function judge({ test: name, args }: Case): string {
  const expectedText = args.at(-1) ?? '';
  const relation = RELATIONS[name];
  if (relation !== undefined) return relation(args) ? '' : 'the comparison does not hold';
  const run = RUN[name];
  if (run === undefined) return 'no such measure';
  try {
    const expected = expectedOf(expectedText);
    const computed = run(args);
    const wrong =
      expected.length !== computed.length ||
      expected.some((printed, at) => !agrees(printed, computed[at] as Figure));
    return wrong
      ? `computed ${computed.map(({ value, reason }) => value ?? reason).join(', ')}`
      : '';
  } catch (error) {
    if (error instanceof Unusable) return error.message;
    throw error;
  }
}

/**
 * Within half a unit of the last printed digit, or the printed digits are ours cut off (the source
 * prints both ways), or within the rounding of a double.
 */
function agrees(printed: string | null, { value }: Figure): boolean {
  if (printed === null || value === null) return printed === null && value === null;
  const expected = Number(printed);
  const unit = 2 * halfUnit(printed);
  const rounding = 1e-13 * Math.abs(expected);
  const beyond = (value - expected) * Math.sign(expected);
  const cut = beyond > -rounding && beyond < unit + rounding;
  return cut || Math.abs(value - expected) <= Math.max(unit / 2, rounding);
}

function keyOf({ test: name, args }: Case): string {
  return `${name}: ${args.join(' | ')}`.slice(0, 72);
}

function readCases(): Case[] {
  return readTable('performance/empyrical_expected_cases.csv').map((row) => ({
    test: row['test'] ?? '',
    args: ['arg1', 'arg2', 'arg3', 'arg4'].map((key) => row[key] ?? '').filter((arg) => arg !== ''),
  }));
}

describe.skipIf(!hasPublished('performance'))(
  'published cases of a metrics library (CAIRN_DATA)',
  () => {
    test('pass, but for those listed with their reason', () => {
      const failed = readCases()
        .map((each) => [keyOf(each), judge(each)] as const)
        .filter(([, why]) => why !== '');
      expect(readCases()).toHaveLength(154);
      expect(failed.map(([key]) => key).sort()).toEqual(Object.keys(UNREPRODUCED_CASES).sort());
    });
  },
);

/** Bacon's example of 24 months: which measure each published function is, and with what. */
const BACON: Readonly<Record<string, MeasureId>> = {
  AdjustedSharpeRatio: 'adjustedSharpeRatio',
  BernadoLedoitratio: 'bernardoLedoitRatio',
  'CAPM.jensenAlpha': 'jensenAlpha',
  DRatio: 'dRatio',
  DownsideDeviation: 'downsidePotential',
  DownsideFrequency: 'downsideFrequency',
  Kappa: 'kappa2',
  OmegaSharpeRatio: 'omegaSharpeRatio',
  PainIndex: 'painIndex',
  SpecificRisk: 'specificRisk',
  TreynorRatio: 'modifiedTreynorRatio',
  'UpsideRisk risk': 'upsideDeviation',
  'UpsideRisk potential': 'upsidePotential',
  VolatilitySkewness: 'variabilitySkewness',
};

/** Published per month, not per year. */
const MONTHLY: readonly string[] = ['UpsideRisk risk'];

describe.skipIf(!hasPublished('performance'))('Bacon’s 24 months, published (CAIRN_DATA)', () => {
  const there = hasPublished('performance');
  const months = there ? readTable('performance/pa_portfolio_bacon.csv') : [];
  const rows = there ? readTable('performance/pa_expected_values.csv') : [];
  const [returns = [], benchmark = []] = [1, 2].map((column) =>
    months.map((row) => Number(Object.values(row)[column])),
  );
  const measured = rows.filter((row) => row['function_file'] !== 'Frequency');

  test.each(measured)('$call with $parameters is $expected', (row) => {
    const { function_file: name = '', call = '', parameters = '', expected = '' } = row;
    const key = name === 'UpsideRisk' ? `UpsideRisk ${/stat="(\w+)"/.exec(call)?.[1]}` : name;
    const threshold = Number(/MAR = ([\d.]+)/.exec(parameters)?.[1] ?? '0');
    const id = BACON[key] as MeasureId;
    const periodsPerYear = MONTHLY.includes(key) ? 1 : 12;
    const figure = evaluate({ returns, benchmark, threshold }, [id], { periodsPerYear })[id];
    const value = figure.value ?? Number.NaN;
    expect(Math.abs(value - Number(expected))).toBeLessThanOrEqual(halfUnit(expected));
    expect(value).toBeCloseTo(Number(row['recomputed']), 12);
  });

  test('every row but the frequency, which is 12 months a year, is a measure', () => {
    const days = months.map((row) => parseDay(Object.values(row)[0] ?? ''));
    expect(measured).toHaveLength(rows.length - 1);
    expect(compoundReturns(days, returns, 'month').returns).toHaveLength(
      2 * PERIODS_PER_YEAR.month,
    );
  });
});
