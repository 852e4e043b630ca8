import { beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../platform/actor.ts';
import { describeEachDb, type TestWorld, testWorld } from '../platform/testing.ts';
import { FIRM, work } from '../platform/work.ts';
import {
  checksOf,
  type CheckResult,
  formatCheck,
  formatChecksJson,
  runChecksOver,
} from './checks.ts';
import { modulesOf } from './modules.ts';

const batching = { lanes: 1, batchSizeMax: 10, batchWaitMs: 0, queueMax: 10 };
const checks = checksOf(modulesOf(batching, { distributorCode: '305', folder: '/nowhere' }));

// The invariants of the list that exist so far; each has its planted violation in its module.
const INVARIANTS = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M9', 'SH1', 'SH2', 'SH3', 'SH4', 'SH5'];
const MORE = ['O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'F1', 'F2', 'F5', 'A2', 'T1'];

test('every invariant is checked once, with a title in both languages', () => {
  const ids = checks.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...INVARIANTS, ...MORE]));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { title, titleZh } of checks) {
    expect(title).toMatch(/^[A-Z]/);
    expect(titleZh).toMatch(/\p{Script=Han}/u);
  }
});

describeEachDb('all checks over one database', (opened) => {
  let world: TestWorld;
  beforeAll(() => {
    world = testWorld(opened().db);
  });

  test('an empty house is clean', async () => {
    const seen: CheckResult[] = [];
    const results = await runChecksOver(world.db, world, checks, (result) => seen.push(result));
    expect(results.flatMap(({ violations }) => violations)).toEqual([]);
    expect(seen).toEqual(results);
    expect(JSON.parse(formatChecksJson(results))).toMatchObject({ isClean: true });
  });

  test('a changed audit record is found and shown', async () => {
    await work(world, [FIRM], async ({ audit }) => {
      const actor = systemActor('test');
      for (const subject of ['a', 'b']) {
        audit({ bucket: FIRM, actor, action: 'test.act', subject, result: 'done', detail: {} });
      }
      await Promise.resolve();
    });
    await world.db.script(`
      alter table platform.audit disable trigger all;
      update platform.audit set subject = 'c' where subject = 'a';
      alter table platform.audit enable trigger all;
    `);
    const results = await runChecksOver(world.db, world, checks);
    const found = results.filter(({ violations }) => violations.length > 0);
    expect(found.map(({ id }) => id)).toEqual(['A2']);
    const [chain] = found;
    expect(chain === undefined ? '' : formatCheck(chain)).toContain('FAIL  A2');
    const json: unknown = JSON.parse(formatChecksJson(results));
    expect(json).toMatchObject({ isClean: false });
  });

  test.each([
    ['a record that stands before an earlier one', 'audit', `at = at - interval '1 hour'`],
    ['a bucket that has forgotten its last instant', 'buckets', 'last_at = null'],
  ])('T1 finds %s', async (_what, table, change) => {
    await work(world, [7], async ({ audit }) => {
      const actor = systemActor('test');
      for (const subject of ['a', 'b']) {
        audit({ bucket: 7, actor, action: 'test.act', subject, result: 'done', detail: {} });
      }
      await Promise.resolve();
    });
    const last =
      table === 'audit'
        ? 'seq = (select max(seq) from platform.audit a where a.bucket = 7)'
        : 'true';
    await world.db.tx(async (tx) => {
      await tx.query('alter table platform.audit disable trigger all');
      await tx.affected(`update platform.${table} set ${change} where bucket = 7 and ${last}`);
      await tx.query('alter table platform.audit enable trigger all');
    });
    const results = await runChecksOver(world.db, world, checks);
    const [found] = results.filter(({ id }) => id === 'T1');
    expect(found?.violations.map(({ subject }) => subject.split('/')[0])).toContain('audit:7');
  });
});

describe('a result as people read it', () => {
  const violation = (n: number) => ({ subject: `order:${n}`, detail: { amount: BigInt(n) } });

  test('shows the first five and says how many more', () => {
    const violations = Array.from({ length: 7 }, (_, n) => violation(n));
    const text = formatCheck({ id: 'M1', title: 'One', titleZh: '一', violations });
    expect(text.split('\n')).toHaveLength(7);
    expect(text).toContain('order:4 {"amount":"4"}');
    expect(text).toContain('and 2 more / 另有 2 条');
  });
});
