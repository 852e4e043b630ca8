import { epochMsOf, instant } from '@cairn/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyAudit } from '../audit.ts';
import { fixedClock } from '../clock.ts';
import { type App, createApp } from '../http/app.ts';
import { signIn } from '../http/testing.ts';
import { describeEachDb, testWorld } from '../testing.ts';
import { cleanSessions } from './login.ts';
import { issueBootstrapKey } from './bootstrap.ts';
import { Phone } from './testing.ts';

const PASSWORD = 'seven grey herons-4';
type Headers = Record<string, string>;

describeEachDb('access', (opened) => {
  const clock = fixedClock(instant('2026-03-02T02:00:00.000Z'));
  let app: App;
  let admin: Headers;

  beforeAll(async () => {
    app = await createApp(testWorld(opened().db), [], { securityClock: clock });
  });
  afterAll(() => app.close());

  async function send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: object,
    headers: Headers = {},
  ) {
    const reply = await app.inject({
      method,
      url,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    const json: Record<string, never> = reply.body === '' ? {} : reply.json();
    return { status: reply.statusCode, json, text: reply.body };
  }
  const post = (url: string, body?: object, headers?: Headers) => send('POST', url, body, headers);
  const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
  const phones = new Map<string, Phone>();
  const enterPassword = (userName: string, password: string) =>
    post('/auth/login', { userName, password });

  /** The password, then the second factor: enrolled at the first login, shown at the others. */
  async function loginAs(userName: string, password = PASSWORD) {
    const name = userName.toLowerCase();
    const known = phones.get(name);
    if (known !== undefined) {
      return post('/auth/login', { userName, password, code: known.nextCode() });
    }
    const first = await enterPassword(userName, password);
    if (first.status !== 200 || first.json['stage'] === 'open') return first;
    const headers = bearer(first.json['token'] ?? '');
    const drawn = await post('/auth/second-factor/enrolment', {}, headers);
    const phone = new Phone(drawn.json['secret'] ?? '', clock);
    phones.set(name, phone);
    return post('/auth/second-factor/confirmation', { code: phone.nextCode() }, headers);
  }

  async function newStaff(
    userName: string,
    roles: string[],
  ): Promise<{ staffId: string; token: string }> {
    const created = await post('/staff', { userName, roles }, admin);
    const { staff, activationCode } = created.json as unknown as {
      staff: { staffId: string };
      activationCode: string;
    };
    const activated = await post('/auth/activate', {
      userName,
      activationCode,
      password: PASSWORD,
    });
    expect(activated.status).toBe(204);
    return { staffId: staff.staffId, token: (await loginAs(userName)).json['token'] ?? '' };
  }

  async function auditedActions(): Promise<string[]> {
    const rows = await opened().db.query<{ action: string; result: string }>(
      'select action, result from platform.audit where bucket = 256 order by seq',
    );
    return rows.map((row) => `${row.action} ${row.result}`);
  }

  it('has no account in a fresh install; the bootstrap key makes the first administrator once', async () => {
    expect((await loginAs('admin', 'admin')).status).toBe(401);
    const early = await issueBootstrapKey(app.auth);
    const bootstrapKey = await issueBootstrapKey(app.auth);
    const body = { userName: 'Wang.Admin', password: PASSWORD };
    const wrong = await post('/auth/bootstrap', { ...body, bootstrapKey: early });
    expect([wrong.status, wrong.json['code']]).toEqual([403, 'BOOTSTRAP_REFUSED']);
    const weak = await post('/auth/bootstrap', {
      ...body,
      bootstrapKey,
      password: 'Password2026!',
    });
    expect([weak.status, weak.json['code']]).toEqual([422, 'PASSWORD_WEAK']);
    const first = await Promise.all(
      [1, 2, 3].map(() => post('/auth/bootstrap', { ...body, bootstrapKey })),
    );
    expect(first.map((reply) => reply.status).sort((a, b) => a - b)).toEqual([201, 403, 403]);
    expect(await issueBootstrapKey(app.auth)).toBeUndefined();
    const session = await loginAs('wang.admin');
    expect(session.status).toBe(200);
    admin = bearer(session.json['token'] ?? '');
    const stored = await opened().db.query<{ hash: string }>(
      'select password_hash as hash from platform.users',
    );
    expect(stored[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('gives a user an activation code that works once and for a day', async () => {
    const created = await post('/staff', { userName: 'li.adviser', roles: ['adviser'] }, admin);
    expect(created.status).toBe(201);
    const { activationCode } = created.json;
    const body = { userName: 'li.adviser', activationCode, password: PASSWORD };
    expect((await loginAs('li.adviser')).status).toBe(401);
    expect((await post('/auth/activate', { ...body, activationCode: 'x' })).status).toBe(403);
    clock.advanceMs(25 * 3_600_000);
    expect((await post('/auth/activate', body)).status).toBe(403);
    clock.advanceMs(-25 * 3_600_000);
    expect((await post('/auth/activate', body)).status).toBe(204);
    expect((await post('/auth/activate', body)).status).toBe(403);
    expect((await loginAs('LI.ADVISER')).status).toBe(200);
    expect(
      (await post('/staff', { userName: 'Li.Adviser', roles: ['adviser'] }, admin)).status,
    ).toBe(409);
  });

  it.each([
    ['adviser.short', 'Short-7-x'],
    ['chen.wei', 'my chen.wei is long'],
    ['adviser.same', 'aaaaaaaaaaaaaaaa'],
    ['adviser.list', 'P@ssw0rd!2026#'],
    ['adviser.common', '123qweasdzxc'],
    ['adviser.leaked', 'LeaveMeAlone'],
    ['adviser.word', '7-Jonathan-2026'],
    ['adviser.digits', '837465920174'],
    ['adviser.house', 'cairn-2026-2027'],
  ])('refuses the password of %s', async (userName, password) => {
    const body = { userName, activationCode: 'any', password };
    expect((await post('/auth/activate', body)).json['code']).toBe('PASSWORD_WEAK');
  });

  it('keeps administrators and auditors apart from every other duty', async () => {
    for (const roles of [
      ['administrator', 'operations'],
      ['auditor', 'adviser'],
      ['administrator', 'auditor'],
    ]) {
      const reply = await post('/staff', { userName: 'zhao.two', roles }, admin);
      expect([reply.status, reply.json['code']]).toEqual([422, 'STAFF_ROLES_CONFLICT']);
    }
    expect((await post('/staff', { userName: 'zhao.two', roles: ['partner'] }, admin)).status).toBe(
      422,
    );
    const business = await newStaff('sun.ops', ['operations', 'reviewer']);
    expect((await send('GET', '/staff', undefined, bearer(business.token))).status).toBe(403);
    const auditor = await newStaff('qian.audit', ['auditor']);
    expect((await send('GET', '/staff', undefined, bearer(auditor.token))).status).toBe(200);
    expect(
      (await post('/staff', { userName: 'x.yz', roles: ['adviser'] }, bearer(auditor.token)))
        .status,
    ).toBe(403);
  });

  it('answers a wrong password and an unknown user alike, and slows both down', async () => {
    await newStaff('zhou.slow', ['adviser']);
    const known = await enterPassword('zhou.slow', 'wrong password 1');
    const unknown = await enterPassword('nobody.here', 'wrong password 1');
    const answer = (reply: typeof known) => ({ ...reply.json, traceId: '' });
    expect(answer(known)).toEqual(answer(unknown));
    for (let i = 0; i < 4; i += 1)
      expect((await enterPassword('zhou.slow', 'wrong')).status).toBe(401);
    const locked = await loginAs('zhou.slow');
    expect(answer(locked)).toEqual(answer(unknown));
    clock.advanceMs(31_000);
    expect((await loginAs('zhou.slow')).status).toBe(200);
    expect((await enterPassword('zhou.slow', 'wrong')).status).toBe(401);
    expect((await loginAs('zhou.slow')).status).toBe(200);
    const actions = await auditedActions();
    expect(
      actions.filter((action) => action === 'auth.login refused').length,
    ).toBeGreaterThanOrEqual(8);
  });

  it('lets nobody be shut out for ever: failures elsewhere do not count where one signed in', async () => {
    await newStaff('feng.known', ['adviser']);
    const from = async (remoteAddress: string, password: string) => {
      const code = phones.get('feng.known')?.nextCode();
      const payload = { userName: 'feng.known', password, code };
      const reply = await app.inject({
        method: 'POST',
        url: '/auth/login',
        remoteAddress,
        payload,
      });
      return reply.statusCode;
    };
    for (let n = 1; n <= 52; n += 1) expect(await from(`10.9.0.${n}`, 'wrong password')).toBe(401);
    // Elsewhere the account waits, however right the password is.
    expect(await from('10.8.0.1', PASSWORD)).toBe(401);
    expect(await from('127.0.0.1', PASSWORD)).toBe(200);
    // Who goes on trying is never let in by it, nor keeps the owner out, today or in a week.
    clock.advanceMs(7 * 86_400_000);
    await cleanSessions(app.auth);
    for (let n = 1; n <= 51; n += 1) expect(await from(`10.9.1.${n}`, 'wrong password')).toBe(401);
    expect(await from('127.0.0.1', PASSWORD)).toBe(200);
    for (let n = 0; n < 5; n += 1) expect(await from('127.0.0.1', 'wrong password')).toBe(401);
    expect(await from('127.0.0.1', PASSWORD)).toBe(401);
    clock.advanceMs(31_000);
    expect(await from('127.0.0.1', PASSWORD)).toBe(200);
    admin = bearer((await loginAs('wang.admin')).json['token'] ?? '');
  });

  it('ends a session by idling, by age, by logout', async () => {
    const { token } = await newStaff('wu.session', ['adviser']);
    const me = async (of: string) => (await send('GET', '/auth/me', undefined, bearer(of))).status;
    expect(await me(token)).toBe(200);
    clock.advanceMs(14 * 60_000);
    expect(await me(token)).toBe(200);
    clock.advanceMs(16 * 60_000);
    expect(await me(token)).toBe(401);
    const second = (await loginAs('wu.session')).json['token'] ?? '';
    expect((await post('/auth/logout', undefined, bearer(second))).status).toBe(204);
    expect(await me(second)).toBe(401);
    const third = (await loginAs('wu.session')).json['token'] ?? '';
    clock.advanceMs(12 * 3_600_000);
    expect(await me(third)).toBe(401);
    expect(await cleanSessions(app.auth)).toBeGreaterThan(0);
    admin = bearer((await loginAs('wang.admin')).json['token'] ?? '');
  });

  it('keeps a session that is used, past its idle time', async () => {
    const { headers } = await signIn(app, ['adviser']);
    const clockStart = epochMsOf(clock.now());
    while (epochMsOf(clock.now()) - clockStart < 45 * 60_000) {
      clock.advanceMs(10 * 60_000);
      const fresh = await createApp(app.auth.world, [], { securityClock: clock });
      const reply = await fresh.inject({ method: 'GET', url: '/auth/me', headers });
      await fresh.close();
      expect(reply.statusCode).toBe(200);
    }
    admin = bearer((await loginAs('wang.admin')).json['token'] ?? '');
  });

  it('ends every session on role change, disabling and reset', async () => {
    const { staffId, token } = await newStaff('zheng.change', ['adviser']);
    const me = async (of: string) => (await send('GET', '/auth/me', undefined, bearer(of))).status;
    expect(await me(token)).toBe(200);
    expect((await post(`/staff/${staffId}/roles`, { roles: ['operations'] }, admin)).status).toBe(
      200,
    );
    expect(await me(token)).toBe(401);
    const again = (await loginAs('zheng.change')).json;
    expect(again['roles']).toEqual(['operations']);
    const reset = await post(`/staff/${staffId}/reset`, undefined, admin);
    expect(await me(again['token'] ?? '')).toBe(401);
    expect((await loginAs('zheng.change')).status).toBe(401);
    const { activationCode } = reset.json;
    const body = { userName: 'zheng.change', activationCode, password: 'other blue cranes 9' };
    expect((await post('/auth/activate', body)).status).toBe(204);
    const last = (await loginAs('zheng.change', 'other blue cranes 9')).json['token'] ?? '';
    expect((await post(`/staff/${staffId}/disable`, undefined, admin)).status).toBe(200);
    expect(await me(last)).toBe(401);
    expect((await loginAs('zheng.change', 'other blue cranes 9')).status).toBe(401);
    expect((await post(`/staff/S${'0'.repeat(20)}/disable`, undefined, admin)).status).toBe(404);
  });

  it('does not let an administrator change himself, nor the last one go', async () => {
    const staff = (await send('GET', '/staff', undefined, admin)).json['staff'] as unknown as {
      staffId: string;
      roles: string[];
    }[];
    const { staffId } = staff.find((user) => user.roles.includes('administrator')) ?? {
      staffId: '',
    };
    const own = await post(`/staff/${staffId}/disable`, undefined, admin);
    expect([own.status, own.json['code']]).toEqual([403, 'STAFF_OWN_ACCOUNT']);
  });

  it('knows a partner key by its digest, and no longer once revoked', async () => {
    const created = await post(
      '/partner-keys',
      { name: 'app', roles: ['partner'], branchCode: '0101' },
      admin,
    );
    expect(created.status).toBe(201);
    const { key, partnerKey } = created.json as unknown as {
      key: string;
      partnerKey: { keyId: string };
    };
    expect(key).toMatch(/^cairn_[\w-]{43}$/);
    const dump = JSON.stringify(await opened().db.query('select * from platform.partner_keys'));
    expect(dump).not.toContain(key);
    const me = () => send('GET', '/auth/me', undefined, bearer(key));
    expect((await me()).json).toEqual({
      kind: 'partner',
      id: partnerKey.keyId,
      roles: ['partner'],
      branchCode: '0101',
    });
    expect((await me()).status).toBe(200);
    expect(
      (await send('DELETE', `/partner-keys/${partnerKey.keyId}`, undefined, admin)).status,
    ).toBe(204);
    expect((await me()).status).toBe(401);
    expect(
      (await send('DELETE', `/partner-keys/${partnerKey.keyId}`, undefined, admin)).status,
    ).toBe(404);
    expect(
      (await post('/partner-keys', { name: 'x', roles: ['administrator'] }, admin)).status,
    ).toBe(422);
  });

  it('audits every act, with no secret in it, in a chain that holds', async () => {
    const actions = new Set(await auditedActions());
    for (const action of [
      'staff.bootstrap',
      'staff.create',
      'staff.activate',
      'auth.login',
      'auth.logout',
      'staff.roles',
      'staff.reset',
      'staff.disable',
      'partnerKeys.create',
      'partnerKeys.revoke',
    ]) {
      expect(actions).toContain(`${action} done`);
    }
    const rows = JSON.stringify(
      await opened().db.query('select actor, subject, detail from platform.audit'),
    );
    expect(rows).not.toContain(PASSWORD);
    expect(await verifyAudit(opened().db)).toEqual([]);
  });
});
