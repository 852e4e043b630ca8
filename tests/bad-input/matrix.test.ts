/** Every operation × every role, and every id of a customer whom the caller may not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, ROLES } from '../../server/src/platform/actor.ts';
import { type Figure, writeFigures } from '../../server/src/app/proof/figures.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { texts } from './corpus.ts';
import { type Endpoint, NOBODY } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { type Headers, type House, openHouse } from './house.ts';
import { faultsOfRefusal } from './problem.ts';
import { send } from './send.ts';
import { changedTables, type State, stateOf } from './state.ts';

let database: TestDatabase;
let house: House;
let endpoints: Endpoint[];
const figures: Figure[] = [];
const note = (zh: string, en: string, value: number) =>
  void figures.push({ zh, en, value, unit: '' });
let rolesOf: (endpoint: Endpoint) => readonly Role[] | undefined;

beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
  endpoints = await endpointsOf(house);
  const api = (await house.app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, { 'x-roles'?: Role[] }>>;
  }>();
  rolesOf = ({ route }) => {
    const [method = '', path = ''] = route.split(' ');
    return api.paths[path]?.[method.toLowerCase()]?.['x-roles'];
  };
});
afterAll(async () => {
  if (process.env['CAIRN_FIGURES'] === '1') {
    writeFigures({
      name: 'security',
      zh: '访问矩阵',
      en: 'Access matrix',
      command: 'CAIRN_FIGURES=1 npm run unit -- tests/bad-input/matrix.test.ts',
      figures,
    });
  }
  await house.close();
  await database.drop();
});

async function expectUnchanged(before: State): Promise<void> {
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
}

test('a role that is not listed gets 403, whatever the operation, and changes nothing', async () => {
  const before = await stateOf(database.db);
  const faults: string[] = [];
  let refused = 0;
  for (const endpoint of endpoints) {
    const roles = rolesOf(endpoint);
    for (const role of ROLES) {
      if (roles === undefined || roles.includes(role)) continue;
      const reply = await send(house, endpoint, { as: house.staff[role] });
      refused += 1;
      const found = faultsOfRefusal(reply);
      if (reply.statusCode !== 403 || found.length > 0) {
        faults.push(`${endpoint.route} as ${role}: ${reply.statusCode} ${found.join()}`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect(refused).toBeGreaterThan(200);
  note('接口文档中的操作', 'operations of the API document', endpoints.length);
  note('操作 × 无权角色，均为 403', 'operation × role that is not listed: all 403', refused);
  await expectUnchanged(before);
});

test('no token, or one that is none, gets 401 before anything is read', async () => {
  const before = await stateOf(database.db);
  let asked = 0;
  const faults: string[] = [];
  for (const endpoint of endpoints) {
    if (rolesOf(endpoint) === undefined) continue;
    for (const authorization of [undefined, ...texts('badTokens')]) {
      const as = authorization === undefined ? {} : { authorization };
      const reply = await send(house, endpoint, { as });
      asked += 1;
      const found = faultsOfRefusal(reply);
      if (reply.statusCode !== 401 || found.length > 0) {
        faults.push(`${endpoint.route} as ${authorization}: ${reply.statusCode} ${found.join()}`);
      }
    }
  }
  note('操作 × 无效令牌，均为 401', 'operation × token that is none: all 401', asked);
  expect(faults).toEqual([]);
  await expectUnchanged(before);
});

test('every operation that moves money or orders wants an idempotency key', async () => {
  const before = await stateOf(database.db);
  for (const route of [
    'POST /orders',
    'POST /orders/batch',
    'POST /cash-transfers',
    'POST /orders/{orderId}/cancellation',
  ]) {
    const endpoint = endpoints.find((one) => one.route === route);
    if (endpoint === undefined) throw new Error(route);
    for (const key of ['', ' ', 'k'.repeat(256), 'schlüssel']) {
      const reply = await send(house, endpoint, { headers: { 'idempotency-key': key } });
      expect([route, reply.statusCode, reply.json<Problem>().code]).toEqual([
        route,
        400,
        'IDEMPOTENCY_KEY_MISSING',
      ]);
    }
  }
  await expectUnchanged(before);
});

describe('a customer of another branch', () => {
  /** The request with every id of ours replaced. */
  function withIds(endpoint: Endpoint, ids: readonly (readonly [string, string])[]) {
    const swap = (text: string) =>
      ids.reduce((result, [from, to]) => result.replaceAll(from, to), text);
    const body = endpoint.body === undefined ? undefined : swap(JSON.stringify(endpoint.body));
    return { url: swap(endpoint.url), ...(body === undefined ? {} : { text: body }) };
  }

  function swaps(to: 'stranger' | 'nobody'): [string, string][] {
    const { investor, firm, stranger, orderId, strangerOrderId } = house;
    const other = to === 'stranger' ? { ...stranger, orderId: strangerOrderId } : NOBODY;
    return [
      [investor.customerId, other.customerId],
      [firm.customerId, other.customerId],
      [investor.assetAccountNo, other.assetAccountNo],
      [firm.assetAccountNo, other.assetAccountNo],
      [orderId, other.orderId],
    ];
  }

  /** An answer without what tells two requests apart. */
  function plain(body: string): string {
    const ids = [...swaps('stranger'), ...swaps('nobody')].map(([, id]) => id);
    return ids
      .reduce((text, id) => text.replaceAll(id, '*'), body)
      .replace(/"traceId":"[^"]+"/, '"traceId":"*"');
  }

  /** Sends what names a stranger and what names nobody, and compares; answers how many it asked. */
  async function compareStrangers(
    asked: readonly Endpoint[],
    signedIn: (endpoint: Endpoint) => Promise<Headers>,
  ): Promise<number> {
    const before = await stateOf(database.db);
    const faults: string[] = [];
    let count = 0;
    for (const endpoint of asked) {
      const { url, text } = withIds(endpoint, swaps('stranger'));
      if (url === endpoint.url && text === JSON.stringify(endpoint.body)) continue;
      const as = await signedIn(endpoint);
      const theirs = await send(house, endpoint, {
        url,
        as,
        ...(text === undefined ? {} : { text }),
      });
      const nobodys = await send(house, endpoint, { ...withIds(endpoint, swaps('nobody')), as });
      count += 1;
      const what = `${endpoint.route}: ${theirs.statusCode} ${theirs.body.slice(0, 200)}`;
      if (plain(theirs.body) !== plain(nobodys.body) || theirs.statusCode !== nobodys.statusCode) {
        faults.push(`${what} differs from ${nobodys.statusCode} ${nobodys.body.slice(0, 200)}`);
      }
      // A list of nothing and a batch answer as such; all else is not found.
      const isList = ['GET /orders', 'POST /orders/batch'].includes(endpoint.route);
      if (theirs.statusCode !== (isList ? 200 : 404)) faults.push(what);
    }
    expect(faults).toEqual([]);
    expect(changedTables(before, await stateOf(database.db, ['platform.users']))).toEqual([]);
    return count;
  }

  test('is nobody: every answer is the one for an id that nobody has', async () => {
    const asked = await compareStrangers(
      endpoints,
      async ({ as }) => (await signIn(house.app, [as], 'B01')).headers,
    );
    expect(asked).toBeGreaterThan(25);
    note(
      '他分支机构客户的对象，均视同不存在',
      'objects of another branch: all as if absent',
      asked,
    );
  });

  test('is nobody to an investor, whatever he may ask for himself', async () => {
    const own = endpoints.filter((endpoint) => rolesOf(endpoint)?.includes('investor') === true);
    const asked = await compareStrangers(own, async () => house.staff.investor);
    expect(asked).toBeGreaterThan(15);
    note(
      '他人账户的对象（投资者），均视同不存在',
      'objects of another customer, as investor: all as if absent',
      asked,
    );
  });

  test('shows to an investor in no list: he sees his own orders and what is sold', async () => {
    const orders = await house.app.inject({
      method: 'GET',
      url: '/orders?limit=200',
      headers: house.staff.investor,
    });
    const owners = orders.json<{ orders: { customerId: string }[] }>().orders;
    expect(owners.length).toBeGreaterThan(1);
    expect(new Set(owners.map((order) => order.customerId))).toEqual(
      new Set([house.investor.customerId]),
    );
    const shelf = await house.app.inject({
      method: 'GET',
      url: '/products?limit=500&sold=false',
      headers: house.staff.investor,
    });
    const items = shelf.json<{ items: { sold: boolean }[] }>().items;
    expect(items.filter((item) => !item.sold)).toEqual([]);
  });

  test('shows in no list, no search and no approval', async () => {
    const as = (await signIn(house.app, ['operations', 'reviewer', 'compliance'], 'B01')).headers;
    const { stranger } = house;
    const asked = await house.app.inject({
      method: 'POST',
      url: `/customers/${stranger.customerId}/investor-class`,
      headers: { ...house.staff.operations, 'content-type': 'application/json' },
      payload: JSON.stringify({
        to: 'professional',
        proof: {
          financialAssets: '6000000.00',
          netAssets: '6000000.00',
          averageIncome: '600000.00',
          experienceYears: 5,
          isSigned: true,
        },
        reason: 'asked for',
      }),
    });
    expect(asked.statusCode).toBe(202);
    for (const url of ['/customers?limit=200', '/orders?limit=200', '/approvals?limit=200']) {
      const reply = await house.app.inject({ method: 'GET', url, headers: as });
      expect(reply.statusCode).toBe(200);
      expect([url, reply.body.includes(stranger.customerId)]).toEqual([url, false]);
    }
    for (const body of [
      { by: 'name', name: '李四光' },
      { by: 'phone', phone: stranger.spec.phone },
      { by: 'certificate', kind: '1', type: '0', number: stranger.spec.certificateNo },
      { by: 'customerId', prefix: stranger.customerId },
    ]) {
      const reply = await house.app.inject({
        method: 'POST',
        url: '/customers/search',
        headers: { ...as, 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      });
      expect([body.by, reply.json()]).toEqual([body.by, { customers: [], nextCursor: null }]);
    }
    const { approvalId } = asked.json<{ approvalId: string }>();
    const decided = await house.app.inject({
      method: 'POST',
      url: `/approvals/${approvalId}/approve`,
      headers: { ...as, 'content-type': 'application/json' },
      payload: JSON.stringify({ reason: 'fine' }),
    });
    expect(decided.statusCode).toBe(404);
  });
});

test('the right request is taken: what the others are refused for is what was made wrong', async () => {
  const faults: string[] = [];
  for (const endpoint of endpoints) {
    const reply = await send(house, endpoint);
    if (reply.statusCode !== endpoint.answer) {
      faults.push(`${endpoint.route}: ${reply.statusCode} ${reply.body.slice(0, 300)}`);
    }
  }
  expect(faults).toEqual([]);
});
