import { assert } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../platform/actor.ts';
import { type App, createApp } from '../../platform/http/app.ts';
import type { Problem } from '../../platform/http/problem.ts';
import { signIn } from '../../platform/http/testing.ts';
import {
  openTestPglite,
  type TestDatabase,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { customersErrors, customersMessages, openCustomers } from '../customers/index.ts';
import { importCsv } from '../products/index.ts';
import { actor, MONDAY_MORNING, movementOf, share, workOn, yuan } from './fixture.ts';
import {
  accountsModule,
  applyMovements,
  confirmTradingAccounts,
  findOpenAccounts,
  getAssetAccount,
  openTradingAccounts,
} from './index.ts';

interface Reply<T> {
  status: number;
  body: T;
}

describe('accounts over HTTP', () => {
  let database: TestDatabase;
  let world: TestWorld;
  let app: App;
  const headers = new Map<string, { authorization: string }>();
  let customerId: string;
  let assetAccountNo: string;

  beforeAll(async () => {
    database = await openTestPglite();
    world = testWorld(database.db, MONDAY_MORNING);
    const customers = { name: 'customers', errors: customersErrors, messages: customersMessages };
    app = await createApp(world, [customers, accountsModule]);
    for (const role of ['operations', 'compliance', 'auditor', 'productManager'] as Role[]) {
      headers.set(role, (await signIn(app, [role])).headers);
    }
    headers.set('B02', (await signIn(app, ['operations'], 'B02')).headers);
    customerId = await openOne('11010519491231002X', 'B01');
    assetAccountNo = (
      await call<{ assetAccountNo: string }>('operations', 'POST', '/asset-accounts', card())
    ).body.assetAccountNo;
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  async function openOne(certificateNo: string, branchCode: string): Promise<string> {
    const [outcome] = await openCustomers(world, actor, [
      {
        kind: '1',
        name: '王小明',
        certificateType: '0',
        certificateNo,
        certificateValidUntil: null,
        phone: '13800000001',
        branchCode,
      },
    ]);
    assert(outcome !== undefined && 'customerId' in outcome, 'the customer opens');
    return outcome.customerId;
  }

  const card = () => ({
    customerId,
    purpose: 'main',
    bankCode: '102',
    bankAccountNo: '6222020200012345678',
  });

  async function call<T = Problem>(
    as: string,
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
    key?: string,
  ): Promise<Reply<T>> {
    const response = await app.inject({
      method,
      url,
      headers: { ...headers.get(as), ...(key === undefined ? {} : { 'idempotency-key': key }) },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: response.statusCode, body: response.json<T>() };
  }

  let transfers = 0;
  const transfer = (changes: object, key?: string) => {
    transfers += 1;
    const body = { assetAccountNo, direction: 'in', amount: '100.00', clientTransferNo: 'T1' };
    return call<Problem & { state: string }>(
      'operations',
      'POST',
      '/cash-transfers',
      { ...body, ...changes },
      key ?? `key-${transfers}`,
    );
  };

  test('one tree shows all four layers, personal data masked', async () => {
    const tree = await call<object>('auditor', 'GET', `/customers/${customerId}/accounts`);
    expect(tree.status).toBe(200);
    expect(tree.body).toMatchObject({
      identity: { certificateType: '0' },
      customer: { customerId, kind: '1', status: 'active' },
      assetAccounts: [
        {
          assetAccountNo,
          bankAccountMasked: '****5678',
          cash: { balance: '0.00', frozen: '0.00', available: '0.00' },
          tradingAccounts: [],
        },
      ],
    });
    expect(JSON.stringify(tree.body)).not.toMatch(/11010519491231002X|6222020200012345678|王小明/);
  });

  test('a second account of the purpose is refused in both languages', async () => {
    const { status, body } = await call('operations', 'POST', '/asset-accounts', card());
    expect([status, body.code]).toEqual([409, 'ASSET_ACCOUNT_EXISTS']);
    expect(body.detail).toBe(
      `The customer already has asset account ${assetAccountNo} for the purpose main.`,
    );
    expect(body.detailZh).toContain(assetAccountNo);
  });

  test('another branch, other roles and strangers', async () => {
    const url = `/asset-accounts/${assetAccountNo}`;
    expect((await call('B02', 'GET', url)).body.code).toBe('ASSET_ACCOUNT_NOT_FOUND');
    expect((await call('B02', 'GET', `${url}/postings`)).status).toBe(404);
    expect((await call('B02', 'GET', `${url}/positions`)).status).toBe(404);
    expect((await call('B02', 'POST', `${url}/freeze`, { reason: 'x' })).status).toBe(404);
    expect((await call('B02', 'GET', `/customers/${customerId}/accounts`)).status).toBe(404);
    const moved = await call(
      'B02',
      'POST',
      '/cash-transfers',
      { assetAccountNo, direction: 'out', amount: '1', clientTransferNo: 'X' },
      'branch',
    );
    expect([moved.status, moved.body.code]).toEqual([404, 'ASSET_ACCOUNT_NOT_FOUND']);
    expect((await call('productManager', 'GET', url)).status).toBe(403);
    expect((await call('auditor', 'POST', `${url}/freeze`, { reason: 'x' })).status).toBe(403);
    expect((await call('nobody', 'GET', url)).status).toBe(401);
    const unknown = await call('auditor', 'GET', '/asset-accounts/00ABCDEFGHJKMN');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'ASSET_ACCOUNT_NOT_FOUND']);
  });

  test('money in, money out, the statement page by page', async () => {
    const first = await transfer({}, 'same');
    expect(first).toMatchObject({
      status: 201,
      body: { amount: '100.00', state: 'posted', businessDate: '2026-03-02' },
    });
    expect(await transfer({}, 'same')).toEqual(first);
    world.clock.advanceMs(1_000);
    expect((await transfer({ clientTransferNo: 'T2', amount: '0.5' })).status).toBe(201);
    world.clock.advanceMs(1_000);
    const out = { direction: 'out', clientTransferNo: 'T3', amount: '40' };
    expect((await transfer(out)).status).toBe(201);
    const url = `/asset-accounts/${assetAccountNo}/postings`;
    interface Page {
      postings: { kind: string; amount: string }[];
      nextCursor?: string;
    }
    const page = await call<Page>('auditor', 'GET', `${url}?limit=2`);
    expect(page.body.postings.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['withdrawal', '-40.00'],
      ['deposit', '0.50'],
    ]);
    const next = await call<Page>('auditor', 'GET', `${url}?cursor=${page.body.nextCursor}`);
    expect(next.body.postings.map(({ amount }) => amount)).toEqual(['100.00']);
    expect(next.body.nextCursor).toBeUndefined();
    const view = await call('auditor', 'GET', `/asset-accounts/${assetAccountNo}`);
    expect(view.body).toMatchObject({ cash: { balance: '60.50', available: '60.50' } });
  });

  test.each([
    ['a cursor of nothing', '?cursor=abc', 422, 'ACCOUNT_CURSOR_INVALID'],
    ['a limit of 0', '?limit=0', 400, 'REQUEST_INVALID'],
    ['a limit of 10^9', '?limit=1000000000', 400, 'REQUEST_INVALID'],
    ['a filter nobody declared', '?status=open', 400, 'REQUEST_INVALID'],
  ])('%s', async (_, query, status, code) => {
    const reply = await call(
      'auditor',
      'GET',
      `/asset-accounts/${assetAccountNo}/postings${query}`,
    );
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test.each([
    ['-1', 422],
    ['-0', 422],
    ['0', 422],
    ['0.00', 422],
    ['NaN', 422],
    ['Infinity', 422],
    ['1e3', 422],
    ['0x1F', 422],
    ['1_000.5', 422],
    [' 12 ', 422],
    ['+5', 422],
    ['１２', 422],
    ['1,000', 422],
    ['٣', 422],
    ['', 422],
    ['.', 422],
    ['1.', 422],
    ['1.005', 422],
    ['1000000000000000.00', 422],
    ['9999999999999999.99', 422],
    ['99999999999999999999999999999999999999.99', 422],
    [12.5, 400],
    [null, 400],
    [['1'], 400],
  ])('an amount of %j answers %i and moves nothing', async (amount, status) => {
    const reply = await transfer({ amount, clientTransferNo: 'BAD' });
    expect(reply.status).toBe(status);
    const [row] = await world.db.query<{ n: bigint }>(
      `select count(*) as n from accounts.transfers where client_transfer_no = 'BAD'`,
    );
    expect(row?.n).toBe(0n);
  });

  test('a key is required; key and number stand for one body; unknown fields are refused', async () => {
    const body = { assetAccountNo, direction: 'in', amount: '1', clientTransferNo: 'K1' };
    const bare = await call('operations', 'POST', '/cash-transfers', body);
    expect([bare.status, bare.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
    expect((await transfer({ clientTransferNo: 'K1' }, 'k1')).status).toBe(201);
    const other = await transfer({ clientTransferNo: 'K1', amount: '2' }, 'k2');
    expect([other.status, other.body.code]).toEqual([422, 'TRANSFER_NO_REUSED']);
    const reused = await transfer({ clientTransferNo: 'K2' }, 'k1');
    expect([reused.status, reused.body.code]).toEqual([422, 'TRANSFER_KEY_REUSED']);
    expect((await transfer({ clientTransferNo: 'K3', state: 'posted' })).status).toBe(400);
    const far = await transfer({ direction: 'out', clientTransferNo: 'K4', amount: '10000' });
    expect([far.status, far.body.code]).toEqual([422, 'CASH_INSUFFICIENT']);
    expect(far.body.detail).toMatch(/has \d+\.\d\d available; 10000\.00 was asked for\.$/);
    expect(far.body.detailZh).toContain('可用资金');
  });

  test('freezing needs the role and a reason; a frozen account lets nothing out', async () => {
    const url = `/asset-accounts/${assetAccountNo}`;
    expect((await call('compliance', 'POST', `${url}/freeze`, {})).status).toBe(400);
    const frozen = await call('compliance', 'POST', `${url}/freeze`, { reason: '法院冻结' });
    expect(frozen).toMatchObject({ status: 200, body: { status: 'frozen' } });
    const again = await call('compliance', 'POST', `${url}/freeze`, { reason: 'x' });
    expect([again.status, again.body.code]).toEqual([409, 'ACCOUNT_TRANSITION_REFUSED']);
    const out = await transfer({ direction: 'out', clientTransferNo: 'F1', amount: '1' });
    expect([out.status, out.body.code]).toEqual([409, 'ASSET_ACCOUNT_NOT_ACTIVE']);
    await call('operations', 'POST', `${url}/unfreeze`, { reason: '解除' });
    const close = await call('operations', 'POST', `${url}/close`, { reason: 'x' });
    expect([close.status, close.body.code]).toEqual([409, 'ASSET_ACCOUNT_NOT_EMPTY']);
    const [row] = await world.db.query<{ reason: string }>(
      `select reason from accounts.account_events where account_no = $1 and event = 'freeze'`,
      [assetAccountNo],
    );
    expect(row?.reason).toBe('法院冻结');
  });

  test('a customer who is gone or unknown gets no account', async () => {
    const unknown = { ...card(), customerId: 'C00000000000000A' };
    const reply = await call('operations', 'POST', '/asset-accounts', unknown);
    expect([reply.status, reply.body.code]).toEqual([404, 'CUSTOMER_NOT_FOUND']);
    const bad = { ...card(), bankAccountNo: '6222-0202' };
    expect((await call('operations', 'POST', '/asset-accounts', bad)).status).toBe(422);
  });

  test('positions at the latest NAV on or before the date; none before the first', async () => {
    const funds = [
      'fund_code,name,registrar_code,manager_name,custodian_name,fund_type,currency',
      '110011,Sample Mixed,01,Manager,Custodian,mixed,CNY',
    ].join('\n');
    const navs = ['fund_code,nav_date,nav', '110011,2026-02-26,1.2000', '110011,2026-02-27,1.2345'];
    const isWritten = async (kind: 'funds' | 'navs', csv: string) =>
      await importCsv(world, actor, { kind, csv, dryRun: false });
    expect(await isWritten('funds', funds)).toMatchObject({ errors: [], created: 1 });
    expect(await isWritten('navs', navs.join('\n'))).toMatchObject({ errors: [], created: 2 });
    const bucket = bucketOf(customerId);
    const holder = { bucket, customerId, assetAccountNo, tradingAccountNo: '' };
    await workOn(world, [holder], async (current) => {
      const opening = { bucket, customerId, assetAccountNo, registrarCode: '01' };
      const [account] = (await openTradingAccounts(current, actor, [opening])).done;
      assert(account !== undefined, 'the trading account opens');
      const { tradingAccountNo } = account;
      const answer = { bucket, tradingAccountNo, taAccountId: 'T1', reason: '' };
      await confirmTradingAccounts(current, actor, [answer]);
      const own = { ...holder, tradingAccountNo };
      const bought = { kind: 'purchase' as const, units: share('7980.74'), amount: yuan('10000') };
      await applyMovements(current, [movementOf(own, 'P1', bought)]);
    });
    const url = `/asset-accounts/${assetAccountNo}/positions`;
    const now = await call<{ positions: object[] }>('auditor', 'GET', url);
    const worth = { cost: '10000.00', value: '9852.22', profit: '-147.78' };
    expect(now.body).toMatchObject({ ...worth, date: '2026-03-02' });
    expect(now.body.positions).toMatchObject([
      {
        fundCode: '110011',
        units: '7980.74',
        available: '7980.74',
        nav: '1.2345',
        navDate: '2026-02-27',
        ...worth,
      },
    ]);
    const before = await call<{ positions: object[] }>('auditor', 'GET', `${url}?date=2026-02-25`);
    expect(before.body).not.toHaveProperty('value');
    expect(before.body.positions[0]).not.toHaveProperty('nav');
    expect((await call('auditor', 'GET', `${url}?date=2026-02-30`)).status).toBe(422);
  });

  test('a customer with accounts is not empty', async () => {
    const bucket = bucketOf(customerId);
    expect(await findOpenAccounts(world.db, { bucket, customerId })).toEqual({ empty: false });
    const nobody = { bucket, customerId: 'C00000000000000A' };
    expect(await findOpenAccounts(world.db, nobody)).toEqual({ empty: true });
    const account = await getAssetAccount(world.db, { bucket, assetAccountNo });
    expect(account.version).toBe(3);
  });
});
