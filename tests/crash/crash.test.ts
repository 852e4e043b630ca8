import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessDigest } from '../../server/src/app/digest.ts';
import { accountsChecks } from '../../server/src/modules/accounts/index.ts';
import { clearingChecks, DAY_STEPS, runDay } from '../../server/src/modules/clearing/index.ts';
import { tradingChecks } from '../../server/src/modules/trading/index.ts';
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { type Disk, machineDisk } from '../../server/src/platform/disk.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { describePostgres, openTestPostgres } from '../../server/src/platform/testing.ts';
import { actor } from '../business-day/stage.ts';
import { type Copy, copyOf, prepareEve, startRunner } from './base.ts';
import { crashWorld, KILLED_DAY, playKilledDay, stateOf } from './crash-world.ts';
import { dyingDb } from './dying-db.ts';

/* F4, F2, O3: a business day that is killed anywhere, any number of times, and run again ends in
   the same books and the same files as one that nobody killed. */

/** Two children at a time: as many as there are cores. */
async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all([lane(), lane()]);
}

async function expectSound(db: Db, folder: string): Promise<void> {
  const world = crashWorld(db, folder);
  for (const check of [...accountsChecks, ...tradingChecks, ...clearingChecks]) {
    expect([check.id, await check.run(db, world)]).toEqual([check.id, []]);
  }
}

