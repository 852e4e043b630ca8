/**
 * All zeros of f(s) = Σ aᵢ·e^(−s·tᵢ), the present value of cash flows as a function of the
 * logarithmic rate s.
 *
 * A cash-flow equation can have no zero, one or many, and Newton's method from 10 % tells none of
 * these from the other. So zeros are counted before they are computed:
 *
 * 1. Beyond a bound on either side the first or the last flow outweighs all others: no zero there.
 * 2. Descartes' rule holds for real exponents: no more zeros than changes of sign in order of time,
 *    and a difference that is even. One change of sign is exactly one zero.
 * 3. Otherwise the range between the bounds is cut until each piece is decided. Over a piece every
 *    term is monotone, so bounds of f and f′ follow from the ends: f away from zero has none; f′
 *    away from zero leaves one or none, which the signs at the ends tell.
 *
 * A zero where f only touches the axis is never decided, and two zeros next to each other look the
 * same to rounding; `complete` says so.
 *
 * Source: Jameson (2006), "Counting zeros of generalised polynomials: Descartes' rule of signs and
 * Laguerre's extensions"; interval exclusion after Moore.
 */

/** Amounts without zeros at strictly ascending times. */
export interface Flows {
  readonly amounts: Float64Array;
  /** ln |amount|: terms are added as exponents, so that none overflows. */
  readonly sizes: Float64Array;
  /** Years since the first flow. */
  readonly times: Float64Array;
}

export interface Zeros {
  /** Ascending. */
  readonly zeros: readonly number[];
  /** False when some piece could not be decided. */
  readonly complete: boolean;
}

/** How often the sign changes in order of time. */
export function signChanges(amounts: Float64Array): number {
  let changes = 0;
  for (let index = 1; index < amounts.length; index++) {
    if ((amounts[index] as number) > 0 !== (amounts[index - 1] as number) > 0) changes += 1;
  }
  return changes;
}

/** f and f′ at s, both divided by the size of the largest term: signs and ratio are right. */
function evaluate({ amounts, sizes, times }: Flows, s: number): { value: number; slope: number } {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < amounts.length; index++) {
    const size = (sizes[index] as number) - s * (times[index] as number);
    if (size > largest) largest = size;
  }
  let value = 0;
  let slope = 0;
  for (let index = 0; index < amounts.length; index++) {
    const time = times[index] as number;
    const size = Math.exp((sizes[index] as number) - s * time - largest);
    const term = (amounts[index] as number) > 0 ? size : -size;
    value += term;
    slope -= time * term;
  }
  return { value, slope };
}

/** The ends beyond which no zero can be. */
export function boundZeros(flows: Flows): { low: number; high: number } {
  const last = flows.amounts.length - 1;
  let high = 1;
  while (!outweighs(flows, { at: 0, s: high })) high *= 2;
  let low = -1;
  while (!outweighs(flows, { at: last, s: low })) low *= 2;
  return { low, high };
}

/** Whether the flow `at` alone is larger than all flows of the other sign; true stays true beyond. */
function outweighs({ amounts, times }: Flows, { at, s }: { at: number; s: number }): boolean {
  const amount = amounts[at] as number;
  let others = 0;
  for (let index = 0; index < amounts.length; index++) {
    const other = amounts[index] as number;
    if (other > 0 === amount > 0) continue;
    others += Math.abs(other) * Math.exp(-s * ((times[index] as number) - (times[at] as number)));
  }
  return Math.abs(amount) > others;
}

/**
 * The zero between two ends where f has different signs: Newton's steps, kept inside the bracket,
 * and bisection whenever a step does not halve it. At most about 120 evaluations.
 */
export function solveBetween(flows: Flows, { low, high }: { low: number; high: number }): number {
  const rising = evaluate(flows, high).value > 0;
  let [left, right] = [low, high];
  let s = (left + right) / 2;
  let width = right - left;
  for (;;) {
    const { value, slope } = evaluate(flows, s);
    if (value === 0) return s;
    if (value > 0 === rising) right = s;
    else left = s;
    const newton = s - value / slope;
    const halved = right - left <= width / 2;
    width = right - left;
    const next = newton > left && newton < right && halved ? newton : (left + right) / 2;
    const settled = Math.abs(next - s) <= 2 * Number.EPSILON * Math.max(1, Math.abs(s));
    if (settled || next === left || next === right) return next;
    s = next;
  }
}

