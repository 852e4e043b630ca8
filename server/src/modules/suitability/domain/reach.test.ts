import { instant, localDate } from '@cairn/kernel';
import { expect, test } from 'vitest';
import sampleRules from '../sample/rules.json' with { type: 'json' };
import { decide } from './decide.ts';
import type { InvestorLevel, ProfileFact } from './facts.ts';
import { reachOf } from './reach.ts';
import { parseRules } from './rules.ts';

const read = parseRules(sampleRules);
if (!read.ok) throw new Error('the sample rules are right');
const rules = read.value;

const profile = (change: Partial<ProfileFact>): ProfileFact => ({
  version: 1,
  level: 3,
  lowest: false,
  term: 'y1_3',
  varieties: ['money', 'fixedIncome', 'mixed'],
  investorClass: 'ordinary',
  validUntil: localDate('2027-01-01'),
  ...change,
});

test('a moderate customer reaches three risk levels, and the others after a warning', () => {
  expect(reachOf(profile({}), rules)).toEqual({
    riskLevels: [1, 2, 3],
    warnedRiskLevels: [4, 5],
    terms: ['d0_90', 'd90_365', 'y1_3'],
    warnedTerms: ['y3_plus'],
    varieties: ['money', 'fixedIncome', 'mixed'],
    warnedVarieties: ['equity', 'commodity', 'overseas', 'alternative'],
  });
});

test('the lowest class reaches the lowest risk, and nothing above it after any warning', () => {
  const reach = reachOf(profile({ level: 1, lowest: true }), rules);
  expect([reach?.riskLevels, reach?.warnedRiskLevels]).toEqual([[1], []]);
});

test('who was never assessed reaches nothing that can be told; a professional reaches all', () => {
  const unassessed = { level: null, term: null, varieties: [], validUntil: null };
  expect(reachOf(profile(unassessed), rules)).toBeUndefined();
  const professional = profile({ ...unassessed, investorClass: 'professional' });
  expect(reachOf(professional, rules)?.riskLevels).toEqual([1, 2, 3, 4, 5]);
});

// The view and the decision must never differ: every profile against every product.
test('what is told is what is decided', () => {
  const at = instant('2026-06-01T02:00:00.000Z');
  const profiles = ([1, 2, 3, 4, 5] as InvestorLevel[]).flatMap((level) =>
    rules.termOrder.flatMap((term) =>
      [false, level === 1].map((lowest) =>
        profile({ level, lowest, term, varieties: ['money', 'equity'] }),
      ),
    ),
  );
  const seen = new Set<string>();
  for (const own of profiles) {
    const reach = reachOf(own, rules);
    if (reach === undefined) throw new Error('an assessed customer has a reach');
    for (const riskLevel of [1, 2, 3, 4, 5]) {
      for (const term of rules.termOrder) {
        for (const variety of ['money', 'mixed']) {
          const product = { fundCode: '000001', riskLevel, term, variety, parameterVersion: 1 };
          const { outcome, findings } = decide({
            at,
            customerId: 'C000000000000000',
            profile: own,
            product,
            rules: { version: 1, content: rules },
          });
          const isWarned = findings.some(({ code }) => code === 'WARNING_NOT_CONFIRMED');
          const decided = outcome === 'allow' ? 'matches' : isWarned ? 'warned' : 'never';
          const all = [
            [reach.riskLevels.includes(riskLevel), reach.warnedRiskLevels.includes(riskLevel)],
            [reach.terms.includes(term), reach.warnedTerms.includes(term)],
            [reach.varieties.includes(variety), reach.warnedVarieties.includes(variety)],
          ] as const;
          const isReached = all.every(([match, warned]) => match || warned);
          const told = all.every(([match]) => match) ? 'matches' : isReached ? 'warned' : 'never';
          seen.add(told);
          expect([own, product, told]).toEqual([own, product, decided]);
        }
      }
    }
  }
  expect([...seen].toSorted()).toEqual(['matches', 'never', 'warned']);
});
