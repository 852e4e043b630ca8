import { instant } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../platform/http/app.ts';
import { signIn } from '../../platform/http/testing.ts';
import {
  openTestPglite,
  type TestDatabase,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { accountsErrors } from '../accounts/index.ts';
import { customersErrors, customersMessages } from '../customers/index.ts';
import { suitabilityErrors, suitabilityMessages } from '../suitability/index.ts';
import { giveUnits, openBroker, openTraders, type Trader, TUESDAY_MORNING } from './fixture.ts';
import { tradingModule } from './index.ts';

let database: TestDatabase;
let world: TestWorld;
let app: App;
let operations: { authorization: string };
let elsewhere: { authorization: string };
let auditor: { authorization: string };
let one: Trader;

beforeAll(async () => {
  database = await openTestPglite();
  world = testWorld(database.db, TUESDAY_MORNING);
  await openBroker(world);
  const [trader] = await openTraders(world, [1]);
  if (trader === undefined) throw new Error('a trader opens');
  one = trader;
  await giveUnits(world, one, '000001', '100');
  const settings = { lanes: 2, batchSizeMax: 100, batchWaitMs: 1, queueMax: 1000 };
  app = await createApp(world, [
    { name: 'customers', errors: customersErrors, messages: customersMessages },
    { name: 'accounts', errors: accountsErrors },
    { name: 'suitability', errors: suitabilityErrors, messages: suitabilityMessages },
    tradingModule(settings),
  ]);
  operations = (await signIn(app, ['operations'])).headers;
  elsewhere = (await signIn(app, ['operations'], 'B99')).headers;
  auditor = (await signIn(app, ['auditor'])).headers;
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

const order = (clientOrderNo: string, rest: object = {}) => ({
  kind: 'purchase',
  customerId: one.customerId,
  clientOrderNo,
  fundCode: '000001',
  amount: '1000.00',
  ...rest,
});

async function post(url: string, payload: object, headers: object = {}) {
  const reply = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...operations, 'idempotency-key': 'k', ...headers },
  });
  return { reply, status: reply.statusCode, body: reply.json() };
}

async function get(url: string, headers: object = operations) {
  const reply = await app.inject({ method: 'GET', url, headers: { ...headers } });
  return { status: reply.statusCode, body: reply.json() };
}

describe('POST /orders', () => {
  test('places an order, repeats its answer, refuses another body under its number', async () => {
    const first = await post('/orders', order('A1'));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ outcome: 'accepted', tradeDate: '2026-03-03' });
    expect(first.reply.headers['idempotent-replay']).toBeUndefined();
    const again = await post('/orders', order('A1'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.reply.headers['idempotent-replay']).toBe('true');
    const other = await post('/orders', order('A1', { amount: '1000.01' }));
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
  });

  test('answers a refusal with every reason in both languages, and again the same', async () => {
    const first = await post('/orders', order('A2', { fundCode: '000009', amount: '50' }));
    expect(first.status).toBe(422);
    expect(first.body.code).toBe('ORDER_REFUSED');
    const reasons: { code: string; message: string; messageZh: string; remedy: string }[] =
      first.body.reasons;
    expect(reasons.map((reason) => reason.code)).toEqual([
      'PRODUCT_NOT_SOLD',
      'BELOW_FIRST_MINIMUM',
    ]);
    for (const reason of reasons) {
      expect(reason.message).toMatch(/^[A-Z].*\.$/);
      expect(reason.messageZh).toMatch(/。$/);
      expect(reason.remedy).toMatch(/\.$/);
      expect(reason.message + reason.messageZh).not.toMatch(/[{}]/);
    }
    const again = await post('/orders', order('A2', { fundCode: '000009', amount: '50' }));
    expect(again.body.reasons).toEqual(reasons);
    expect(again.reply.headers['idempotent-replay']).toBe('true');
  });

  test('needs the header Idempotency-Key, a role, and a customer that is to be seen', async () => {
    const none = await post('/orders', order('A3'), { 'idempotency-key': '' });
    expect([none.status, none.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
    const reader = await post('/orders', order('A3'), auditor);
    expect(reader.status).toBe(403);
    const stranger = await post('/orders', order('A3'), elsewhere);
    expect([stranger.status, stranger.body.code]).toEqual([404, 'CUSTOMER_NOT_FOUND']);
    const nobody = await post('/orders', order('A3', { customerId: 'C000000000000000' }));
    expect([nobody.status, nobody.body.code]).toEqual([404, 'CUSTOMER_NOT_FOUND']);
  });

  test.each([
    '-1',
    '-0',
    '0',
    '0.00',
    'NaN',
    'Infinity',
    '1e3',
    '0x1F',
    '1_000.5',
    ' 12 ',
    '+5',
    '１２',
    '1,000',
    '٣',
    '',
    '.',
    '1.',
    '01',
    '1.005',
    '1000000000000000',
    '1000000000000000000',
    '9'.repeat(40),
  ])('amount %j is 422', async (amount) => {
    const { status, body } = await post('/orders', order('A4', { amount }));
    expect([status, body.code]).toEqual([422, 'VALUE_REFUSED']);
    const sale = { kind: 'redemption', units: amount, amount: undefined };
    expect((await post('/orders', order('A4', sale))).status).toBe(422);
  });

  test('the largest amount is decided, never a 500', async () => {
    const { status, body } = await post('/orders', order('A5', { amount: '999999999999999.99' }));
    expect([status, body.code]).toEqual([422, 'ORDER_REFUSED']);
  });

  test.each([
    ['a number', { amount: 1000 }],
    ['a missing amount', { amount: undefined }],
    ['a state', { state: 'confirmed' }],
    ['a fee rate', { discountRate: '0' }],
    ['units in a purchase', { units: '1' }],
  ])('%s is 400', async (_, rest) => {
    expect((await post('/orders', order('A6', rest))).status).toBe(400);
  });

  test.each([
    ['a client order number with a blank', { clientOrderNo: 'a b' }],
    ['a client order number that is too long', { clientOrderNo: 'a'.repeat(41) }],
    ['a fund code', { fundCode: '1' }],
    ['a customer id', { customerId: "C' or 1=1--" }],
  ])('%s of impossible form is 422', async (_, rest) => {
    expect((await post('/orders', order('A7', rest))).status).toBe(422);
  });
});

test('a batch answers item by item, in order', async () => {
  const orders = [
    order('B1'),
    order('B1', { amount: '1' }),
    order('B2', { fundCode: '999999' }),
    { ...order('B3'), kind: 'redemption', amount: undefined, units: '50' },
    order('B1'),
  ];
  const { status, body } = await post('/orders/batch', { orders });
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { isReplay: false, receipt: { outcome: 'accepted' } },
    { error: { code: 'IDEMPOTENCY_MISMATCH' } },
    { receipt: { outcome: 'refused', findings: [{ code: 'PRODUCT_UNKNOWN' }] } },
    { receipt: { outcome: 'accepted' } },
    { isReplay: true, receipt: { outcome: 'accepted' } },
  ]);
  const many = Array.from({ length: 501 }, (_, i) => order(`B${i}`));
  expect((await post('/orders/batch', { orders: many })).status).toBe(422);
});

