/** A right request for every operation of the API: what the wrong ones are made from. */
import { localDate } from '@cairn/kernel';
import { playMaker } from '../../server/src/app/sandbox/house.ts';
import { proposeParameters } from '../../server/src/modules/products/index.ts';
import { type Endpoint, NOBODY, of, posts, reason } from './endpoint.ts';
import { accessEndpoints } from './endpoints-of-access.ts';
import { tradeEndpoints } from './endpoints-of-trade.ts';
import type { House } from './house.ts';
import { PLAIN } from './market.ts';
import type { Json } from './mutations.ts';
import { post } from './send.ts';

function openCustomerEndpoint(): Endpoint {
  const body: Json = {
    kind: '1',
    name: '欧阳娜娜',
    certificateType: '1',
    certificateNo: 'E12345678',
    certificateValidUntil: '2030-12-31',
    phone: '13700000001',
    email: 'a@example.com',
    address: '上海市浦东新区',
    postCode: '200120',
    birthDate: '1990-02-28',
    sex: '2',
    civilCapacity: 'full',
    branchCode: 'B01',
    adviserId: 'A1',
  };
  const given = [
    'name',
    'certificateType',
    'certificateNo',
    'certificateValidUntil',
    'kind',
    'phone',
    'branchCode',
  ];
  return posts('/customers', 'operations', {
    body,
    optional: Object.keys(body)
      .filter((key) => !given.includes(key))
      .map((key) => `/${key}`),
    nullable: ['/certificateValidUntil'],
    free: ['/name', '/address', '/adviserId'],
    answer: 201,
  });
}

/** What comes before a customer: every text is taken, for it is being typed. */
async function openingEndpoints(house: House): Promise<Endpoint[]> {
  const typed: Json = {
    kind: '0',
    name: '聚石实业',
    certificateType: '1',
    certificateNo: '91310000',
    certificateValidUntil: '2030-12-31',
    phone: '021-50000000',
    representative: { name: '李四', certificateType: '0', certificateNo: '' },
    branchCode: 'B01',
  };
  const free = Object.keys(typed)
    .filter((key) => key !== 'kind' && key !== 'representative')
    .map((key) => `/${key}`);
  free.push('/representative/name', '/representative/certificateType');
  free.push('/representative/certificateNo');
  const optional = ['/representative'];
  const nullable = ['/certificateValidUntil'];
  const inside = (paths: readonly string[]) => paths.map((path) => `/content${path}`);
  const shape = { optional: inside(optional), nullable: inside(nullable), free: inside(free) };
  const content: Json = { ...typed, step: 0 };
  const as = house.staff.operations;
  const kept = await post(house, '/opening-drafts', { content }, as);
  const url = `/opening-drafts/${kept.json<{ draftId: string }>().draftId}`;
  return [
    posts('/customers/opening-check', 'operations', { body: typed, optional, nullable, free }),
    of('GET /opening-drafts', 'operations', '/opening-drafts'),
    posts('/opening-drafts', 'operations', { body: { content }, ...shape, answer: 201 }),
    of('GET /opening-drafts/{draftId}', 'operations', url),
    of('PUT /opening-drafts/{draftId}', 'operations', url, {
      body: { expectedVersion: 1, content },
      ...shape,
    }),
    of('DELETE /opening-drafts/{draftId}', 'operations', `/opening-drafts/${NOBODY.draftId}`, {
      answer: 404,
    }),
  ];
}

function noteEndpoints({ investor }: House): Endpoint[] {
  const route = '/customers/{customerId}/notes';
  const url = `/customers/${investor.customerId}/notes`;
  return [
    of(`GET ${route}`, 'auditor', `${url}?limit=10`),
    posts(route, 'operations', {
      url,
      body: { text: 'rang back, wants a statement' },
      free: ['/text'],
      answer: 201,
    }),
    of(
      'GET /customers/{customerId}/similar',
      'auditor',
      `/customers/${investor.customerId}/similar`,
    ),
  ];
}

