/** A right request for every operation of the API: what the wrong ones are made from. */
import { playMaker } from '../../server/src/app/sandbox/house.ts';
import { proposeParameters } from '../../server/src/modules/products/index.ts';
import type { Role } from '../../server/src/platform/actor.ts';
import { answersFor } from '../../server/src/app/sandbox/investors.ts';
import { questionnaireAt, rulesAt } from '../../server/src/modules/suitability/index.ts';
import type { House } from './house.ts';
import { PLAIN } from './market.ts';
import type { Json, Shape } from './mutations.ts';
import { localDate } from '@cairn/kernel';

/** A right request and what is known about it. */
export interface Endpoint extends Shape {
  /** 'POST /orders', as the API document names it. */
  readonly route: string;
  readonly as: Role;
  readonly url: string;
  readonly body?: Json;
  /** A body that is not JSON. */
  readonly file?: { readonly type: string; readonly text: string };
  /** Text fields that take any text. */
  readonly free?: readonly string[];
  /** Passwords: any text, and each costs a slow hash. */
  readonly secret?: readonly string[];
  /** The answer to the right request. */
  readonly answer: number;
}

/** An id of the right form that nothing has. */
export const NOBODY = {
  customerId: 'C0N0B0DY0N0B0DY0',
  assetAccountNo: '00N0B0DY0N0B0D',
  orderId: '00ABSENTABSENTABSENTABSE',
  warningId: '000000000000000000000000',
  staffId: 'S00000000000000000000',
  keyId: 'K00000000000000000000',
  exceptionId: 'X0000000000000000000',
  approvalId: 'A0000000000000000000',
} as const;

const DAY = '2026-03-03';
const reason = 'checked against the original';

function of(route: string, as: Role, url: string, rest: Partial<Endpoint> = {}): Endpoint {
  return { route, as, url, answer: 200, ...rest };
}

function posts(route: string, as: Role, rest: Partial<Endpoint>): Endpoint {
  return of(`POST ${route}`, as, rest.url ?? route, rest);
}

function authEndpoints(): Endpoint[] {
  const password = 'correct horse battery staple';
  const { staffId, keyId } = NOBODY;
  const roles = ['adviser'];
  return [
    of('GET /health', 'auditor', '/health'),
    of('GET /ready', 'auditor', '/ready'),
    posts('/auth/bootstrap', 'auditor', {
      body: { bootstrapKey: 'a-key', userName: 'first.user', password },
      free: ['/bootstrapKey'],
      secret: ['/password'],
      answer: 403,
    }),
    posts('/auth/activate', 'auditor', {
      body: { userName: 'nobody', activationCode: 'a-code', password },
      free: ['/activationCode'],
      secret: ['/password'],
      answer: 403,
    }),
    posts('/auth/login', 'auditor', {
      body: { userName: 'nobody', password },
      secret: ['/password'],
      answer: 401,
    }),
    of('GET /auth/me', 'auditor', '/auth/me'),
    of('GET /staff', 'auditor', '/staff'),
    posts('/staff', 'administrator', {
      body: { userName: 'new.user', roles, branchCode: 'B01' },
      optional: ['/branchCode'],
      answer: 201,
    }),
    of('GET /staff/{staffId}', 'auditor', `/staff/${staffId}`, { answer: 404 }),
    posts('/staff/{staffId}/roles', 'administrator', {
      url: `/staff/${staffId}/roles`,
      body: { roles },
      answer: 404,
    }),
    posts('/staff/{staffId}/disable', 'administrator', {
      url: `/staff/${staffId}/disable`,
      answer: 404,
    }),
    posts('/staff/{staffId}/reset', 'administrator', {
      url: `/staff/${staffId}/reset`,
      answer: 404,
    }),
    of('GET /partner-keys', 'auditor', '/partner-keys'),
    posts('/partner-keys', 'administrator', {
      body: { name: 'terminal', roles: ['partner'], branchCode: 'B01' },
      optional: ['/branchCode'],
      free: ['/name'],
      answer: 201,
    }),
    of('DELETE /partner-keys/{keyId}', 'administrator', `/partner-keys/${keyId}`, { answer: 404 }),
  ];
}