/** A piece narrower than this part of its place is left undecided. */
const NARROW = 1e-9;

/** Zeros closer than this part of their place cannot be told from one that only touches. */
const APART = 1e-6;

/** Every zero of f. */
export function isolateZeros(flows: Flows): Zeros {
  const { low, high } = boundZeros(flows);
  const zeros: number[] = [];
  const undecided: number[] = [];
  const pieces: [number, number][] = [[low, high]];
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const [left, right] = piece;
    const bounds = boundTerms(flows, piece);
    if (bounds.value.low > 0 || bounds.value.high < 0) continue;
    if (bounds.slope.low > 0 || bounds.slope.high < 0) {
      const zero = zeroOfMonotone(flows, piece);
      if (zero !== undefined) zeros.push(zero);
      continue;
    }
    const middle = (left + right) / 2;
    if (right - left <= NARROW * Math.max(1, Math.abs(middle))) undecided.push(middle);
    else pieces.push([middle, right], [left, middle]);
  }
  return separate(zeros, undecided);
}

function zeroOfMonotone(flows: Flows, [low, high]: [number, number]): number | undefined {
  const [before, after] = [evaluate(flows, low).value, evaluate(flows, high).value];
  // A zero on a border belongs to the piece that begins with it.
  if (before === 0) return low;
  if (after === 0 || before > 0 === after > 0) return undefined;
  return solveBetween(flows, { low, high });
}

/** Keeps the zeros that stand alone; a crowd of zeros and undecided pieces may be a touch. */
function separate(zeros: readonly number[], undecided: readonly number[]): Zeros {
  const marks = [
    ...zeros.map((s) => ({ s, zero: true })),
    ...undecided.map((s) => ({ s, zero: false })),
  ].sort((a, b) => a.s - b.s);
  const near = (left: number, right: number | undefined) =>
    right !== undefined && Math.abs(right - left) <= APART * Math.max(1, Math.abs(left));
  const alone = marks.filter(
    ({ s, zero }, place) => zero && !near(s, marks[place - 1]?.s) && !near(s, marks[place + 1]?.s),
  );
  return { zeros: alone.map(({ s }) => s), complete: alone.length === marks.length };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Bounds of e^(s·τ)·f(s) and its slope over a piece; τ is the mean time of the terms, which keeps
 * the bounds close. The factor is positive, so zeros and their number are the same.
 */
function boundTerms(
  { amounts, sizes, times }: Flows,
  [left, right]: [number, number],
): {
  value: Range;
  slope: Range;
} {
  const middle = (left + right) / 2;
  const centre = centreOf({ amounts, sizes, times }, middle);
  let [valueLow, valueHigh, slopeLow, slopeHigh, size, slopeSize] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < amounts.length; index++) {
    const ahead = centre.time - (times[index] as number);
    const scale = (sizes[index] as number) - centre.size;
    const sign = Math.sign(amounts[index] as number);
    const first = sign * Math.exp(scale + ahead * left);
    const second = sign * Math.exp(scale + ahead * right);
    valueLow += Math.min(first, second);
    valueHigh += Math.max(first, second);
    slopeLow += Math.min(ahead * first, ahead * second);
    slopeHigh += Math.max(ahead * first, ahead * second);
    const larger = Math.max(Math.abs(first), Math.abs(second));
    size += larger;
    slopeSize += Math.abs(ahead) * larger;
  }
  // Exponents up to some hundreds round relatively by their size: widen by more than that.
  const margin = 1e-12;
  return {
    value: { low: valueLow - margin * size, high: valueHigh + margin * size },
    slope: { low: slopeLow - margin * slopeSize, high: slopeHigh + margin * slopeSize },
  };
}

function centreOf({ sizes, times }: Flows, s: number): { time: number; size: number } {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < sizes.length; index++) {
    const size = (sizes[index] as number) - s * (times[index] as number);
    if (size > largest) largest = size;
  }
  let total = 0;
  let moment = 0;
  for (let index = 0; index < sizes.length; index++) {
    const time = times[index] as number;
    const weight = Math.exp((sizes[index] as number) - s * time - largest);
    total += weight;
    moment += weight * time;
  }
  const time = moment / total;
  // Scaled so that terms at the middle are at most one.
  return { time, size: largest + s * time };
}
