/** An investor's own way: invited by staff, signed in alone, seeing and moving what is his. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeJourney } from '../../server/src/platform/testing.ts';
import { PLAIN } from '../bad-input/market.ts';
import { type House, openHouse } from '../bad-input/house.ts';
import { nextKey } from '../bad-input/send.ts';

const PASSWORD = 'seven grey herons-4';
const ORIGIN = 'http://localhost';

describeJourney('an investor', (opened) => {
  let house: House;
  let cookie = '';
  let csrf = '';
  let code = '';

  beforeAll(async () => {
    house = await openHouse(opened(), { investorProofYuan: 1_000 });
    // The house signs its investor in for the matrix; here he comes by himself.
    await opened().db.query(
      'delete from platform.sessions s using platform.users u where s.user_id = u.user_id and u.customer_id is not null',
    );
    await opened().db.query('delete from platform.users where customer_id is not null');
  });
  afterAll(() => house.close());

  async function call(method: 'GET' | 'POST', url: string, body?: object) {
    const reply = await house.app.inject({
      method,
      url,
      headers: {
        host: 'localhost',
        ...(method === 'GET' ? {} : { origin: ORIGIN, 'idempotency-key': nextKey() }),
        ...(cookie === '' ? {} : { cookie, 'x-csrf-token': csrf }),
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    const json = reply.body === '' ? {} : reply.json<Record<string, never>>();
    return { status: reply.statusCode, json, code: json['code'] ?? '', reply };
  }

  const asStaff = async (url: string, body?: object) => {
    const reply = await house.app.inject({
      method: 'POST',
      url,
      headers: { ...house.staff.operations },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: reply.statusCode, json: reply.json<Record<string, never>>() };
  };

  test('is invited once, under a name of his own, with a code that sets his password', async () => {
    const url = `/customers/${house.investor.customerId}/investor-access`;
    const invited = await asStaff(url, { userName: 'Zhang.Sanfeng' });
    expect(invited.status).toBe(201);
    expect(invited.json['access']).toMatchObject({ userName: 'zhang.sanfeng', state: 'pending' });
    code = invited.json['activationCode'] ?? '';
    const again = await asStaff(url, { userName: 'another.name' });
    expect([again.status, again.json['code']]).toEqual([409, 'INVESTOR_EXISTS']);
    const taken = await asStaff(`/customers/${house.firm.customerId}/investor-access`, {
      userName: 'zhang.sanfeng',
    });
    expect([taken.status, taken.json['code']]).toEqual([409, 'STAFF_NAME_TAKEN']);
  });

  test('signs in with the password alone, bound to the one customer he is', async () => {
    const who = { userName: 'zhang.sanfeng', password: PASSWORD };
    expect((await call('POST', '/auth/activate', { ...who, activationCode: code })).status).toBe(
      204,
    );
    const login = await call('POST', '/auth/browser-login', who);
    expect(login.json).toMatchObject({ stage: 'open', roles: ['investor'] });
    expect(login.json['staffId']).toBeUndefined();
    cookie = String(login.reply.headers['set-cookie']).split(';', 1)[0] ?? '';
    csrf = login.json['csrfToken'] ?? '';
    const { user } = (await call('GET', '/auth/session')).json;
    expect(user).toMatchObject({ kind: 'investor', customerId: house.investor.customerId });
    for (const url of ['/customers', '/staff', '/approvals', '/exceptions', '/audit']) {
      expect([url, (await call('GET', url)).status]).toEqual([url, 403]);
    }
  });

  test('buys, and sees his order beside his accounts', async () => {
    const { customerId } = house.investor;
    const order = { kind: 'purchase', customerId, fundCode: PLAIN, amount: '2000' };
    const preview = await call('POST', '/orders/preview', order);
    expect(preview.json).toMatchObject({ outcome: 'accepted' });
    const placed = await call('POST', '/orders', { ...order, clientOrderNo: 'mine-1' });
    expect(placed.status).toBe(201);
    const mine = (await call('GET', '/orders?limit=200')).json['orders'] as unknown as {
      clientOrderNo: string;
    }[];
    expect(mine.map((one) => one.clientOrderNo)).toContain('mine-1');
    const tree = await call('GET', `/customers/${customerId}/accounts`);
    expect(tree.json['assetAccounts']).toHaveLength(1);
    const other = await call('POST', '/orders', {
      ...order,
      customerId: house.stranger.customerId,
      clientOrderNo: 'theirs-1',
    });
    expect([other.status, other.code]).toEqual([404, 'CUSTOMER_NOT_FOUND']);
    expect((await call('POST', '/orders/batch', { orders: [] })).status).toBe(403);
  });

  test('proves again before much is redeemed or money leaves the house', async () => {
    const { customerId, assetAccountNo } = house.investor;
    await opened().db.query(
      `update platform.sessions set proven_at = proven_at - interval '1 hour' where channel = 'browser'`,
    );
    const { user } = (await call('GET', '/auth/session')).json as unknown as {
      user: { id: string };
    };
    house.app.auth.forgetIdentity(user.id);
    await house.identitiesNoticed();
    const redemption = { kind: 'redemption', customerId, fundCode: PLAIN };
    const small = await call('POST', '/orders', {
      ...redemption,
      clientOrderNo: 'redeem-small',
      units: '10',
    });
    expect(small.status).toBe(201);
    const large = { ...redemption, clientOrderNo: 'redeem-large', units: '1100' };
    expect((await call('POST', '/orders', large)).code).toBe('STEP_UP_REQUIRED');
    const out = { assetAccountNo, direction: 'out', amount: '100', clientTransferNo: 'out-1' };
    expect((await call('POST', '/cash-transfers', out)).code).toBe('STEP_UP_REQUIRED');
    expect((await call('POST', '/auth/step-up', { password: 'not the one' })).code).toBe(
      'CODE_REFUSED',
    );
    expect((await call('POST', '/auth/step-up', { password: PASSWORD })).status).toBe(200);
    expect((await call('POST', '/orders', large)).status).toBe(201);
    expect((await call('POST', '/cash-transfers', out)).status).toBe(201);
  });

  test('is out at once when staff close his access', async () => {
    const url = `/customers/${house.investor.customerId}/investor-access`;
    expect((await asStaff(`${url}/disable`)).json).toMatchObject({ state: 'disabled' });
    await house.identitiesNoticed();
    expect((await call('GET', '/auth/me')).status).toBe(401);
    const renewed = await asStaff(`${url}/reset`);
    expect(renewed.json['access']).toMatchObject({ state: 'pending' });
  });
});
