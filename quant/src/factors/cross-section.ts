/**
 * A cross-sectional factor model after Barra: exposures of stocks are given, the returns of
 * factors are what explains the stocks' returns of one period best.
 */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { factorQr, fromColumns } from '../linear-algebra/index.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface CrossSectionInput {
  /** N returns of stocks over the period, over cash if factors shall be. */
  readonly returns: Numbers;
  /** N market capitalisations at its start. */
  readonly marketCap: Numbers;
  /** N industry numbers, 0 … I − 1. */
  readonly industryOf: Numbers;
  readonly industries: number;
  /** K style exposures of N stocks at the start, mostly standardised (`standardiseExposures`). */
  readonly styles: readonly Numbers[];
}

export interface CrossSection {
  /** The return of the market as a whole: exposure 1 of every stock. */
  readonly country: number;
  /** I returns over the country's; NaN for an industry without a stock. Cap-weighted sum zero. */
  readonly industries: Float64Array;
  /** K returns of a unit of exposure. */
  readonly styles: Float64Array;
  /** N specific returns; NaN for a stock that was left out. */
  readonly specific: Float64Array;
  /** 1 − Σ v·u² / Σ v·(r − r̄)², v the regression weights, r̄ the weighted mean. */
  readonly rSquared: Figure;
  readonly observations: number;
}

/**
 * rₙ = f_country + f_industry(n) + Σ Xₙₖ·fₖ + uₙ by least squares with weights v = √cap, under
 * Σ cap-share of the industry · f_industry = 0, without which country and industries could not be
 * told apart. The constraint is used up by writing the largest industry's factor through the
 * others, so the solution satisfies it exactly.
 *
 * A stock with a missing return or exposure, or without a capitalisation, is left out.
 * Absent: `TOO_FEW_OBSERVATIONS` with fewer stocks than factors, `SINGULAR` when styles depend on
 * each other or on industries.
 *
 * Source: Menchero, Orr and Wang (2011), "The Barra US Equity Model (USE4)"; Heston and
 * Rouwenhorst (1994) for the constraint.
 *
 * @throws RangeError when lengths differ or an industry does not exist.
 */
export function fitCrossSection(input: CrossSectionInput): Answer<CrossSection> {
  checkShape(input);
  const { returns, marketCap, industryOf, industries, styles } = input;
  const stocks = usableStocks(input);
  const caps = new Float64Array(industries);
  for (const stock of stocks) {
    const industry = industryOf[stock] as number;
    caps[industry] = (caps[industry] as number) + (marketCap[stock] as number);
  }
  const present = [...caps.keys()].filter((industry) => (caps[industry] as number) > 0);
  const parameters = present.length + styles.length;
  if (stocks.length <= parameters || present.length === 0) return absent('TOO_FEW_OBSERVATIONS');
  const base = present.reduce((left, right) =>
    (caps[right] as number) > (caps[left] as number) ? right : left,
  );
  const free = present.filter((industry) => industry !== base);
  // √weight of the regression: v = √cap, so its root is cap^(1/4).
  const roots = Float64Array.from(stocks, (stock) => (marketCap[stock] as number) ** 0.25);
  const column = (exposure: (stock: number) => number) =>
    Float64Array.from(stocks, (stock, place) => exposure(stock) * (roots[place] as number));
  const factor = factorQr(
    fromColumns([
      roots,
      ...free.map((industry) => {
        const share = (caps[industry] as number) / (caps[base] as number);
        return column((stock) => {
          if (industryOf[stock] === industry) return 1;
          return industryOf[stock] === base ? -share : 0;
        });
      }),
      ...styles.map((style) => column((stock) => style[stock] as number)),
    ]),
  );
  if (factor === null) return absent('SINGULAR');
  const target = column((stock) => returns[stock] as number);
  const { coefficients, residuals } = factor.solve(target);
  return {
    value: {
      country: coefficients[0] as number,
      industries: industryReturns(coefficients, { caps, base, free }),
      styles: coefficients.slice(1 + free.length),
      specific: specificReturns(residuals, { roots, stocks, length: returns.length }),
      rSquared: rSquaredOf(target, { residuals, roots }),
      observations: stocks.length,
    },
  };
}

