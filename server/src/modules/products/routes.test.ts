import { localDate, parsePrice, price } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideApproval } from '../../platform/approvals.ts';
import { type App, createApp } from '../../platform/http/app.ts';
import { signIn } from '../../platform/http/testing.ts';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { FIRM, work } from '../../platform/work.ts';
import { productsModule, recordNavs } from './index.ts';

type Session = Awaited<ReturnType<typeof signIn>>;

const funds =
  'fund_code,name,registrar_code,fund_type,sold\n000001,甲混合,01,equity,true\n000002,乙债券,01,bond,true\n';
const parameters =
  'fund_code,effective_date,status,risk_level,term,variety,min_first_purchase,min_next_purchase,' +
  'purchase_step,max_purchase,day_max_purchase,min_redemption,redemption_step,min_holding,' +
  'confirm_days,purchase_pay_days,redemption_cash_days,dividend_cash_days,units_rounding,' +
  'holding_days_rule,fee_rounding,default_dividend_method,service_fee_rate,face_value,cut_off\n' +
  '000001,2015-01-01,0,4,y1_3,mixed,10,10,0.01,0,0,10,0.01,10,1,1,3,2,halfUp,applicationDate,' +
  'perLot,1,0,1,15:00\n';

describeEachDb('products over HTTP', (opened) => {
  let world: TestWorld;
  let app: App;
  let manager: Session;
  let reviewer: Session;
  let auditor: Session;

  beforeAll(async () => {
    world = testWorld(opened().db);
    app = await createApp(world, [productsModule]);
    manager = await signIn(app, ['productManager']);
    reviewer = await signIn(app, ['reviewer']);
    auditor = await signIn(app, ['auditor']);
  });
  afterAll(async () => app.close());

  const get = async (url: string, session = auditor) => {
    const reply = await app.inject({ method: 'GET', url, headers: session.headers });
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
  };
  const upload = async (query: string, csv: string, session = manager) => {
    const reply = await app.inject({
      method: 'POST',
      url: `/products/imports?${query}`,
      headers: { ...session.headers, 'content-type': 'text/csv' },
      payload: Buffer.from(csv),
    });
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
  };
  const post = async (url: string, payload: object, session = manager) => {
    const reply = await app.inject({ method: 'POST', url, headers: session.headers, payload });
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
  };
  const approve = async (body: Record<string, unknown>) =>
    decideApproval(world, reviewer.actor, String(body['approvalId']), 'approve', 'seen');

  test('import: dry run, refusal with places, then done; only makers may', async () => {
    expect(await upload('kind=funds&dryRun=true', funds)).toMatchObject({
      status: 200,
      body: { created: 2, dryRun: true },
    });
    const refused = await upload('kind=funds', funds.replace('equity', 'stock'));
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'PRODUCT_IMPORT_REFUSED',
        detailZh: '基金清单文件有 1 处错误，未导入任何内容。',
        errors: [{ path: '/2/fund_type' }],
      },
    });
    expect((await get('/products')).body['items']).toEqual([]);
    expect((await upload('kind=funds', `\uFEFF${funds}`)).body).toMatchObject({ created: 2 });
    expect((await upload('kind=funds', funds, auditor)).status).toBe(403);
    expect((await upload('kind=everything', funds)).status).toBe(400);
    const empty = await upload('kind=funds', '');
    expect(empty.body['errors']).toMatchObject([{ path: '/1' }]);
    const held = await upload('kind=parameters', parameters);
    expect(held).toMatchObject({ status: 202, body: { held: 1 } });
    await approve(held.body);
  });

  test('registrars of what is sold', async () => {
    expect((await get('/registrars')).body).toEqual({
      registrars: [{ registrarCode: '01', funds: 1 }],
    });
  });

  test('list: filters, pages, odd searches', async () => {
    const first = await get('/products?limit=1');
    expect(first.body).toMatchObject({ items: [{ fundCode: '000001', riskLevel: 4 }] });
    const second = await get(`/products?limit=1&cursor=${String(first.body['nextCursor'])}`);
    expect(second.body).toMatchObject({ items: [{ fundCode: '000002' }] });
    expect(second.body['nextCursor']).toBeUndefined();
    const found = async (query: string) =>
      ((await get(`/products?${query}`)).body['items'] as unknown[] | undefined)?.length;
    expect(await found('fundType=bond')).toBe(1);
    expect(await found('riskLevel=4&status=0')).toBe(1);
    expect(await found(`q=${encodeURIComponent('债')}`)).toBe(1);
    for (const odd of ["' OR 1=1--", '%', '_', '\\']) {
      expect(await found(`q=${encodeURIComponent(odd)}`)).toBe(0);
    }
    for (const bad of ['limit=1000000000', 'limit=-1', 'page=-1', 'sort=password', 'riskLevel=9']) {
      expect((await get(`/products?${bad}`)).status).toBe(400);
    }
  });

  test('how a fund did: latest NAV, returns, and the same in the list when it is asked for', async () => {
    const navs =
      'fund_code,nav_date,nav\n000002,2025-03-05,1.0000\n000002,2026-01-05,1.1000\n' +
      '000002,2026-02-27,1.0500\n000002,2026-03-02,1.0710\n';
    const dividends =
      'fund_code,record_date,ex_date,pay_date,per_unit\n000002,2026-01-05,2026-01-05,2026-01-07,0.1100\n';
    await upload('kind=navs', navs);
    await upload('kind=dividends', dividends);
    const { status, body } = await get('/products/000002/performance');
    expect(status).toBe(200);
    // 1.0710 ÷ 1.0500; 1.0710 ÷ 1.0000 × (1.1000 + 0.1100) ÷ 1.1000.
    expect(body).toEqual({
      navDate: '2026-03-02',
      nav: '1.0710',
      returns: { day: '2.00', w1: '-2.64', m1: '-2.64', m3: '17.81', m6: '17.81', ytd: '17.81' },
    });
    const { items } = (await get('/products?performance=true')).body as {
      items: { fundCode: string; performance?: unknown }[];
    };
    expect(items.map(({ fundCode, performance }) => [fundCode, performance])).toEqual([
      ['000001', undefined],
      ['000002', body],
    ]);
    expect(await get('/products/000001/performance')).toMatchObject({
      status: 409,
      body: { code: 'PRODUCT_NAV_MISSING' },
    });
    expect((await get('/products/999999/performance')).status).toBe(404);
  });

  test('terms of a date, and what is not there', async () => {
    const { body } = await get('/products/000001?date=2020-01-02');
    expect(body).toMatchObject({
      fundCode: '000001',
      date: '2020-01-02',
      parameters: { riskLevel: '4', minHolding: '10.00', cutOff: '15:00' },
      fees: { purchase: [] },
    });
    expect(await get('/products/000001?date=2014-12-31')).toMatchObject({
      status: 404,
      body: { code: 'PRODUCT_NO_TERMS' },
    });
    expect(await get('/products/999999')).toMatchObject({ status: 404 });
    expect((await get('/products/000001?date=2026-02-30')).status).toBe(422);
    expect((await get('/products/1')).status).toBe(422);
  });

  describe('changes', () => {
    const tiers = [{ fromAmount: '0', rate: '0.015' }];
    const url = '/products/000001/fee-schedule-changes';

    test('a schedule that breaks the rule in force is refused with every breach', async () => {
      const kind = 'redemption';
      const low = [{ fromDays: '0', rate: '0', toFundShare: '1' }];
      const body = { kind, effectiveDate: '2026-03-02', tiers: low };
      const reply = await post(url, body);
      expect(reply).toMatchObject({ status: 422, body: { code: 'PRODUCT_CHANGE_REFUSED' } });
      const reasons = reply.body['reasons'] as { code: string; messageZh: string }[];
      expect(reasons.map((reason) => reason.code)).toEqual(Array(3).fill('FEE_BELOW_LADDER'));
      expect(reasons[0]?.messageZh).toContain('低于最低费率 0.01500000');
      expect(
        (await post(url, { kind: 'purchase', effectiveDate: '2026-01-01', tiers })).status,
      ).toBe(422);
    });

    test('a proposal is accepted, and holds after a second person agreed', async () => {
      const old = await post(url, { kind: 'purchase', effectiveDate: '2019-01-01', tiers });
      expect(old.status).toBe(202);
      await approve(old.body);
      const rate = [{ fromAmount: '0', rate: '0.008' }];
      await approve(
        (await post(url, { kind: 'purchase', effectiveDate: '2026-01-01', tiers: rate })).body,
      );
      const fees = async (date: string) =>
        (await get(`/products/000001?date=${date}`)).body['fees'];
      expect(await fees('2025-12-31')).toMatchObject({ purchase: [{ rate: '0.01500000' }] });
      expect(await fees('2026-01-01')).toMatchObject({ purchase: [{ rate: '0.00800000' }] });
    });

    test('unknown fields 400, wrong dates 422, a past date is warned of', async () => {
      const path = '/products/000001/parameter-changes';
      const effectiveDate = '2026-02-01';
      expect((await post(path, { effectiveDate, changes: { checkerId: 'x' } })).status).toBe(400);
      expect((await post(path, { effectiveDate, changes: {} })).status).toBeGreaterThanOrEqual(400);
      expect(
        (await post(path, { effectiveDate: '20260201', changes: { status: '5' } })).status,
      ).toBe(422);
      expect(await post(path, { effectiveDate, changes: { status: '5' } })).toMatchObject({
        status: 202,
        body: { findings: [{ code: 'CHANGE_BACKDATED', severity: 'warn' }] },
      });
    });
  });

  test('NAVs and a fee quote', async () => {
    const rows = ['2026-02-26', '2026-02-27'].map((day) => ({
      fundCode: '000001',
      navDate: localDate(day),
      nav: parsePrice('1.2345') ?? price(0n),
      source: 'test',
    }));
    await work(world, [FIRM], (unit) => recordNavs(unit, manager.actor, rows));
    const page = await get('/products/000001/navs?limit=1');
    expect(page.body).toMatchObject({ items: [{ nav: '1.2345' }], nextFrom: '2026-02-27' });
    expect((await get('/products/000001/dividends')).body).toEqual({ items: [] });
    const quote = (query: string) => get(`/products/000001/fee-quote?${query}`);
    expect((await quote('kind=purchase&amount=10000&date=2025-12-31')).body).toMatchObject({
      fee: '147.78',
      net: '9852.22',
    });
    expect((await quote('kind=purchase&amount=10000')).body).toMatchObject({
      fee: '79.37',
      units: '8036.15',
      navDate: '2026-02-27',
    });
    expect((await quote('kind=purchase')).status).toBe(422);
    expect((await quote('kind=purchase&amount=1&units=1')).status).toBe(422);
    expect((await quote('kind=purchase&amount=1e3')).status).toBe(422);
    expect(await quote('kind=redemption&units=10&holdingDays=7')).toMatchObject({
      status: 409,
      body: { code: 'PRODUCT_FEE_SCHEDULE_MISSING' },
    });
  });
});