describePostgres('a killed business day', (opened) => {
  let eveFolder: string;
  let eveUrl: string;
  let unhurt: Record<string, string>;

  const finished = async (copy: Copy): Promise<Record<string, string>> => {
    const db = await openDb({ url: copy.url, poolSize: 2 });
    try {
      return await stateOf(crashWorld(db, copy.folder));
    } finally {
      await db.close();
    }
  };
  const withCopy = async (work: (copy: Copy) => Promise<void>): Promise<void> => {
    const copy = await copyOf(eveUrl, eveFolder);
    try {
      await work(copy);
    } finally {
      await copy.drop();
    }
  };

  beforeAll(async () => {
    const eve = await openTestPostgres(4);
    eveFolder = await prepareEve(eve.db);
    await eve.db.close();
    eveUrl = eve.url ?? '';
    await withCopy(async (copy) => {
      const { code, errors } = await startRunner(copy.url, copy.folder).ended;
      expect([code, errors]).toEqual([0, '']);
      unhurt = await finished(copy);
      const db = await openDb({ url: copy.url, poolSize: 2 });
      await expectSound(db, copy.folder);
      await db.close();
    });
  }, 120_000);
  afterAll(async () => {
    rmSync(eveFolder, { recursive: true, force: true });
    const name = new URL(eveUrl).pathname.slice(1);
    await opened().db.script(`drop database if exists ${name} with (force)`);
  });

  test('the digest sees one fen', async () => {
    await withCopy(async (copy) => {
      const db = await openDb({ url: copy.url, poolSize: 1 });
      const before = await businessDigest(db);
      expect((await businessDigest(db)).digest).toBe(before.digest);
      await db.query(
        `update accounts.cash_accounts set balance = balance + 1 where account_code = 'C:BANK'
         and bucket = (select min(bucket) from accounts.cash_accounts)`,
      );
      expect((await businessDigest(db)).digest).not.toBe(before.digest);
      await db.close();
    });
  });

  test('killed at every boundary between two steps', async () => {
    const deaths = [...DAY_STEPS.map((step) => `step:${step}:before`), 'step:close:after'];
    await inPairs(deaths, (death) =>
      withCopy(async (copy) => {
        expect([death, (await startRunner(copy.url, copy.folder, death).ended).signal]).toEqual([
          death,
          'SIGKILL',
        ]);
        const again = await startRunner(copy.url, copy.folder).ended;
        expect([death, again.code, again.errors]).toEqual([death, 0, '']);
        expect([death, await finished(copy)]).toEqual([death, unhurt]);
      }),
    );
  }, 180_000);

  test('killed from outside at twenty random moments', async () => {
    const random = seededRandom('crash');
    const moments = Array.from({ length: 20 }, () => random.nextUint32() % 900);
    await inPairs(moments, (moment) =>
      withCopy(async (copy) => {
        const run = startRunner(copy.url, copy.folder);
        await run.begins;
        const timer = setTimeout(() => run.child.kill('SIGKILL'), moment);
        const { signal, code } = await run.ended;
        clearTimeout(timer);
        expect(signal ?? code).toBe(signal === null ? 0 : 'SIGKILL');
        const again = await startRunner(copy.url, copy.folder).ended;
        expect([moment, again.code, again.errors]).toEqual([moment, 0, '']);
        expect([moment, await finished(copy)]).toEqual([moment, unhurt]);
      }),
    );
  }, 180_000);

  test('dead at a file that is written but has no name yet: the next run leaves none such', async () => {
    await withCopy(async (copy) => {
      const db = await openDb({ url: copy.url, poolSize: 2 });
      const world = crashWorld(db, copy.folder);
      const disk: Disk = {
        ...machineDisk,
        move: (from, to) =>
          to.includes('/out/') ? Promise.reject(new Error('dead')) : machineDisk.move(from, to),
      };
      const dying = { ...world, exchange: { ...world.exchange, disk } };
      await expect(playKilledDay(dying, copy.folder)).rejects.toThrow('dead');
      expect((await stateOf(world))['out']).not.toBe(unhurt['out']);
      await playKilledDay(world, copy.folder);
      expect(await stateOf(world)).toEqual(unhurt);
      await db.close();
    });
  }, 60_000);

  /** Runs until the n-th statement in this process; true when the day came to its end before. */
  const runUntil = async (db: Db, folder: string, n: number): Promise<number | undefined> => {
    const dead = new Error('dead');
    const dying = dyingDb(db, n, () => dead);
    try {
      await playKilledDay(crashWorld(dying.db, folder), folder);
      return dying.points();
    } catch (error) {
      if (error !== dead) throw error;
      return undefined;
    }
  };

  test('dead at the first statement, then at the second, and so on until it is through', async () => {
    await withCopy(async (copy) => {
      const db = await openDb({ url: copy.url, poolSize: 2 });
      let deaths = 0;
      while ((await runUntil(db, copy.folder, deaths + 1)) === undefined) deaths += 1;
      expect(deaths).toBeGreaterThan(50);
      expect(await stateOf(crashWorld(db, copy.folder))).toEqual(unhurt);
      await expectSound(db, copy.folder);
      await db.close();
    });
  }, 180_000);

  test('dead at a statement of a fresh day, at every thirteenth', async () => {
    let points = 0;
    await withCopy(async (copy) => {
      const db = await openDb({ url: copy.url, poolSize: 2 });
      points = (await runUntil(db, copy.folder, 0)) ?? 0;
      await db.close();
    });
    expect(points).toBeGreaterThan(50);
    const deaths = Array.from({ length: Math.floor(points / 13) }, (_, n) => 13 * n + 1);
    await inPairs(deaths, (n) =>
      withCopy(async (copy) => {
        const db = await openDb({ url: copy.url, poolSize: 2 });
        expect([n, await runUntil(db, copy.folder, n)]).toEqual([n, undefined]);
        expect([n, typeof (await runUntil(db, copy.folder, 0))]).toEqual([n, 'number']);
        expect([n, await stateOf(crashWorld(db, copy.folder))]).toEqual([n, unhurt]);
        await db.close();
      }),
    );
  }, 180_000);

  test('two day-ends at once: the second is told who runs the day and since when', async () => {
    await withCopy(async (copy) => {
      const db = await openDb({ url: copy.url, poolSize: 4 });
      const world = crashWorld(db, copy.folder);
      const runs = await Promise.allSettled([
        runDay(world, actor, KILLED_DAY, { until: 'send' }),
        runDay(world, actor, KILLED_DAY, { until: 'send' }),
      ]);
      expect(runs.map((run) => run.status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = runs.find((run) => run.status === 'rejected');
      expect(refused?.reason).toMatchObject({
        code: 'DAY_BEING_RUN',
        details: { date: KILLED_DAY, owner: expect.any(String), since: world.clock.now() },
      });
      // In another process it is the same; a child that is alive holds the day.
      const holder = startRunner(copy.url, copy.folder, 'never');
      await holder.begins;
      await holder.ended;
      expect(await stateOf(world)).toEqual(unhurt);
      await db.close();
    });
  }, 60_000);

  test('a day that is closed is not run again: nothing changes', async () => {
    await withCopy(async (copy) => {
      expect((await startRunner(copy.url, copy.folder).ended).code).toBe(0);
      const db = await openDb({ url: copy.url, poolSize: 2 });
      const world = crashWorld(db, copy.folder);
      await expect(runDay(world, actor, KILLED_DAY)).rejects.toThrow('DAY_ALREADY_CLOSED');
      await db.close();
      expect(await finished(copy)).toEqual(unhurt);
    });
  }, 60_000);
});

describe('a killed business day on PGlite on disk', () => {
  let folder: string;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('killed four times on its way, it ends like one that nobody killed', async () => {
    folder = mkdtempSync(join(tmpdir(), 'cairn-test-crash-pglite-'));
    const eve = join(folder, 'eve-db');
    const db = await openDb({ dataDir: eve });
    await migrate(db);
    const eveFolder = await prepareEve(db);
    await db.close();
    const finish = async (name: string, deaths: readonly string[]) => {
      const data = join(folder, `${name}-db`);
      const own = join(folder, name);
      cpSync(eve, data, { recursive: true });
      cpSync(eveFolder, own, { recursive: true });
      for (const death of deaths) {
        const { signal } = await startRunner(data, own, death).ended;
        expect([death, signal]).toEqual([death, 'SIGKILL']);
      }
      const last = await startRunner(data, own).ended;
      expect([last.code, last.errors]).toEqual([0, '']);
      const reopened = await openDb({ dataDir: data });
      const state = await stateOf(crashWorld(reopened, own));
      await expectSound(reopened, own);
      await reopened.close();
      return state;
    };
    const deaths = ['step:send:before', 'statement:40', 'step:confirm:after', 'statement:60'];
    expect(await finish('killed', deaths)).toEqual(await finish('unhurt', []));
    rmSync(eveFolder, { recursive: true, force: true });
  }, 180_000);
});
