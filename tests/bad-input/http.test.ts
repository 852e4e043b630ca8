/** The form of requests, rows 4 to 8, and credentials, rows 28 to 30. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPartnerKey } from '../../server/src/platform/auth/partner-keys.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from './house.ts';
import { PLAIN } from './market.ts';
import { faultsOfRefusal } from './problem.ts';
import { nextKey, post } from './send.ts';
import { changedTables, stateOf } from './state.ts';

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

test('bodies that are too large, too deep, packed or of another kind', async () => {
  const before = await stateOf(database.db);
  const json = { 'content-type': 'application/json' };
  const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]));
  for (const [what, payload, headers, right] of [
    ['5,000 keys', JSON.stringify(keys), json, [400]],
    ['100,000 levels', '['.repeat(100_000), json, [400]],
    [
      'a bomb',
      gzipSync(Buffer.alloc(5_000_000)),
      { ...json, 'content-encoding': 'gzip' },
      [413, 415],
    ],
  ] as const) {
    const reply = await house.app.inject({
      method: 'POST',
      url: '/orders',
      headers: { ...house.staff.operations, 'idempotency-key': nextKey(), ...headers },
      payload,
    });
    expect([what, right.some((status) => status === reply.statusCode)]).toEqual([what, true]);
    expect(faultsOfRefusal(reply)).toEqual([]);
  }
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
});

test('methods, addresses, queries and headers that are not as they must be', async () => {
  const before = await stateOf(database.db);
  const staff = house.staff.operations;
  const many = Array.from({ length: 10_000 }, (_, i) => `p${i}`).join('&');
  for (const [method, url, headers, status] of [
    ['PUT', '/orders', {}, 405],
    ['DELETE', '/orders', {}, 405],
    ['HEAD', '/cash-transfers', {}, 405],
    ['GET', '/cash-transfers', {}, 405],
    ['GET', '/orders', { 'x-http-method-override': 'POST' }, 405],
    ['GET', '/nothing', {}, 404],
    ['GET', '/orders/../staff', {}, 403],
    ['GET', '/orders/%00', {}, 422],
    ['GET', '/orders/%ff', {}, 400],
    ['GET', `/orders?${many.slice(0, 900)}`, {}, 400],
    ['GET', `/orders?cursor=${'x'.repeat(9_000)}`, {}, 414],
    ['GET', '/orders?limit=1&limit=2', {}, 400],
    ['GET', '/orders?state=confirmed%00', {}, 400],
    ['GET', '/orders?cursor=AAAA', {}, 400],
    ['GET', '/customers?limit=1e9', {}, 400],
    ['GET', '/customers?cursor=AAAA', {}, 422],
    ['GET', '/customers?name=%E5%BC%A0', {}, 400],
    ['GET', `/asset-accounts/${house.investor.assetAccountNo}/postings?cursor=AAAA`, {}, 422],
    ['GET', '/products?cursor=AAAA', {}, 400],
    ['GET', '/approvals?cursor=AAAA', {}, 400],
    ['GET', '/products?sold=yes', {}, 400],
  ] as const) {
    const reply = await house.app.inject({ method, url, headers: { ...staff, ...headers } });
    const what = `${method} ${url.slice(0, 60)}`;
    expect([what, reply.statusCode]).toEqual([what, status]);
    // A HEAD has no body to judge.
    expect([what, method === 'HEAD' ? [] : faultsOfRefusal(reply)]).toEqual([what, []]);
  }
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
});

test('a token is dead after logout, a change of roles and a disabled user', async () => {
  const orders = (headers: Record<string, string>) => house.app.inject({ url: '/orders', headers });
  const admin = (await signIn(house.app, ['administrator'])).headers;
  const left = await signIn(house.app, ['operations']);
  expect((await orders(left.headers)).statusCode).toBe(200);
  await house.app.inject({ method: 'POST', url: '/auth/logout', headers: left.headers });
  expect((await orders(left.headers)).statusCode).toBe(401);

  const moved = await signIn(house.app, ['operations']);
  const roles = { roles: ['adviser'] };
  expect((await post(house, `/staff/${moved.staffId}/roles`, roles, admin)).statusCode).toBe(200);
  expect((await orders(moved.headers)).statusCode).toBe(401);

  const gone = await signIn(house.app, ['operations']);
  expect((await post(house, `/staff/${gone.staffId}/disable`, undefined, admin)).statusCode).toBe(
    200,
  );
  expect((await orders(gone.headers)).statusCode).toBe(401);

  const maker = await signIn(house.app, ['administrator']);
  const { key, partnerKey } = await createPartnerKey(house.app.auth, maker.actor, {
    name: 'terminal',
    roles: ['operations'],
  });
  const program = { authorization: `Bearer ${key}` };
  expect((await orders(program)).statusCode).toBe(200);
  const url = `/partner-keys/${partnerKey.keyId}`;
  await house.app.inject({ method: 'DELETE', url, headers: admin });
  expect((await orders(program)).statusCode).toBe(401);
});

test('nobody decides his own request, twice, as a program, or after it was decided', async () => {
  const maker = await signIn(house.app, ['productManager', 'reviewer', 'operations']);
  const change = { effectiveDate: '2026-05-06', changes: { riskLevel: '4' } };
  const asked = await post(house, `/products/${PLAIN}/parameter-changes`, change, maker.headers);
  const { approvalId } = asked.json<{ approvalId: string }>();
  const admin = await signIn(house.app, ['administrator']);
  const { key } = await createPartnerKey(house.app.auth, admin.actor, {
    name: 'robot',
    roles: ['operations'],
  });
  const decide = async (headers: Record<string, string>, how = 'approve', extra = {}) => {
    const url = `/approvals/${approvalId}/${how}`;
    const reply = await post(house, url, { reason: 'seen', ...extra }, headers);
    return [reply.statusCode, reply.statusCode === 200 ? '' : reply.json<Problem>().code];
  };
  const checker = (await signIn(house.app, ['reviewer'])).headers;
  expect(await decide(maker.headers)).toEqual([403, 'APPROVAL_OWN_REQUEST']);
  expect(await decide(admin.headers)).toEqual([403, 'FORBIDDEN']);
  expect(await decide({ authorization: `Bearer ${key}` })).toEqual([403, 'APPROVAL_NOT_STAFF']);
  expect(await decide(checker, 'approve', { checkerId: 'S1' })).toEqual([400, 'REQUEST_INVALID']);
  expect(await decide(checker, 'approve', { payload: {} })).toEqual([400, 'REQUEST_INVALID']);
  expect(await decide(checker)).toEqual([200, '']);
  expect(await decide(checker)).toEqual([409, 'APPROVAL_DECIDED']);
  expect(await decide(checker, 'reject')).toEqual([409, 'APPROVAL_DECIDED']);
});
