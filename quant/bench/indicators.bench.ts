import {
  computeIndicators,
  createPool,
  type IndicatorPlan,
  planFor,
  STANDARD_MEASURES,
} from '../src/index.ts';
import { type BenchRow, medianSeconds, medianSecondsAsync, report } from './bench.ts';
import { benchMarket, plainScan } from './market.ts';

const FLOOR = 'plain loop: mean, variance, maximum drawdown, one thread';

/** Fifteen standard measures of 1,000 funds over their 2,500 days. */
async function standard(): Promise<BenchRow[]> {
  const market = benchMarket(1000);
  const { panel } = market;
  const plan: IndicatorPlan = planFor(panel, {
    measures: STANDARD_MEASURES,
    trailing: ['all'],
    years: [],
    rolling: false,
  });
  const floorFigure = medianSeconds(9, () => plainScan(market));
  const pool = createPool(2);
  const one = medianSeconds(9, () => computeIndicators(panel, plan));
  const two = await medianSecondsAsync(9, () => pool.indicators(panel, plan));
  await pool.close();
  const row = { unit: 's', floor: FLOOR, floorFigure } as const;
  return [
    {
      ...row,
      work: '15 standard indicators, 1,000 funds × 2,500 days, one thread',
      figure: one,
      target: 0.06,
    },
    {
      ...row,
      work: '15 standard indicators, 1,000 funds × 2,500 days, two threads',
      figure: two,
      target: 0.035,
    },
  ];
}

/** Everything, once: the work is long enough not to need a median. */
async function everything(): Promise<BenchRow[]> {
  const market = benchMarket(10_000);
  const floorFigure = medianSeconds(3, () => plainScan(market));
  const pool = createPool(2);
  await pool.indicators(benchMarket(40).panel);
  const begin = performance.now();
  const table = await pool.indicators(market.panel);
  const figure = (performance.now() - begin) / 1000;
  await pool.close();
  const count = table.definitions.length.toLocaleString('en');
  const work = `all ${count} indicators, 10,000 funds × 2,500 days, two threads`;
  return [{ work, figure, unit: 's', target: 60, floor: FLOOR, floorFigure }];
}

report([...(await standard()), ...(await everything())]);
