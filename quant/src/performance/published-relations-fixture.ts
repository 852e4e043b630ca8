/*
 * What the published cases without a printed value say: how figures of random series compare. Each
 * must hold for any draw, so it is held against draws of ours in the place of the source's.
 */
import { seededRandom } from '../numeric/random.ts';
import { evaluate } from './evaluate.ts';
import type { MeasureId } from './measures.ts';

type Values = readonly number[];
const LENGTH = 1000;
const line = (from: number, to: number) =>
  Array.from({ length: LENGTH }, (_, at) => from + ((to - from) * at) / (LENGTH - 1));

function draw(mean: number, deviation: number, seed = 1): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: LENGTH }, () => mean + deviation * random.normal());
}

const NOISE = draw(0, 0.001);
const uniform = seededRandom(2);
const SERIES: Readonly<Record<string, Values>> = {
  noise: NOISE,
  inv_noise: NOISE.map((value) => -value),
  noise_uniform: NOISE.map(() => 0.02 * uniform.uniform() - 0.01),
  sparse_noise: NOISE.map((value, at) => (at % 123 === 7 ? Number.NaN : value)),
  flat_line_0: line(0, 0),
  flat_line_1_tz: line(0.01, 0.01),
  pos_line: line(0, 1),
  neg_line: line(0, -1),
};

const seriesOf = (name = ''): Values => SERIES[name] ?? [];
const plus = (own: Values, other: Values | number, times = 1) =>
  own.map((value, at) => value + times * (typeof other === 'number' ? other : (other[at] ?? 0)));

function figure(id: MeasureId, returns: Values, given: { benchmark?: Values; rate?: number } = {}) {
  const { benchmark, rate = 0 } = given;
  const input = { returns, riskFree: rate, threshold: rate };
  return (
    evaluate(benchmark === undefined ? input : { ...input, benchmark }, [id], {
      annualiseBelowYear: true,
    })[id].value ?? Number.NaN
  );
}

const rises = (values: Values, orEqual = false) =>
  values.every(
    (value, at) => at === 0 || value > values[at - 1]! || (orEqual && value === values[at - 1]),
  );
const isNear = (one: number, other: number) => Math.abs(one - other) < 0.5e-8;

/** Two series with this correlation, the first of mean 0.01 or as given. */
function pair(correlation: number, mean = 0.01): { returns: number[]; benchmark: number[] } {
  const [shared, own] = [draw(0, 1, 3), draw(0, 1, 4)];
  const rest = Math.sqrt(1 - correlation ** 2);
  return {
    returns: shared.map((value, at) => mean + 0.01 * (correlation * value + rest * own[at]!)),
    benchmark: shared.map((value) => 0.001 + 0.001 * value),
  };
}

/** A ratio of shifted returns over shifted rates differs, either way. */
const differsShifted =
  (id: MeasureId) =>
  ([name, ...numbers]: readonly string[]) => {
    const [rate = 0, shift = 0, raise = 0] = numbers.map(Number);
    const at = (sign: number) =>
      figure(id, plus(seriesOf(name), sign * shift), { rate: rate + sign * raise });
    const [less, plain, more] = [at(-1), at(0), at(1)];
    return [less, plain, more].every(Number.isFinite) && plain !== less && plain !== more;
  };

