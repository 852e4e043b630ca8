import { afterAll, describe, expect, test } from 'vitest';
import { shareAccounts } from '../diagnosis/accounts.ts';
import { diagnoseAccounts } from '../diagnosis/diagnose.ts';
import { prepareMarket } from '../diagnosis/market.ts';
import { scaleAbilities } from '../diagnosis/scores.ts';
import { randomAccount, randomMarket, toBatch } from '../diagnosis/testing.ts';
import { createPool } from './pool.ts';

describe('accounts diagnosed by threads', () => {
  const input = randomMarket(21, { days: 90 });
  const market = prepareMarket(input, { shared: true });
  const batch = toBatch(Array.from({ length: 130 }, (_, i) => randomAccount(input, i)));
  const funds = Array.from({ length: 12 }, (_, security) =>
    input.returns.slice(security * 90 + 1, (security + 1) * 90),
  );
  const scales = scaleAbilities(market, funds);
  const pools = [1, 2, 3, 7].map((threads) => createPool(threads));
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
  });

  test('have the same bits for any number of threads, shared beforehand or not', async () => {
    const alone = diagnoseAccounts(market, batch, { scales });
    for (const accounts of [batch, shareAccounts(batch)]) {
      for (const pool of pools) {
        const found = await pool.diagnose(market, accounts, scales);
        for (const part of ['values', 'reasons', 'allocation', 'interaction', 'weights'] as const) {
          expect(Array.from(found[part])).toEqual(Array.from(alone[part]));
        }
        found.preferences.forEach((each, which) => {
          expect(Array.from(each)).toEqual(Array.from(alone.preferences[which]!));
        });
        expect(Array.from(found.worstSecurity)).toEqual(Array.from(alone.worstSecurity));
      }
    }
  });

  test('a batch that does not fit is refused before any thread sees it', async () => {
    const [pool] = pools;
    const wrong = { ...batch, accounts: batch.accounts + 1 };
    await expect(pool!.diagnose(market, wrong)).rejects.toThrow(RangeError);
  });
});
