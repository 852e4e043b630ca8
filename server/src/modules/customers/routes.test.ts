import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../platform/actor.ts';
import { type App, createApp } from '../../platform/http/app.ts';
import type { Problem } from '../../platform/http/problem.ts';
import { signIn } from '../../platform/http/testing.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../../platform/testing.ts';
import { idCardCheckCharacter } from './domain/id-card.ts';
import { customersModule } from './module.ts';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await openTestPglite();
  app = await createApp(testWorld(database.db), [customersModule]);
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

type Headers = { authorization: string };
const login = async (roles: Role[], branch?: string): Promise<Headers> =>
  (await signIn(app, roles, branch)).headers;

const call = async (
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  headers: Headers,
  payload?: object,
): Promise<{ status: number; body: Problem & Record<string, unknown> }> => {
  const options = payload === undefined ? {} : { payload };
  const reply = await app.inject({ method, url, headers, ...options });
  return { status: reply.statusCode, body: reply.json() };
};

function idCard(sequence: number): string {
  const first17 = `11010519900101${String(sequence).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}

const person = (certificateNo: string, extra: object = {}) => ({
  kind: '1',
  name: '张三丰',
  certificateType: '0',
  certificateNo,
  certificateValidUntil: null,
  phone: '13800000001',
  branchCode: 'B01',
  ...extra,
});

test('a customer is opened, found again and never opened twice', async () => {
  const headers = await login(['operations']);
  const opened = await call('POST', '/customers', headers, person(idCard(11)));
  expect(opened.status).toBe(201);
  const customerId = opened.body['customerId'] as string;
  const again = await call('POST', '/customers', headers, person(idCard(11)));
  expect([again.status, again.body.code, again.body.details]).toEqual([
    409,
    'CUSTOMER_EXISTS',
    { customerId },
  ]);
  const seen = await call('GET', `/customers/${customerId}`, headers);
  expect(seen.body).toMatchObject({ nameMasked: '张*丰', phoneMasked: '138****0001' });
  expect(JSON.stringify(seen.body)).not.toContain(idCard(11));
  const found = await call('POST', '/customers/search', headers, {
    by: 'certificate',
    kind: '1',
    type: '0',
    number: idCard(11),
  });
  expect(found.body['customers']).toMatchObject([{ customerId }]);
  const clear = await call('POST', `/customers/${customerId}/unmask`, headers, {
    fields: ['certificateNo'],
    purpose: 'callback',
  });
  expect(clear.body).toEqual({ certificateNo: idCard(11) });
});

test('refusals carry every reason in both languages and no certificate number', async () => {
  const headers = await login(['operations']);
  const wrong = person('110105194912310021', { name: '王\u202E', phone: '1' });
  const { status, body } = await call('POST', '/customers', headers, wrong);
  expect([status, body.code]).toEqual([422, 'CUSTOMER_REFUSED']);
  expect(body.reasons?.map(({ code, messageZh, remedyZh }) => [code, messageZh, remedyZh])).toEqual(
    [
      [
        'TEXT_INVISIBLE_CHARACTER',
        '姓名（名称）含有不可见字符或改变书写方向的字符。',
        '请重新输入，不要带入隐藏字符。',
      ],
      ['ID_CARD_CHECK_CHARACTER', '证件号码的末位校验码不符。', '请逐位与证件核对。'],
      ['PHONE_FORMAT', '电话不是电话号码。', '请填写 11 位手机号、+国家码号码或 010-12345678。'],
    ],
  );
  expect(JSON.stringify(body)).not.toContain('110105194912310021');
});

describe('bad input gives its named answer', () => {
  const id24 = '11010519491231002';
  test.each<[string, object, number, string]>([
    ['unknown field', person(idCard(21), { status: 'active' }), 400, 'REQUEST_INVALID'],
    [
      'investor class by the back door',
      person(idCard(21), { investorClass: 'professional' }),
      400,
      'REQUEST_INVALID',
    ],
    ['a number for a text', person(idCard(21), { name: 12 }), 400, 'REQUEST_INVALID'],
    [
      'no such day',
      person(idCard(21), { certificateValidUntil: '2026-02-30' }),
      422,
      'CUSTOMER_REFUSED',
    ],
    [
      'infinity',
      person(idCard(21), { certificateValidUntil: 'infinity' }),
      422,
      'CUSTOMER_REFUSED',
    ],
    ['NUL in a name', person(idCard(21), { name: 'a\u0000' }), 422, 'TEXT_NOT_STORABLE'],
    ['leading U+FEFF', person(idCard(21), { name: '\uFEFFa' }), 422, 'TEXT_NOT_STORABLE'],
    [
      '10,000 combining marks',
      person(idCard(21), { name: `e${'\u0301'.repeat(10_000)}` }),
      422,
      'VALUE_REFUSED',
    ],
    ['lower x', person(`${id24}x`), 422, 'CUSTOMER_REFUSED'],
    ['15 digits', person('110105491231002'), 422, 'CUSTOMER_REFUSED'],
    ['wrong region', person('990105194912310021'), 422, 'CUSTOMER_REFUSED'],
  ])('%s', async (_, payload, status, code) => {
    const reply = await call('POST', '/customers', await login(['operations']), payload);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test.each(["' OR 1=1--", '%', '_', '\\', '<script>alert(1)</script>', '${7*7}', '=cmd()'])(
    'search for %s finds nobody',
    async (text) => {
      const headers = await login(['operations']);
      for (const search of [
        { by: 'phone', phone: text },
        { by: 'name', name: text },
        { by: 'nameMasked', nameMasked: text },
      ]) {
        const reply = await call('POST', '/customers/search', headers, search);
        expect([reply.status, reply.body['customers']]).toEqual([200, []]);
      }
    },
  );

  test.each([
    ['/customers?limit=1000000000', 400],
    ['/customers?limit=-1', 400],
    ['/customers?sort=password', 400],
    ['/customers?cursor=AAAA', 422],
    ['/customers/C000000000000000', 404],
    ['/customers/%00', 422],
  ])('%s gives %i', async (url, status) => {
    expect((await call('GET', url, await login(['operations']))).status).toBe(status);
  });
});

test('another branch gets 404 everywhere, and the list is its own', async () => {
  const own = await login(['adviser', 'operations', 'compliance'], 'B31');
  const other = await login(['adviser', 'operations', 'compliance'], 'B32');
  const payload = person(idCard(31), { branchCode: 'B31' });
  const customerId = (await call('POST', '/customers', own, payload)).body['customerId'] as string;
  const reason = 'why';
  const attempts: ['GET' | 'POST' | 'PATCH', string, object?][] = [
    ['GET', ''],
    ['GET', '/view'],
    ['GET', '/versions'],
    ['POST', '/unmask', { fields: ['name'], purpose: reason }],
    ['PATCH', '', { expectedVersion: 1, reason, change: { phone: '13800000002' } }],
    ['POST', '/kyc-review', { decision: 'verify', reason }],
    ['POST', '/status', { action: 'freeze', reason }],
  ];
  for (const [method, path, body] of attempts) {
    const reply = await call(method, `/customers/${customerId}${path}`, other, body);
    expect([path, reply.status, reply.body.code]).toEqual([path, 404, 'CUSTOMER_NOT_FOUND']);
  }
  const list = (await call('GET', '/customers', other)).body['customers'];
  expect(list).toEqual([]);
  const foreign = await call(
    'POST',
    '/customers',
    other,
    person(idCard(33), { branchCode: 'B31' }),
  );
  expect([foreign.status, foreign.body.code]).toEqual([403, 'CUSTOMER_BRANCH_OTHER']);
  // The certificate is known to the other branch only: the answer tells nothing more.
  const known = await call('POST', '/customers', other, { ...payload, branchCode: 'B32' });
  expect([known.status, known.body.details]).toEqual([409, undefined]);
});

test('an auditor reads and changes nothing', async () => {
  const auditor = await login(['auditor']);
  expect((await call('GET', '/customers', auditor)).status).toBe(200);
  expect((await call('POST', '/customers', auditor, person(idCard(41)))).status).toBe(403);
});