function investorAccessEndpoints({ investor, firm }: House): Endpoint[] {
  const route = '/customers/{customerId}/investor-access';
  const base = `/customers/${firm.customerId}/investor-access`;
  return [
    of(`GET ${route}`, 'operations', `/customers/${investor.customerId}/investor-access`),
    posts(route, 'operations', { url: base, body: { userName: 'the.firm' }, answer: 201 }),
    posts(`${route}/reset`, 'operations', { url: `${base}/reset` }),
    posts(`${route}/disable`, 'operations', { url: `${base}/disable` }),
  ];
}

function portfolioEndpoints({ investor }: House): Endpoint[] {
  const base = `/customers/${investor.customerId}`;
  return [
    of('GET /customers/{customerId}/assets', 'operations', `${base}/assets`),
    of(
      'GET /customers/{customerId}/value-curve',
      'operations',
      `${base}/value-curve?from=2026-03-02&to=2026-03-04`,
    ),
    of(
      'GET /customers/{customerId}/profit-calendar',
      'operations',
      `${base}/profit-calendar?month=2026-03`,
    ),
    of('GET /figures', 'auditor', '/figures'),
    of('GET /calendar', 'auditor', '/calendar?year=2026'),
    of('GET /customers/{customerId}/warnings', 'operations', `${base}/warnings`),
    of(
      'GET /customers/{customerId}/movements',
      'operations',
      `${base}/movements?from=2026-03-02&to=2026-03-04`,
    ),
  ];
}

/** A run that was asked for and waits: no job runs here. */
async function documentEndpoints(house: House): Promise<Endpoint[]> {
  const path = '/customers/{customerId}/documents/{kind}';
  const url = `/customers/${house.investor.customerId}/documents/statement`;
  const period = { from: '2026-03-02', to: '2026-03-04' };
  const body = { kind: 'statement', format: 'pdf', language: 'zh', ...period, purpose: reason };
  const { kind: _, ...clear } = body;
  const optional = ['/format', '/language', '/from', '/to'];
  const asked = await house.app.inject({
    method: 'POST',
    url: '/document-runs',
    headers: house.staff.operations,
    payload: body,
  });
  const { runId } = asked.json<{ runId: string }>();
  const run = '/document-runs/{runId}';
  return [
    of(`GET ${path}`, 'operations', `${url}?from=2026-03-02&to=2026-03-04&format=xlsx`),
    posts(path, 'operations', { url, body: clear, optional, free: ['/purpose'] }),
    posts('/document-runs', 'operations', {
      body: { ...body, customers: { kind: '1', investorClass: 'ordinary' } },
      optional: [...optional, '/customers', '/customers/kind', '/customers/investorClass'],
      free: ['/purpose'],
      answer: 202,
    }),
    of('GET /document-runs', 'operations', '/document-runs'),
    of(`GET ${run}`, 'operations', `/document-runs/${runId}`),
    of(`GET ${run}/items`, 'operations', `/document-runs/${runId}/items`),
    of(`GET ${run}/items/{place}`, 'operations', `/document-runs/${runId}/items/1`, {
      answer: 409,
    }),
    of(`GET ${run}/archive`, 'operations', `/document-runs/${runId}/archive`, { answer: 409 }),
    of('GET /document-retention', 'auditor', '/document-retention'),
    posts('/document-retention', 'operations', {
      body: { days: 90, effectiveDate: '2026-06-01' },
      answer: 202,
    }),
  ];
}

function customerEndpoints({ investor, firm }: House): Endpoint[] {
  const base = `/customers/${investor.customerId}`;
  const change = { phone: '13800000009', address: '北京市朝阳区', adviserId: 'A1', email: null };
  return [
    openCustomerEndpoint(),
    of('GET /customers', 'operations', '/customers?limit=10'),
    posts('/customers/search', 'operations', {
      body: { by: 'name', name: '张三丰', limit: 10 },
      optional: ['/limit'],
      free: ['/name'],
    }),
    of('GET /customers/{customerId}', 'operations', base),
    of('GET /customers/{customerId}/view', 'operations', `${base}/view`),
    of('GET /customers/{customerId}/versions', 'operations', `${base}/versions`),
    posts('/customers/{customerId}/unmask', 'operations', {
      url: `${base}/unmask`,
      body: { fields: ['phone'], purpose: reason },
      free: ['/purpose'],
    }),
    of('PATCH /customers/{customerId}', 'operations', `/customers/${firm.customerId}`, {
      body: { expectedVersion: 2, reason, change },
      optional: Object.keys(change).map((key) => `/change/${key}`),
      nullable: ['/change/address', '/change/adviserId', '/change/email'],
      free: ['/reason', '/change/address', '/change/adviserId'],
    }),
    posts('/customers/{customerId}/kyc-review', 'reviewer', {
      url: `/customers/${firm.customerId}/kyc-review`,
      body: { decision: 'verify', reason },
      free: ['/reason'],
      answer: 409,
    }),
    posts('/customers/{customerId}/status', 'operations', {
      url: `/customers/${firm.customerId}/status`,
      body: { action: 'freeze', reason },
      free: ['/reason'],
    }),
  ];
}

