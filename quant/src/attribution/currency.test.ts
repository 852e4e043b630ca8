import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../factors/testing.ts';
import { attributeBrinson } from './brinson.ts';
import { attributeCurrency, type CurrencyInput } from './currency.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

/** Bacon, ch. 6: British, Japanese and American equities seen from London, hedged in part. */
const THREE_MARKETS = {
  markets: 3,
  portfolioWeights: [0.4, 0.3, 0.3],
  benchmarkWeights: [0.4, 0.2, 0.4],
  portfolioLocal: [0.2, -0.05, 0.06],
  benchmarkLocal: [0.1, -0.04, 0.08],
  cash: [0.02, 0.01, 0.005],
  exchange: [0, 0.1, 0.2],
  portfolioForwards: [0.2, -0.15, -0.05],
  benchmarkForwards: [0.3, -0.1, -0.2],
} as const;

function randomInput(seed: number, markets: number) {
  const uniform = seeded(seed);
  const weights = () => {
    const raw = Array.from({ length: markets }, () => (uniform() < 0.2 ? 0 : uniform()) + 1e-3);
    return raw.map((each) => each / sum(raw));
  };
  const forwards = () => {
    const raw = Array.from({ length: markets }, () => uniform() - 0.5);
    const mean = sum(raw) / markets;
    return raw.map((each) => each - mean);
  };
  const series = (size: number) => Array.from({ length: markets }, () => size * (uniform() - 0.4));
  return {
    markets,
    portfolioWeights: weights(),
    benchmarkWeights: weights(),
    portfolioLocal: series(0.2),
    benchmarkLocal: series(0.2),
    cash: series(0.02),
    exchange: series(0.2),
    portfolioForwards: forwards(),
    benchmarkForwards: forwards(),
  };
}

function effects(input: CurrencyInput) {
  const found = value(attributeCurrency(input));
  const { market, selection, interaction, currency } = found;
  return { found, total: sum([...market, ...selection, ...interaction, ...currency]) };
}

describe('attribution with currencies', () => {
  test('effects and residual sum to the active return; the residual is the products', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, markets) => {
        const input = randomInput(seed, markets);
        const { found, total } = effects(input);
        const active = found.portfolioReturns[0]! - found.benchmarkReturns[0]!;
        expect(Math.abs(total + found.residual[0]! - active)).toBeLessThan(1e-14);
        const products = sum(
          input.exchange.map(
            (e, i) =>
              e *
              (input.portfolioWeights[i]! * input.portfolioLocal[i]! -
                input.benchmarkWeights[i]! * input.benchmarkLocal[i]!),
          ),
        );
        expect(Math.abs(found.residual[0]! - products)).toBeLessThan(1e-14);
      }),
    );
  });

  test('with continuous returns nothing is left', () => {
    const input = randomInput(5, 4);
    const side = (weights: number[], local: number[], forwards: number[]) =>
      sum(
        weights.map(
          (w, i) =>
            w * (local[i]! + input.exchange[i]!) +
            forwards[i]! * (input.cash[i]! + input.exchange[i]!),
        ),
      );
    const { found } = effects({
      ...input,
      portfolioTotals: [
        side(input.portfolioWeights, input.portfolioLocal, input.portfolioForwards),
      ],
      benchmarkTotals: [
        side(input.benchmarkWeights, input.benchmarkLocal, input.benchmarkForwards),
      ],
    });
    expect(found.residual[0]).toBeCloseTo(0, 14);
  });

  test('three markets: the effects by hand', () => {
    const { found } = effects(THREE_MARKETS);
    const premium = 0.4 * 0.08 + 0.2 * -0.05 + 0.4 * 0.075;
    const carried = 0.7 * 0.02 + 0.1 * 0.11 + 0.2 * 0.205;
    [0, 0.1 * (-0.05 - premium), -0.1 * (0.075 - premium)].forEach((each, i) => {
      expect(found.market[i]).toBeCloseTo(each, 15);
    });
    [-0.1 * (0.02 - carried), 0.05 * (0.11 - carried), 0.05 * (0.205 - carried)].forEach(
      (each, i) => expect(found.currency[i]).toBeCloseTo(each, 15),
    );
    [0.04, -0.002, -0.008].forEach((each, i) => {
      expect(found.selection[i]).toBeCloseTo(each, 15);
    });
    // Base returns 20 %, 4.5 %, 27.2 % against 10 %, 5.6 %, 29.6 %, and the forwards.
    expect(found.portfolioReturns[0]).toBeCloseTo(
      0.4 * 0.2 + 0.3 * 0.045 + 0.3 * 0.272 + 0.2 * 0.02 - 0.15 * 0.11 - 0.05 * 0.205,
      14,
    );
  });

  test('one currency without cash is Brinson-Fachler', () => {
    const input = { ...randomInput(7, 5), cash: Array(5).fill(0), exchange: Array(5).fill(0) };
    const { found } = effects(input);
    const brinson = value(
      attributeBrinson({
        segments: 5,
        portfolioWeights: input.portfolioWeights,
        portfolioReturns: input.portfolioLocal,
        benchmarkWeights: input.benchmarkWeights,
        benchmarkReturns: input.benchmarkLocal,
      }),
    );
    found.market.forEach((each, i) => expect(each).toBeCloseTo(brinson.allocation[i]!, 14));
    expect(sum(found.currency)).toBeCloseTo(0, 15);
  });

  test('markets that nobody holds may lack returns; missing exchange rates are absent', () => {
    const idle = {
      markets: 2,
      portfolioWeights: [1, 0],
      benchmarkWeights: [1, 0],
      portfolioLocal: [0.1, Number.NaN],
      benchmarkLocal: [0.05, Number.NaN],
      cash: [0, 0],
      exchange: [0, 0.1],
    };
    expect(attributeCurrency(idle).value).not.toBeNull();
    expect(attributeCurrency({ ...idle, exchange: [0, Number.NaN] }).reason).toBe('NOT_FINITE');
    expect(() => attributeCurrency({ ...idle, cash: [0] })).toThrow(/cash/);
  });
});
