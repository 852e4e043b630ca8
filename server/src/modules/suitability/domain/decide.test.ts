import { type Instant, instant, localDate } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import sampleRules from '../sample/rules.json' with { type: 'json' };
import { type DecisionInput, decide, mismatchDigest, mismatchesOf } from './decide.ts';
import { decideOrder, disagreementsOf, wasInForce } from './evidence.ts';
import type { InvestorLevel, ProductFacts, ProfileFact, WarningFact } from './facts.ts';
import { parseRules, type Rules, type RulesContent } from './rules.ts';

const content = sampleRules as unknown as RulesContent;
const rules: Rules = { version: 1, content };
const AT = instant('2026-03-02T02:00:00.000Z');

function profile(extra: Partial<ProfileFact> = {}): ProfileFact {
  return {
    version: 1,
    level: 3,
    lowest: false,
    term: 'y1_3',
    varieties: ['money', 'fixedIncome', 'mixed'],
    investorClass: 'ordinary',
    validUntil: localDate('2026-03-02'),
    ...extra,
  };
}

function product(extra: Partial<ProductFacts> = {}): ProductFacts {
  return {
    fundCode: '000001',
    riskLevel: 3,
    term: 'd90_365',
    variety: 'mixed',
    parameterVersion: 7,
    ...extra,
  };
}

function input(extra: Partial<DecisionInput> = {}): DecisionInput {
  return { at: AT, customerId: 'C1', profile: profile(), product: product(), rules, ...extra };
}

/** The decision in one line: outcome and codes. */
function line(extra: Partial<DecisionInput>): string {
  const { outcome, findings } = decide(input(extra));
  return [outcome, ...findings.map(({ code }) => code)].join(' ');
}

function warningFor(extra: Partial<DecisionInput>, change: Partial<WarningFact> = {}): WarningFact {
  const mismatches = mismatchesOf(decide(input(extra)).findings);
  return {
    warningId: 'W1',
    customerId: 'C1',
    fundCode: '000001',
    ruleVersion: 1,
    mismatchDigest: mismatchDigest(mismatches),
    shownAt: instant('2026-03-02T01:45:00.000Z'),
    expiresAt: instant('2026-03-02T02:15:00.000Z'),
    confirmedAt: instant('2026-03-02T01:50:00.000Z'),
    ...change,
  };
}

describe('the decision, case by case', () => {
  const everything = { riskLevel: 5, term: 'y3_plus', variety: 'commodity' };
  const lowest = profile({ level: 1, lowest: true });
  test.each<[string, Partial<DecisionInput>, string]>([
    ['everything matches', {}, 'allow'],
    ['never assessed', { profile: undefined }, 'block PROFILE_MISSING'],
    [
      'last day of validity has passed',
      { profile: profile({ validUntil: localDate('2026-03-01') }) },
      'block PROFILE_EXPIRED',
    ],
    [
      'R4 for C3',
      { product: product({ riskLevel: 4 }) },
      'block RISK_LEVEL_ABOVE WARNING_NOT_CONFIRMED',
    ],
    [
      'all three mismatch',
      { product: product(everything) },
      'block RISK_LEVEL_ABOVE TERM_TOO_LONG VARIETY_NOT_ACCEPTED WARNING_NOT_CONFIRMED',
    ],
    [
      'the lowest class is not offered a warning',
      { profile: lowest, product: product({ riskLevel: 2 }) },
      'block RISK_LEVEL_ABOVE LOWEST_CLASS_BLOCKED',
    ],
    [
      'the lowest class may buy the lowest risk',
      { profile: lowest, product: product({ riskLevel: 1 }) },
      'allow',
    ],
    [
      'C1 that is not of the lowest class may insist',
      { profile: profile({ level: 1 }), product: product({ riskLevel: 2 }) },
      'block RISK_LEVEL_ABOVE WARNING_NOT_CONFIRMED',
    ],
    [
      'expired and mismatching: all are listed, no warning is asked for',
      {
        profile: profile({ validUntil: localDate('2026-01-01') }),
        product: product(everything),
      },
      'block PROFILE_EXPIRED RISK_LEVEL_ABOVE TERM_TOO_LONG VARIETY_NOT_ACCEPTED',
    ],
    [
      'a professional is not matched',
      { profile: profile({ investorClass: 'professional' }), product: product(everything) },
      'allow PROFESSIONAL_INVESTOR',
    ],
    [
      'a professional who was never assessed',
      {
        profile: profile({ investorClass: 'professional', level: null, validUntil: null }),
      },
      'allow PROFESSIONAL_INVESTOR',
    ],
    [
      'back to ordinary without an assessment',
      { profile: profile({ level: null, validUntil: null, term: null }) },
      'block PROFILE_MISSING',
    ],
    ['no rules in force', { rules: undefined }, 'block RULE_NOT_EVALUATED'],
    [
      'a product nobody rated blocks, also for professionals',
      {
        profile: profile({ investorClass: 'professional' }),
        product: product({ riskLevel: 0, variety: 'art' }),
      },
      'block RULE_NOT_EVALUATED RULE_NOT_EVALUATED PROFESSIONAL_INVESTOR',
    ],
    [
      'a term that the rules do not know',
      { profile: profile({ term: 'for ever' }) },
      'block RULE_NOT_EVALUATED',
    ],
  ])('%s', (_, extra, expected) => {
    expect(line(extra)).toBe(expected);
  });

  test('a rule that blocks a mismatch leaves nothing to insist on', () => {
    const strict = {
      version: 2,
      content: { ...content, mismatch: { ...content.mismatch, level: 'block' as const } },
    };
    expect(line({ rules: strict, product: product({ riskLevel: 4 }) })).toBe(
      'block RISK_LEVEL_ABOVE',
    );
  });
});

