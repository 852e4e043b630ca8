/*
 * The facts of every window of one length in one pass. Rows are cut into blocks of that length;
 * a window then lies in two blocks, or ends one. What its rows in the left block add up to comes
 * from one scan of that block from its end to its start, what those in the right block add up to
 * from one scan from its start, and the two are put together: no sum is ever taken back, so nothing
 * is lost when a large value leaves the window. The rows cost two visits each, however long the
 * window is.
 *
 * Sums of powers are of r − c, c the last row of the left block, which is in all of its windows;
 * see `suffix-facts.ts`. Of the path of each part its growth and its highest and lowest point are
 * known, relative to its start, so the deepest fall across the cut is
 * 1 − lowest(right) · growth(left) ÷ highest(left).
 */
import type { Columns } from './columns.ts';
import { setWindow } from './compute-facts.ts';
import type { FactGroup, Facts, Rows } from './facts.ts';
import { setConstantExcess, setMoments, setPair, setThreshold } from './suffix-facts.ts';

/** The groups that are summed so. */
export const ROLLING_GROUPS: readonly FactGroup[] = ['excess', 'threshold', 'pair'];

/** Places: first the sums, then the products, then what is put together on its own. */
const [S1, S2, S3, S4, GAINS] = [0, 1, 2, 3, 4];
const [E1, E2] = [5, 6];
const [BELOW, ABOVE, LOWER1, LOWER2, LOWER3, UPPER1, UPPER2] = [7, 8, 9, 10, 11, 12, 13];
const [X1, Y1, Y2, XY, A1, A2, WINS] = [14, 15, 16, 17, 18, 19, 20];
const [GROWTH, FREE_GROWTH, BENCHMARK_GROWTH] = [21, 22, 23];
const [LOW, HIGH, DRAWDOWN, PEAK, TROUGH] = [24, 25, 26, 27, 28];
const WIDTH = 29;

/** What the rows are measured from. */
interface Shifts {
  readonly own: number;
  readonly excess: number;
  readonly benchmark: number;
}

/**
 * Fills the facts of the windows [at, at + length) one after the other and tells each. With a return
 * below −100 % the drawdown of a path put together of parts would be wrong, but such a window has
 * none that is stated (TOTAL_LOSS).
 */
export function scanWindows(
  columns: Columns,
  { rows, length }: { readonly rows: number; readonly length: number },
  facts: Facts,
  tell: (at: number) => void,
): void {
  const left = new Float64Array(length * WIDTH);
  const right = new Float64Array(WIDTH);
  const both = new Float64Array(WIDTH);
  for (let cut = length; cut <= rows; cut += length) {
    const shifts = shiftsAt(columns, cut - 1);
    scanLeft(columns, cut, shifts, left);
    clear(right);
    for (let from = cut - length; from < cut && from + length <= rows; from++) {
      if (from + length > cut) addRight(columns, from + length - 1, shifts, right);
      join(left, (cut - 1 - from) * WIDTH, right, both);
      setFacts(columns, { from, to: from + length }, { sums: both, shifts, facts });
      tell(from);
    }
  }
}

function rateAt(rate: Float64Array | number, row: number): number {
  return typeof rate === 'number' ? rate : (rate[row] as number);
}

function shiftsAt({ returns, benchmark, riskFree }: Columns, row: number): Shifts {
  const free = rateAt(riskFree, row);
  const own = returns[row] as number;
  return { own, excess: own - free, benchmark: (benchmark?.[row] ?? 0) - free };
}

function clear(sums: Float64Array): void {
  sums.fill(0);
  sums.fill(1, GROWTH, BENCHMARK_GROWTH + 1);
  sums[LOW] = Number.POSITIVE_INFINITY;
  sums[HIGH] = Number.NEGATIVE_INFINITY;
  sums[PEAK] = 1;
  sums[TROUGH] = 1;
}

/** Part k of `into` are the rows [cut − 1 − k, cut). */
function scanLeft(columns: Columns, cut: number, shifts: Shifts, into: Float64Array): void {
  const running = new Float64Array(WIDTH);
  clear(running);
  for (let at = 0; at < into.length; at += WIDTH) {
    const row = cut - 1 - at / WIDTH;
    const step = 1 + (columns.returns[row] as number);
    addRow(columns, row, shifts, running);
    running[PEAK] = Math.max(1, step * (running[PEAK] as number));
    running[TROUGH] = Math.min(1, step * (running[TROUGH] as number));
    running[DRAWDOWN] = Math.max(running[DRAWDOWN] as number, 1 - (running[TROUGH] as number));
    into.set(running, at);
  }
}

