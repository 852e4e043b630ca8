/* A judge who never finds anything proves nothing: what it is there for is planted, and found. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/src/platform/actor.ts';
import { purchaseOf } from '../../server/src/app/sandbox/order-stage.ts';
import { placeOrders } from '../../server/src/modules/trading/index.ts';
import { findPrograms } from '../failover/cluster.ts';
import { Campaign, FAULTS, playRound } from './campaign.ts';
import { ProcessHouse } from './house.ts';
import { GROUPS, NAMES_ZH } from './names.ts';

const bin = findPrograms();

test('every fault has its name in both languages', () => {
  expect(Object.keys(NAMES_ZH).toSorted()).toEqual(FAULTS.map(({ name }) => name).toSorted());
  expect([...new Set(FAULTS.map(({ group }) => group))].toSorted()).toEqual(
    Object.keys(GROUPS).toSorted(),
  );
  const numbers = Object.values(GROUPS).map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, n) => n + 1));
});

test('faults that were never done come first, then the rarest group, and of it what takes least time', () => {
  const campaign = new Campaign('');
  const first = campaign.next(FAULTS, 16, 30);
  expect(new Set(first).size).toBe(16);
  for (const fault of FAULTS) {
    const isRare = fault.group === 'bit flipped';
    Object.assign(campaign.figuresOf(fault), { runs: 4, times: isRare ? 4 : 20, seconds: 8 });
  }
  const [slow, ...quick] = FAULTS.filter(({ group }) => group === 'bit flipped');
  if (slow === undefined) throw new Error('bits are flipped');
  campaign.figuresOf(slow).seconds = 100;
  const next = campaign.next(FAULTS, 8, 30);
  expect(new Set(next)).toEqual(new Set(quick));
  // What was done again and again and never seen cannot be had here.
  for (const fault of quick) campaign.figuresOf(fault).times = 0;
  expect(new Set(campaign.next(FAULTS, 8, 30))).toEqual(new Set([slow]));
});

/** How a process was called; nothing for one that has ended meanwhile. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(bin === undefined)('planted faults (need the programs of PostgreSQL)', () => {
  let house: ProcessHouse | undefined;
  afterEach(async () => {
    await house?.close();
    house = undefined;
  });

  test('what is acknowledged before it is on the disk is found lost', async () => {
    house = await ProcessHouse.open({ bin: bin ?? '' });
    // The database acknowledges commits, and the flush that stands for them, before it writes them,
    // and the process that would write them a moment later is kept from it.
    await house.cluster.sql('alter database house set synchronous_commit = off');
    house.databaseWire.cut();
    for (const pid of house.cluster.processes()) {
      if (commandOf(pid).includes('walwriter')) process.kill(pid, 'SIGSTOP');
    }
    const found = await playRound(
      house,
      [
        {
          name: 'database killed that acknowledges too early',
          group: 'database killed',
          async run(one, clients) {
            await clients.more(40, 30_000);
            one.cluster.kill();
            await one.restartDatabase();
            return 1;
          },
        },
      ],
      0,
    );
    expect(found.filter((line) => line.includes('lost: '))).not.toEqual([]);
  });

  test('what nobody was told of, and money that nobody moved, are found', async () => {
    house = await ProcessHouse.open({ bin: bin ?? '' });
    const { stage } = house;
    const [investor] = stage.investors;
    if (investor === undefined) throw new Error('the stage has investors');
    expect(await house.judge()).toEqual([]);
    await house.withDb(async (db) => {
      const world = { ...stage.world, db };
      await placeOrders(world, systemActor('planted'), [purchaseOf(investor, 'again')]);
      await db.query(
        `update accounts.cash_accounts set balance = balance + 1
         where kind = 'customerCash' and asset_account_no = $1`,
        [stage.investors[1]?.assetAccountNo],
      );
    });
    const found = await house.judge();
    expect(found.filter((line) => line.startsWith('twice: '))).toHaveLength(1);
    expect(found.filter((line) => line.startsWith('cash of '))).toHaveLength(2);
    expect(found.some((line) => line.startsWith('check M4'))).toBe(true);
    expect(found.filter((line) => line.startsWith('events: 0 orders'))).toHaveLength(1);
  });
});
