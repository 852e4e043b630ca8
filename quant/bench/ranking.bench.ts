import { createPool, rankTimeAligned } from '../src/index.ts';
import { medianSeconds, medianSecondsAsync, report } from './bench.ts';
import { benchMarket, plainScan } from './market.ts';

/* Time-aligned ranking of 10,000 funds in 20 types by 15 measures; funds begin on any day. */
const market = benchMarket(10_000, 60);
const { panel, types } = market;
const floorFigure = medianSeconds(3, () => plainScan(market));
const pool = createPool(2);
const one = medianSeconds(3, () => rankTimeAligned(panel, { types }));
const two = await medianSecondsAsync(3, () => pool.rank(panel, { types }));
await pool.close();

const work = 'time-aligned ranking, 10,000 funds, 20 types, 15 indicators';
const floor = 'plain loop: mean, variance, maximum drawdown of each fund’s own life, one thread';
report([
  { work: `${work}, one thread`, figure: one, unit: 's', target: 2.5, floor, floorFigure },
  { work: `${work}, two threads`, figure: two, unit: 's', target: 1.4, floor, floorFigure },
]);
