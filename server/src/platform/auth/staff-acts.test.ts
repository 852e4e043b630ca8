import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, Role } from '../actor.ts';
import { decideApproval } from '../approvals.ts';
import { type App, createApp } from '../http/app.ts';
import type { Problem } from '../http/problem.ts';
import { signIn } from '../http/testing.ts';
import { describeEachDb, type TestWorld, testWorld } from '../testing.ts';
import { changeRoles, disableStaff, resetSecondFactor, resetStaff } from './staff-acts.ts';
import { createStaff, disableUnused } from './staff.ts';

type Headers = { authorization: string };
type Person = Awaited<ReturnType<typeof signIn>>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ACTS = [
  ['roles', { roles: ['adviser'] }],
  ['disable', undefined],
  ['reset', undefined],
  ['second-factor-reset', undefined],
] as const;

describeEachDb('acts upon the account of an auditor', (opened) => {
  let app: App;
  let world: TestWorld;
  let admin: Person;

  beforeAll(async () => {
    world = testWorld(opened().db);
    app = await createApp(world, [], { securityClock: world.clock });
    admin = await signIn(app, ['administrator']);
  });
  afterAll(() => app.close());

  const as = (...roles: Role[]) => signIn(app, roles);

  async function post(url: string, body: object | undefined, headers: Headers | undefined) {
    const reply = await app.inject({
      method: 'POST',
      url,
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { payload: body }),
    });
    const json = reply.body === '' ? {} : reply.json<Record<string, string>>();
    return { status: reply.statusCode, json };
  }

  /** The account as the administrator sees it. */
  const account = async ({ staffId }: Person) =>
    (await app.inject({ url: `/staff/${staffId}`, headers: admin.headers })).json<{
      state: string;
      roles: string[];
    }>();
  const isIn = async ({ headers }: Person) =>
    (await app.inject({ url: '/auth/me', headers })).statusCode === 200;

  async function propose(auditor: Person, act: string, body?: object) {
    const answer = await post(`/staff/${auditor.staffId}/${act}`, body, admin.headers);
    expect(answer.status).toBe(202);
    return answer.json;
  }
  const approve = (approvalId: string | undefined, { headers }: Person) =>
    post(`/approvals/${approvalId}/approve`, { reason: 'asked by the auditor' }, headers);

  it('opens with one: an administrator hires the first auditor alone', async () => {
    const hired = await post(
      '/staff',
      { userName: 'first.auditor', roles: ['auditor'] },
      admin.headers,
    );
    expect(hired.status).toBe(201);
  });

  it.each(ACTS)('%s by an administrator alone changes nothing', async (act, body) => {
    const auditor = await as('auditor');
    const before = await account(auditor);
    const { approvalId } = await propose(auditor, act, body);
    expect(await account(auditor)).toEqual(before);
    expect(await isIn(auditor)).toBe(true);
    for (const checker of [admin, await as('administrator'), auditor, await as('reviewer')]) {
      const refused = await approve(approvalId, checker);
      expect([refused.status, (refused.json as unknown as Problem).code]).toEqual([
        403,
        checker.actor.roles.includes('reviewer') ? 'APPROVAL_ROLE_MISSING' : 'FORBIDDEN',
      ]);
    }
    const own = decideApproval(world, admin.actor, approvalId ?? '', 'approve', 'mine');
    await expect(own).rejects.toThrow('APPROVAL_OWN_REQUEST');
    const other = (await as('administrator')).actor;
    const another = decideApproval(world, other, approvalId ?? '', 'approve', 'for a friend');
    await expect(another).rejects.toThrow('APPROVAL_ROLE_MISSING');
    expect(await account(auditor)).toEqual(before);
    expect(await isIn(auditor)).toBe(true);
  });

  it.each([
    ['roles', { roles: ['adviser'] }, { roles: ['adviser'], state: 'active' }],
    ['disable', undefined, { roles: ['auditor'], state: 'disabled' }],
    ['reset', undefined, { roles: ['auditor'], state: 'pending' }],
    ['second-factor-reset', undefined, { roles: ['auditor'], hasSecondFactor: false }],
  ] as const)('%s takes effect when compliance agrees', async (act, body, after) => {
    const auditor = await as('auditor');
    const compliance = await as('compliance');
    const { approvalId } = await propose(auditor, act, body);
    expect(await isIn(auditor)).toBe(true);
    const shown = await app.inject({
      url: `/approvals/${approvalId}`,
      headers: compliance.headers,
    });
    expect(shown.json()).toMatchObject({
      approval: { payload: { act }, before: { state: 'active', roles: ['auditor'] } },
      hasMoved: false,
    });
    expect((await approve(approvalId, compliance)).status).toBe(200);
    expect(await account(auditor)).toMatchObject(after);
    expect(await isIn(auditor)).toBe(false);
    const [audited] = await world.db.query<{ actor: string; detail: string }>(
      'select actor, detail from platform.audit where subject = $1 and action = $2',
      [`staff:${auditor.staffId}`, `staff.${act}`],
    );
    expect(audited?.actor).toBe('system:cairn');
    expect(JSON.parse(audited?.detail ?? '')).toMatchObject({ had: ['auditor'], approvalId });
  });

  it('a code to log in with is worth nothing before compliance has agreed', async () => {
    const auditor = await as('auditor');
    const { approvalId, activationCode } = await propose(auditor, 'reset');
    const userName = auditor.staffId.toLowerCase();
    const activate = async () =>
      (
        await post(
          '/auth/activate',
          { userName, activationCode, password: 'seven grey herons-4' },
          undefined,
        )
      ).status;
    expect(await activate()).not.toBe(204);
    // A long weekend later.
    world.clock.advanceMs(4 * DAY_MS);
    admin = await as('administrator');
    expect((await approve(approvalId, await as('compliance'))).status).toBe(200);
    expect(await activate()).toBe(204);
  });

  it('a code lives as long as any other, from when compliance agreed', async () => {
    const auditor = await as('auditor');
    const { approvalId, activationCode } = await propose(auditor, 'reset');
    world.clock.advanceMs(DAY_MS);
    admin = await as('administrator');
    expect((await approve(approvalId, await as('compliance'))).status).toBe(200);
    world.clock.advanceMs(app.auth.settings.activationHours * HOUR_MS);
    const userName = auditor.staffId.toLowerCase();
    const late = { userName, activationCode, password: 'seven grey herons-4' };
    expect((await post('/auth/activate', late, undefined)).status).toBe(403);
  });

  /** Compliance agrees that an auditor is disabled, whom an administrator wants gone. */
  async function agree(maker: Actor, checker: Actor) {
    const outcome = await disableStaff(app.auth, maker, (await as('auditor')).staffId);
    const approvalId = 'approvalId' in outcome ? outcome.approvalId : '';
    return () => decideApproval(world, checker, approvalId, 'approve', 'go');
  }
  const actorOf = (staffId: string, ...roles: Role[]): Actor => ({
    ...admin.actor,
    id: staffId,
    roles,
  });
  let hired = 0;
  /** Somebody whom an administrator hires. */
  async function hire(by: Actor, ...roles: Role[]): Promise<Actor> {
    const userName = `hired.${(hired += 1)}`;
    const { staff } = await createStaff(app.auth, by, { userName, roles });
    return actorOf(staff.staffId, ...roles);
  }

  it.each([
    ['hired', (by: Actor) => hire(by, 'compliance')],
    [
      'gave the duty',
      async (by: Actor) => {
        const { staffId } = await as('reviewer');
        await changeRoles(app.auth, by, staffId, ['compliance']);
        return actorOf(staffId, 'compliance');
      },
    ],
    [
      'gave a password',
      async (by: Actor) => {
        const { staffId, actor } = await as('compliance');
        await resetStaff(app.auth, by, staffId);
        return actor;
      },
    ],
    [
      'gave a second factor',
      async (by: Actor) => {
        const { staffId, actor } = await as('compliance');
        await resetSecondFactor(app.auth, by, staffId);
        return actor;
      },
    ],
  ])(
    'whom the administrator who asks %s does not agree, nor who owes it to his',
    async (_, from) => {
      const { actor: other } = await as('administrator');
      const checker = await from(admin.actor);
      const own = await agree(admin.actor, checker);
      await expect(own()).rejects.toThrow('STAFF_ONE_HAND');
      // Through somebody between, on either side.
      const puppet = await hire(admin.actor, 'administrator');
      const through = await agree(admin.actor, await from(puppet));
      await expect(through()).rejects.toThrow('STAFF_ONE_HAND');
      const beside = await agree(puppet, checker);
      await expect(beside()).rejects.toThrow('STAFF_ONE_HAND');
      const apart = await agree(other, checker);
      expect(await apart()).toMatchObject({ state: 'approved' });
    },
  );

  it('somebody of one hand may agree when a month has passed, and not by waiting after', async () => {
    const checker = await hire(admin.actor, 'compliance');
    world.clock.advanceMs(25 * DAY_MS);
    const early = await agree(admin.actor, checker);
    world.clock.advanceMs(6.9 * DAY_MS);
    await expect(early()).rejects.toThrow('STAFF_ONE_HAND');
    const late = await agree(admin.actor, checker);
    await resetStaff(app.auth, admin.actor, checker.id);
    await expect(late()).rejects.toThrow('STAFF_ONE_HAND');
    world.clock.advanceMs(32 * DAY_MS);
    const agreed = await agree(admin.actor, checker);
    expect(await agreed()).toMatchObject({ state: 'approved' });
    admin = await as('administrator');
  });

  it('who became compliance because an administrator asked for it owes it to him', async () => {
    const promoted = await as('auditor');
    const { approvalId } = await propose(promoted, 'roles', { roles: ['compliance'] });
    expect((await approve(approvalId, await as('compliance'))).status).toBe(200);
    const own = await agree(admin.actor, actorOf(promoted.staffId, 'compliance'));
    await expect(own()).rejects.toThrow('STAFF_ONE_HAND');
  });

  it('whoever it is about does not agree to it, although he has become compliance', async () => {
    const auditor = await as('auditor');
    const { approvalId } = await propose(auditor, 'disable');
    const { approvalId: promotion } = await propose(auditor, 'roles', { roles: ['compliance'] });
    expect((await approve(promotion, await as('compliance'))).status).toBe(200);
    const promoted = { ...auditor.actor, roles: ['compliance'] as const };
    const own = decideApproval(world, promoted, approvalId ?? '', 'approve', 'go');
    await expect(own).rejects.toThrow('STAFF_OWN_ACCOUNT');
    // He is no auditor now: an administrator acts upon his account at once.
    expect(await changeRoles(app.auth, admin.actor, auditor.staffId, ['adviser'])).toMatchObject({
      staff: { roles: ['adviser'] },
    });
  });

  it('an account that nobody uses is disabled by the rule, an auditor’s too', async () => {
    const auditor = await as('auditor');
    world.clock.advanceMs(91 * DAY_MS);
    expect(await disableUnused(app.auth)).toContain(auditor.staffId);
  });
});
