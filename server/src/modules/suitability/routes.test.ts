import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import { type App, createApp } from '../../platform/http/app.ts';
import type { Problem } from '../../platform/http/problem.ts';
import { signIn } from '../../platform/http/testing.ts';
import {
  openTestPglite,
  type TestDatabase,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { customersModule, idCardCheckCharacter, openCustomers } from '../customers/index.ts';
import { importCsv, productsModule } from '../products/index.ts';
import { forgetAnswerDrafts } from './answer-drafts.ts';
import { suitabilityModule } from './module.ts';
import { installSampleQuestionnaire } from './sample.ts';
import person from './sample/questionnaire-person.json' with { type: 'json' };
import sampleRules from './sample/rules.json' with { type: 'json' };

let database: TestDatabase;
let app: App;
let world: TestWorld;
let headers: { authorization: string };

const header =
  'fund_code,effective_date,status,risk_level,term,variety,min_first_purchase,min_next_purchase,' +
  'purchase_step,max_purchase,day_max_purchase,min_redemption,redemption_step,min_holding,' +
  'confirm_days,purchase_pay_days,redemption_cash_days,dividend_cash_days,units_rounding,' +
  'holding_days_rule,fee_rounding,default_dividend_method,service_fee_rate,face_value,cut_off';
const rest = '10,10,0.01,0,0,10,0.01,10,1,1,3,2,halfUp,applicationDate,perLot,1,0,1,15:00';

beforeAll(async () => {
  database = await openTestPglite();
  world = testWorld(database.db);
  app = await createApp(world, [customersModule, productsModule, suitabilityModule]);
  await installSampleQuestionnaire(world);
  ({ headers } = await signIn(app, ['operations']));
  const funds = [
    'fund_code,name,registrar_code,fund_type,sold',
    '000001,聚石货币,01,money,true',
    '000005,聚石成长,01,equity,true',
  ];
  const parameters = [
    header,
    `000001,2020-01-01,0,1,d0_90,money,${rest}`,
    `000005,2020-01-01,0,5,y3_plus,equity,${rest}`,
  ];
  const importer: Actor = { ...systemActor('seed'), roles: ['productManager', 'operations'] };
  for (const [kind, lines] of [
    ['funds', funds],
    ['parameters', parameters],
  ] as const) {
    const report = await importCsv(world, importer, { kind, csv: lines.join('\n'), dryRun: false });
    if (report.approvalId === undefined) continue;
    const checker: Actor = { ...importer, kind: 'staff', id: 'checker', roles: ['reviewer'] };
    await decideApproval(world, checker, report.approvalId, 'approve', 'seed');
  }
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

async function openPerson(sequence: number, branchCode = 'B01'): Promise<string> {
  const first17 = `11010519900101${String(sequence).padStart(3, '0')}`;
  const [outcome] = await openCustomers(world, systemActor('seed'), [
    {
      kind: '1',
      name: '张三',
      certificateType: '0',
      certificateNo: first17 + idCardCheckCharacter(first17),
      certificateValidUntil: null,
      phone: '13800000001',
      branchCode,
    },
  ]);
  return (outcome as { customerId: string }).customerId;
}

type Reply = { status: number; body: Problem & Record<string, unknown> };

async function call(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
  as = headers,
): Promise<Reply> {
  const options = payload === undefined ? {} : { payload };
  const reply = await app.inject({ method, url, headers: as, ...options });
  return {
    status: reply.statusCode,
    body: (reply.body === '' ? {} : reply.json()) as Reply['body'],
  };
}

const submission = (no: string, changed: Record<string, string[]> = {}) => ({
  clientSubmissionNo: no,
  questionnaireVersion: 1,
  channel: 'counter',
  answers: person.questions.map(({ id, options }) => ({
    questionId: id,
    optionIds: changed[id] ?? [options[1]?.id ?? ''],
  })),
});

test('from the questionnaire to a confirmed warning', async () => {
  const id = await openPerson(11);
  const asked = await call('GET', '/suitability/questionnaires/person');
  expect(asked.body).toMatchObject({ version: 1, content: { sample: true } });
  // Not yet assessed is an answer: a page that asks has no error in its console.
  expect(await call('GET', `/customers/${id}/suitability-profile`)).toMatchObject({
    status: 200,
    body: { profile: null, reach: null, earlier: [] },
  });
  const before = await call('GET', `/customers/${id}/products/000001/suitability`);
  expect(before.body).toMatchObject({
    outcome: 'block',
    profileVersion: null,
    findings: [{ code: 'PROFILE_MISSING', remedyZh: '请先完成风险测评问卷。' }],
  });
  const assessed = await call('POST', `/customers/${id}/assessments`, submission('S1'));
  expect([assessed.status, assessed.body['level']]).toEqual([201, 3]);
  const again = await call('POST', `/customers/${id}/assessments`, submission('S1'));
  expect([again.status, again.body['assessmentId']]).toEqual([200, assessed.body['assessmentId']]);
  expect((await call('GET', `/customers/${id}/suitability-profile`)).body).toMatchObject({
    profile: { version: 1, level: 3 },
    reach: { riskLevels: [1, 2, 3], warnedRiskLevels: [4, 5] },
    earlier: [],
  });
  const whyNot = await call('GET', `/customers/${id}/products/000005/suitability`);
  expect(whyNot.body).toMatchObject({ outcome: 'block', parameterVersion: 1, ruleVersion: 1 });
  const findings = whyNot.body['findings'] as { code: string; message: string; remedy: string }[];
  expect(findings.map(({ code }) => code)).toEqual([
    'RISK_LEVEL_ABOVE',
    'TERM_TOO_LONG',
    'VARIETY_NOT_ACCEPTED',
    'WARNING_NOT_CONFIRMED',
  ]);
  expect(findings[0]?.message).toBe('The product is R5, above what level C3 matches.');
  const refusedWarning = { fundCode: '000001', channel: 'counter' };
  const notNeeded = await call('POST', `/customers/${id}/warnings`, refusedWarning);
  expect([notNeeded.status, notNeeded.body.reasons?.[0]?.code]).toEqual([
    409,
    'WARNING_NOT_NEEDED',
  ]);
  const warning = await call('POST', `/customers/${id}/warnings`, {
    fundCode: '000005',
    channel: 'counter',
  });
  expect(warning.status).toBe(201);
  const url = `/customers/${id}/warnings/${String(warning.body['warningId'])}/confirmation`;
  const unread = await call('POST', url, { hasReadAndInsists: false, channel: 'counter' });
  expect(unread.status).toBe(422);
  const confirmed = await call('POST', url, { hasReadAndInsists: true, channel: 'counter' });
  expect(confirmed).toMatchObject({ status: 200, body: { warningId: warning.body['warningId'] } });
});

test('a questionnaire is left and gone on with, by who began it, until it is handed in', async () => {
  const id = await openPerson(61);
  const url = `/customers/${id}/answer-draft`;
  expect((await call('GET', url)).body).toEqual({ draft: null });
  const { answers } = submission('S61');
  const first = { questionnaireVersion: 1, answers: answers.slice(0, 1) };
  expect((await call('PUT', url, first)).status).toBe(204);
  const more = { questionnaireVersion: 1, answers: answers.slice(0, 2) };
  expect((await call('PUT', url, more)).status).toBe(204);
  expect((await call('GET', url)).body).toMatchObject({ draft: more });
  const colleague = (await signIn(app, ['adviser'])).headers;
  expect((await call('GET', url, undefined, colleague)).body).toEqual({ draft: null });
  const [kept] = await database.db.query<{ text: string }>(
    "select encode(content_cipher, 'hex') as text from suitability.answer_drafts",
  );
  expect(kept?.text).not.toContain(Buffer.from(answers[0]?.questionId ?? '').toString('hex'));
  const begun = await database.db.query(
    "select 1 from platform.audit where action = 'suitability.begin' and subject = $1",
    [`customer:${id}`],
  );
  expect(begun).toHaveLength(1);
  expect((await call('POST', `/customers/${id}/assessments`, submission('S61'))).status).toBe(201);
  expect((await call('GET', url)).body).toEqual({ draft: null });
  await call('PUT', url, first);
  world.clock.advanceMs(7 * 86_400_000);
  expect((await call('GET', url)).body).toEqual({ draft: null });
  expect(await forgetAnswerDrafts(world)).toBe(1);
  world.clock.advanceMs(-7 * 86_400_000);
});

test('an assessment is refused with every reason in both languages', async () => {
  const id = await openPerson(13);
  const body = submission('S1', { age: [], loss: ['none', 'more'] });
  const reply = await call('POST', `/customers/${id}/assessments`, body);
  expect([reply.status, reply.body.code]).toEqual([422, 'ASSESSMENT_REFUSED']);
  expect(reply.body.reasons?.map(({ code, messageZh }) => [code, messageZh])).toEqual([
    ['ANSWER_MISSING', '问题 age 未作答。'],
    ['ANSWER_TOO_MANY', '问题 loss 的答案过多。'],
  ]);
});

test('the lowest class cannot be warned into a purchase', async () => {
  const id = await openPerson(15);
  await call('POST', `/customers/${id}/assessments`, submission('S1', { loss: ['none'] }));
  const payload = { fundCode: '000005', channel: 'counter' };
  const reply = await call('POST', `/customers/${id}/warnings`, payload);
  expect([reply.status, reply.body.code]).toEqual([409, 'WARNING_NOT_ISSUED']);
  expect(reply.body.reasons?.map(({ code }) => code)).toEqual([
    'RISK_LEVEL_ABOVE',
    'LOWEST_CLASS_BLOCKED',
    'TERM_TOO_LONG',
    'VARIETY_NOT_ACCEPTED',
  ]);
});

describe('access and bad input', () => {
  test('another branch, an unknown product and an unknown warning are 404', async () => {
    const id = await openPerson(17, 'B17');
    const other = (await signIn(app, ['adviser'], 'B18')).headers;
    const replies = [
      await call('POST', `/customers/${id}/assessments`, submission('S1'), other),
      await call('GET', `/customers/${id}/suitability-profile`, undefined, other),
      await call('GET', `/customers/${id}/products/000001/suitability`, undefined, other),
      await call(
        'POST',
        `/customers/${id}/warnings`,
        { fundCode: '000005', channel: 'counter' },
        other,
      ),
      await call('GET', `/customers/${id}/products/999999/suitability`),
      await call('POST', `/customers/${id}/warnings/${'0'.repeat(24)}/confirmation`, {
        hasReadAndInsists: true,
        channel: 'counter',
      }),
    ];
    expect(replies.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '404 CUSTOMER_NOT_FOUND',
      '404 CUSTOMER_NOT_FOUND',
      '404 CUSTOMER_NOT_FOUND',
      '404 CUSTOMER_NOT_FOUND',
      '404 PRODUCT_NOT_RATED',
      '404 WARNING_UNKNOWN',
    ]);
  });

  test.each<[string, string, object, number]>([
    ['a level by the back door', 'assessments', { ...submission('S1'), level: 5 }, 400],
    [
      'a version that is a text',
      'assessments',
      { ...submission('S1'), questionnaireVersion: '1' },
      400,
    ],
    ['an unknown channel', 'warnings', { fundCode: '000005', channel: 'crystal ball' }, 422],
    ['amounts as numbers', 'investor-class', conversion(3_000_000), 400],
    ['amounts with three decimals', 'investor-class', conversion('1.005'), 422],
    ['NaN', 'investor-class', conversion('NaN'), 422],
  ])('%s', async (_, path, body, status) => {
    const id = await openPerson(19);
    expect((await call('POST', `/customers/${id}/${path}`, body)).status).toBe(status);
  });

  function conversion(financialAssets: unknown): object {
    const proof = { financialAssets, experienceYears: 1, isSigned: true };
    return { to: 'professional', proof, reason: 'application' };
  }

  test('a conversion waits for other eyes; its refusals name every reason', async () => {
    const id = await openPerson(21);
    const held = await call('POST', `/customers/${id}/investor-class`, conversion('3000000.00'));
    expect(held.status).toBe(202);
    const short = await call('POST', `/customers/${id}/investor-class`, conversion('2999999.99'));
    expect([short.status, short.body.reasons?.[0]?.message]).toEqual([
      422,
      'Financial assets of 3000000.00 or yearly income of 300000.00 are needed.',
    ]);
  });

  test('new rules are proposed with notice, never with a gap', async () => {
    const propose = (content: object, effectiveAt: string) =>
      call('POST', '/suitability/rules', { content, effectiveAt });
    const soon = await propose(sampleRules, '2026-03-02T10:00:30+08:00');
    expect([soon.status, soon.body.code]).toEqual([422, 'RULES_TOO_SOON']);
    const gap = {
      ...sampleRules,
      match: { ...sampleRules.match, '5': [1] },
      lowest: { riskLevels: [1, 3] },
      warning: { ...sampleRules.warning, textZh: '请注意' },
    };
    const refused = await propose(gap, '2026-04-01T00:00:00+08:00');
    expect([refused.status, refused.body.code]).toEqual([422, 'RULES_REFUSED']);
    expect(refused.body.errors).toEqual([
      {
        path: '/match/5',
        message: 'does not match the risk levels 2, 3, 4, which a lower level matches',
        messageZh: '未包含较低等级已匹配的风险等级 2, 3, 4',
      },
      {
        path: '/lowest/riskLevels',
        message: 'allows the risk levels 3, which level 1 does not match',
        messageZh: '包含等级 1 未匹配的风险等级 3',
      },
      {
        path: '/warning/textZh',
        message: 'does not say where the {mismatches} stand',
        messageZh: '未包含占位符 {mismatches}',
      },
    ]);
    expect((await propose(sampleRules, '2026-04-01T00:00:00+08:00')).status).toBe(202);
    expect((await propose(sampleRules, '2026-02-30T00:00:00+08:00')).status).toBe(422);
    expect((await call('GET', '/suitability/rules')).body).toMatchObject({ version: 1 });
  });
});