describe('a warning fits one purchase', () => {
  const above = { product: product({ riskLevel: 4 }), warningId: 'W1' };
  const T = (text: string): Instant => instant(text);
  test.each<[string, Partial<DecisionInput>, Partial<WarningFact>, string]>([
    ['shown and confirmed', {}, {}, 'allowWarned RISK_LEVEL_ABOVE'],
    ['not confirmed', {}, { confirmedAt: null }, 'block RISK_LEVEL_ABOVE WARNING_NOT_CONFIRMED'],
    [
      'confirmed after the order',
      {},
      { confirmedAt: T('2026-03-02T02:00:00.001Z') },
      'block RISK_LEVEL_ABOVE WARNING_NOT_CONFIRMED',
    ],
    ['expired', {}, { expiresAt: AT }, 'block RISK_LEVEL_ABOVE WARNING_EXPIRED'],
    ['another customer', {}, { customerId: 'C2' }, 'block RISK_LEVEL_ABOVE WARNING_DIFFERS'],
    ['another product', {}, { fundCode: '000002' }, 'block RISK_LEVEL_ABOVE WARNING_DIFFERS'],
    ['another rule version', {}, { ruleVersion: 2 }, 'block RISK_LEVEL_ABOVE WARNING_DIFFERS'],
    [
      'the risk rose after it was shown',
      { product: product({ riskLevel: 5 }) },
      {},
      'block RISK_LEVEL_ABOVE WARNING_DIFFERS',
    ],
    [
      'a further mismatch came after it was shown',
      { product: product({ riskLevel: 4, variety: 'equity' }) },
      {},
      'block RISK_LEVEL_ABOVE VARIETY_NOT_ACCEPTED WARNING_DIFFERS',
    ],
    [
      'a new parameter version with the same rating still fits',
      { product: product({ riskLevel: 4, parameterVersion: 8 }) },
      {},
      'allowWarned RISK_LEVEL_ABOVE',
    ],
  ])('%s', (_, extra, change, expected) => {
    expect(line({ ...above, ...extra, warning: warningFor(above, change) })).toBe(expected);
  });

  test('an unknown warning id is named', () => {
    expect(line({ ...above, warningId: 'W9' })).toBe('block RISK_LEVEL_ABOVE WARNING_NOT_FOUND');
  });

  test('a warning cannot help the lowest class', () => {
    const lowest = { profile: profile({ level: 1, lowest: true }), ...above };
    const warning = warningFor(above);
    expect(line({ ...lowest, warning })).toBe('block RISK_LEVEL_ABOVE LOWEST_CLASS_BLOCKED');
  });
});

