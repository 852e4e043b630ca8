import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from './actor.ts';
import { acceptRestored, anchorFile, anchorTask, assertNotRestored } from './anchors.ts';
import { verifyAudit } from './audit.ts';
import { FIRM } from './firm.ts';
import { describeEachDb, describePostgres, testWorld } from './testing.ts';
import { work } from './work.ts';

const actor = systemActor('anchors');

describeEachDb('a database and the anchors beside it', (opened) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cairn-test-anchors-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('one that lost what was anchored is refused until somebody says that he means it', async () => {
    const world = testWorld(opened().db);
    const act = (bucket: number, subject = 'first') =>
      work(world, [bucket], async ({ audit }) => {
        audit({ bucket, actor, action: 'test.act', subject, result: 'done', detail: {} });
      });
    await assertNotRestored(world, folder);
    await act(3);
    await act(FIRM);
    await anchorTask(folder).run(world);
    await act(3);
    await assertNotRestored(world, folder);
    // An anchor that the chains of this database do not go through.
    await world.db.script('alter table platform.audit disable trigger append_only');
    await world.db.query('delete from platform.audit where bucket = 3');
    await world.db.query(
      `update platform.buckets set audit_seq = 0, audit_hash = decode(repeat('00', 32), 'hex')
       where bucket = 3`,
    );
    await world.db.script('alter table platform.audit enable trigger append_only');
    const refused = { code: 'DATABASE_RESTORED' };
    await expect(assertNotRestored(world, folder)).rejects.toMatchObject(refused);
    // What is written since in the place of what is gone is another history.
    await act(3, 'other');
    await expect(assertNotRestored(world, folder)).rejects.toMatchObject(refused);
    await acceptRestored(world, actor, folder);
    await assertNotRestored(world, folder);
    expect(
      await world.db.query(`select subject from platform.audit where action like '%restored'`),
    ).toHaveLength(1);
    expect(await verifyAudit(world.db)).toEqual([]);
  });
});

describePostgres('an anchor', (opened) => {
  test('knows of nothing that a crash could still take', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-test-anchors-'));
    const world = testWorld(opened().db);
    const { db } = world;
    for (let n = 0; n < 5; n += 1) {
      // As orders commit: the lock is given back before the flush.
      await work(world, [FIRM], async ({ tx, audit }) => {
        await tx.query('set local synchronous_commit = off');
        const entry = { action: 'test.act', subject: `${n}`, result: 'done', detail: {} } as const;
        audit({ bucket: FIRM, actor, ...entry });
      });
      const [before] = await db.query<{ at: string }>(
        'select pg_current_wal_insert_lsn()::text as at',
      );
      await anchorTask(folder).run(world);
      const [row] = await db.query<{ is_safe: boolean }>(
        'select pg_current_wal_flush_lsn() >= $1::pg_lsn as is_safe',
        [before?.at],
      );
      expect(row).toEqual({ is_safe: true });
    }
    expect(existsSync(anchorFile(folder))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
