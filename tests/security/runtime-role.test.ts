import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { migrateAsOwner } from '../../server/src/platform/runtime-role.ts';
import { describePostgres } from '../../server/src/platform/testing.ts';
import { day, openStage, type Stage, violations } from '../business-day/stage.ts';

/* A role of its own for the program: it does a whole business day, and cannot change what happened,
   not even by taking away the triggers that refuse it. */

const ROLE = `cairn_test_role_${process.pid}`;
const DENIED = '42501';

describePostgres('the role that the program works as', (opened) => {
  let url: string;
  let db: Db;
  let stage: Stage;

  beforeAll(async () => {
    url = opened().url ?? '';
    await opened().db.query(`create role ${ROLE} login password 'of-the-test'`);
    const own = new URL(url);
    own.username = ROLE;
    own.password = 'of-the-test';
    db = await openDb({ url: own.href, poolSize: 8 });
  });
  afterAll(async () => {
    stage.remove();
    await db.close();
    await opened().db.query(`drop owned by ${ROLE}`);
    await opened().db.query(`drop role ${ROLE}`);
  });

  it('gets its rights from the owner, again and again', async () => {
    await expect(migrate(db)).rejects.toThrow('DATABASE_ROLE_CANNOT_MIGRATE');
    expect(await migrateAsOwner(url, db)).toEqual([]);
    expect(await migrateAsOwner(url, db)).toEqual([]);
    expect(await migrate(db)).toEqual([]);
  });

  it('does a business day from the first customer to the holdings', async () => {
    stage = await openStage(db);
    const bought = [];
    for (const n of [0, 1, 2]) {
      stage.at(day(n), '10:00:00.000');
      bought.push(await stage.buy(0, '1000.00'));
      if (n === 2) await stage.sell(0, '100.00');
      expect((await stage.play(day(n))).isComplete).toBe(true);
    }
    expect(await stage.stateOf(bought[0] ?? '')).toBe('confirmed');
    expect(await violations(stage)).toEqual([]);
  });

  const FORBIDDEN = [
    'update accounts.postings set amount = amount',
    'delete from accounts.postings',
    'truncate accounts.postings cascade',
    'update platform.audit set subject = subject',
    'delete from platform.audit',
    'update accounts.holding_movements set units = units',
    'delete from trading.orders',
    'update platform.migrations set digest = digest',
    'delete from platform.migrations',
    'alter table platform.audit disable trigger user',
    'drop trigger append_only on platform.audit',
    'create or replace function platform.refuse_change() returns trigger language plpgsql as $$ begin return null; end $$',
    'create table accounts.more (a int)',
    'drop table accounts.postings cascade',
  ];

  it.each(FORBIDDEN)('may not %s', async (text) => {
    await expect(db.query(text)).rejects.toMatchObject({ code: DENIED });
  });

  it('is all that stands in the way: the owner could', async () => {
    class Undo extends Error {}
    for (const text of ['alter table platform.audit disable trigger user', FORBIDDEN[4] ?? '']) {
      const tried = opened().db.tx(async (tx) => {
        await tx.query('alter table platform.audit disable trigger user');
        await tx.query(text);
        throw new Undo();
      });
      await expect(tried).rejects.toThrow(Undo);
    }
  });

  describe('a second role that protects nothing', () => {
    it('is refused when it is a superuser or owns the tables', async () => {
      await expect(migrateAsOwner(url, opened().db)).rejects.toThrow('DATABASE_ROLE_OWNS');
    });

    it('is refused when it is of another database', async () => {
      const other = `cairn_test_other_${process.pid}`;
      const server = new pg.Client({ connectionString: url });
      await server.connect();
      await server.query(`create database ${other}`);
      try {
        const at = new URL(url);
        at.pathname = `/${other}`;
        at.username = ROLE;
        at.password = 'of-the-test';
        const elsewhere = await openDb({ url: at.href, poolSize: 1 });
        await expect(migrateAsOwner(url, elsewhere)).rejects.toThrow(
          'DATABASE_ROLE_CANNOT_MIGRATE',
        );
        await elsewhere.close();
      } finally {
        await server.query(`drop database ${other} with (force)`);
        await server.end();
      }
    });
  });
});
