import { amount } from '@cairn/kernel';
import { beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../platform/db.ts';
import { describePostgres, type TestWorld, testWorld } from '../../platform/testing.ts';
import type { Work } from '../../platform/work.ts';
import {
  actor,
  failingChecks,
  MONDAY,
  MONDAY_MORNING,
  openHolder,
  workOn,
  yuan,
} from './fixture.ts';
import { freezeCash, loadCash, post, reverseEntries, transferCash } from './index.ts';
import { transferEntry } from './domain/transfers.ts';

// All at once, the last of a thousand would wait for a connection longer than the pool allows.
const PAIRS_AT_ONCE = 25;

describePostgres('races on one account', (opened) => {
  let world: TestWorld;
  beforeAll(() => {
    world = testWorld(opened().db, MONDAY_MORNING);
  });

  // A unit of work without the bucket lock: only the guarded update stands between the racers.
  const unlocked = (tx: Tx): Work => ({
    tx,
    now: MONDAY_MORNING,
    audit: () => undefined,
    emit: () => undefined,
  });

  const cashOf = async (holder: { bucket: number; assetAccountNo: string }) => {
    const cash = await loadCash(world.db, [holder.bucket], [holder.assetAccountNo]);
    return cash.get(holder.assetAccountNo);
  };

  test.each([8, 64])(
    '%i freezes at once without a bucket lock: the guard alone holds',
    async (n) => {
      const holder = await openHolder(world, `freeze-${n}`, '1000.00');
      const { bucket, assetAccountNo } = holder;
      const results = await Promise.allSettled(
        Array.from({ length: n }, (_, index) =>
          world.db.tx(async (tx) =>
            freezeCash(unlocked(tx), [
              { bucket, ref: `race:${n}:${index}`, assetAccountNo, amount: yuan('300.00') },
            ]),
          ),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      const reasons = results.flatMap((one) =>
        one.status === 'rejected' ? [String((one.reason as { code?: string }).code)] : [],
      );
      expect(new Set(reasons)).toEqual(new Set(['CASH_INSUFFICIENT']));
      expect(await cashOf(holder)).toMatchObject({ frozen: yuan('900.00') });
    },
  );

  test.each([8, 16])(
    '%i postings at once without a bucket lock: the guard alone holds',
    async (n) => {
      const holder = await openHolder(world, `post-${n}`, '1000.00');
      const results = await Promise.allSettled(
        Array.from({ length: n }, (_, index) => {
          const { bucket, assetAccountNo } = holder;
          const transferId = `post:${n}:${index}`;
          const direction = 'out' as const;
          const request = { bucket, transferId, assetAccountNo, direction, amount: yuan('300.00') };
          return world.db.tx((tx) => post(unlocked(tx), [transferEntry(request, MONDAY)]));
        }),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      expect(await cashOf(holder)).toMatchObject({ balance: yuan('100.00') });
    },
  );

  // The positive control: were this race not able to overdraw, the tests above would prove nothing.
  test('reading first and writing after overdraws', async () => {
    await world.db.script('create table accounts.naive_balances (balance int8 not null)');
    await world.db.query('insert into accounts.naive_balances values (1000)');
    const racers = 8;
    let waiting = 0;
    let allHaveRead: () => void = () => undefined;
    const barrier = new Promise<void>((resolve) => {
      allHaveRead = resolve;
    });
    await Promise.all(
      Array.from({ length: racers }, () =>
        world.db.tx(async (tx) => {
          const [row] = await tx.query<{ balance: bigint }>(
            'select balance from accounts.naive_balances',
          );
          waiting += 1;
          if (waiting === racers) allHaveRead();
          await barrier;
          if ((row?.balance ?? 0n) < 300n) return;
          await tx.query('update accounts.naive_balances set balance = balance - 300');
        }),
      ),
    );
    const [row] = await world.db.query<{ balance: bigint }>(
      'select balance from accounts.naive_balances',
    );
    expect(row?.balance).toBe(1000n - 8n * 300n);
  });

  test('500 deposits, each reversed by two at once: 500 reversals', async () => {
    const holder = await openHolder(world, 'reversals');
    const { bucket, assetAccountNo } = holder;
    const outcomes = await transferCash(
      world,
      actor,
      Array.from({ length: 500 }, (_, index) => ({
        assetAccountNo,
        direction: 'in' as const,
        amount: amount(BigInt(index + 1)),
        clientTransferNo: `D${index}`,
        idempotencyKey: undefined,
      })),
    );
    const ids = outcomes.map((one) => ('transfer' in one ? one.transfer.transferId : ''));
    const reverse = async (id: string) =>
      await workOn(world, [holder], (current) =>
        reverseEntries(current, [
          { bucket, entryId: `transfer:${id}`, ref: 'approval', businessDate: MONDAY },
        ]),
      );
    const results: string[] = [];
    for (let first = 0; first < ids.length; first += PAIRS_AT_ONCE) {
      const pairs = ids.slice(first, first + PAIRS_AT_ONCE).flatMap((id) => [id, id]);
      for (const { done, refused } of await Promise.all(pairs.map(reverse))) {
        results.push(...done.map(() => 'done'), ...refused.map(({ code }) => code));
      }
    }
    expect(results.filter((result) => result === 'done')).toHaveLength(500);
    expect(results.filter((result) => result === 'ENTRY_ALREADY_REVERSED')).toHaveLength(500);
    expect(await cashOf(holder)).toMatchObject({ balance: amount(0n) });
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('two reversals without a bucket lock: the key lets one through', async () => {
    const holder = await openHolder(world, 'reversal-keys', '10.00');
    const { bucket } = holder;
    const [row] = await world.db.query<{ entry_id: string }>(
      `select entry_id from accounts.postings where bucket = $1 and account_code = $2`,
      [bucket, `C:CASH:${holder.assetAccountNo}`],
    );
    const entryId = row?.entry_id ?? '';
    const results = await Promise.allSettled(
      [1, 2].map(() =>
        world.db.tx(async (tx) => {
          const request = { bucket, entryId, ref: 'a', businessDate: MONDAY };
          return await reverseEntries(unlocked(tx), [request]);
        }),
      ),
    );
    const wins = results.filter((one) => one.status === 'fulfilled' && one.value.done.length === 1);
    expect(wins).toHaveLength(1);
    expect(await cashOf(holder)).toMatchObject({ balance: amount(0n) });
  });
});