/** Whether the comparison of a published case holds, by the name of its test. */
export const RELATIONS: Readonly<Record<string, (args: readonly string[]) => boolean>> = {
  test_max_drawdown_translation: ([name, constant]) =>
    rises(
      [1, 0, -1].map((times) =>
        figure('maxDrawdown', plus(seriesOf(name), times * Number(constant))),
      ),
      true,
    ),
  test_omega_returns: ([name, less, more]) =>
    rises([more, less].map((rate) => figure('omegaRatio', seriesOf(name), { rate: Number(rate) }))),
  test_sharpe_translation_diff: differsShifted('sharpeRatio'),
  test_sortino_translation_diff: differsShifted('sortinoRatio'),
  test_sharpe_translation_1: ([name, rate, shift]) =>
    rises(
      [1, 0, -1].map((times) =>
        figure('sharpeRatio', seriesOf(name), { rate: Number(rate) + times * Number(shift) }),
      ),
    ),
  test_sharpe_noise: ([small, large]) =>
    rises(
      [large, small].map((each) =>
        figure('sharpeRatio', draw(0.01, Number(each)), { rate: 0.001 }),
      ),
    ),
  test_downside_risk_trans: ([name, rate]) =>
    rises(
      [-1, 0, 1].map((times) =>
        figure('downsideDeviation', seriesOf(name), { rate: times * Number(rate) }),
      ),
      true,
    ),
  test_downside_risk_std: ([small, large]) =>
    rises([small, large].map((each, at) => figure('downsideDeviation', draw(0, Number(each), at)))),
  test_sortino_sub_noise: ([name, required]) => {
    const rate = Number(required);
    const returns = [...seriesOf(name)];
    const falls = [...returns.keys()].filter((at) => returns[at]! < rate).slice(0, 2);
    const ratios = [figure('sortinoRatio', returns, { rate })];
    for (const at of falls) {
      returns[at] = rate;
      ratios.push(figure('sortinoRatio', returns, { rate }));
    }
    return falls.length === 2 && rises(ratios, true);
  },
  test_excess_sharpe_noisy: ([name, market]) => {
    const [own, benchmark] = [seriesOf(name), seriesOf(market)];
    const mixed = (until: number) => benchmark.map((value, at) => (at < until ? own[at]! : value));
    return rises(
      [250, 500, 750].map((until) =>
        Math.abs(figure('informationRatio', mixed(until), { benchmark })),
      ),
    );
  },
  test_excess_sharpe_trans: ([name, noise, shift]) => {
    const benchmark = seriesOf(name);
    const own = plus(benchmark, seriesOf(noise));
    return rises(
      [-1, 0, 1].map((times) =>
        figure('informationRatio', plus(own, seriesOf(shift), times), { benchmark }),
      ),
    );
  },
  test_alpha_beta_translation: ([mean, shift]) => {
    const { returns, benchmark } = pair(0.8, Number(mean));
    const at = (id: MeasureId, times: number) =>
      figure(id, plus(returns, times * Number(shift)), { benchmark });
    // Of a day: the year's alpha is compounded.
    const alphas = [-1, 0, 1].map((times) => (1 + at('alpha', times)) ** (1 / 252));
    const betas = [-1, 1].map((times) => at('beta', times));
    return (
      betas.every((beta) => isNear(beta, at('beta', 0))) &&
      [0, 1].every((step) => isNear(alphas[step + 1]! - alphas[step]!, Number(shift)))
    );
  },
  test_alpha_beta_correlation: ([less, more]) => {
    const [low, high] = [pair(Number(less)), pair(Number(more))];
    const of = (id: MeasureId, { returns, benchmark }: typeof low) =>
      figure(id, returns, { benchmark });
    return (
      rises([of('alpha', high), of('alpha', low)]) && rises([of('beta', low), of('beta', high)])
    );
  },
  // The source leaves gaps out of a window; here that is done by whoever aligns the series.
  test_alpha_beta_with_nan_inputs: ([name]) => {
    const returns = seriesOf(name).filter((value) => !Number.isNaN(value));
    const of = (id: MeasureId) => figure(id, returns, { benchmark: returns });
    return isNear(of('alpha'), 0) && isNear(of('beta'), 1);
  },
  test_cagr_with_nan_inputs: ([name]) =>
    Number.isFinite(
      figure(
        'annualReturn',
        seriesOf(name).filter((value) => !Number.isNaN(value)),
      ),
    ),
  // To one significant digit.
  test_cagr_noisy: ([name, noise]) => {
    const at = (times: number) =>
      figure('annualReturn', plus(seriesOf(name), seriesOf(noise), times));
    const unit = 10 ** Math.floor(Math.log10(at(0)));
    return [-1, 1].every((times) => Math.abs(at(times) - at(0)) < unit);
  },
};