/** One more row at the right end. */
function addRight(columns: Columns, row: number, shifts: Shifts, right: Float64Array): void {
  addRow(columns, row, shifts, right);
  const value = right[GROWTH] as number;
  right[PEAK] = Math.max(right[PEAK] as number, value);
  right[TROUGH] = Math.min(right[TROUGH] as number, value);
  const depth = 1 - value / (right[PEAK] as number);
  right[DRAWDOWN] = Math.max(right[DRAWDOWN] as number, depth);
}

/** What does not depend on the end at which a row is added. */
function addRow(
  { returns, benchmark, riskFree, threshold }: Columns,
  row: number,
  shifts: Shifts,
  sums: Float64Array,
): void {
  const r = returns[row] as number;
  const free = rateAt(riskFree, row);
  const d = r - shifts.own;
  const square = d * d;
  sums[S1]! += d;
  sums[S2]! += square;
  sums[S3]! += square * d;
  sums[S4]! += square * square;
  sums[GAINS]! += Number(r > 0);
  sums[GROWTH]! *= 1 + r;
  if (r < sums[LOW]!) sums[LOW] = r;
  if (r > sums[HIGH]!) sums[HIGH] = r;
  const x = r - free - shifts.excess;
  sums[E1]! += x;
  sums[E2]! += x * x;
  sums[FREE_GROWTH]! *= 1 + free;
  const over = r - rateAt(threshold, row);
  const down = 0.5 * (Math.abs(over) - over);
  const up = 0.5 * (Math.abs(over) + over);
  sums[BELOW]! += Number(over < 0);
  sums[ABOVE]! += Number(over > 0);
  sums[LOWER1]! += down;
  sums[LOWER2]! += down * down;
  sums[LOWER3]! += down * down * down;
  sums[UPPER1]! += up;
  sums[UPPER2]! += up * up;
  if (benchmark === undefined) return;
  const b = benchmark[row] as number;
  const y = b - free - shifts.benchmark;
  const a = r - b - (shifts.excess - shifts.benchmark);
  sums[X1]! += x;
  sums[Y1]! += y;
  sums[Y2]! += y * y;
  sums[XY]! += x * y;
  sums[A1]! += a;
  sums[A2]! += a * a;
  sums[WINS]! += Number(r > b);
  sums[BENCHMARK_GROWTH]! *= 1 + b;
}

function join(left: Float64Array, at: number, right: Float64Array, into: Float64Array): void {
  for (let k = 0; k < GROWTH; k++) into[k] = left[at + k]! + right[k]!;
  for (let k = GROWTH; k < LOW; k++) into[k] = left[at + k]! * right[k]!;
  into[LOW] = Math.min(left[at + LOW]!, right[LOW]!);
  into[HIGH] = Math.max(left[at + HIGH]!, right[HIGH]!);
  const across = 1 - (right[TROUGH]! * left[at + GROWTH]!) / left[at + PEAK]!;
  into[DRAWDOWN] = Math.max(left[at + DRAWDOWN]!, right[DRAWDOWN]!, across);
}

interface Joined {
  readonly sums: Float64Array;
  readonly shifts: Shifts;
  readonly facts: Facts;
}

function setFacts(columns: Columns, window: Rows, { sums, shifts, facts }: Joined): void {
  const count = window.to - window.from;
  const of = (place: number) => sums[place]!;
  const powers = { s1: of(S1), s2: of(S2), s3: of(S3), s4: of(S4) };
  setMoments(facts.returns, { count, shift: shifts.own, ...powers });
  facts.returns.growth = of(GROWTH);
  facts.returns.maxDrawdown = of(DRAWDOWN);
  facts.returns.lowest = of(LOW);
  facts.returns.highest = of(HIGH);
  facts.returns.gains = of(GAINS);
  setWindow(columns, window, facts);
  if (typeof columns.riskFree === 'number') {
    setConstantExcess(facts.excess, facts.returns, columns.riskFree, count);
  } else {
    const e1 = of(E1) / count;
    facts.excess.mean = shifts.excess + e1;
    facts.excess.m2 = Math.max(0, of(E2) / count - e1 * e1);
    facts.excess.riskFreeGrowth = of(FREE_GROWTH);
  }
  setThreshold(
    facts.threshold,
    {
      below: of(BELOW),
      above: of(ABOVE),
      lower1: of(LOWER1),
      lower2: of(LOWER2),
      lower3: of(LOWER3),
      upper1: of(UPPER1),
      upper2: of(UPPER2),
    },
    count,
  );
  if (columns.benchmark === undefined) return;
  setPair(facts.pair, {
    count,
    benchmarkShift: shifts.benchmark,
    activeShift: shifts.excess - shifts.benchmark,
    x1: of(X1),
    y1: of(Y1),
    y2: of(Y2),
    xy: of(XY),
    a1: of(A1),
    a2: of(A2),
  });
  facts.pair.benchmarkGrowth = of(BENCHMARK_GROWTH);
  facts.pair.wins = of(WINS);
}
