import { instant } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '../clock.ts';
import { loadSettings } from '../config.ts';
import { type App, createApp } from '../http/app.ts';
import { describeEachDb, testWorld } from '../testing.ts';
import { issueBootstrapKey } from './bootstrap.ts';
import { disableUnused } from './staff.ts';
import { Phone } from './testing.ts';
import { stepOfCode, totpCode } from './totp.ts';

const PASSWORD = 'seven grey herons-4';
const ORIGIN = 'http://localhost:8080';

/** A browser: keeps the cookie, knows the CSRF text, says where its requests come from. */
class Browser {
  cookie = '';
  csrf = '';
  setCookie = '';
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  async send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const reply = await this.app.inject({
      method,
      url,
      headers: {
        host: 'localhost:8080',
        ...(method === 'GET' ? {} : { origin: ORIGIN }),
        ...(this.cookie === '' ? {} : { cookie: `theme=dark; ${this.cookie}` }),
        ...(this.csrf === '' ? {} : { 'x-csrf-token': this.csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    const [given] = [reply.headers['set-cookie']].flat();
    if (given !== undefined) {
      this.setCookie = given;
      this.cookie = given.split(';', 1)[0] ?? '';
    }
    const json: Record<string, never> = reply.body === '' ? {} : reply.json();
    if (json['csrfToken'] !== undefined) this.csrf = json['csrfToken'];
    return { status: reply.statusCode, json };
  }

  post = (url: string, body?: object, headers?: Record<string, string>) =>
    this.send('POST', url, body, headers);
  get = (url: string, headers?: Record<string, string>) =>
    this.send('GET', url, undefined, headers);
}

describe('one-time codes', () => {
  // RFC 6238, appendix B, SHA-1: the last six of the eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    ['1970-01-01T00:00:59.000Z', '287082'],
    ['2005-03-18T01:58:29.000Z', '081804'],
    ['2009-02-13T23:31:30.000Z', '005924'],
    ['2033-05-18T03:33:20.000Z', '279037'],
  ])('are those of the standard at %s', (at, code) => {
    expect(totpCode(secret, instant(at))).toBe(code);
  });

  it('live one step before and after their own, and only after the last one used', () => {
    const code = totpCode(secret, instant('2026-03-02T02:00:10.000Z'));
    const step = 1772416810 / 30;
    const at = (time: string, used: bigint | null = null) =>
      stepOfCode(secret, code, instant(`2026-03-02T02:${time}.000Z`), used);
    expect([at('00:29'), at('00:31'), at('00:59')]).toEqual([
      Math.floor(step),
      Math.floor(step),
      Math.floor(step),
    ]);
    expect([at('01:01'), at('01:30')]).toEqual([undefined, undefined]);
    expect(at('00:20', BigInt(Math.floor(step)))).toBeUndefined();
    expect(at('00:20', BigInt(Math.floor(step) - 1))).toBe(Math.floor(step));
  });
});

describeEachDb('browser sessions', (opened) => {
  const clock = fixedClock(instant('2026-03-02T02:00:00.000Z'));
  const settings = loadSettings({ CAIRN_PASSWORD_DAYS_MAX: '60', CAIRN_LOG_LEVEL: 'silent' });
  let app: App;
  let admin: Browser;
  let adminPhone: Phone;

  async function enrol(browser: Browser): Promise<Phone> {
    const drawn = await browser.post('/auth/second-factor/enrolment', {});
    expect(drawn.json['uri']).toMatch(/^otpauth:\/\/totp\/Cairn/);
    const phone = new Phone(drawn.json['secret'] ?? '', clock);
    const confirmed = await browser.post('/auth/second-factor/confirmation', {
      code: phone.nextCode(),
    });
    expect([confirmed.status, confirmed.json['stage']]).toEqual([200, 'open']);
    return phone;
  }

  beforeAll(async () => {
    app = await createApp(testWorld(opened().db), [], { settings, securityClock: clock });
    admin = new Browser(app);
    const bootstrapKey = await issueBootstrapKey(app.auth);
    await admin.post('/auth/bootstrap', {
      bootstrapKey,
      userName: 'admin.one',
      password: PASSWORD,
    });
    await admin.post('/auth/browser-login', { userName: 'admin.one', password: PASSWORD });
    adminPhone = await enrol(admin);
  });
  afterAll(() => app.close());

  async function stepUpAdmin() {
    const proved = await admin.post('/auth/step-up', { code: adminPhone.nextCode() });
    if (proved.status !== 401) return proved;
    const code = adminPhone.nextCode();
    return admin.post('/auth/browser-login', { userName: 'admin.one', password: PASSWORD, code });
  }

  async function hire(userName: string, roles: readonly string[] = ['adviser']) {
    await stepUpAdmin();
    const created = await admin.post('/staff', { userName, roles });
    expect(created.status).toBe(201);
    const { staff, activationCode } = created.json as unknown as {
      staff: { staffId: string };
      activationCode: string;
    };
    await admin.post('/auth/activate', { userName, activationCode, password: PASSWORD });
    const browser = new Browser(app);
    await browser.post('/auth/browser-login', { userName, password: PASSWORD });
    return { browser, phone: await enrol(browser), staffId: staff.staffId };
  }

  it('keeps the token in a cookie that is bound to this host and that no script reads', async () => {
    expect(admin.setCookie).toMatch(
      /^__Host-cairn=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    const session = await admin.get('/auth/session');
    expect(session.json).toMatchObject({
      channel: 'browser',
      stage: 'open',
      hasSecondFactor: true,
      userName: 'admin.one',
      user: { kind: 'staff', roles: ['administrator'] },
    });
    expect(JSON.stringify(session.json)).not.toContain(admin.cookie.split('=')[1]);
    const token = admin.cookie.split('=')[1] ?? '';
    const asBearer = await new Browser(app).get('/auth/me', { authorization: `Bearer ${token}` });
    expect(asBearer.status).toBe(401);
  });

  it('opens nothing before the second factor is enrolled, and gives a new token with it', async () => {
    await stepUpAdmin();
    const { activationCode } = (
      await admin.post('/staff', { userName: 'new.hand', roles: ['operations'] })
    ).json;
    const body = { userName: 'new.hand', password: PASSWORD };
    await admin.post('/auth/activate', { ...body, activationCode });
    const browser = new Browser(app);
    const first = await browser.post('/auth/browser-login', body);
    expect(first.json).toMatchObject({ stage: 'enrolment', roles: ['operations'] });
    expect(first.json['token']).toBeUndefined();
    const closed = await browser.get('/approvals');
    expect([closed.status, closed.json['code']]).toEqual([403, 'SESSION_INCOMPLETE']);
    expect((await browser.get('/auth/me')).status).toBe(403);
    const early = browser.cookie;
    const before = await browser.post('/auth/second-factor/confirmation', { code: '000000' });
    expect(before.json['code']).toBe('CODE_REFUSED');
    await enrol(browser);
    expect(browser.cookie).not.toBe(early);
    expect((await browser.get('/approvals')).status).toBe(200);
    browser.cookie = early;
    expect((await browser.get('/approvals')).status).toBe(401);
  });

  it('asks for the code in a second step; a code works once, and guessing ends the session', async () => {
    const { phone } = await hire('code.user');
    const body = { userName: 'code.user', password: PASSWORD };
    const used = phone.nextCode();
    const second = new Browser(app);
    expect((await second.post('/auth/browser-login', body)).json['stage']).toBe('secondFactor');
    expect((await second.get('/auth/sessions')).json['code']).toBe('SESSION_INCOMPLETE');
    const verify = (browser: Browser, code: string) =>
      browser.post('/auth/second-factor/verification', { code });
    expect((await verify(second, used)).json['stage']).toBe('open');
    const third = new Browser(app);
    await third.post('/auth/browser-login', body);
    const again = await verify(third, used);
    expect([again.status, again.json['code']]).toEqual([403, 'CODE_REFUSED']);
    const replayed = await third.post('/auth/browser-login', { ...body, code: used });
    expect(replayed.json['code']).toBe('LOGIN_REFUSED');
    for (let i = 0; i < 4; i += 1) await verify(third, '123456');
    expect((await verify(third, phone.codeOff(1))).status).toBe(401);
    // The failures count like wrong passwords: even the right ones must wait now.
    const locked = await new Browser(app).post('/auth/browser-login', {
      ...body,
      code: phone.codeOff(1),
    });
    expect(locked.json['code']).toBe('LOGIN_REFUSED');
    clock.advanceMs(120_000);
    const after = await new Browser(app).post('/auth/browser-login', {
      ...body,
      code: phone.nextCode(),
    });
    expect(after.json['stage']).toBe('open');
  });

  it('refuses what another site may have caused, whatever the unsafe method', async () => {
    const { browser } = await hire('cross.user');
    const { csrf } = browser;
    const refused = async (headers: Record<string, string>, url = '/auth/step-up') => {
      const { status, json } = await browser.post(url, { code: '123456' }, headers);
      return [status, json['code']];
    };
    const REFUSED = [403, 'CROSS_SITE_REFUSED'];
    expect(await refused({ 'x-csrf-token': '' })).toEqual(REFUSED);
    expect(await refused({ 'x-csrf-token': `${csrf.slice(0, -1)}_` })).toEqual(REFUSED);
    expect(await refused({ 'x-csrf-token': admin.csrf })).toEqual(REFUSED);
    for (const origin of ['https://evil.example', 'http://localhost:8081', 'null']) {
      expect(await refused({ origin })).toEqual(REFUSED);
      const read = await browser.get('/auth/session', { origin });
      expect([read.status, read.json['code']]).toEqual(REFUSED);
    }
    expect(await refused({ 'sec-fetch-site': 'same-site' })).toEqual(REFUSED);
    const login = await new Browser(app).post(
      '/auth/browser-login',
      { userName: 'cross.user', password: PASSWORD },
      { origin: 'https://evil.example' },
    );
    expect(login.json['code']).toBe('CROSS_SITE_REFUSED');
    const deleted = await browser.send('DELETE', `/auth/sessions/Z${'0'.repeat(20)}`, undefined, {
      'x-csrf-token': '',
    });
    expect([deleted.status, deleted.json['code']]).toEqual(REFUSED);
    expect((await browser.get('/auth/me', { 'x-csrf-token': '' })).status).toBe(200);
  });

  it('lists sessions, ends one, and all others at a change of password', async () => {
    const { browser, phone } = await hire('many.places');
    const login = async (password = PASSWORD) => {
      const place = new Browser(app);
      const body = { userName: 'many.places', password, code: phone.nextCode() };
      await place.post('/auth/browser-login', body, { 'user-agent': 'Firefox/130 \u0007' });
      return place;
    };
    const [second, third] = [await login(), await login()];
    const listed = (await browser.get('/auth/sessions')).json['sessions'] as unknown as {
      sessionId: string;
      isCurrent: boolean;
      userAgent: string;
    }[];
    expect(listed).toHaveLength(3);
    expect(listed.filter((one) => one.isCurrent)).toHaveLength(1);
    expect(listed[0]?.userAgent).toBe('Firefox/130 ');
    const mine = (await second.get('/auth/session')).json['sessionId'];
    expect((await browser.send('DELETE', `/auth/sessions/${mine}`)).status).toBe(204);
    expect((await second.get('/auth/me')).status).toBe(401);
    expect((await admin.send('DELETE', `/auth/sessions/${listed[0]?.sessionId}`)).status).toBe(404);
    const NEXT = 'nine white egrets-7';
    const change = (currentPassword: string, newPassword: string) =>
      browser.post('/auth/password', { currentPassword, newPassword });
    expect((await change('not the one', NEXT)).json['code']).toBe('CODE_REFUSED');
    expect((await change(PASSWORD, PASSWORD)).json['code']).toBe('PASSWORD_SAME');
    expect((await change(PASSWORD, 'short')).json['code']).toBe('PASSWORD_WEAK');
    const before = browser.cookie;
    expect((await change(PASSWORD, NEXT)).json['stage']).toBe('open');
    expect(browser.cookie).not.toBe(before);
    expect((await browser.get('/auth/me')).status).toBe(200);
    expect((await third.get('/auth/me')).status).toBe(401);
    expect((await (await login(NEXT)).get('/auth/me')).status).toBe(200);
    expect((await (await login(PASSWORD)).get('/auth/me')).status).toBe(401);
  });

  it('asks for a fresh proof before weighty acts', async () => {
    await stepUpAdmin();
    expect((await admin.post('/staff', { userName: 'one.more', roles: ['adviser'] })).status).toBe(
      201,
    );
    clock.advanceMs(11 * 60_000);
    const body = { userName: 'two.more', roles: ['adviser'] };
    const stale = await admin.post('/staff', body);
    expect([stale.status, stale.json['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    expect((await admin.post('/auth/step-up', { password: PASSWORD })).json['code']).toBe(
      'CODE_REFUSED',
    );
    expect((await stepUpAdmin()).status).toBe(200);
    expect((await admin.post('/staff', body)).status).toBe(201);
  });

  it('gives a lost phone back through an administrator: password and recovery code together', async () => {
    const { browser, staffId } = await hire('lost.phone');
    await stepUpAdmin();
    const reset = await admin.post(`/staff/${staffId}/second-factor-reset`);
    const { recoveryCode } = reset.json;
    expect((await browser.get('/auth/me')).status).toBe(401);
    const login = await browser.post('/auth/browser-login', {
      userName: 'lost.phone',
      password: PASSWORD,
    });
    expect(login.json['stage']).toBe('enrolment');
    expect((await browser.get('/auth/session')).json['needsRecoveryCode']).toBe(true);
    const without = await browser.post('/auth/second-factor/enrolment', {});
    expect(without.json['code']).toBe('CODE_REFUSED');
    const drawn = await browser.post('/auth/second-factor/enrolment', { recoveryCode });
    const phone = new Phone(drawn.json['secret'] ?? '', clock);
    const confirmed = await browser.post('/auth/second-factor/confirmation', {
      code: phone.nextCode(),
    });
    expect(confirmed.json['stage']).toBe('open');
  });

  it('asks for another password when the present one is too old, before anything else opens', async () => {
    const { phone } = await hire('old.password');
    clock.advanceMs(61 * 86_400_000);
    const browser = new Browser(app);
    const body = { userName: 'old.password', password: PASSWORD, code: phone.nextCode() };
    expect((await browser.post('/auth/browser-login', body)).json['stage']).toBe('passwordChange');
    expect((await browser.get('/auth/me')).json['code']).toBe('SESSION_INCOMPLETE');
    const changed = await browser.post('/auth/password', {
      currentPassword: PASSWORD,
      newPassword: 'nine white egrets-7',
    });
    expect(changed.json['stage']).toBe('open');
    expect((await browser.get('/auth/me')).status).toBe(200);
    clock.advanceMs(-61 * 86_400_000);
  });

  it('knows at once of a proof that was given to another process', async () => {
    await stepUpAdmin();
    const other = await createApp(app.auth.world, [], { settings, securityClock: clock });
    try {
      clock.advanceMs(11 * 60_000);
      const there = Object.assign(new Browser(other), { cookie: admin.cookie, csrf: admin.csrf });
      const staff = { userName: 'proved.elsewhere', roles: ['adviser'] };
      expect((await there.post('/staff', staff)).json['code']).toBe('STEP_UP_REQUIRED');
      expect((await stepUpAdmin()).status).toBe(200);
      expect((await there.post('/staff', staff)).status).toBe(201);
    } finally {
      await other.close();
    }
  });

  it('lets idle time run while a page asks by itself', async () => {
    const { browser } = await hire('idle.page');
    const other = () => createApp(app.auth.world, [], { settings, securityClock: clock });
    for (let minutes = 0; minutes < 14; minutes += 7) {
      clock.advanceMs(7 * 60_000);
      const fresh = await other();
      const page = new Browser(fresh);
      page.cookie = browser.cookie;
      expect((await page.get('/auth/me', { 'x-background': '1' })).status).toBe(200);
      await fresh.close();
    }
    clock.advanceMs(2 * 60_000);
    expect((await browser.get('/auth/me')).status).toBe(401);
  });

  it('disables accounts that nobody uses, but not the last administrator', async () => {
    const { browser, phone } = await hire('long.away');
    clock.advanceMs(91 * 86_400_000);
    const body = { userName: 'long.away', password: PASSWORD };
    const late = await browser.post('/auth/browser-login', { ...body, code: phone.nextCode() });
    expect(late.json['code']).toBe('LOGIN_REFUSED');
    const disabled = await disableUnused(app.auth);
    expect(disabled.length).toBeGreaterThan(0);
    const rows = await opened().db.query<{ user_name: string; state: string }>(
      `select user_name, state from platform.users where user_name in ('long.away', 'admin.one') order by 1`,
    );
    expect(rows).toEqual([
      { user_name: 'admin.one', state: 'active' },
      { user_name: 'long.away', state: 'disabled' },
    ]);
    expect(await disableUnused(app.auth)).toEqual([]);
  });

  it('keeps no secret in clear: neither in the tables nor in the audit', async () => {
    const users = JSON.stringify(
      await opened().db.query(
        `select encode(totp_secret, 'escape') as secret, password_hash from platform.users`,
      ),
    );
    expect(users).not.toContain(adminPhone.secret);
    const audit = JSON.stringify(await opened().db.query('select detail from platform.audit'));
    expect(audit).not.toContain(adminPhone.secret);
    expect(audit).not.toContain(PASSWORD);
  });
});
