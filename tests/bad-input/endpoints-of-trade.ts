/** Right requests of accounts, suitability, orders and the business day. */
import { answersFor } from '../../server/src/app/sandbox/investors.ts';
import { questionnaireAt, rulesAt } from '../../server/src/modules/suitability/index.ts';
import { type Endpoint, NOBODY, of, posts, reason } from './endpoint.ts';
import { dayEndpoints } from './endpoints-of-day.ts';
import type { House } from './house.ts';
import { PLAIN } from './market.ts';
import type { Json } from './mutations.ts';

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
    posts('/asset-accounts/bank-check', 'operations', {
      body: { bankCode: '102', bankAccountNo: '6222020200112345678' },
      free: ['/bankCode', '/bankAccountNo'],
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

/** New versions of the rules and of a questionnaire. */
function versionEndpoints(questionnaire: Json, rules: Json): Endpoint[] {
  const effectiveAt = '2026-06-01T00:00:00.000Z';
  const ofConversion = ['netAssetsMin', 'incomeMin'].flatMap((name) =>
    ['person', 'organisation'].map((kind) => `/content/conversion/${kind}/${name}`),
  );
  const inBoth = (...names: string[]) =>
    names.flatMap((name) => [`/content/${name}En`, `/content/${name}Zh`]);
  return [
    of('GET /suitability/rules', 'operations', '/suitability/rules'),
    of('GET /suitability/rules/versions', 'compliance', '/suitability/rules/versions'),
    of(
      'GET /suitability/assessments-due',
      'adviser',
      '/suitability/assessments-due?due=lapsed&limit=5',
    ),
    posts('/suitability/rules', 'compliance', {
      body: { content: rules, effectiveAt },
      optional: ofConversion,
      free: [
        '/content/warning/textVersion',
        '/content/termOrder/0',
        '/content/varieties/0',
        ...inBoth('warning/text'),
      ],
      answer: 202,
    }),
    posts('/suitability/questionnaires/{questionnaireId}', 'compliance', {
      url: '/suitability/questionnaires/person',
      body: { content: questionnaire, effectiveAt },
      optional: ['isLowest', 'levelMax', 'term', 'varieties'].map(
        (name) => `/content/questions/0/options/0/${name}`,
      ),
      free: inBoth('title', 'questions/0/text', 'questions/0/options/0/text'),
      answer: 202,
    }),
  ];
}

function answerDraftEndpoints(customer: string, questionnaireVersion: number): Endpoint[] {
  const route = '/customers/{customerId}/answer-draft';
  const url = `${customer}/answer-draft`;
  return [
    of(`GET ${route}`, 'adviser', url),
    of(`PUT ${route}`, 'adviser', url, {
      body: { questionnaireVersion, answers: [{ questionId: 'age', optionIds: ['a'] }] },
      free: ['/answers/0/questionId', '/answers/0/optionIds/0'],
      answer: 204,
    }),
  ];
}

async function suitabilityEndpoints({ world, investor }: House): Promise<Endpoint[]> {
  const now = world.clock.now();
  const questionnaire = await questionnaireAt(world.db, 'person', now);
  const rules = await rulesAt(world.db, now);
  if (questionnaire === undefined || rules === undefined) throw new Error('rules are in force');
  const base = `/customers/${investor.customerId}`;
  const path = '/suitability/questionnaires/{questionnaireId}';
  const content = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;
  const warning = `${base}/warnings/${NOBODY.warningId}/confirmation`;
  const channel = 'internet';
  return [
    of(`GET ${path}`, 'auditor', '/suitability/questionnaires/person'),
    of(`GET ${path}/versions`, 'auditor', '/suitability/questionnaires/person/versions'),
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
    ...answerDraftEndpoints(base, questionnaire.version),
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
    ...versionEndpoints(content(questionnaire.content), content(rules.content)),
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
    of('GET /orders/flow', 'operations', '/orders/flow?tradeDate=2026-03-02'),
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

/** Right requests of accounts, suitability, orders and the business day. */
export async function tradeEndpoints(house: House): Promise<Endpoint[]> {
  return [
    ...accountEndpoints(house),
    ...(await suitabilityEndpoints(house)),
    ...orderEndpoints(house),
    ...(await dayEndpoints(house)),
  ];
}
