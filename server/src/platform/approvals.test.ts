import { instantFromEpochMs, epochMsOf } from '@cairn/kernel';
import { expect, test } from 'vitest';
import type { Actor, Role } from './actor.ts';
import { decideApproval, listApprovals, registerApproval, requestApproval } from './approvals.ts';
import { describeEachDb, testWorld, type TestWorld } from './testing.ts';
import { FIRM, work } from './work.ts';

const staff = (id: string, ...roles: Role[]): Actor => ({
  kind: 'staff',
  id,
  roles,
  requestId: `r-${id}`,
  from: 'local',
});
const maker = staff('mei', 'productManager');
const checker = staff('chen', 'reviewer');

registerApproval('test.rename', {
  title: ['rename', '改名'],
  roles: ['reviewer'],
  async execute({ tx }, payload) {
    await tx.query(
      `insert into platform.facts (name, value, updated_at) values ('renamed', $1, now())
       on conflict (name) do update set value = excluded.value`,
      [payload['to']],
    );
  },
});

const ask = (world: TestWorld, to: string) =>
  work(world, [FIRM], (unit) =>
    requestApproval(unit, { kind: 'test.rename', subject: 'x', payload: { to }, maker }),
  );

const renamed = async (world: TestWorld) =>
  (await world.db.query(`select value from platform.facts where name = 'renamed'`))[0]?.['value'];

describeEachDb('four eyes', (opened) => {
  test('carries out exactly what was shown, once', async () => {
    const world = testWorld(opened().db);
    const id = await ask(world, 'one');
    expect(await renamed(world)).toBeUndefined();
    expect(
      (await listApprovals(world.db, { state: 'waiting', limit: 10 })).approvals.map(
        (a) => a.payload,
      ),
    ).toEqual([{ to: 'one' }]);
    await decideApproval(world, checker, id, 'approve', 'agreed');
    expect(await renamed(world)).toBe('one');
    await expect(decideApproval(world, checker, id, 'approve', 'again')).rejects.toMatchObject({
      code: 'APPROVAL_DECIDED',
    });
  });

  test('the same request in the same instant is one; after the decision it is another', async () => {
    // Where clocks go back, whatever is done on a bucket stands at its last instant for a while.
    const world = testWorld(opened().db);
    const one = await ask(world, 'again');
    expect(await ask(world, 'again')).toBe(one);
    await decideApproval(world, checker, one, 'reject', 'not so');
    const other = await ask(world, 'again');
    expect(other).not.toBe(one);
    await decideApproval(world, checker, other, 'approve', 'now it is right');
    expect(await renamed(world)).toBe('again');
  });

  test.each([
    ['its maker', staff('mei', 'productManager', 'reviewer'), 'APPROVAL_OWN_REQUEST'],
    ['someone without the role', staff('li', 'adviser'), 'APPROVAL_ROLE_MISSING'],
    ['an administrator', staff('root', 'administrator'), 'APPROVAL_ROLE_MISSING'],
    ['a partner program', { ...checker, kind: 'partner' as const }, 'APPROVAL_NOT_STAFF'],
  ])('is refused to %s', async (_who, actor, code) => {
    const world = testWorld(opened().db);
    const id = await ask(world, `refused ${code} ${actor.id}`);
    await expect(decideApproval(world, actor, id, 'approve', 'x')).rejects.toMatchObject({ code });
  });

  test('expires, and notices a payload changed underneath', async () => {
    const world = testWorld(opened().db);
    const late = await ask(world, 'late');
    world.clock.set(instantFromEpochMs(epochMsOf(world.clock.now()) + 8 * 86_400_000));
    await expect(decideApproval(world, checker, late, 'approve', '')).rejects.toMatchObject({
      code: 'APPROVAL_EXPIRED',
    });
    const changed = await ask(world, 'changed');
    await world.db.query(
      `update platform.approvals set payload = '{"to":"mine"}' where approval_id = $1`,
      [changed],
    );
    await expect(decideApproval(world, checker, changed, 'approve', '')).rejects.toMatchObject({
      code: 'APPROVAL_PAYLOAD_CHANGED',
    });
  });

  test('two checkers at once: one decides', async () => {
    const world = testWorld(opened().db);
    const id = await ask(world, 'race');
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((who) =>
        decideApproval(world, staff(who, 'reviewer'), id, 'approve', who),
      ),
    );
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
  });
});
