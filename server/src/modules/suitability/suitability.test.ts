import { type AppError, amount, type Finding, type Instant, instant } from '@cairn/kernel';
import { expect, test } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import type { Db } from '../../platform/db.ts';
import { describeEachDb, describePostgres, testWorld } from '../../platform/testing.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { customersFor, idCardCheckCharacter, openCustomers } from '../customers/index.ts';
import { confirmWarning, issueWarning, submitAnswers } from './commands.ts';
import type { Answer } from './domain/assess.ts';
import { decideOrder } from './domain/evidence.ts';
import type { ProductFacts } from './domain/facts.ts';
import { proposeVersion, requestConversion } from './governance.ts';
import { checkEvidence, productKey, type ProductFactsLoader } from './proof.ts';
import { suitabilityView } from './queries.ts';
import { rulesAt } from './rulebook.ts';
import { installSampleQuestionnaire } from './sample.ts';
import person from './sample/questionnaire-person.json' with { type: 'json' };
import sampleRules from './sample/rules.json' with { type: 'json' };
import { evidenceFor, profilesFor, saveEvidence, warningsFor } from './store.ts';

const staff = (id: string, ...roles: Actor['roles'][number][]): Actor => ({
  kind: 'staff',
  id,
  roles: ['operations', ...roles],
  requestId: 'request-1',
  from: 'local',
});
const maker = staff('maker');

const product = (riskLevel: number, extra: Partial<ProductFacts> = {}): ProductFacts => ({
  fundCode: `00000${riskLevel}`,
  riskLevel,
  term: 'd0_90',
  variety: 'money',
  parameterVersion: 1,
  ...extra,
});

// The products' own versions: what O6 compares the recorded facts with.
const loadProducts: ProductFactsLoader = async (_, keys) =>
  new Map(keys.map((key) => [productKey(key), product(Number(key.fundCode.at(-1)))]));

const o6 = checkEvidence(loadProducts);

interface Customer {
  customerId: string;
  bucket: number;
}

async function openPerson(world: World, sequence: number, born = '19900101'): Promise<Customer> {
  const first17 = `110105${born}${String(sequence).padStart(3, '0')}`;
  const [outcome] = await openCustomers(world, maker, [
    {
      kind: '1',
      name: '张三',
      certificateType: '0',
      certificateNo: first17 + idCardCheckCharacter(first17),
      certificateValidUntil: null,
      phone: '13800000001',
      branchCode: 'B01',
    },
  ]);
  return outcome as unknown as Customer;
}

/** Cautious answers, C3 for most; `changed` overrides single questions. */
function answers(changed: Record<string, string[]> = {}): Answer[] {
  return person.questions.map(({ id, options }) => ({
    questionId: id,
    optionIds: changed[id] ?? [options[1]?.id ?? ''],
  }));
}

const submit = (world: World, customerId: string, no: string, changed = {}, version = 1) =>
  submitAnswers(world, maker, [
    {
      customerId,
      clientSubmissionNo: no,
      questionnaireVersion: version,
      answers: answers(changed),
      channel: 'counter',
    },
  ]);

/** Decides and stores one order in one transaction, as trading does. */
async function order(
  world: World,
  { customerId, bucket }: Customer,
  orderId: string,
  facts: ProductFacts,
  warningId?: string,
): Promise<string> {
  return work(world, [bucket], async (unit) => {
    const { tx, now } = unit;
    const profiles = await profilesFor(tx, [{ bucket, customerId }]);
    const warnings = await warningsFor(tx, warningId === undefined ? [] : [{ bucket, warningId }]);
    const { decision, evidence } = decideOrder(
      { bucket, orderId },
      {
        at: now,
        customerId,
        profile: profiles.get(customerId),
        product: facts,
        rules: await rulesAt(tx, now),
        warningId,
        warning: warnings.get(warningId ?? ''),
      },
    );
    saveEvidence(unit, [evidence]);
    return [decision.outcome, ...decision.findings.map(({ code }) => code)].join(' ');
  });
}

const codesOf = async (attempt: Promise<unknown>): Promise<string[]> => {
  const error = (await attempt.then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  )) as AppError;
  const reasons = (error.details?.['reasons'] ?? []) as Finding[];
  return [error.code, ...reasons.map(({ code }) => code)];
};