async function productEndpoints(house: House): Promise<Endpoint[]> {
  const fund = `/products/${PLAIN}`;
  const { approvalId } = await proposeParameters(house.world, playMaker, {
    fundCode: PLAIN,
    effectiveDate: localDate('2026-04-01'),
    changes: { riskLevel: '4' },
  });
  const csv = `fund_code,nav_date,nav\n${PLAIN},2026-03-03,1.2345\n`;
  const decide = (how: string, id: string) => `/approvals/${id}/${how}`;
  return [
    of('GET /approvals', 'reviewer', '/approvals?limit=10'),
    of('GET /approvals/{approvalId}', 'reviewer', `/approvals/${approvalId}`),
    posts('/approvals/{approvalId}/approve', 'reviewer', {
      url: decide('approve', NOBODY.approvalId),
      body: { reason },
      free: ['/reason'],
      answer: 404,
    }),
    posts('/approvals/{approvalId}/reject', 'reviewer', {
      url: decide('reject', approvalId),
      body: { reason },
      free: ['/reason'],
    }),
    of('GET /products', 'auditor', '/products?limit=10'),
    of('GET /registrars', 'auditor', '/registrars'),
    of('GET /products/{fundCode}', 'auditor', fund),
    of('GET /products/{fundCode}/figures', 'auditor', `${fund}/figures?from=2026-01-01`),
    of('GET /products/{fundCode}/versions', 'auditor', `${fund}/versions`),
    of('GET /products/{fundCode}/navs', 'auditor', `${fund}/navs`),
    of('GET /products/{fundCode}/performance', 'auditor', `${fund}/performance`),
    of('GET /products/{fundCode}/dividends', 'auditor', `${fund}/dividends`),
    of(
      'GET /products/{fundCode}/fee-quote',
      'auditor',
      `${fund}/fee-quote?kind=purchase&amount=1000`,
    ),
    posts('/products/imports', 'productManager', {
      url: '/products/imports?kind=navs',
      file: { type: 'text/csv', text: csv },
    }),
    posts('/products/{fundCode}/parameter-changes', 'productManager', {
      url: `${fund}/parameter-changes`,
      body: { effectiveDate: '2026-04-02', changes: { riskLevel: '4', maxPurchase: '100000' } },
      optional: ['/changes/riskLevel', '/changes/maxPurchase'],
      known: ['status'],
      answer: 202,
    }),
    posts('/products/{fundCode}/fee-schedule-changes', 'productManager', {
      url: `${fund}/fee-schedule-changes`,
      body: {
        kind: 'purchase',
        effectiveDate: '2026-04-02',
        tiers: [{ fromAmount: '0', rate: '0.004' }],
      },
      optional: ['/tiers/0/fromAmount', '/tiers/0/rate'],
      answer: 202,
    }),
  ];
}

/** A right request per operation; those that change something come after those that read it. */
export async function endpointsOf(house: House): Promise<Endpoint[]> {
  return [
    ...accessEndpoints(),
    ...customerEndpoints(house),
    ...(await openingEndpoints(house)),
    ...investorAccessEndpoints(house),
    ...portfolioEndpoints(house),
    ...noteEndpoints(house),
    ...(await documentEndpoints(house)),
    ...(await productEndpoints(house)),
    ...(await tradeEndpoints(house)),
  ];
}
