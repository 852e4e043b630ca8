import { sampleMarket, type SampleMarket } from '../src/indicators/sample-market.ts';

/** The market that the benches share: funds that follow one benchmark on 2,500 days, seeded. */
export function benchMarket(funds: number, shortestLife?: number): SampleMarket {
  const size = { funds, days: 2500, types: 20 };
  return sampleMarket(shortestLife === undefined ? size : { ...size, shortestLife });
}

/**
 * The floor: mean, variance and maximum drawdown of every fund, in one plain loop over its values.
 * Answers a number, so that nothing of it can be left out.
 */
export function plainScan({ panel }: SampleMarket): number {
  const width = panel.days.length;
  let check = 0;
  for (let fund = 0; fund < panel.fundCount; fund++) {
    let before = Number.NaN;
    let sum = 0;
    let squares = 0;
    let peak = 0;
    let deepest = 0;
    for (let at = fund * width; at < (fund + 1) * width; at++) {
      const value = panel.values[at] as number;
      const r = value / before - 1;
      if (!Number.isNaN(r)) {
        sum += r;
        squares += r * r;
      }
      if (value > peak) peak = value;
      const depth = 1 - value / peak;
      if (depth > deepest) deepest = depth;
      before = value;
    }
    check += sum + squares + deepest;
  }
  return check;
}