/** Changes rows that nothing but a planted fault may change. */
async function tamper(db: Db, statement: string, params: unknown[]): Promise<void> {
  const table = /^update (\S+)/.exec(statement)?.[1] ?? '';
  await db.query(`alter table ${table} disable trigger append_only`);
  await db.query(statement, params);
  await db.query(`alter table ${table} enable trigger append_only`);
}

const HOUR_MS = 3_600_000;

describeEachDb('suitability', (opened) => {
  test('the sample is installed once', async () => {
    const world = testWorld(opened().db);
    expect(await installSampleQuestionnaire(world)).toEqual(['person', 'organisation', 'rules']);
    expect(await installSampleQuestionnaire(world)).toEqual([]);
  });

  test('answers become a profile; the same submission again is the same assessment', async () => {
    const world = testWorld(opened().db);
    const { customerId, bucket } = await openPerson(world, 11);
    const [first] = await submit(world, customerId, 'S1');
    expect(first).toMatchObject({ outcome: 'assessed', level: 3, validUntil: '2028-03-01' });
    expect(await submit(world, customerId, 'S1')).toMatchObject([
      {
        outcome: 'repeated',
        level: 3,
        assessmentId: (first as { assessmentId: string }).assessmentId,
      },
    ]);
    expect(await submit(world, customerId, 'S1', { age: ['to30'] })).toMatchObject([
      { outcome: 'refused', findings: [{ code: 'SUBMISSION_DIFFERS' }] },
    ]);
    expect(await submit(world, customerId, 'S2', {}, 9)).toMatchObject([
      { outcome: 'refused', findings: [{ code: 'QUESTIONNAIRE_OTHER_VERSION' }] },
    ]);
    await submit(world, customerId, 'S3', { loss: ['none'] });
    expect(await submit(world, customerId, 'S4')).toMatchObject([
      { outcome: 'refused', findings: [{ code: 'RETEST_DAY_CAP' }] },
    ]);
    const profile = (await profilesFor(world.db, [{ bucket, customerId }])).get(customerId);
    expect(profile).toMatchObject({
      version: 2,
      level: 1,
      lowest: true,
      varieties: ['money', 'fixedIncome'],
    });
    expect(await suitabilityView(world.db, { bucket, customerId })).toMatchObject({ version: 2 });
    const early = await profilesFor(
      world.db,
      [{ bucket, customerId }],
      instant('2026-03-02T01:59:59.999Z'),
    );
    expect(early.size).toBe(0);
  });

  test('a minor is of the lowest class, and a stranger is not told more', async () => {
    const world = testWorld(opened().db);
    const minor = await openPerson(world, 12, '20100101');
    expect(await submit(world, minor.customerId, 'S1')).toMatchObject([{ level: 1, lowest: true }]);
    const other: Actor = { ...maker, branchCode: 'B99' };
    const request = {
      customerId: minor.customerId,
      clientSubmissionNo: 'S9',
      questionnaireVersion: 1,
      answers: answers(),
      channel: 'counter',
    };
    const nobody = { ...request, customerId: 'C000000000000000' };
    expect(await submitAnswers(world, other, [request, nobody])).toMatchObject([
      { findings: [{ code: 'ASSESSED_CUSTOMER_UNKNOWN' }] },
      { findings: [{ code: 'ASSESSED_CUSTOMER_UNKNOWN' }] },
    ]);
  });

  test('warn, confirm, buy: each step or its refusal, and every order proves again', async () => {
    const world = testWorld(opened().db);
    const customer = await openPerson(world, 13);
    const { customerId } = customer;
    const warn = (facts: ProductFacts) =>
      issueWarning(world, maker, { customerId, product: facts, channel: 'counter' });
    expect(await codesOf(warn(product(4)))).toEqual(['WARNING_NOT_ISSUED', 'PROFILE_MISSING']);
    expect(await order(world, customer, 'O0', product(1))).toBe('block PROFILE_MISSING');
    await submit(world, customerId, 'S1');
    expect(await codesOf(warn(product(3)))).toEqual(['WARNING_NOT_ISSUED', 'WARNING_NOT_NEEDED']);
    expect(await order(world, customer, 'O1', product(3))).toBe('allow');
    const warning = await warn(product(4));
    expect(warning.textEn).toContain('R4, above what level C3 matches');
    expect(warning.textZh).toContain('产品风险等级 R4 高于客户等级 C3');
    const { warningId } = warning;
    expect(await order(world, customer, 'O2', product(4), warningId)).toBe(
      'block RISK_LEVEL_ABOVE WARNING_NOT_CONFIRMED',
    );
    const confirm = (id: string, who = customerId) =>
      confirmWarning(world, maker, { customerId: who, warningId: id, channel: 'counter' });
    const first = await confirm(warningId);
    world.clock.advanceMs(60_000);
    expect(await confirm(warningId)).toEqual(first);
    expect(await order(world, customer, 'O3', product(4), warningId)).toBe(
      'allowWarned RISK_LEVEL_ABOVE',
    );
    expect(await order(world, customer, 'O4', product(5), warningId)).toBe(
      'block RISK_LEVEL_ABOVE WARNING_DIFFERS',
    );
    const other = await openPerson(world, 14);
    expect(await codesOf(confirm(warningId, other.customerId))).toEqual(['WARNING_UNKNOWN']);
    world.clock.advanceMs(HOUR_MS);
    expect(await order(world, customer, 'O5', product(4), warningId)).toBe(
      'block RISK_LEVEL_ABOVE WARNING_EXPIRED',
    );
    const late = await warn(product(5));
    world.clock.advanceMs(HOUR_MS);
    expect(await codesOf(confirm(late.warningId))).toEqual(['WARNING_LAPSED']);
    // A new level after the orders changes nothing about them.
    await submit(world, customerId, 'S2', { loss: ['none'] });
    expect(await order(world, customer, 'O6', product(4))).toBe(
      'block RISK_LEVEL_ABOVE LOWEST_CLASS_BLOCKED',
    );
    expect(await o6.run(world.db, world)).toEqual([]);
  });

  test('O6 finds every kind of tampering', async () => {
    const world = testWorld(opened().db);
    const customer = await openPerson(world, 15);
    const { customerId, bucket } = customer;
    await submit(world, customerId, 'S1');
    await order(world, customer, 'T1', product(4));
    world.clock.advanceMs(HOUR_MS);
    await submit(world, customerId, 'S2', { goal: ['preserve'] });
    world.clock.advanceMs(HOUR_MS);
    await order(world, customer, 'T2', product(2));
    expect(await o6.run(world.db, world)).toEqual([]);
    const evidence = 'update suitability.evidence set';
    const faults: [statement: string, undo: string, disagreements: string[]][] = [
      [
        `${evidence} outcome = 'allow' where order_id = 'T1'`,
        `${evidence} outcome = 'block' where order_id = 'T1'`,
        ['outcome'],
      ],
      [
        `${evidence} findings = '[]', outcome = 'allow' where order_id = 'T1'`,
        `${evidence} outcome = 'block', findings = (select findings from kept where order_id = 'T1') where order_id = 'T1'`,
        ['outcome', 'findings'],
      ],
      [
        `${evidence} risk_level = 3 where order_id = 'T1'`,
        `${evidence} risk_level = 4 where order_id = 'T1'`,
        ['product'],
      ],
      [
        `${evidence} profile_version = 1 where order_id = 'T2'`,
        `${evidence} profile_version = 2 where order_id = 'T2'`,
        ['inputDigest', 'profile'],
      ],
      [
        `${evidence} decided_at = decided_at + interval '1 ms' where order_id = 'T2'`,
        `${evidence} decided_at = decided_at - interval '1 ms' where order_id = 'T2'`,
        ['inputDigest'],
      ],
      [
        `update suitability.profile_versions set level = 5 where customer_id = '${customerId}' and version = 1`,
        `update suitability.profile_versions set level = 3 where customer_id = '${customerId}' and version = 1`,
        ['outcome', 'findings', 'inputDigest'],
      ],
    ];
    await world.db.query('create table kept as select * from suitability.evidence');
    for (const [statement, undo, disagreements] of faults) {
      await tamper(world.db, statement, []);
      expect(await o6.run(world.db, world)).toMatchObject([{ detail: { disagreements } }]);
      await tamper(world.db, undo, []);
      expect(await o6.run(world.db, world)).toEqual([]);
    }
    await expect(
      world.db.query(`delete from suitability.evidence where bucket = $1`, [bucket]),
    ).rejects.toMatchObject({ code: 'CA001' });
  });

  test('a new version of the rules needs four eyes and notice, and does not reach back', async () => {
    const world = testWorld(opened().db, instant('2027-01-04T02:00:00.000Z'));
    const compliance = staff('checker', 'compliance');
    const strict = { ...sampleRules, mismatch: { ...sampleRules.mismatch, level: 'block' } };
    const propose = (content: unknown, effectiveAt: Instant) =>
      proposeVersion(world, maker, { of: 'rules', content, effectiveAt });
    const soon = instant('2027-01-04T02:00:59.999Z');
    expect(await codesOf(propose(strict, soon))).toEqual(['RULES_TOO_SOON']);
    const later = instant('2027-01-04T03:00:00.000Z');
    expect(await codesOf(propose({ ...strict, match: {} }, later))).toEqual(['RULES_REFUSED']);
    const { approvalId } = await propose(strict, later);
    const customer = await openPerson(world, 16);
    await submit(world, customer.customerId, 'S1');
    await order(world, customer, 'V1', product(4));
    const approve = (who: Actor) => decideApproval(world, who, approvalId, 'approve', 'agreed');
    expect(await codesOf(approve(maker))).toEqual(['APPROVAL_OWN_REQUEST']);
    await approve(compliance);
    expect((await rulesAt(world.db, world.clock.now()))?.version).toBe(1);
    world.clock.advanceMs(HOUR_MS);
    expect(await order(world, customer, 'V2', product(4))).toBe('block RISK_LEVEL_ABOVE');
    expect(await o6.run(world.db, world)).toEqual([]);
  });

  test('a professional is made by proof and four eyes, and buys without matching', async () => {
    const world = testWorld(opened().db);
    const customer = await openPerson(world, 17);
    const { customerId } = customer;
    const ask = (fen: bigint) =>
      requestConversion(world, maker, {
        customerId,
        to: 'professional',
        proof: { financialAssets: amount(fen), experienceYears: 3, isSigned: true },
        reason: 'application of the customer',
      });
    expect(await codesOf(ask(299_999_999n))).toEqual([
      'CONVERSION_REFUSED',
      'CONVERSION_WEALTH_SHORT',
    ]);
    const { approvalId } = await ask(300_000_000n);
    expect(await order(world, customer, 'P1', product(5))).toBe('block PROFILE_MISSING');
    world.clock.advanceMs(HOUR_MS);
    await decideApproval(world, staff('c', 'compliance'), approvalId, 'approve', 'proofs seen');
    expect((await customersFor(world.db, [customer])).get(customerId)?.investorClass).toBe(
      'professional',
    );
    expect(await order(world, customer, 'P2', product(5))).toBe('allow PROFESSIONAL_INVESTOR');
    expect(await o6.run(world.db, world)).toEqual([]);
  });
});

describePostgres('a level that changes while orders fly', (opened) => {
  test('no order is judged by a profile that was not in force', async () => {
    const world = testWorld(opened().db);
    await installSampleQuestionnaire(world);
    const customer = await openPerson(world, 21);
    await submit(world, customer.customerId, 'S0');
    const orders = Array.from({ length: 40 }, (_, i) =>
      order(world, customer, `R${String(i).padStart(2, '0')}`, product(3)),
    );
    const change = submit(world, customer.customerId, 'S1', { goal: ['preserve'] });
    const outcomes = await Promise.all(orders);
    await change;
    expect(new Set(outcomes).size).toBeLessThanOrEqual(2);
    expect(await o6.run(world.db, world)).toEqual([]);
    const keys = outcomes.map((_, i) => ({
      bucket: customer.bucket,
      orderId: `R${String(i).padStart(2, '0')}`,
    }));
    for (const evidence of (await evidenceFor(world.db, keys)).values()) {
      const expected = evidence.profileVersion === 1 ? 'allow' : 'block';
      expect(evidence.outcome).toBe(expected);
    }
  });
});
