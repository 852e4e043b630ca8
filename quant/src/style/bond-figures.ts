/** Figures of single bonds from their cash flows, and of a bond portfolio from its holdings. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface BondFlows {
  /** Payments to come, coupons and principal, per unit of face. */
  readonly payments: Numbers;
  /** Years from today to each payment, above zero. */
  readonly years: Numbers;
  /** Dirty price per unit of face. */
  readonly price: number;
  /** Times a year that the yield compounds: 1 or 2 for most bonds. */
  readonly compounding: number;
}

export interface BondFigures {
  /** Yield to maturity per year, compounding as given. */
  readonly yield: number;
  /** Σ t·PV / price, in years. */
  readonly macaulayDuration: number;
  /** Macaulay / (1 + y/m): −dP/P for a small change of yield. */
  readonly modifiedDuration: number;
  /** (d²P/dy²) / P, in years². */
  readonly convexity: number;
  /** Value of one basis point: modified duration · price / 10,000. */
  readonly basisPointValue: number;
}

/**
 * Yield, duration and convexity with P = Σ payment / (1 + y/m)^(m·t).
 *
 * Payments are positive, so price falls strictly with yield: the yield exists, is unique, and is
 * found by Newton's method within a bracket. Absent: `NO_HOLDING` without payments, `NOT_FINITE`,
 * `NO_ROOT` when the price is not positive.
 * Source: Fabozzi, Bond Markets, Analysis and Strategies, ch. 2 to 4.
 *
 * @throws RangeError when lengths differ, or a payment or its time is not above zero.
 */
export function bondFigures(bond: BondFlows): Answer<BondFigures> {
  const { payments, years, price, compounding: times } = bond;
  if (payments.length !== years.length || !(times > 0)) {
    throw new RangeError(`${payments.length} payments, ${years.length} times, ${times} a year`);
  }
  if (payments.length === 0) return absent('NO_HOLDING');
  for (let index = 0; index < payments.length; index++) {
    if (!Number.isFinite(payments[index]) || !Number.isFinite(years[index])) {
      return absent('NOT_FINITE');
    }
    if (!((payments[index] as number) > 0 && (years[index] as number) > 0)) {
      throw new RangeError(`payment ${payments[index]} in ${years[index]} years`);
    }
  }
  if (!Number.isFinite(price)) return absent('NOT_FINITE');
  if (price <= 0) return absent('NO_ROOT');
  const rate = solveLogYield(bond);
  if (rate === undefined) return absent('NO_ROOT');
  const present = presentOf(bond, rate);
  const growth = Math.exp(rate / times);
  const modifiedDuration = present.first / present.value / growth;
  return {
    value: {
      yield: times * Math.expm1(rate / times),
      macaulayDuration: present.first / present.value,
      modifiedDuration,
      convexity: (present.second + present.first / times) / present.value / growth ** 2,
      basisPointValue: (modifiedDuration * price) / 10_000,
    },
  };
}

/** Σ PV, Σ t·PV and Σ t²·PV at the continuous rate r, PV = payment·e^(−r·t). */
function presentOf(
  { payments, years }: BondFlows,
  rate: number,
): { value: number; first: number; second: number } {
  let [value, first, second] = [0, 0, 0];
  for (let index = 0; index < payments.length; index++) {
    const time = years[index] as number;
    const present = (payments[index] as number) * Math.exp(-rate * time);
    value += present;
    first += time * present;
    second += time * time * present;
  }
  return { value, first, second };
}

/** The continuous rate at which the payments are worth the price. */
function solveLogYield(bond: BondFlows): number | undefined {
  const target = Math.log(bond.price);
  // ln P falls and is convex in the rate, with a slope between the nearest and the last payment:
  // both bounds follow from ln P at zero.
  const gap = Math.log(presentOf(bond, 0).value) - target;
  const [nearest, last] = [
    Math.min(...(bond.years as number[])),
    Math.max(...(bond.years as number[])),
  ];
  let low = Math.min(gap / nearest, gap / last);
  let high = Math.max(gap / nearest, gap / last);
  let rate = (low + high) / 2;
  for (let pass = 0; pass < 200; pass++) {
    const { value, first } = presentOf(bond, rate);
    const excess = Math.log(value) - target;
    if (excess > 0) low = rate;
    else high = rate;
    const newton = rate + (excess * value) / first;
    const next = newton >= low && newton <= high ? newton : (low + high) / 2;
    if (Math.abs(next - rate) <= 4 * Number.EPSILON * Math.max(1, Math.abs(rate))) return next;
    rate = next;
  }
  return Number.isFinite(rate) ? rate : undefined;
}