describe('properties', () => {
  const level = fc.constantFrom<InvestorLevel>(1, 2, 3, 4, 5);
  const anyProduct = fc.record({
    riskLevel: fc.integer({ min: 1, max: 5 }),
    term: fc.constantFrom(...content.termOrder),
    variety: fc.constantFrom(...content.varieties),
  });
  const anyProfile = fc.record({
    term: fc.constantFrom(...content.termOrder),
    varieties: fc.subarray(content.varieties),
  });

  test('a higher level, a longer term or more varieties never lose a product', () => {
    fc.assert(
      fc.property(level, level, anyProfile, anyProfile, anyProduct, (a, b, p, q, facts) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)] as [InvestorLevel, InvestorLevel];
        const order = content.termOrder;
        const longer = order[Math.max(order.indexOf(p.term), order.indexOf(q.term))] as string;
        const less = profile({ level: low, ...p });
        const varieties = [...new Set([...p.varieties, ...q.varieties])];
        const more = profile({ level: high, term: longer, varieties });
        const before = decide(input({ profile: less, product: product(facts) }));
        const after = decide(input({ profile: more, product: product(facts) }));
        expect(before.outcome === 'allow' ? after.outcome : 'allow').toBe('allow');
        expect(mismatchesOf(after.findings).length).toBeLessThanOrEqual(
          mismatchesOf(before.findings).length,
        );
      }),
    );
  });

  test('nothing above the lowest class is ever allowed to it, whatever warning is confirmed', () => {
    fc.assert(
      fc.property(anyProfile, anyProduct, (p, facts) => {
        const extra = {
          profile: profile({ level: 1, lowest: true, ...p }),
          product: product(facts),
          warningId: 'W1',
        };
        const { outcome } = decide(input({ ...extra, warning: warningFor(extra) }));
        expect(facts.riskLevel > 1 ? outcome : 'block').toBe('block');
      }),
    );
  });

  test('deciding twice gives the same evidence; a changed fact gives another digest', () => {
    const order = { bucket: 1, orderId: 'O1' };
    const { evidence, decision } = decideOrder(order, input());
    expect(disagreementsOf(evidence, decide(input()))).toEqual([]);
    expect(disagreementsOf(evidence, decision)).toEqual([]);
    const changed = decide(input({ profile: profile({ version: 2 }) }));
    expect(disagreementsOf(evidence, changed)).toEqual(['inputDigest']);
    const richer = { ...profile(), fromAt: AT, bucket: 1 };
    expect(decide(input({ profile: richer })).inputDigest).toBe(decision.inputDigest);
  });
});

test('a version was in force between its own instant and the next one, both included', () => {
  const [t1, t2, t3] = [
    AT,
    instant('2026-03-03T00:00:00.000Z'),
    instant('2026-03-04T00:00:00.000Z'),
  ];
  const own = { version: 1, fromAt: t1, nextFromAt: t2 };
  expect([t1, t2, t3].map((at) => wasInForce(own, at))).toEqual([true, true, false]);
  const second = { version: 2, fromAt: t2, nextFromAt: undefined };
  expect([t1, t2, t3].map((at) => wasInForce(second, at))).toEqual([false, true, true]);
  const none = { version: null, fromAt: undefined, nextFromAt: t2 };
  expect([t1, t2, t3].map((at) => wasInForce(none, at))).toEqual([true, true, false]);
});

describe('rules are read or refused', () => {
  test('the sample is usable and marked as a sample', () => {
    expect(parseRules(sampleRules)).toMatchObject({ ok: true, value: { sample: true } });
  });
  test.each<[string, object, string]>([
    ['a level that loses a product', { match: { ...content.match, '4': [1, 2] } }, '/match/4'],
    ['a lowest class above C1', { lowest: { riskLevels: [1, 2] } }, '/lowest/riskLevels'],
    ['an unknown field', { surprise: true }, ''],
    ['a risk level of six', { match: { ...content.match, '5': [6] } }, '/match/5/0'],
    [
      'a warning that names nothing',
      { warning: { ...content.warning, textEn: 'Beware.' } },
      '/warning/textEn',
    ],
  ])('%s', (_, change, place) => {
    const read = parseRules({ ...content, ...change });
    expect(read.ok ? [] : read.error.map(({ path }) => path)).toContain(place);
    for (const { message, messageZh } of read.ok ? [] : read.error) {
      expect(message).toMatch(/^[a-z]/);
      expect(messageZh).toMatch(/\p{Script=Han}/u);
    }
  });
});
