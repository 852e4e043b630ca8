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
import { openHouse } from '../bad-input/house.ts';
import { send } from '../bad-input/send.ts';
import { changedTables, stateOf } from '../bad-input/state.ts';

/** Counters of failures, leases and what the audit itself is written to. */
const OF_ITSELF = new Set(['platform.audit', 'platform.buckets', 'platform.login_failures']);

test('whatever changes a table leaves a record of its request: every operation, from the API document', async () => {
  const database = await openTestPglite();
  const house = await openHouse(database);
  try {
    const faults: string[] = [];
    let changing = 0;
    for (const endpoint of await endpointsOf(house)) {
      const before = await stateOf(database.db);
      const reply = await send(house, endpoint);
      const changed = changedTables(before, await stateOf(database.db)).filter(
        (table) => !OF_ITSELF.has(table),
      );
      if (changed.length === 0) continue;
      changing += 1;
      const records = await database.db.query(
        'select 1 from platform.audit where request_id = $1 and bucket between 0 and 256',
        [reply.headers['x-request-id']],
      );
      if (records.length === 0) {
        faults.push(`${endpoint.route} ${reply.statusCode} changed ${changed.join()}, unrecorded`);
      }
    }
    expect(faults).toEqual([]);
    expect(changing).toBeGreaterThan(25);
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

  const COLUMNS = ['actor', 'request_id', 'source', 'action', 'subject', 'detail', 'hash'];

  test('changed in any column of any record is found', async () => {
    expect(await verifyAudit(database.db)).toEqual([]);
    const place = fc.record({
      bucket: fc.constantFrom(...BUCKETS),
      seq: fc.integer({ min: 1, max: ROWS }),
      column: fc.constantFrom(...COLUMNS),
      at: fc.nat(400),
      by: fc.integer({ min: 1, max: 127 }),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ bucket, seq, column, at, by }) => {
        const faults = await faultsAfter(
          column === 'hash'
            ? `update platform.audit set hash = set_byte(hash, ${at % 32}, get_byte(hash, ${at % 32}) # ${by})
               where bucket = ${bucket} and seq = ${seq}`
            : `update platform.audit set ${column} = overlay(${column} placing
                 chr(case ascii(substr(${column}, 1 + ${at} % greatest(length(${column}), 1), 1))
                   when ${by} then ${by + 1} else ${by} end)
                 from 1 + ${at} % greatest(length(${column}), 1) for 1)
               where bucket = ${bucket} and seq = ${seq}`,
        );
        expect(faults).not.toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
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
