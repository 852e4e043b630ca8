import { expect, test } from 'vitest';
import { systemActor } from './actor.ts';
import { type Anchor, readAnchor, verifyAudit } from './audit.ts';
import { openDb } from './db.ts';
import { migrate } from './migrate.ts';
import { describeEachDb, describePostgres, testWorld } from './testing.ts';
import { FIRM, work } from './work.ts';
import type { World } from './world.ts';

const entry = (bucket: number, note: string) => ({
  bucket,
  actor: systemActor('request-1'),
  action: 'test.write',
  subject: `thing:${note}`,
  result: 'done' as const,
  detail: { note, amount: 12n },
});

const write = (world: World, bucket: number, note: string) =>
  work(world, [bucket], async ({ audit, emit }) => {
    audit(entry(bucket, note));
    emit({ bucket, topic: 'test.written', key: note, payload: { note } });
  });

describeEachDb('unit of work', (opened) => {
  test('audit, event and effect commit together, or none of them', async () => {
    const world = testWorld(opened().db);
    await write(world, 3, 'first');
    await expect(
      work(world, [3], async ({ audit, emit }) => {
        audit(entry(3, 'lost'));
        emit({ bucket: 3, topic: 'test.lost', key: 'lost', payload: {} });
        throw new Error('decided otherwise');
      }),
    ).rejects.toThrow('decided otherwise');
    expect(await world.db.query('select subject from platform.audit where bucket = 3')).toEqual([
      { subject: 'thing:first' },
    ]);
    expect(
      await world.db.query('select topic, payload from platform.outbox where bucket = 3'),
    ).toEqual([{ topic: 'test.written', payload: { note: 'first' } }]);
  });

  test('what is done later on a bucket never stands earlier, whatever the clocks say', async () => {
    const world = testWorld(opened().db);
    const { clock } = world;
    const instants: string[] = [];
    const at = (bucket: number, note: string) =>
      work(world, [bucket, 13], async ({ audit, now }) => {
        audit(entry(bucket, note));
        instants.push(now);
      });
    await at(12, 'first');
    // The same server after its clock was set back, or another one whose clock is behind.
    clock.advanceMs(-3_600_000);
    await at(12, 'second');
    expect(instants[1]).toBe(instants[0]);
    // Nothing was ever written on this one, so its own clock counts.
    await at(14, 'elsewhere');
    expect(instants[2]).toBe(clock.now());
    clock.advanceMs(3_600_001);
    await at(12, 'third');
    expect(instants[3]).toBe(clock.now());
  });

  test('an audit record for a bucket that is not locked stops the work', async () => {
    const world = testWorld(opened().db);
    await expect(work(world, [4], async ({ audit }) => audit(entry(5, 'x')))).rejects.toThrow(
      'not locked',
    );
  });

  test('work that meets a conflict each time says so, and has changed nothing', async () => {
    const world = testWorld(opened().db);
    let attempts = 0;
    const conflicting = work(world, [6], async ({ tx, audit }) => {
      attempts += 1;
      audit(entry(6, 'never'));
      await tx.query(`do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`);
    });
    await expect(conflicting).rejects.toThrow('DATABASE_CONFLICT');
    expect(attempts).toBe(4);
    expect(await world.db.query('select 1 from platform.audit where bucket = 6')).toEqual([]);
  });

  test('every way to tamper with the audit is found', async () => {
    const world = testWorld(opened().db);
    for (const note of ['a', 'b', 'c', 'd']) await write(world, 9, note);
    const anchor: Anchor = await readAnchor(world.db, world.clock.now());
    expect(await verifyAudit(world.db, [anchor])).toEqual([]);
    await expect(
      world.db.query(`update platform.audit set detail = '{}' where bucket = 9`),
    ).rejects.toMatchObject({ code: 'CA001' });
    for (const tamper of [
      `update platform.audit set detail = replace(detail, '12', '13') where bucket = 9 and seq = 2`,
      `delete from platform.audit where bucket = 9 and seq = 4`,
      `delete from platform.audit where bucket = 9 and seq = 2`,
      `update platform.audit set at = at + interval '1 ms' where bucket = 9 and seq = 3`,
      `update platform.buckets set audit_seq = 3 where bucket = 9`,
    ]) {
      await expect(
        world.db.tx(async (tx) => {
          await tx.query('alter table platform.audit disable trigger append_only');
          await tx.query(tamper);
          const faults = await verifyAudit(tx, [anchor]);
          throw Object.assign(new Error('undo'), { faults });
        }),
      ).rejects.toMatchObject({ faults: expect.arrayContaining([expect.anything()]) });
    }
    expect(await verifyAudit(world.db, [anchor])).toEqual([]);
  });

  test('is found sound while others write, and a record beyond its head is found', async () => {
    const world = testWorld(opened().db);
    const stop = { isAsked: false };
    const writing = (async () => {
      for (let n = 0; !stop.isAsked; n++) await write(world, 200 + (n % 50), 'meanwhile');
    })();
    const found = [...(await verifyAudit(world.db)), ...(await verifyAudit(world.db))];
    stop.isAsked = true;
    await writing;
    expect(found).toEqual([]);
    await expect(
      world.db.tx(async (tx) => {
        await tx.query(
          `insert into platform.audit select bucket, seq + 1, at, actor, request_id, source, action,
             subject, result, detail, hash from platform.audit
           where bucket = 200 order by seq desc limit 1`,
        );
        throw Object.assign(new Error('undo'), { faults: await verifyAudit(tx) });
      }),
    ).rejects.toMatchObject({ faults: [{ bucket: 200, fault: 'head' }] });
  });

  test('a chain cut short together with its head is found through the outside anchor', async () => {
    const world = testWorld(opened().db);
    for (const note of ['a', 'b', 'c']) await write(world, 11, note);
    const anchor = await readAnchor(world.db, world.clock.now());
    await world.db.script(`
      alter table platform.audit disable trigger append_only;
      delete from platform.audit where bucket = 11 and seq = 3;
      update platform.buckets b set audit_seq = 2, audit_hash =
        (select hash from platform.audit a where a.bucket = 11 and a.seq = 2) where b.bucket = 11;
      alter table platform.audit enable trigger append_only;`);
    expect(await verifyAudit(world.db)).toEqual([]);
    expect(await verifyAudit(world.db, [anchor])).toEqual([
      { bucket: 11, seq: 3n, fault: 'anchor' },
    ]);
  });
});

describePostgres('unit of work', (opened) => {
  test('two hundred concurrent works on one bucket leave one unbroken chain', async () => {
    const world = testWorld(opened().db);
    await Promise.all(Array.from({ length: 200 }, (_, i) => write(world, FIRM, `n${i}`)));
    const [count] = await world.db.query(
      'select count(*) as rows from platform.audit where bucket = $1',
      [FIRM],
    );
    expect(count).toEqual({ rows: 200n });
    expect(await verifyAudit(world.db)).toEqual([]);
  });

  test('several processes may start at once: every migration is applied once', async () => {
    const url = opened().url ?? '';
    const admin = await openDb({ url, poolSize: 1 });
    const name = `cairn_test_migrate_${process.pid}`;
    await admin.script(`create database ${name}`);
    const target = new URL(url);
    target.pathname = `/${name}`;
    const starters = await Promise.all(
      Array.from({ length: 5 }, () => openDb({ url: target.href, poolSize: 1 })),
    );
    const applied = await Promise.all(starters.map((db) => migrate(db)));
    expect(applied.filter((files) => files.length > 0)).toHaveLength(1);
    await Promise.all(starters.map((db) => db.close()));
    await admin.script(`drop database ${name}`);
    await admin.close();
  });
});
