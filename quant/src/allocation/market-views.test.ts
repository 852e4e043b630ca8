import { describe, expect, test } from 'vitest';
import { dot, fromRows, matrix, quadraticForm, type Matrix } from '../linear-algebra/matrix.ts';
import { distance } from '../linear-algebra/testing.ts';
import { hasPublished, readPublished, readTable } from '../testing.ts';
import {
  blackLitterman,
  impliedReturns,
  impliedRiskAversion,
  optimalWeights,
  viewsOf,
  type BlackLittermanInput,
  type Views,
} from './black-litterman.ts';
import { sampleCovariance, shrunkCovariance } from './covariance.ts';
import { clusterVariance } from './hierarchical.ts';
import { changesOf, stockPrices } from './published-stocks-fixture.ts';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

interface HeLitterman {
  readonly correlation: number[][];
  readonly volatility: number[];
  readonly market_weights: number[];
  readonly delta: number;
  readonly tau: number;
  readonly implied_equilibrium_returns_published_by_DROP_OToole2013: number[];
  readonly view1: { readonly P: number[][]; readonly Q: number[] };
  readonly view1_and_2: { readonly P: number[][]; readonly Q: number[] };
  readonly view1_posterior_mu_computed: number[];
  readonly view12_posterior_mu_computed: number[];
  readonly view1_optimal_weights_unconstrained_computed: number[];
  readonly view12_optimal_weights_computed: number[];
}

const HE_LITTERMAN = 'optimisation/black_litterman_he_litterman.json';

describe.skipIf(!hasPublished(HE_LITTERMAN))('He and Litterman 1999 (CAIRN_DATA)', () => {
  const data = hasPublished(HE_LITTERMAN)
    ? (JSON.parse(readPublished(HE_LITTERMAN)) as HeLitterman)
    : undefined;
  const covariance = () =>
    fromRows(
      data!.correlation.map((row, i) =>
        row.map((r, j) => r * data!.volatility[i]! * data!.volatility[j]!),
      ),
    );
  const prior = () =>
    impliedReturns(covariance(), data!.market_weights, { riskAversion: data!.delta });

  test('equilibrium returns', () => {
    const published = data!.implied_equilibrium_returns_published_by_DROP_OToole2013;
    for (const [i, value] of prior().entries()) {
      expect(Math.abs(value - published[i]!)).toBeLessThan(0.00005 + 1e-9);
    }
  });

  test.each([
    ['view1', 'view1_posterior_mu_computed', 'view1_optimal_weights_unconstrained_computed'],
    ['view1_and_2', 'view12_posterior_mu_computed', 'view12_optimal_weights_computed'],
  ] as const)('%s: returns and weights', (views, mu, weights) => {
    const { P, Q } = data![views];
    const answer = blackLitterman({
      covariance: covariance(),
      prior: prior(),
      views: { picks: fromRows(P), expected: Float64Array.from(Q) },
      tau: data!.tau,
    }).value!;
    for (const [i, value] of answer.returns.entries()) {
      expect(Math.abs(value - data![mu][i]!)).toBeLessThan(1e-12);
    }
    const optimal = optimalWeights(answer.covariance, answer.returns, data!.delta).value!;
    for (const [i, value] of optimal.entries()) {
      expect(Math.abs(value - data![weights][i]!)).toBeLessThan(1e-10);
    }
  });
});

const PRICES = 'optimisation/pyportfolioopt/stock_prices.csv';