function customerEndpoints({ investor, firm }: House): Endpoint[] {
  const base = `/customers/${investor.customerId}`;
  const change = { phone: '13800000009', address: '北京市朝阳区', adviserId: 'A1', email: null };
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
  return [
    posts('/customers', 'operations', {
      body,
      optional: Object.keys(body)
        .filter((key) => !given.includes(key))
        .map((key) => `/${key}`),
      nullable: ['/certificateValidUntil'],
      free: ['/name', '/address', '/adviserId'],
      answer: 201,
    }),
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
    of('GET /products/{fundCode}', 'auditor', fund),
    of('GET /products/{fundCode}/navs', 'auditor', `${fund}/navs`),
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

function accountEndpoints({ investor, firm }: House): Endpoint[] {
  const account = `/asset-accounts/${firm.assetAccountNo}`;
  const move = (event: string, answer: number) =>
    posts(`/asset-accounts/{assetAccountNo}/${event}`, 'operations', {
      url: `${account}/${event}`,
      body: { reason },
      free: ['/reason'],
      answer,
    });
  return [
    of(
      'GET /customers/{customerId}/accounts',
      'operations',
      `/customers/${investor.customerId}/accounts`,
    ),
    of('GET /asset-accounts/{assetAccountNo}', 'operations', account),
    of(
      'GET /asset-accounts/{assetAccountNo}/postings',
      'operations',
      `${account}/postings?limit=5`,
    ),
    of('GET /asset-accounts/{assetAccountNo}/positions', 'operations', `${account}/positions`),
    posts('/asset-accounts', 'operations', {
      body: {
        customerId: investor.customerId,
        purpose: 'wealth',
        bankCode: '102',
        bankAccountNo: '6222020200112345678',
      },
      answer: 201,
    }),
    posts('/cash-transfers', 'operations', {
      body: {
        assetAccountNo: investor.assetAccountNo,
        direction: 'in',
        amount: '100.00',
        clientTransferNo: 'matrix-1',
      },
      free: ['/clientTransferNo'],
      answer: 201,
    }),
    move('freeze', 200),
    move('unfreeze', 200),
    move('close', 409),
  ];
}

async function suitabilityEndpoints({ world, investor }: House): Promise<Endpoint[]> {
  const now = world.clock.now();
  const questionnaire = await questionnaireAt(world.db, 'person', now);
  const rules = await rulesAt(world.db, now);
  if (questionnaire === undefined || rules === undefined) throw new Error('rules are in force');
  const base = `/customers/${investor.customerId}`;
  const path = '/suitability/questionnaires/{questionnaireId}';
  const effectiveAt = '2026-06-01T00:00:00.000Z';
  const content = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;
  const warning = `${base}/warnings/${NOBODY.warningId}/confirmation`;
  const channel = 'internet';
  const ofConversion = ['netAssetsMin', 'incomeMin'].flatMap((name) =>
    ['person', 'organisation'].map((kind) => `/content/conversion/${kind}/${name}`),
  );
  const inBoth = (...names: string[]) =>
    names.flatMap((name) => [`/content/${name}En`, `/content/${name}Zh`]);
  return [
    of(`GET ${path}`, 'auditor', '/suitability/questionnaires/person'),
    posts('/customers/{customerId}/assessments', 'operations', {
      url: `${base}/assessments`,
      body: {
        clientSubmissionNo: 'matrix-1',
        questionnaireVersion: questionnaire.version,
        answers: content(answersFor(questionnaire, 0.75)),
        channel,
      },
      free: ['/answers/0/questionId', '/answers/0/optionIds/0'],
      answer: 201,
    }),
    of(
      'GET /customers/{customerId}/suitability-profile',
      'operations',
      `${base}/suitability-profile`,
    ),
    of(
      'GET /customers/{customerId}/products/{fundCode}/suitability',
      'operations',
      `${base}/products/${PLAIN}/suitability`,
    ),
    posts('/customers/{customerId}/warnings', 'operations', {
      url: `${base}/warnings`,
      body: { fundCode: PLAIN, channel },
      answer: 409,
    }),
    posts('/customers/{customerId}/warnings/{warningId}/confirmation', 'operations', {
      url: warning,
      body: { hasReadAndInsists: true, channel },
      answer: 404,
    }),
    posts('/customers/{customerId}/investor-class', 'operations', {
      url: `${base}/investor-class`,
      body: {
        to: 'professional',
        proof: {
          financialAssets: '6000000.00',
          netAssets: '6000000.00',
          averageIncome: '600000.00',
          experienceYears: 5,
          isSigned: true,
        },
        reason,
      },
      optional: ['/proof/netAssets', '/proof/averageIncome'],
      free: ['/reason'],
      answer: 202,
    }),
    of('GET /suitability/rules', 'operations', '/suitability/rules'),
    posts('/suitability/rules', 'compliance', {
      body: { content: content(rules.content), effectiveAt },
      optional: ofConversion,
      free: [
        '/content/warning/textVersion',
        '/content/termOrder/0',
        '/content/varieties/0',
        ...inBoth('warning/text'),
      ],
      answer: 202,
    }),
    posts(path, 'compliance', {
      url: '/suitability/questionnaires/person',
      body: { content: content(questionnaire.content), effectiveAt },
      optional: ['isLowest', 'levelMax', 'term', 'varieties'].map(
        (name) => `/content/questions/0/options/0/${name}`,
      ),
      free: inBoth('title', 'questions/0/text', 'questions/0/options/0/text'),
      answer: 202,
    }),
  ];
}

function orderEndpoints({ investor, orderId }: House): Endpoint[] {
  const { customerId, assetAccountNo } = investor;
  const order = {
    kind: 'purchase',
    customerId,
    clientOrderNo: 'matrix-1',
    fundCode: PLAIN,
    amount: '1000.00',
    channel: '2',
  };
  const { clientOrderNo: _, ...preview } = order;
  return [
    posts('/orders', 'operations', { body: order, optional: ['/channel'], answer: 201 }),
    of('GET /orders', 'operations', `/orders?customerId=${customerId}&limit=5`),
    posts('/orders/batch', 'operations', {
      body: { orders: [{ ...order, clientOrderNo: 'matrix-2' }] },
      optional: ['/orders/0/channel'],
    }),
    posts('/orders/preview', 'operations', { body: preview, optional: ['/channel'] }),
    of('GET /orders/{orderId}', 'operations', `/orders/${orderId}`),
    of(
      'GET /orders/{orderId}/suitability-proof',
      'operations',
      `/orders/${orderId}/suitability-proof`,
    ),
    posts('/orders/{orderId}/cancellation', 'operations', {
      url: `/orders/${orderId}/cancellation`,
    }),
    posts('/fund-accounts', 'operations', {
      body: { customerId, assetAccountNo, registrarCode: '01', taAccountId: 'TA0000000001' },
      optional: ['/taAccountId'],
      answer: 409,
    }),
  ];
}

async function dayEndpoints({ world }: House): Promise<Endpoint[]> {
  const day = `/business-days/${DAY}`;
  const [file] = await world.db.query<{ file_id: bigint }>(
    `select file_id from clearing.files order by file_id limit 1`,
  );
  const exception = (act: string) => `/exceptions/${NOBODY.exceptionId}/${act}`;
  return [
    of('GET /business-days', 'operations', '/business-days?limit=5'),
    of('GET /business-days/{businessDate}', 'operations', day),
    posts('/business-days/{businessDate}/runs', 'operations', {
      url: `${day}/runs`,
      body: { until: 'open' },
      optional: ['/until'],
      answer: 409,
    }),
    posts('/business-days/{businessDate}/waivers', 'operations', {
      url: `${day}/waivers`,
      body: { package: '01/market', reason },
      free: ['/reason'],
      answer: 202,
    }),
    posts('/business-days/{businessDate}/acceptances', 'operations', {
      url: `${day}/acceptances`,
      body: { reason },
      free: ['/reason'],
      answer: 409,
    }),
    of('GET /audit', 'auditor', '/audit?limit=5'),
    posts('/audit/verification', 'auditor', {}),
    of('GET /business-days/{businessDate}/reconciliation', 'operations', `${day}/reconciliation`),
    of('GET /exceptions', 'operations', `/exceptions?businessDate=${DAY}`),
    posts('/exceptions/{exceptionId}/actions', 'operations', {
      url: exception('actions'),
      body: { kind: 'note', note: 'asked the registrar' },
      free: ['/note'],
      answer: 404,
    }),
    posts('/exceptions/{exceptionId}/retry', 'operations', {
      url: exception('retry'),
      answer: 409,
    }),
    posts('/exceptions/{exceptionId}/void-requests', 'operations', {
      url: exception('void-requests'),
      body: { reason },
      free: ['/reason'],
      answer: 404,
    }),
    of('GET /business-days/{businessDate}/files', 'operations', `${day}/files`),
    of('GET /files/{fileId}/text', 'operations', `/files/${file?.file_id ?? 0n}/text`),
    posts('/auth/logout', 'partner', { answer: 204 }),
  ];
}

/** A right request per operation; those that change something come after those that read it. */
export async function endpointsOf(house: House): Promise<Endpoint[]> {
  return [
    ...authEndpoints(),
    ...customerEndpoints(house),
    ...(await productEndpoints(house)),
    ...accountEndpoints(house),
    ...(await suitabilityEndpoints(house)),
    ...orderEndpoints(house),
    ...(await dayEndpoints(house)),
  ];
}
