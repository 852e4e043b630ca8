import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Role } from '../../platform/actor.ts';
import { type App, createApp } from '../../platform/http/app.ts';
import type { Problem } from '../../platform/http/problem.ts';
import { signIn } from '../../platform/http/testing.ts';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { idCardCheckCharacter } from './domain/id-card.ts';
import { createDraft, forgetDrafts, listDrafts } from './drafts.ts';
import { customersModule } from './module.ts';

function idCard(sequence: number, born = '19900101'): string {
  const first17 = `110105${born}${String(sequence).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}

/** A form just begun: every text is empty. */
const EMPTY = {
  kind: '1',
  name: '',
  certificateType: '0',
  certificateNo: '',
  certificateValidUntil: '',
  phone: '',
  branchCode: 'B01',
};

describeEachDb('before a customer', (opened) => {
  let app: App;
  let world: TestWorld;
  let headers: { authorization: string };
  beforeAll(async () => {
    world = testWorld(opened().db);
    app = await createApp(world, [customersModule]);
    ({ headers } = await signIn(app, ['adviser'], 'B01'));
  });
  afterAll(() => app.close());

  type Body = Problem & Record<string, unknown>;
  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
  const call = async (method: Method, url: string, payload?: object, as = headers) => {
    const sent = payload === undefined ? {} : { payload };
    const reply = await app.inject({ method, url, headers: as, ...sent });
    const body = (reply.body === '' ? {} : reply.json()) as Body;
    return { status: reply.statusCode, body };
  };
  const other = async (roles: Role[], branch?: string) =>
    (await signIn(app, roles, branch)).headers;

  const check = async (change: object, as = headers) => {
    const { status, body } = await call(
      'POST',
      '/customers/opening-check',
      { ...EMPTY, ...change },
      as,
    );
    expect(status).toBe(200);
    const findings = body['findings'] as { code: string; details: { field: string } }[];
    return { body, codes: findings.map(({ code, details }) => `${details.field} ${code}`) };
  };

  test('every field that is wrong says so, with its name', async () => {
    const { codes } = await check({ certificateNo: '110105199001010011', phone: '1380000' });
    expect(codes).toEqual([
      'name TEXT_EMPTY',
      'certificateNo ID_CARD_CHECK_CHARACTER',
      'certificateValidUntil CUSTOMER_DATE_INVALID',
      'phone PHONE_FORMAT',
    ]);
    const expired = await check({ certificateNo: idCard(1), certificateValidUntil: '2020-01-01' });
    expect(expired.codes).toContain('certificateValidUntil CERTIFICATE_EXPIRED');
    const told = await call('POST', '/customers/opening-check', { ...EMPTY, name: '' });
    expect(told.body['findings']).toContainEqual(
      expect.objectContaining({ message: 'The name is empty.', messageZh: '姓名（名称）为空。' }),
    );
  });

  test('the number tells birth date, sex and capacity; whoever is there is shown at once', async () => {
    const certificateNo = idCard(12, '20150101');
    const fresh = await check({ certificateNo });
    expect(fresh.body).toMatchObject({
      birthDate: '2015-01-01',
      sex: '2',
      civilCapacity: 'limited',
      existing: null,
    });
    const whole = { ...EMPTY, name: '张三', certificateNo, certificateValidUntil: null };
    const customer = { ...whole, phone: '13800000001' };
    const made = await call('POST', '/customers', customer);
    expect(made.status).toBe(201);
    const again = await check(customer);
    expect([again.codes, again.body['existing']]).toEqual([
      [],
      { customerId: made.body['customerId'] },
    ]);
    // Another branch learns that the certificate is taken, as the opening itself would say.
    const elsewhere = await check(customer, await other(['adviser'], 'B02'));
    expect(elsewhere.body['existing']).toEqual({});
  });

  test('a draft is kept encrypted, gone on with, and thrown away', async () => {
    const content = { ...EMPTY, name: '欧阳娜娜', certificateNo: idCard(31), step: 1 };
    const kept = await call('POST', '/opening-drafts', { content });
    expect([kept.status, kept.body['nameMasked'], kept.body['version']]).toEqual([
      201,
      '欧**娜',
      1,
    ]);
    const url = `/opening-drafts/${String(kept.body['draftId'])}`;
    const stored = await opened().db.query<{ t: string }>(
      'select t::text as t from customers.opening_drafts t',
    );
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${idCard(31)}|欧阳娜娜`));
    const saved = await call('PUT', url, { expectedVersion: 1, content: { ...content, step: 2 } });
    expect([saved.status, saved.body['version']]).toEqual([200, 2]);
    const seen = await call('GET', url);
    expect(seen.body).toMatchObject({ draft: { version: 2 }, content: { ...content, step: 2 } });
    const late = await call('PUT', url, { expectedVersion: 1, content });
    expect([late.status, late.body.code]).toEqual([409, 'OPENING_DRAFT_CHANGED']);
    expect((await call('DELETE', url)).status).toBe(204);
    const gone = await call('GET', url);
    expect([gone.status, gone.body.code]).toEqual([404, 'OPENING_DRAFT_NOT_FOUND']);
    const acts = await opened().db.query<{ action: string; detail: unknown }>(
      "select action, detail from platform.audit where action like 'customers.draft-%' order by seq",
    );
    expect(acts.map(({ action }) => action)).toEqual(
      ['create', 'save', 'read', 'discard'].map((act) => `customers.draft-${act}`),
    );
    expect(JSON.stringify(acts)).not.toMatch(/欧|110105/);
  });

  test('a draft is its writer’s, while he stays in the branch', async () => {
    const kept = await call('POST', '/opening-drafts', { content: { ...EMPTY, step: 0 } });
    const url = `/opening-drafts/${String(kept.body['draftId'])}`;
    for (const as of [await other(['adviser'], 'B01'), await other(['operations'])]) {
      expect((await call('GET', url, undefined, as)).status).toBe(404);
      expect((await call('DELETE', url, undefined, as)).status).toBe(404);
      const list = await call('GET', '/opening-drafts', undefined, as);
      expect(list.body['drafts']).toEqual([]);
    }
    const actor: Actor = { ...(await signIn(app, ['adviser'])).actor, branchCode: 'B01' };
    const own = await createDraft(world, actor, { ...EMPTY, kind: '1', step: 0 });
    expect((await listDrafts(world, actor)).map(({ draftId }) => draftId)).toEqual([own.draftId]);
    expect(await listDrafts(world, { ...actor, branchCode: 'B02' })).toEqual([]);
  });

  test('drafts go when nobody saves them, and are not collected without end', async () => {
    const fresh = await other(['adviser'], 'B01');
    const content = { ...EMPTY, step: 0 };
    for (let count = 0; count < 50; count += 1) {
      expect((await call('POST', '/opening-drafts', { content }, fresh)).status).toBe(201);
    }
    const full = await call('POST', '/opening-drafts', { content }, fresh);
    expect([full.status, full.body.code]).toEqual([409, 'OPENING_DRAFTS_FULL']);
    world.clock.advanceMs(7 * 86_400_000);
    expect(await forgetDrafts(world)).toBeGreaterThanOrEqual(50);
    expect(await opened().db.query('select 1 as one from customers.opening_drafts')).toEqual([]);
  });
});