describe.skipIf(!hasPublished(PRICES))('published values of twenty stocks (CAIRN_DATA)', () => {
  const expected = (name: string) => {
    const rows = JSON.parse(readPublished('optimisation/pyportfolioopt/expected_values.json')) as {
      test: string;
      expected: number | number[];
    }[];
    return rows.find(({ test: title }) => title === name)?.expected;
  };
  const prices = () => {
    const table = readTable(PRICES);
    const names = Object.keys(table[0]!).slice(1);
    const rows = table.map((row) => names.map((name) => Number(row[name] || 'NaN')));
    return { names, rows };
  };
  /** As pandas does: changes against the last known price, pairs where both are known. */
  const pairwise = () => {
    const { names, rows } = prices();
    const last = names.map(() => Number.NaN);
    const changes = rows.map((row) =>
      row.map((price, i) => {
        const filled = Number.isNaN(price) ? last[i]! : price;
        const change = filled / last[i]! - 1;
        last[i] = filled;
        return change;
      }),
    );
    const n = names.length;
    const out = matrix(n, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const both = changes.filter((row) => !Number.isNaN(row[i]! + row[j]!));
        const value = sampleCovariance(fromRows(both.map((row) => [row[i]!, row[j]!]))).value!;
        out.data[i * n + j] = value.data[1]!;
        out.data[j * n + i] = value.data[1]!;
        if (i === j) out.data[i * n + i] = value.data[0]!;
      }
    }
    return { names, daily: out };
  };

  test('the variance of a cluster of a hierarchical portfolio', () => {
    const { names, daily } = pairwise();
    const some = ['SHLD', 'AMD', 'BBY', 'RRC', 'FB', 'WMT', 'T', 'BABA', 'PFE', 'UAA'];
    const variance = clusterVariance(
      daily,
      some.map((name) => names.indexOf(name)),
    );
    expect(variance).toBeCloseTo(expected('test_cluster_var') as number, 10);
  });

  const capsOf = (names: readonly string[]) => {
    const caps = JSON.parse(
      readPublished('optimisation/pyportfolioopt/market_caps.json'),
    ) as Record<string, number>;
    const total = Object.values(caps).reduce((a, b) => a + b, 0);
    return names.map((name) => caps[name]! / total);
  };
  const yearly = (daily: Matrix) =>
    matrix(
      daily.rows,
      daily.cols,
      daily.data.map((value) => value * 252),
    );
  const marketRiskAversion = () => {
    const spy = readTable('optimisation/pyportfolioopt/spy_prices.csv');
    const key = Object.keys(spy[0]!)[1]!;
    const levels = spy.map((row) => Number(row[key]!));
    const changes = levels.slice(1).map((level, t) => level / levels[t]! - 1);
    const m = mean(changes);
    const variance = changes.reduce((s, c) => s + (c - m) ** 2, 0) / (changes.length - 1);
    return impliedRiskAversion({ mean: m * 252, variance: variance * 252, riskFree: 0.02 }).value!;
  };

  test('how much return the market asks for its variance', () => {
    const published = expected('test_market_risk_aversion') as number;
    expect(Math.abs(marketRiskAversion() - published)).toBeLessThanOrEqual(0.5e-5);
  });

  test('the returns that the market implies', () => {
    const { names, daily } = pairwise();
    const implied = impliedReturns(yearly(daily), capsOf(names), {
      riskAversion: marketRiskAversion(),
      riskFree: 0.02,
    });
    const published = expected('test_market_implied_prior') as number[];
    for (const [i, value] of implied.entries()) {
      expect(Math.abs(value - published[i]!)).toBeLessThan(0.5e-8);
    }
  });

  /** The portfolio that the views make best at a risk aversion of one, scaled to a sum of one. */
  const figuresWith = (
    covariance: Matrix,
    { prior, views, certainty }: Pick<BlackLittermanInput, 'prior' | 'views' | 'certainty'>,
  ): number[] => {
    const input = { covariance, prior, views, ...(certainty === undefined ? {} : { certainty }) };
    const posterior = blackLitterman(input).value!;
    const raw = optimalWeights(covariance, posterior.returns, 1).value!;
    const total = raw.reduce((sum, each) => sum + each, 0);
    const weights = raw.map((each) => each / total);
    const earned = dot(weights, posterior.returns);
    const volatility = Math.sqrt(quadraticForm(posterior.covariance, weights));
    return [earned, volatility, (earned - 0.02) / volatility];
  };
  const absolute = (names: readonly string[], views: Record<string, number>): Views =>
    viewsOf(
      Object.entries(views).map(([name, view]) => ({
        kind: 'absolute',
        asset: names.indexOf(name),
        expected: view,
      })),
      names.length,
    );

  test('views over equal prior returns', () => {
    const { names, daily } = pairwise();
    const views = absolute(names, { AAPL: 0.2, BBY: -0.3, BAC: 0, SBUX: -0.2, T: 0.131321 });
    const prior = names.map(() => 1 / names.length);
    const ours = figuresWith(yearly(daily), { prior, views });
    expect(distance(ours, expected('test_bl_equal_prior') as number[])).toBeLessThan(1e-7);
  });

  test('views of stated confidence over the returns that the market implies', () => {
    const { names, daily } = pairwise();
    const covariance = yearly(daily);
    const prior = impliedReturns(covariance, capsOf(names), { riskAversion: 1 });
    const views = absolute(names, { GOOG: 0.4, AAPL: -0.3, FB: 0.3, BABA: 0 });
    const certainty = { kind: 'confidences', confidences: [1, 1, 0.25, 0.25] } as const;
    const ours = figuresWith(covariance, { prior, views, certainty });
    expect(distance(ours, expected('test_idzorek_with_priors') as number[])).toBeLessThan(1e-7);
  });

  test('a view on every asset over recent returns and a shrunk covariance', () => {
    const { names, prices: rows } = stockPrices();
    const changes = changesOf(rows);
    const decay = 1 - 2 / 501;
    const prior = names.map((_, i) => {
      let [sum, total] = [0, 0];
      changes.forEach((row, t) => {
        const weight = Number.isNaN(row[i]!) ? 0 : decay ** (changes.length - 1 - t);
        sum += weight === 0 ? 0 : weight * row[i]!;
        total += weight;
      });
      return (1 + sum / total) ** 252 - 1;
    });
    const filled = changes.map((row) => row.map((each) => (Number.isNaN(each) ? 0 : each)));
    const { covariance } = shrunkCovariance(fromRows(filled), 'constantVariance').value!;
    const views = absolute(names, Object.fromEntries(names.map((name) => [name, 0.1])));
    const posterior = blackLitterman({ covariance: yearly(covariance), prior, views }).value!;
    const published = expected('test_bl_returns_all_views') as number[];
    for (const [i, value] of posterior.returns.entries()) {
      expect(Math.abs(value - published[i]!)).toBeLessThanOrEqual(0.5e-8 + 1e-12);
    }
  });
});
