/**
 * From weights to amounts that can be ordered: whole steps, nothing or at least the minimum, never
 * more than there is. Amounts are whole numbers of the smallest unit of money, so that no rounding
 * is left for whoever books them.
 */

/** What can be ordered of a fund, in the smallest unit of money (fen). */
export interface OrderTerms {
  /** The least amount of an order, for instance 1000 for 10.00 yuan; 0 for none. */
  readonly minimum: number;
  /** Amounts are multiples of it; at least 1. */
  readonly step: number;
}

export interface DiscreteAllocation {
  /** One per fund: 0, or a multiple of the step that reaches the minimum. */
  readonly amounts: number[];
  /** What is not spent. */
  readonly left: number;
  /** Σ|amount − weight·total|, in the unit of the amounts. */
  readonly deviation: number;
  /**
   * True when no other amounts deviate less: all steps are equal and at most 14 funds have a
   * minimum above their step, so that every choice of them was tried.
   */
  readonly exact: boolean;
}

/** So many funds are tried held and not held, in every combination. */
const UNDECIDED_MAX = 14;

/**
 * The amounts nearest to weights·total. A fund that has a minimum is either left out or reaches
 * it, whichever brings the whole nearer; for each choice whole steps are dealt out where they mend
 * most. Weights are 0 or more and sum to 1 at most.
 *
 * @throws RangeError when a weight, an amount or a term is not of this kind.
 */
export function discreteAllocation(
  weights: ArrayLike<number>,
  total: number,
  terms: readonly OrderTerms[],
): DiscreteAllocation {
  check(weights, total, terms);
  const targets = Array.from(weights, (weight) => weight * total);
  // A minimum of one step is no rule of its own: nothing is simply one step less.
  const least = terms.map(({ minimum, step }) =>
    minimum <= step ? 0 : Math.ceil(minimum / step) * step,
  );
  // Where nothing or all steps are allowed nothing has to be decided. Of the others those nearest
  // to their minimum, by ratio, are tried both ways.
  const ruled = targets.flatMap((target, i) => (target > 0 && least[i]! > 0 ? [i] : []));
  const reach = (i: number) => Math.abs(Math.log(targets[i]! / least[i]!));
  const undecided = ruled.toSorted((i, j) => reach(i) - reach(j)).slice(0, UNDECIDED_MAX);
  const sure = targets.map((target, i) => target >= least[i]!);
  let best: number[] | undefined;
  let bestDeviation = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 2 ** undecided.length; choice++) {
    const held = [...sure];
    undecided.forEach((i, bit) => (held[i] = (choice >> bit) % 2 === 1));
    const amounts = dealOut(targets, total, terms, least, held);
    if (amounts === null) continue;
    const deviation = deviationOf(amounts, targets);
    if (deviation < bestDeviation) [best, bestDeviation] = [amounts, deviation];
  }
  const amounts = best ?? targets.map(() => 0);
  return {
    amounts,
    left: total - amounts.reduce((sum, each) => sum + each, 0),
    deviation: deviationOf(amounts, targets),
    exact: ruled.length <= UNDECIDED_MAX && terms.every(({ step }) => step === terms[0]!.step),
  };
}

function deviationOf(amounts: readonly number[], targets: readonly number[]): number {
  return amounts.reduce((sum, amount, i) => sum + Math.abs(amount - targets[i]!), 0);
}

/** The best amounts when it is settled which funds are held; null when they cost too much. */
function dealOut(
  targets: readonly number[],
  total: number,
  terms: readonly OrderTerms[],
  least: readonly number[],
  held: readonly boolean[],
): number[] | null {
  const amounts = targets.map((target, i) => {
    if (held[i] !== true) return 0;
    const { step } = terms[i]!;
    return Math.max(least[i]!, Math.floor(target / step) * step);
  });
  let left = total - amounts.reduce((sum, each) => sum + each, 0);
  // Too much is spent when minimums lifted others: steps are taken back where it harms least. What
  // the last step down does to a fund differs from the steps before, so these go at once.
  while (left < 0) {
    const from = cheapestToLower(amounts, targets, terms, least, held);
    if (from < 0) return null;
    const { step } = terms[from]!;
    const isBelow = amounts[from]! <= targets[from]!;
    const most = Math.floor((amounts[from]! - least[from]!) / step);
    const count = isBelow ? Math.min(most, Math.ceil(-left / step)) : 1;
    amounts[from] = amounts[from]! - count * step;
    left += count * step;
  }
  // One step more for those that it brings nearer, the nearest first.
  const gains = targets
    .map((target, i) => {
      const { step } = terms[i]!;
      const gain = Math.abs(amounts[i]! - target) - Math.abs(amounts[i]! + step - target);
      return { i, step, gain };
    })
    .filter(({ i, gain }) => held[i] === true && gain > 0)
    .sort((a, b) => b.gain / b.step - a.gain / a.step || a.i - b.i);
  for (const { i, step } of gains) {
    if (step > left) continue;
    amounts[i] = amounts[i]! + step;
    left -= step;
  }
  return amounts;
}

/** The held fund that a step less takes least away from its target, per unit; −1 for none. */
function cheapestToLower(
  amounts: readonly number[],
  targets: readonly number[],
  terms: readonly OrderTerms[],
  least: readonly number[],
  held: readonly boolean[],
): number {
  let [cheapest, found] = [Number.POSITIVE_INFINITY, -1];
  targets.forEach((target, i) => {
    const { step } = terms[i]!;
    const after = amounts[i]! - step;
    if (held[i] !== true || after < least[i]!) return;
    const harm = (Math.abs(after - target) - Math.abs(amounts[i]! - target)) / step;
    if (harm < cheapest) [cheapest, found] = [harm, i];
  });
  return found;
}

function check(weights: ArrayLike<number>, total: number, terms: readonly OrderTerms[]): void {
  if (weights.length !== terms.length) {
    throw new RangeError(`${terms.length} funds meet ${weights.length} weights`);
  }
  const isAmount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!isAmount(total)) throw new RangeError(`${total} is no amount in the smallest unit`);
  if (!terms.every(({ minimum, step }) => isAmount(minimum) && isAmount(step) && step > 0)) {
    throw new RangeError('minimums and steps are whole numbers of the smallest unit');
  }
  const given = Array.from(weights);
  const sum = given.reduce((all, each) => all + each, 0);
  if (!given.every((each) => each >= 0) || !(sum <= 1 + 1e-9)) {
    throw new RangeError('weights are 0 or more and sum to 1 at most');
  }
}
