/** Every operation × every role, and every id of a customer whom the caller may not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, ROLES } from '../../server/src/platform/actor.ts';
import { type Figure, writeFigures } from '../../server/src/app/proof/figures.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { texts } from './corpus.ts';
import { type Endpoint, NOBODY, posts } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { type Headers, type House, openHouse } from './house.ts';
import { PLAIN } from './market.ts';
import { planted, plantedEndpoints } from './planted.ts';
import { faultsOfStatus } from './problem.ts';
import { send } from './send.ts';
import { changedTables, type State, stateOf } from './state.ts';
import {
  type Careful,
  faultsOfPairs,
  type Ids,
  namesOf,
  OF_NOBODY,
  openCareful,
  openNewcomer,
  openStranger,
  type Pair,
  signInBranch,
} from './strangers.ts';

let database: TestDatabase;
let house: House;
let endpoints: Endpoint[];
const figures: Figure[] = [];
const note = (zh: string, en: string, value: number) =>
  void figures.push({ zh, en, value, unit: '' });
let rolesOf: (endpoint: Endpoint) => readonly Role[] | undefined;
let isFirmWide: (route: string) => boolean;

beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database, {}, [planted]);
  endpoints = await endpointsOf(house);
  const api = (await house.app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, { 'x-roles'?: Role[]; 'x-firm-wide'?: true }>>;
  }>();
  const declared = (route: string) => {
    const [method = '', path = ''] = route.split(' ');
    return api.paths[path]?.[method.toLowerCase()];
  };
  rolesOf = ({ route }) => declared(route)?.['x-roles'];
  isFirmWide = (route) => declared(route)?.['x-firm-wide'] === true;
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

/** Sends an operation as every role that is not listed; answers what is wrong, and how many it asked. */
async function askUnlisted(endpoint: Endpoint): Promise<{ faults: string[]; asked: number }> {
  const roles = rolesOf(endpoint);
  const unlisted = roles === undefined ? [] : ROLES.filter((role) => !roles.includes(role));
  const faults: string[] = [];
  for (const role of unlisted) {
    const reply = await send(house, endpoint, { as: house.staff[role] });
    faults.push(
      ...faultsOfStatus(reply, 403).map((fault) => `${endpoint.route}, ${role}: ${fault}`),
    );
  }
  return { faults, asked: unlisted.length };
}

test('a role that is not listed gets 403, whatever the operation, and changes nothing', async () => {
  const before = await stateOf(database.db);
  const answers = [];
  for (const endpoint of endpoints) answers.push(await askUnlisted(endpoint));
  const refused = answers.reduce((sum, { asked }) => sum + asked, 0);
  expect(answers.flatMap(({ faults }) => faults)).toEqual([]);
  expect(refused).toBeGreaterThan(200);
  note('接口文档中的操作', 'operations of the API document', endpoints.length);
  note('操作 × 无权角色，均为 403', 'operation × role that is not listed: all 403', refused);
  await expectUnchanged(before);
});

/** The same with every token that is none. */
async function askUnknown(endpoint: Endpoint): Promise<{ faults: string[]; asked: number }> {
  const tokens = rolesOf(endpoint) === undefined ? [] : [undefined, ...texts('badTokens')];
  const faults: string[] = [];
  for (const authorization of tokens) {
    const as = authorization === undefined ? {} : { authorization };
    const found = faultsOfStatus(await send(house, endpoint, { as }), 401);
    faults.push(...found.map((fault) => `${endpoint.route}, ${authorization}: ${fault}`));
  }
  return { faults, asked: tokens.length };
}

test('no token, or one that is none, gets 401 before anything is read', async () => {
  const before = await stateOf(database.db);
  const answers = [];
  for (const endpoint of endpoints) answers.push(await askUnknown(endpoint));
  expect(answers.flatMap(({ faults }) => faults)).toEqual([]);
  const asked = answers.reduce((sum, answer) => sum + answer.asked, 0);
  note('操作 × 无效令牌，均为 401', 'operation × token that is none: all 401', asked);
  await expectUnchanged(before);
});