function checkShape({
  returns,
  marketCap,
  industryOf,
  industries,
  styles,
}: CrossSectionInput): void {
  for (const series of [marketCap, industryOf, ...styles]) {
    if (series.length !== returns.length) {
      throw new RangeError(`${series.length} numbers for ${returns.length} stocks`);
    }
  }
  for (let stock = 0; stock < industryOf.length; stock++) {
    const industry = industryOf[stock] as number;
    if (!Number.isInteger(industry) || industry < 0 || industry >= industries) {
      throw new RangeError(`stock ${stock} is in industry ${industry} of ${industries}`);
    }
  }
}

function usableStocks({ returns, marketCap, styles }: CrossSectionInput): number[] {
  return Array.from({ length: returns.length }, (_, stock) => stock).filter(
    (stock) =>
      (marketCap[stock] as number) > 0 &&
      [returns, marketCap, ...styles].every((series) => Number.isFinite(series[stock])),
  );
}

function industryReturns(
  coefficients: Float64Array,
  { caps, base, free }: { caps: Float64Array; base: number; free: readonly number[] },
): Float64Array {
  const found = new Float64Array(caps.length).fill(Number.NaN);
  let balance = 0;
  free.forEach((industry, place) => {
    const earned = coefficients[1 + place] as number;
    found[industry] = earned;
    balance -= ((caps[industry] as number) / (caps[base] as number)) * earned;
  });
  found[base] = balance;
  return found;
}

function specificReturns(
  residuals: Float64Array,
  { roots, stocks, length }: { roots: Float64Array; stocks: readonly number[]; length: number },
): Float64Array {
  const specific = new Float64Array(length).fill(Number.NaN);
  stocks.forEach((stock, place) => {
    specific[stock] = (residuals[place] as number) / (roots[place] as number);
  });
  return specific;
}

function rSquaredOf(
  target: Float64Array,
  { residuals, roots }: { residuals: Float64Array; roots: Float64Array },
): Figure {
  let [sum, weights, unexplained, total] = [0, 0, 0, 0];
  target.forEach((value, place) => {
    sum += value * (roots[place] as number);
    weights += (roots[place] as number) ** 2;
  });
  const mean = sum / weights;
  target.forEach((value, place) => {
    unexplained += (residuals[place] as number) ** 2;
    total += (value - mean * (roots[place] as number)) ** 2;
  });
  return total <= 1e-26 * mean * mean * weights
    ? absent('ZERO_VARIANCE')
    : figure(1 - unexplained / total);
}

/**
 * Standardises exposures of one date: (x − cap-weighted mean) / deviation over equal weights, so
 * that the market has exposure zero and a typical stock one; values beyond `limit` deviations are
 * drawn in to it before, in one pass. Missing ones stay missing.
 *
 * Absent: `TOO_FEW_OBSERVATIONS` with fewer than two values, `ZERO_VARIANCE`.
 * Source: USE4 methodology, ch. 2.
 *
 * @param values N raw exposures.
 * @param marketCap N capitalisations.
 */
export function standardiseExposures(
  values: Numbers,
  { marketCap, limit = 3 }: { readonly marketCap: Numbers; readonly limit?: number },
): Answer<Float64Array> {
  const known = Array.from({ length: values.length }, (_, stock) => stock).filter(
    (stock) => Number.isFinite(values[stock]) && (marketCap[stock] as number) > 0,
  );
  if (known.length < 2) return absent('TOO_FEW_OBSERVATIONS');
  const spread = (numbers: readonly number[]) => {
    const mean = numbers.reduce((total, each) => total + each, 0) / numbers.length;
    const squares = numbers.reduce((total, each) => total + (each - mean) ** 2, 0);
    return { mean, deviation: Math.sqrt(squares / (numbers.length - 1)) };
  };
  const raw = known.map((stock) => values[stock] as number);
  const { mean, deviation } = spread(raw);
  if (!(deviation > 1e-12 * Math.abs(mean))) return absent('ZERO_VARIANCE');
  const [low, high] = [mean - limit * deviation, mean + limit * deviation];
  const drawn = raw.map((value) => Math.min(high, Math.max(low, value)));
  let [weighted, caps] = [0, 0];
  known.forEach((stock, place) => {
    weighted += (drawn[place] as number) * (marketCap[stock] as number);
    caps += marketCap[stock] as number;
  });
  const scale = spread(drawn).deviation;
  const exposures = new Float64Array(values.length).fill(Number.NaN);
  known.forEach((stock, place) => {
    exposures[stock] = ((drawn[place] as number) - weighted / caps) / scale;
  });
  return { value: exposures };
}
