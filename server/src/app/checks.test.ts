import { beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../platform/actor.ts';
import { describeEachDb, type TestWorld, testWorld } from '../platform/testing.ts';
import type { Tx } from '../platform/db.ts';
import { FIRM, work } from '../platform/work.ts';
import {
  checksOf,
  type CheckResult,
  formatCheck,
  formatChecksJson,
  runChecksOver,
} from './checks.ts';
import { decidedByTwo, dutiesApart, exactNumbers } from './house-checks.ts';
import { modulesOf } from './modules.ts';

const batching = { lanes: 1, batchSizeMax: 10, batchWaitMs: 0, queueMax: 10 };
const checks = checksOf(modulesOf(batching, { distributorCode: '305', folder: '/nowhere' }));

const houseChecks = [exactNumbers, decidedByTwo, dutiesApart];

// The invariants of the list that exist so far; each has its planted violation in its module.
const INVARIANTS = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M9', 'SH1', 'SH2', 'SH3', 'SH4', 'SH5'];
const MORE = ['M7', 'M8', 'O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'F1', 'F2', 'F5', 'E1', 'E2'];
const HOUSE = ['A1', 'A2', 'A3', 'A4', 'A6', 'K1', 'T1'];

test('every invariant is checked once, with a title in both languages', () => {
  const ids = checks.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...INVARIANTS, ...MORE, ...HOUSE]));
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

class Undo extends Error {}

const APPROVAL = `insert into platform.approvals (approval_id, kind, subject, payload, payload_digest,
  maker, requested_at, expires_at, state, checker, decided_at, reason)
  select 'a', 'test', 'x', '{}', sha256('{}'), 'staff:mei', '2026-03-02T00:00:00Z',
    '2026-03-09T00:00:00Z', 'approved', 'staff:bo',`;
const AUDITED = `insert into platform.audit (bucket, seq, at, actor, request_id, source, action,
  subject, result, detail, hash)
  select 256, 1000 + count(*), '2026-03-03T00:00:00Z', 'staff:bo', 'r', 'local',`;
const user = (roles: string) => `insert into platform.users (user_id, user_name, state, roles,
  created_at, updated_at) values ('S1', 'zhang', 'pending', '{${roles}}', now(), now())`;
const freeUsers = `do $$ declare c name; begin
  for c in select conname from pg_constraint
    where conrelid = 'platform.users'::regclass and contype = 'c' loop
    execute format('alter table platform.users drop constraint %I', c);
  end loop; end $$`;
const decidedOn = (instant: string) => `${APPROVAL} '${instant}', 'seen'`;
const auditedOf = (action: string, detail: string) =>
  `${AUDITED} '${action}', 'staff:S9', 'done', '${detail}', '' from platform.audit`;
const APPROVED_ACT = `${APPROVAL} '2026-03-03T00:00:00Z', 'seen'`.replace(
  "'test', 'x'",
  "'staff.auditor-account', 'staff:S9'",
);
const CREATED = auditedOf('staff.create', '{"had":[],"roles":["auditor"]}');
const DISABLED = auditedOf('staff.disable', '{"had":["auditor"],"approvalId":"a"}');
/** Somebody did something with an account, on a day of 2026. */
const actOf = (actor: string, action: string, subject: string, day: string) =>
  `${AUDITED} '${action}', '${subject}', 'done', '{"had":[]}', '' from platform.audit`
    .replace('staff:bo', actor)
    .replace('2026-03-03', `2026-${day}`);
const approvedBy = (subject: string) =>
  `${AUDITED} 'approvals.approve', '${subject}', 'done', '{}', '' from platform.audit`;

describeEachDb('the checks of the whole house', (opened) => {
  /** Ids of these checks that find something after the change, which is taken back. */
  const foundAfter = async (...statements: readonly string[]): Promise<string[]> => {
    const world = testWorld(opened().db);
    const found: string[] = [];
    const plant = async (tx: Tx) => {
      for (const statement of statements) await tx.query(statement);
      for (const check of houseChecks) {
        if ((await check.run(tx, world)).length > 0) found.push(check.id);
      }
      throw new Undo();
    };
    await expect(world.db.tx(plant)).rejects.toThrow(Undo);
    return found;
  };
  const event = (payload: string) =>
    `insert into platform.outbox (bucket, topic, key, payload, at)
     values (1, 'test.said', 'x', '${payload}', now())`;

  test.each([
    ['a column of binary floats', ['M8'], ['create table accounts.rates (rate float8)']],
    ['an event with an amount as a number', ['M8'], [event('{"a": {"amount": 100}}')]],
    ['an event with a fraction', ['M8'], [event('{"share": 0.5}')]],
    ['an event with exact texts', [], [event('{"amount": "100.00", "version": 3}')]],
    [
      'a decision by a second person in time',
      [],
      [decidedOn('2026-03-03T00:00:00Z'), approvedBy('approval:a')],
    ],
    ['a decision that nobody took', ['A3'], [decidedOn('2026-03-03T00:00:00Z')]],
    [
      'a decision after its time',
      ['A3'],
      [decidedOn('2026-03-10T00:00:00Z'), approvedBy('approval:a')],
    ],
    [
      'a change other than the one that was shown',
      ['A3'],
      [
        decidedOn('2026-03-03T00:00:00Z'),
        approvedBy('approval:a'),
        `update platform.approvals set payload = '{"fee": 0}'`,
      ],
    ],
    [
      'a day of the calendar that nobody agreed to',
      ['A3'],
      [
        `insert into platform.calendar_days (date, version, is_open, approval_id, recorded_at)
         values ('2030-01-02', 1, true, 'none', now())`,
      ],
    ],
    ['an auditor with another duty', ['A6'], [freeUsers, user('auditor,adviser')]],
    ['duties that may stand together', [], [user('operations,adviser')]],
    [
      'somebody who changed his own duties',
      ['A6'],
      [`${AUDITED} 'staff.roles', 'staff:bo', 'done', '{}', '' from platform.audit`],
    ],
    [
      'an auditor whom one alone disabled',
      ['A6'],
      [
        CREATED,
        // Whoever hid the duty hides it in vain: the records before tell.
        auditedOf('staff.disable', '{"had":[]}'),
      ],
    ],
    [
      'an auditor who was disabled for an approval of somebody else',
      ['A6'],
      [APPROVED_ACT.replace('S9', 'S8'), approvedBy('approval:a'), DISABLED],
    ],
    [
      'an auditor who was disabled once compliance agreed',
      [],
      [APPROVED_ACT, approvedBy('approval:a'), DISABLED],
    ],
    [
      'an auditor who was disabled by a record that says nothing',
      ['A6'],
      [CREATED, auditedOf('staff.disable', '{}')],
    ],
    [
      'an auditor whom somebody disabled as if he were the system',
      ['A6'],
      [CREATED, auditedOf('staff.disable', '{"reason":"unused","days":90}')],
    ],
    [
      'an auditor whose account nobody used',
      [],
      [
        CREATED,
        auditedOf('staff.disable', '{"reason":"unused","days":90}').replace(
          'staff:bo',
          'system:cairn',
        ),
      ],
    ],
    [
      'what was done before records said what was found',
      [],
      [
        auditedOf('staff.create', '{"roles":["auditor"]}'),
        auditedOf('staff.disable', '{}'),
        CREATED.replace('S9', 'S8'),
      ],
    ],
    [
      'an auditor’s account decided by whom the one who asked had hired',
      ['A6'],
      [
        actOf('staff:mei', 'staff.create', 'staff:bo', '02-20'),
        APPROVED_ACT,
        approvedBy('approval:a'),
        DISABLED,
      ],
    ],
    [
      'an auditor’s account decided by whom somebody of the one who asked had given a password',
      ['A6'],
      [
        actOf('staff:mei', 'staff.create', 'staff:al', '02-20'),
        actOf('staff:al', 'staff.reset', 'staff:bo', '02-21'),
        APPROVED_ACT,
        approvedBy('approval:a'),
        DISABLED,
      ],
    ],
    [
      'an auditor’s account decided by whom another hired lately, and the one who asked long ago or after',
      [],
      [
        actOf('staff:mei', 'staff.create', 'staff:bo', '01-20'),
        actOf('staff:al', 'staff.reset', 'staff:bo', '02-21'),
        APPROVED_ACT,
        approvedBy('approval:a'),
        DISABLED,
        actOf('staff:mei', 'staff.reset', 'staff:bo', '03-03'),
      ],
    ],
    [
      'somebody who became and stayed no auditor',
      [],
      [
        auditedOf('staff.create', '{"roles":["auditor"]}'),
        auditedOf('staff.roles', '{"roles":["adviser"]}'),
        auditedOf('staff.disable', '{"had":["adviser"]}'),
      ],
    ],
  ])('%s is told', async (_what, ids, statements) => {
    expect(await foundAfter(...statements)).toEqual(ids);
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