test('an order is read with its life, listed, proved and cancelled once', async () => {
  const { body } = await post('/orders', order('C1'));
  const url = `/orders/${body.orderId}`;
  expect((await get(url)).body).toMatchObject({
    order: { state: 'accepted', kind: 'purchase', amount: '1000.00' },
    events: [{ from: 'new', to: 'accepted' }],
  });
  expect((await get(url, elsewhere)).status).toBe(404);
  expect((await get(`/orders/${body.orderId.slice(0, 23)}0`)).status).toBe(404);
  expect((await get('/orders/1')).status).toBe(422);
  expect((await get(`${url}/suitability-proof`)).body).toMatchObject({
    agrees: true,
    recorded: { outcome: 'allow' },
    recomputed: { outcome: 'allow' },
  });
  const list = await get(`/orders?customerId=${one.customerId}&state=accepted&limit=1`);
  expect(list.body).toMatchObject({ orders: [{ customerId: one.customerId }] });
  expect(list.body.cursor).toMatch(/^[\w-]+$/);
  expect((await get('/orders?limit=1000000000')).status).toBe(400);
  expect((await get('/orders?sort=password')).status).toBe(400);
  const { cursor } = list.body;
  const next = await get(`/orders?customerId=${one.customerId}&limit=1&cursor=${cursor}`);
  expect(next.body.orders[0].orderId).not.toBe(list.body.orders[0].orderId);
  const cancelled = await post(`${url}/cancellation`, {});
  expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
  const again = await post(`${url}/cancellation`, {});
  expect([again.status, again.body.code]).toEqual([409, 'ORDER_NOT_CANCELLABLE']);
});

test('a redemption has no suitability proof', async () => {
  const sale = { kind: 'redemption', amount: undefined, units: '10' };
  const { body } = await post('/orders', order('D1', sale));
  const proof = await get(`/orders/${body.orderId}/suitability-proof`);
  expect([proof.status, proof.body.code]).toEqual([404, 'ORDER_WITHOUT_SUITABILITY']);
});

test('a preview estimates and keeps nothing', async () => {
  const { clientOrderNo: _, ...wish } = order('E1');
  const { status, body } = await post('/orders/preview', wish);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    outcome: 'accepted',
    expected: { confirmDate: '2026-03-04' },
    estimate: { fee: '7.94', net: '992.06', nav: '1.2345' },
  });
});

test('a fund account is applied for once', async () => {
  const { customerId, assetAccountNo } = one;
  const wish = { customerId, assetAccountNo, registrarCode: '02', taAccountId: 'TA0000000001' };
  const first = await post('/fund-accounts', wish);
  expect([first.status, first.body.businessCode]).toEqual([201, '008']);
  const again = await post('/fund-accounts', wish);
  expect([again.status, again.body.code]).toEqual([409, 'TRADING_ACCOUNT_EXISTS']);
  const nowhere = await post('/fund-accounts', { ...wish, registrarCode: '99' });
  expect(nowhere.body).toMatchObject({
    code: 'FUND_ACCOUNT_REFUSED',
    reasons: [{ code: 'REGISTRAR_UNKNOWN' }],
  });
});

test('a subscription is taken inside its offer, refused before it', async () => {
  const subscription = { kind: 'subscription', fundCode: '000003' };
  expect((await post('/orders', order('F1', subscription))).status).toBe(201);
  world.clock.set(instant('2026-03-20T08:00:00.000Z'));
  const late = await post('/orders', order('F2', subscription));
  expect(late.body.reasons).toMatchObject([{ code: 'OUTSIDE_OFFER_PERIOD' }]);
});

test('at one instant a hundred requests become few batches and a hundred answers', async () => {
  const replies = await Promise.all(
    Array.from({ length: 100 }, (_, i) => post('/orders', order(`G${i}`, { amount: '100' }))),
  );
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(100);
});
