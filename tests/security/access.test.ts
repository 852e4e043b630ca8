/** Who may come in and what is asked of him again: statements 1, 2, 7 and 44. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { NOBODY } from '../bad-input/endpoint.ts';
import { endpointsOf } from '../bad-input/endpoints.ts';
import { type Headers, type House, openHouse } from '../bad-input/house.ts';
import { post, send } from '../bad-input/send.ts';
import { changedTables, stateOf } from '../bad-input/state.ts';

type Operation = { readonly 'x-step-up'?: true; readonly security?: readonly unknown[] };

let database: TestDatabase;
let house: House;
let operations: Map<string, Operation>;

beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
  const { paths } = (await house.app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  operations = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    ),
  );
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

/** Signs in, and lets the proof of who sits there grow old. */
async function staleAs(...roles: Parameters<typeof signIn>[1]): Promise<Headers> {
  const { headers, staffId } = await signIn(house.app, roles);
  await database.db.query(
    `update platform.sessions set proven_at = proven_at - interval '1 hour' where user_id = $1`,
    [staffId],
  );
  return headers;
}

test('a user name and an id are given once, also after their user is gone', async () => {
  const admin = (await signIn(house.app, ['administrator'])).headers;
  const hire = (userName: string) => post(house, '/staff', { userName, roles: ['adviser'] }, admin);
  const hired = await hire('wei.once');
  expect(hired.statusCode).toBe(201);
  const { staffId } = hired.json<{ staff: { staffId: string } }>().staff;
  const gone = await post(house, `/staff/${staffId}/disable`, undefined, admin);
  expect(gone.statusCode).toBe(200);
  for (const name of ['wei.once', 'Wei.Once']) {
    const again = await hire(name);
    expect([again.statusCode, again.json<Problem>().code]).toEqual([409, 'STAFF_NAME_TAKEN']);
  }
  const others = await Promise.all(Array.from({ length: 5 }, (_, n) => hire(`wei.other${n}`)));
  const ids = others.map((reply) => reply.json<{ staff: { staffId: string } }>().staff.staffId);
  expect(new Set([staffId, ...ids]).size).toBe(6);
  // Nothing takes a user away, so that what the audit names stays one person.
  expect(
    [...operations.keys()].filter((route) => /^DELETE \/(staff|customers)/.test(route)),
  ).toEqual([]);
});

test('a password of 64 characters in any writing is taken, and one of the common ones is not', async () => {
  const admin = (await signIn(house.app, ['administrator'])).headers;
  const hired = await post(house, '/staff', { userName: 'long.pass', roles: ['adviser'] }, admin);
  const { activationCode } = hired.json<{ activationCode: string }>();
  const activate = (password: string) =>
    post(house, '/auth/activate', { userName: 'long.pass', activationCode, password }, {});
  for (const common of ['password2026', '1234567890123', 'Qwertyuiop[]', 'long.pass-2026']) {
    expect([common, (await activate(common)).json<Problem>().code]).toEqual([
      common,
      'PASSWORD_WEAK',
    ]);
  }
  const long = `${'四灯塔 light houses 47 '.repeat(3)}Ω`.slice(0, 64).padEnd(64, 'x');
  expect(Array.from(long)).toHaveLength(64);
  expect((await activate(long)).statusCode).toBe(204);
});

/** What is weighty: who may come in, what two people decide, data in clear and by the thousand. */
const WEIGHTY = [
  'POST /staff',
  'POST /staff/{staffId}/roles',
  'POST /staff/{staffId}/disable',
  'POST /staff/{staffId}/reset',
  'POST /staff/{staffId}/second-factor-reset',
  'POST /partner-keys',
  'DELETE /partner-keys/{keyId}',
  'POST /auth/second-factor/enrolment',
  'POST /approvals/{approvalId}/approve',
  'POST /approvals/{approvalId}/reject',
  'POST /customers/{customerId}/documents/{kind}',
  'POST /document-runs',
];

test('weighty operations refuse an old proof of who sits there, and change nothing', async () => {
  const asking = [...operations].filter(([, { 'x-step-up': asks }]) => asks === true);
  const routes = asking.map(([route]) => route);
  expect(WEIGHTY.filter((route) => !routes.includes(route))).toEqual([]);
  const endpoints = (await endpointsOf(house)).filter(({ route }) => routes.includes(route));
  expect(endpoints).toHaveLength(routes.length);
  const stale = new Map<string, Headers>();
  for (const { as } of endpoints) if (!stale.has(as)) stale.set(as, await staleAs(as));
  const before = await stateOf(database.db);
  const answers = [];
  for (const endpoint of endpoints) {
    const reply = await send(house, endpoint, { as: stale.get(endpoint.as) });
    answers.push([endpoint.route, reply.statusCode, reply.json<Problem>().code]);
  }
  expect(answers).toEqual(endpoints.map(({ route }) => [route, 403, 'STEP_UP_REQUIRED']));
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
});

test('another telephone number of a customer asks for a fresh proof', async () => {
  const url = `/customers/${house.investor.customerId}`;
  const stale = await staleAs('operations');
  const change = async (to: Record<string, string>, headers: Headers) => {
    const [row] = await database.db.query<{ version: number }>(
      'select version from customers.customers where customer_id = $1',
      [house.investor.customerId],
    );
    const reply = await house.app.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, 'content-type': 'application/json' },
      payload: JSON.stringify({
        expectedVersion: row?.version,
        reason: 'asked by the customer',
        change: to,
      }),
    });
    return [reply.statusCode, reply.statusCode === 200 ? '' : reply.json<Problem>().code];
  };
  const phone = { phone: '13800000077' };
  expect(await change(phone, stale)).toEqual([403, 'STEP_UP_REQUIRED']);
  expect(await change({ address: 'Pudong 1' }, stale)).toEqual([200, '']);
  expect(await change(phone, (await signIn(house.app, ['operations'])).headers)).toEqual([200, '']);
});

/** What anybody may ask, and why. */
const OPEN = [
  'GET /health',
  'GET /ready',
  'POST /auth/activate',
  'POST /auth/bootstrap',
  'POST /auth/browser-login',
  'POST /auth/login',
];

test('what may be asked without signing in is this list and nothing else', async () => {
  const open = [...operations].filter(([, { security }]) => security?.length === 0);
  expect(open.map(([route]) => route).toSorted()).toEqual(OPEN);
  // Beside the document: the document itself, its reader, the numbers of operation.
  const beside = [];
  const { staffId } = NOBODY;
  for (const url of ['/', '/docs/', '/openapi.json', '/metrics', '/debug', `/staff/${staffId}`]) {
    const { statusCode } = await house.app.inject(url);
    beside.push([url, statusCode]);
  }
  expect(beside).toEqual([
    ['/', 302],
    ['/docs/', 200],
    ['/openapi.json', 200],
    ['/metrics', 200],
    ['/debug', 404],
    [`/staff/${staffId}`, 401],
  ]);
});
