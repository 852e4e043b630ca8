/**
 * The audit misses nothing and hides nothing: every request that changes a table leaves a record with
 * its own trace id, and a single byte that was changed in the chain, in its heads or in the anchors
 * is found.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '@cairn/kernel';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/src/platform/actor.ts';
import { anchorFile, appendAnchor, readAnchors } from '../../server/src/platform/anchors.ts';
import { readAnchor, verifyAudit } from '../../server/src/platform/audit.ts';
import { secretsFrom } from '../../server/src/platform/secrets.ts';
import {
  openTestPglite,
  type TestDatabase,
  type TestWorld,
  testWorld,
} from '../../server/src/platform/testing.ts';
import { work } from '../../server/src/platform/work.ts';
import { endpointsOf } from '../bad-input/endpoints.ts';
import type { Endpoint } from '../bad-input/endpoint.ts';
import { type House, openHouse } from '../bad-input/house.ts';
import { planted, plantedEndpoints } from '../bad-input/planted.ts';
import { send } from '../bad-input/send.ts';
import { changedTables, stateOf } from '../bad-input/state.ts';

/** Counters of failures, leases and what the audit itself is written to. */
const OF_ITSELF = new Set(['platform.audit', 'platform.buckets', 'platform.login_failures']);

/** Sends a right request; answers the tables that it changed and whether the audit has its trace id. */
async function observe(house: House, endpoint: Endpoint) {
  const { db } = house.world;
  const before = await stateOf(db);
  const reply = await send(house, endpoint);
  const changed = changedTables(before, await stateOf(db)).filter((table) => !OF_ITSELF.has(table));
  const records = await db.query(
    'select 1 from platform.audit where request_id = $1 and bucket between 0 and 256',
    [reply.headers['x-request-id']],
  );
  const what = `${endpoint.route} ${reply.statusCode} changed ${changed.join()}, unrecorded`;
  const isChange = changed.length > 0;
  return { isChange, faults: isChange && records.length === 0 ? [what] : [] };
}

test('whatever changes a table leaves a record of its request: every operation, from the API document', async () => {
  const database = await openTestPglite();
  const house = await openHouse(database, {}, [planted]);
  try {
    const observed = [];
    for (const endpoint of await endpointsOf(house)) observed.push(await observe(house, endpoint));
    expect(observed.flatMap(({ faults }) => faults)).toEqual([]);
    expect(observed.filter(({ isChange }) => isChange).length).toBeGreaterThan(25);
    const { faults } = await observe(house, plantedEndpoints(house).silent);
    expect(faults).toEqual(['POST /planted/silent 200 changed platform.users, unrecorded']);
  } finally {
    await house.close();
    await database.drop();
  }
});