export interface BondHoldings {
  /** N market values, none negative. */
  readonly marketValues: Numbers;
  /** N modified durations in years; NaN where unknown. So the other figures. */
  readonly durations: Numbers;
  readonly convexities?: Numbers;
  readonly yields?: Numbers;
  /** N years to maturity. */
  readonly maturities?: Numbers;
  /** N places on the rating scale, 0 the best; −1 without a rating. */
  readonly ratings: Numbers;
  /** The scale from the best, e.g. AAA, AA+, AA, …. */
  readonly ratingScale: readonly string[];
}

/** A mean and the share of market value whose figure is known. */
export interface CoveredMean {
  readonly mean: Figure;
  readonly covered: number;
}

export interface BondSummary {
  readonly duration: CoveredMean;
  readonly convexity: CoveredMean;
  readonly yield: CoveredMean;
  readonly maturity: CoveredMean;
  /** Σ duration · market value / 10,000: what one basis point costs, over the known. */
  readonly basisPointValue: number;
  /** Share of market value by rating, in order of the scale. */
  readonly ratings: Float64Array;
  readonly unrated: number;
  /** The rating nearest to the mean place on the scale, over the rated. */
  readonly averageRating: Answer<string>;
}

/**
 * Duration, convexity, yield and maturity weighted by market value, and the spread over ratings.
 * Bonds whose figure is unknown are left out of that mean and show in `covered`.
 *
 * Absent: `NO_HOLDING` when the market values sum to zero, `NOT_FINITE`.
 *
 * @throws RangeError when lengths differ, a value is negative or a rating is not on the scale.
 */
export function summariseBonds(holdings: BondHoldings): Answer<BondSummary> {
  const { marketValues, durations, ratings, ratingScale } = holdings;
  checkHoldings(holdings);
  let total = 0;
  for (let bond = 0; bond < marketValues.length; bond++) {
    const value = marketValues[bond] as number;
    if (!Number.isFinite(value)) return absent('NOT_FINITE');
    total += value;
  }
  if (!(total > 0)) return absent('NO_HOLDING');
  const shares = new Float64Array(ratingScale.length);
  let unrated = 0;
  let basisPointValue = 0;
  for (let bond = 0; bond < marketValues.length; bond++) {
    const value = marketValues[bond] as number;
    const rating = ratings[bond] as number;
    if (rating === -1) unrated += value / total;
    else shares[rating] = (shares[rating] as number) + value / total;
    const duration = durations[bond] as number;
    if (Number.isFinite(duration)) basisPointValue += (duration * value) / 10_000;
  }
  const known = meanOver(marketValues, total);
  return {
    value: {
      duration: known(durations),
      convexity: known(holdings.convexities),
      yield: known(holdings.yields),
      maturity: known(holdings.maturities),
      basisPointValue,
      ratings: shares,
      unrated,
      averageRating: averageRating(shares, ratingScale),
    },
  };
}

function checkHoldings(holdings: BondHoldings): void {
  const { marketValues, durations, convexities, yields, maturities, ratings, ratingScale } =
    holdings;
  for (const series of [durations, convexities, yields, maturities, ratings]) {
    if (series !== undefined && series.length !== marketValues.length) {
      throw new RangeError(`${series.length} figures for ${marketValues.length} bonds`);
    }
  }
  for (let bond = 0; bond < marketValues.length; bond++) {
    const rating = ratings[bond] as number;
    if ((marketValues[bond] as number) < 0)
      throw new RangeError(`bond ${bond} is worth less than 0`);
    if (!Number.isInteger(rating) || rating < -1 || rating >= ratingScale.length) {
      throw new RangeError(`bond ${bond} has rating ${rating} of ${ratingScale.length}`);
    }
  }
}

function meanOver(
  marketValues: Numbers,
  total: number,
): (figures: Numbers | undefined) => CoveredMean {
  return (figures = []) => {
    let weighted = 0;
    let known = 0;
    for (let bond = 0; bond < figures.length; bond++) {
      const each = figures[bond] as number;
      if (!Number.isFinite(each)) continue;
      const value = marketValues[bond] as number;
      weighted += each * value;
      known += value;
    }
    return { mean: figure(weighted / known, 'NO_HOLDING'), covered: known / total };
  };
}

function averageRating(shares: Float64Array, scale: readonly string[]): Answer<string> {
  let place = 0;
  let rated = 0;
  shares.forEach((share, rating) => {
    place += share * rating;
    rated += share;
  });
  const name = scale[Math.round(place / rated)];
  return name === undefined ? absent('NO_HOLDING') : { value: name };
}
