import { afterAll, describe, expect, test } from 'vitest';
import { computeIndicators, planFor } from '../indicators/indicators.ts';
import { sampleMarket } from '../indicators/sample-market.ts';
import { rankTimeAligned } from '../ranking/ranking.ts';
import { createPool } from './pool.ts';

const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

describe('a pool', () => {
  const { panel, types } = sampleMarket({ funds: 90, days: 400, types: 4, shortestLife: 30 });
  const pools = [1, 2, 3, 5].map((threads) => createPool(threads));
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
  });

  test('gives the same bits for any number of threads', async () => {
    const plan = planFor(panel);
    const indicators = computeIndicators(panel, plan);
    const ranks = rankTimeAligned(panel, { types });
    for (const pool of pools) {
      const [shared, ranked] = await Promise.all([
        pool.indicators(panel, plan),
        pool.rank(panel, { types }),
      ]);
      expect(bytes(shared.values).equals(bytes(indicators.values))).toBe(true);
      expect(bytes(shared.reasons).equals(bytes(indicators.reasons))).toBe(true);
      for (const part of ['values', 'reasons', 'ranks', 'counts'] as const) {
        expect(bytes(ranked[part]).equals(bytes(ranks[part]))).toBe(true);
      }
    }
  });

  test('has the plan of the panel when none is given', async () => {
    const table = await (pools[1] as (typeof pools)[1]).indicators(panel);
    expect(table.definitions.length).toBe(computeIndicators(panel).definitions.length);
  });

  test('hands on why a thread failed, and goes on working', async () => {
    const [pool] = pools;
    const broken = { ...planFor(panel), measures: ['nonsense' as 'beta'] };
    await expect(pool?.indicators(panel, broken)).rejects.toThrow();
    await expect(pool?.rank(panel, { types, measures: ['ulcerIndex'] })).rejects.toThrow(
      'cannot be ranked time-aligned: ulcerIndex',
    );
    const table = await pool?.rank(panel, { types });
    expect(table?.fundCount).toBe(90);
  });

  test('refuses what waits when it is closed, and no number of threads that is none', async () => {
    const pool = createPool(1);
    const [waiting] = await Promise.allSettled([pool.rank(panel, { types }), pool.close()]);
    expect(waiting).toMatchObject({ status: 'rejected' });
    expect(() => createPool(0)).toThrow('0 threads');
    expect(() => createPool(1.5)).toThrow('1.5 threads');
  });
});