describe('one byte', () => {
  let database: TestDatabase;
  let world: TestWorld;
  const BUCKETS = [9, 10];
  const ROWS = 4;

  beforeAll(async () => {
    database = await openTestPglite();
    world = testWorld(database.db);
    // Rows of both hashes in one chain: the setting was changed in between.
    for (const algorithms of ['international', 'chinese'] as const) {
      const own = { ...world, secrets: secretsFrom(Buffer.alloc(32, 7), algorithms) };
      for (let i = 0; i < ROWS / 2; i += 1) {
        await work(own, BUCKETS, async ({ audit }) => {
          for (const bucket of BUCKETS) {
            const detail = { note: `row ${i} 张三`, amount: 12n };
            const subject = `order:${bucket}${i}`;
            audit({
              bucket,
              actor: systemActor('test'),
              action: 'a.b',
              subject,
              result: 'done',
              detail,
            });
          }
        });
        world.clock.advanceMs(1_234);
      }
    }
    await database.db.script('alter table platform.audit disable trigger append_only');
  });
  afterAll(() => database.drop());

  /** What has forms of its own, and so is changed by the statements below. */
  const OWN_FORM = ['bucket', 'seq', 'at', 'result'];

  /** The columns whose every byte can be changed, as the database has them. */
  async function columnsOfText(): Promise<string[]> {
    const rows = await database.db.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'platform' and table_name = 'audit' order by ordinal_position`,
    );
    return rows.map(({ name }) => name).filter((name) => !OWN_FORM.includes(name));
  }

  const change = (column: string, at: number, by: number): string =>
    column === 'hash'
      ? `hash = set_byte(hash, ${at % 32}, get_byte(hash, ${at % 32}) # ${by})`
      : `${column} = overlay(${column} placing
           chr(case ascii(substr(${column}, 1 + ${at} % greatest(length(${column}), 1), 1))
             when ${by} then ${by + 1} else ${by} end)
           from 1 + ${at} % greatest(length(${column}), 1) for 1)`;

  test('changed in any column of any record is found', async () => {
    expect(await verifyAudit(database.db)).toEqual([]);
    const place = fc.record({
      bucket: fc.constantFrom(...BUCKETS),
      seq: fc.integer({ min: 1, max: ROWS }),
      column: fc.constantFrom(...(await columnsOfText())),
      at: fc.nat(400),
      by: fc.integer({ min: 1, max: 127 }),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ bucket, seq, column, at, by }) => {
        const faults = await faultsAfter(
          `update platform.audit set ${change(column, at, by)}
           where bucket = ${bucket} and seq = ${seq}`,
        );
        expect(faults).not.toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  test('changed in a column that the digest leaves out is missed, and so the test would say it', async () => {
    await database.db.script(
      `alter table platform.audit add column forgotten text not null default 'x'`,
    );
    expect(await columnsOfText()).toContain('forgotten');
    const tamper = `update platform.audit set ${change('forgotten', 0, 65)} where bucket = 9 and seq = 1`;
    expect(await faultsAfter(tamper)).toEqual([]);
    await database.db.script('alter table platform.audit drop column forgotten');
    expect(await columnsOfText()).not.toContain('forgotten');
  });

  test.each([
    `update platform.audit set at = at + interval '1 microsecond' where bucket = 9 and seq = 2`,
    `update platform.audit set at = at - interval '1 day' where bucket = 9 and seq = 2`,
    `update platform.audit set result = 'refused' where bucket = 10 and seq = 1`,
    `update platform.audit set seq = 40 where bucket = 10 and seq = 1`,
    `update platform.audit set bucket = 11 where bucket = 10 and seq = 4`,
    `update platform.buckets set audit_seq = audit_seq + 1 where bucket = 10`,
    `update platform.buckets set audit_hash = set_byte(audit_hash, 31, get_byte(audit_hash, 31) # 1)
     where bucket = 9`,
    `delete from platform.audit where bucket = 9 and seq = 1`,
  ])('%s: found', async (tamper) => {
    expect(await faultsAfter(tamper)).not.toEqual([]);
  });

  /** What the verification says after a statement, which is undone. */
  async function faultsAfter(statement: string): Promise<unknown[]> {
    let faults: unknown[] = [];
    const undo = new Error('undo');
    await database.db
      .tx(async (tx) => {
        await tx.query(statement);
        faults = await verifyAudit(tx);
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
    return faults;
  }

  test('changed anywhere in the file of anchors is found, and lines that are gone but the last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-test-anchors-'));
    const path = anchorFile(folder);
    for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) {
      appendAnchor(path, await readAnchor(database.db, instant(`${day}T12:00:00.000Z`)));
    }
    const whole = readFileSync(path);
    const holds = async () => {
      const { anchors, brokenLines } = readAnchors(path);
      return brokenLines.length === 0 && (await verifyAudit(database.db, anchors)).length === 0;
    };
    expect(await holds()).toBe(true);
    const missed: number[] = [];
    for (let at = 0; at < whole.length; at += 1) {
      for (const by of [1, 0x20, 0x80]) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ by;
        writeFileSync(path, changed);
        if (await holds()) missed.push(at);
      }
    }
    expect(missed).toEqual([]);
    const lines = whole.toString().trimEnd().split('\n');
    for (const gone of [0, 1]) {
      writeFileSync(path, `${lines.filter((_, at) => at !== gone).join('\n')}\n`);
      expect(await holds()).toBe(false);
    }
    // Cut off in the middle of a line is what a crash leaves: the next anchor stands in its place.
    writeFileSync(path, whole.subarray(0, -20));
    expect(await holds()).toBe(true);
    appendAnchor(path, await readAnchor(database.db, instant('2026-03-05T12:00:00.000Z')));
    expect(readAnchors(path)).toMatchObject({ brokenLines: [], anchors: { length: 3 } });
    appendFileSync(path, 'x\n');
    expect(await holds()).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