test('a route that says who may call it and does not ask is reported, for each role and token', async () => {
  const { open } = plantedEndpoints(house);
  expect(rolesOf(open)).toEqual(['operations']);
  for (const { faults, asked } of [await askUnlisted(open), await askUnknown(open)]) {
    expect(faults).toHaveLength(asked);
    expect(asked).toBeGreaterThan(5);
  }
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
  let stranger: Ids;
  let insiders: Readonly<Record<Role, Headers>>;
  let ours: Careful;
  let own: Partial<Ids>[];

  beforeAll(async () => {
    const [our, other] = await openCareful(house, ['B01', 'B02']);
    if (our === undefined || other === undefined) throw new Error('two were opened');
    ours = our;
    stranger = await openStranger(house, other);
    insiders = await signInBranch(house, house.staff.investor);
    const { investor, firm } = house;
    own = [investor, firm, ours].map(({ customerId, assetAccountNo }) => ({
      customerId,
      assetAccountNo,
    }));
  });

  /** Lists of nothing and batches answer as such; what is the firm’s is not for a branch at all. */
  function statusFor({ route }: Endpoint): number {
    if (['GET /orders', 'POST /orders/batch'].includes(route)) return 200;
    return isFirmWide(route) ? 403 : 404;
  }

  /** One operation with every id replaced, as every role of its list. */
  function pairsOf(endpoint: Endpoint): Pair[] {
    const names = namesOf(endpoint, own);
    const roles = names.length === 0 ? [] : (rolesOf(endpoint) ?? []);
    const status = statusFor(endpoint);
    return roles.map((role) => ({ endpoint, role, as: insiders[role], names, own, status }));
  }

  const isInvestor = ({ role }: Pair) => role === 'investor';

  test('is nobody: every answer is the one for an id that nobody has', async () => {
    const pairs = endpoints.flatMap(pairsOf).filter((pair) => !isInvestor(pair));
    expect(await faultsOfPairs(house, pairs, stranger)).toEqual([]);
    const operations = new Set(pairs.map(({ endpoint }) => endpoint.route)).size;
    expect(operations).toBeGreaterThan(50);
    expect(new Set(pairs.flatMap(({ names }) => names))).toEqual(new Set(Object.keys(NOBODY)));
    note(
      '操作 × 角色，他分支机构客户或员工的对象，均视同不存在',
      'operation × role, objects of another branch: all as if absent',
      pairs.length,
    );
    note('其中的操作', 'operations among them', operations);
  });

  test('is nobody to an investor, whatever he may ask for himself', async () => {
    const pairs = endpoints.flatMap(pairsOf).filter(isInvestor);
    expect(await faultsOfPairs(house, pairs, stranger)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(15);
    note(
      '他人的对象（投资者），均视同不存在',
      'objects of others, as investor: all as if absent',
      pairs.length,
    );
  });

  test('every name in a path is of an id that is crossed here, or of what belongs to nobody', () => {
    const names = endpoints.flatMap(({ route }) => [...route.matchAll(/\{(\w+)\}/g)]);
    const known = [...Object.keys(NOBODY), ...OF_NOBODY];
    expect(new Set(names.map(([, name]) => name))).toEqual(
      new Set(known.filter((name) => names.some(([, one]) => one === name))),
    );
  });

  test('is nobody beside one’s own: one id of two replaced, in path and body', async () => {
    const { customerId, warningId, openWarningId } = ours;
    const confirmation = posts(
      '/customers/{customerId}/warnings/{warningId}/confirmation',
      'operations',
      {
        url: `/customers/${customerId}/warnings/${openWarningId}/confirmation`,
        body: { hasReadAndInsists: true, channel: 'internet' },
      },
    );
    const newcomer = await openNewcomer(house);
    const { customerId: newId, assetAccountNo } = newcomer;
    const application = posts('/fund-accounts', 'operations', {
      body: { customerId: newId, assetAccountNo, registrarCode: '01' },
    });
    const preview = posts('/orders/preview', 'operations', {
      body: { kind: 'purchase', customerId, fundCode: PLAIN, amount: '1000.00', warningId },
    });
    // With his own warning he may buy: what follows is refused for whose warning it is.
    expect((await send(house, preview)).json()).toMatchObject({ outcome: 'accepted' });

    const signInAs = async (id: string) =>
      (await signIn(house.app, ['investor'], undefined, id)).headers;
    const [himself, newHimself] = [await signInAs(customerId), await signInAs(newId)];
    function mixedPairs(endpoint: Endpoint, own: Partial<Ids>): Pair[] {
      const headers = own.customerId === newId ? newHimself : himself;
      return namesOf(endpoint, [own]).flatMap((name) =>
        (rolesOf(endpoint) ?? []).map((role): Pair => {
          const as = role === 'investor' ? headers : insiders[role];
          // A preview that is refused is an answer.
          const isAnswered = endpoint === preview && name === 'warningId';
          const status = isAnswered ? { status: 200 } : {};
          return { endpoint, role, as, names: [name], own: [own], ...status };
        }),
      );
    }
    const pairs = [
      ...mixedPairs(confirmation, { customerId }),
      ...mixedPairs(application, { customerId: newId, assetAccountNo }),
      ...mixedPairs(preview, { customerId, warningId }),
    ];
    expect(await faultsOfPairs(house, pairs, stranger)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(15);
    note(
      '本人的对象与他人的对象混用，均视同不存在',
      'an id of others beside one’s own: all as if absent',
      pairs.length,
    );
  });

  test('what shows, tells or changes what is a stranger’s is reported', async () => {
    const { shows, tells, changes } = plantedEndpoints(house);
    const reported = async (endpoint: Endpoint) =>
      (await faultsOfPairs(house, pairsOf(endpoint), stranger)).join();
    expect(await reported(shows)).toMatch(/200 .*differs from 404.*not 404/s);
    expect(await reported(tells)).toMatch(/403 .*FORBIDDEN.*differs from 404/s);
    expect(await reported(changes)).toBe('platform.users was changed');
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
    const { stranger: other } = house;
    const asked = await house.app.inject({
      method: 'POST',
      url: `/customers/${other.customerId}/investor-class`,
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
      expect([url, reply.body.includes(other.customerId)]).toEqual([url, false]);
    }
    for (const body of [
      { by: 'name', name: '李四光' },
      { by: 'phone', phone: other.spec.phone },
      { by: 'certificate', kind: '1', type: '0', number: other.spec.certificateNo },
      { by: 'customerId', prefix: other.customerId },
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
