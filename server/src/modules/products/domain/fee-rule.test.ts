import { readFileSync } from 'node:fs';
import { localDate, parseRate, rate } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import {
  assessFeeSchedule,
  assessServiceFee,
  type FeeRule,
  readRuleContent,
  type RuleContent,
  rulesInForce,
} from './fee-rule.ts';
import type { FundType } from './terms.ts';
import { type FeeKind, readTiers, type WireTier } from './tiers.ts';

// The rows themselves, as the migration loads them, so that the data is what is tested.
const sql = readFileSync(new URL('../migrations/0002-fee-rules.sql', import.meta.url), 'utf8');
const rows = sql.matchAll(
  /\('([\w-]+)', '([\d-]+)', '(\w+)',\s*'\{([\w,]+)\}',\s*(null|true|false), '(\w+)',\s*'(\{[^']+\})',\s*'([^']+)'\)/g,
);
const rules: FeeRule[] = [...rows].map(
  ([, ruleId = '', date = '', item, types = '', service, investor, content = '', note = '']) => ({
    ruleId,
    effectiveDate: localDate(date),
    item: item as FeeRule['item'],
    fundTypes: types.split(','),
    ...(service === 'null' ? {} : { chargesServiceFee: service === 'true' }),
    investor: investor as FeeRule['investor'],
    ...readRuleContent(JSON.parse(content) as RuleContent),
    sourceNote: note,
  }),
);

function breaches(
  kind: FeeKind,
  wire: readonly WireTier[],
  options: { on: string; type?: FundType; service?: boolean },
): string[] {
  const { tiers } = readTiers(kind, wire);
  if (tiers === undefined) return ['unreadable'];
  const fund = { fundType: options.type ?? 'equity', chargesServiceFee: options.service ?? false };
  return assessFeeSchedule(tiers, localDate(options.on), fund, rules).map((f) => {
    const d = f.details ?? {};
    return `${f.code} ${String(d['ruleId'])} ${String(d['fromDays'] ?? d['tier'])}`;
  });
}

const days = (fromDays: string, at: string, toFundShare = '1'): WireTier => ({
  fromDays,
  rate: at,
  toFundShare,
});
const newLadder = [days('0', '0.015'), days('7', '0.01'), days('30', '0.005'), days('180', '0')];
const oldLadder = [
  days('0', '0.015'),
  days('7', '0.0075'),
  days('30', '0.005', '0.75'),
  days('90', '0.005', '0.5'),
  days('180', '0', '0.25'),
];

describe('the rule in force', () => {
  test('every row of the migration was read, each with a source', () => {
    expect(rules.length).toBe((sql.match(/^ {2}\('/gm) ?? []).length);
    expect(rules.every((rule) => rule.sourceNote !== '')).toBe(true);
  });

  test.each([
    ['2012-01-01', 0],
    ['2015-01-01', 3],
    ['2018-03-31', 4],
    ['2025-12-31', 4],
    ['2026-01-01', rules.filter((r) => r.effectiveDate === '2026-01-01').length],
  ])('on %s has %i rows', (on, count) => {
    expect(rulesInForce(rules, localDate(on))).toHaveLength(count);
  });
});

describe('purchase caps', () => {
  test.each([
    ['equity', '0.008', '0.0081'],
    ['equityMixed', '0.008', '0.015'],
    ['mixed', '0.005', '0.0051'],
    ['index', '0.003', '0.0031'],
    ['bond', '0.003', '0.008'],
  ] as const)('%s since 2026: %s passes, %s does not', (type, within, above) => {
    const on = '2026-01-01';
    expect(breaches('purchase', [{ fromAmount: '0', rate: within }], { on, type })).toEqual([]);
    const found = breaches('subscription', [{ fromAmount: '0', rate: above }], { on, type });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^FEE_ABOVE_CAP 2026-purchase/);
    expect(
      breaches('purchase', [{ fromAmount: '0', rate: above }], { on: '2025-12-31', type }),
    ).toEqual([]);
  });

  test('every tier above the cap is named, a flat fee by its share of its least amount', () => {
    const wire = [
      { fromAmount: '0', rate: '0.015' },
      { fromAmount: '1000', rate: '0.012' },
      { fromAmount: '100000', flat: '1000' },
      { fromAmount: '5000000', flat: '1000' },
    ];
    expect(breaches('purchase', wire, { on: '2026-03-01' })).toEqual([
      'FEE_ABOVE_CAP 2026-purchase-equity 1',
      'FEE_ABOVE_CAP 2026-purchase-equity 2',
      'FEE_ABOVE_CAP 2026-purchase-equity 3',
    ]);
  });
});

describe('redemption ladders', () => {
  test('the new ladder passes since 2026, for classes with service fee too', () => {
    expect(breaches('redemption', newLadder, { on: '2026-01-01' })).toEqual([]);
    expect(breaches('redemption', newLadder, { on: '2026-01-01', service: true })).toEqual([]);
  });

  test('the old ladder passes before 2026 and breaks the new one in every step it misses', () => {
    expect(breaches('redemption', oldLadder, { on: '2019-01-02' })).toEqual([]);
    expect(breaches('redemption', oldLadder, { on: '2026-01-01' })).toEqual([
      'FEE_BELOW_LADDER 2026-redemption 7',
      'FEE_SHARE_BELOW_RULE 2026-redemption 30',
      'FEE_SHARE_BELOW_RULE 2026-redemption 90',
    ]);
  });

  test('a class with service fee before 2026: 1.5 % below 7 days, 0.5 % below 30', () => {
    const on = '2019-01-02';
    const wire = [days('0', '0.015'), days('7', '0.005'), days('30', '0')];
    expect(breaches('redemption', wire, { on, service: true })).toEqual([]);
    expect(breaches('redemption', wire, { on, service: false })).toEqual([
      'FEE_BELOW_LADDER 2018-redemption-no-service 7',
      'FEE_BELOW_LADDER 2018-redemption-no-service 30',
      'FEE_BELOW_LADDER 2018-redemption-no-service 90',
    ]);
    const before = [days('0', '0.005'), days('30', '0')];
    expect(breaches('redemption', before, { on: '2018-03-30', service: true })).toEqual([]);
  });

  test('a free tier that covers two steps is named in both', () => {
    expect(
      breaches('redemption', [days('0', '0.015'), days('7', '0')], { on: '2026-02-01' }),
    ).toEqual(['FEE_BELOW_LADDER 2026-redemption 7', 'FEE_BELOW_LADDER 2026-redemption 30']);
  });

  test('one schedule serves persons and institutions: the institution rows bind', () => {
    const on = '2026-02-01';
    const short = [days('0', '0.015'), days('7', '0')];
    expect(breaches('redemption', short, { on, type: 'bond' })).toEqual([
      'FEE_BELOW_LADDER 2026-redemption-bond-institution 7',
    ]);
    const monthly = [days('0', '0.015'), days('7', '0.01'), days('30', '0')];
    expect(breaches('redemption', monthly, { on, type: 'bond' })).toEqual([]);
    expect(breaches('redemption', monthly, { on, type: 'index' })).toEqual([
      'FEE_BELOW_LADDER 2026-redemption-index-institution 30',
    ]);
  });

  test('money funds and ETFs are outside the ladder', () => {
    for (const type of ['money', 'etf', 'certificateIndex'] as const) {
      expect(breaches('redemption', [days('0', '0')], { on: '2026-02-01', type })).toEqual([]);
      expect(breaches('redemption', [days('0', '0')], { on: '2019-02-01', type })).toEqual([]);
    }
  });

  test('published schedules: a bond fund and an index feeder of 2022', () => {
    const bond = [
      days('0', '0.015'),
      days('7', '0.003', '0.25'),
      days('180', '0.001', '0.25'),
      days('365', '0.0005', '0.25'),
      days('730', '0'),
    ];
    expect(breaches('redemption', bond, { on: '2022-01-01', type: 'bond' })).toEqual([]);
    const feeder = [
      days('0', '0.015'),
      days('7', '0.005'),
      days('365', '0.0025'),
      days('730', '0'),
    ];
    expect(breaches('redemption', feeder, { on: '2022-01-01', type: 'index' })).toEqual([]);
  });
});

describe('yearly service fee', () => {
  test.each([
    ['equity', '0.004', '0.005'],
    ['bond', '0.002', '0.0021'],
    ['money', '0.0015', '0.0025'],
  ] as const)('%s since 2026: %s passes, %s does not', (type, within, above) => {
    const found = (text: string, on: string) =>
      assessServiceFee(parseRate(text) ?? rate(-1n), localDate(on), type, rules).length;
    expect(found(within, '2026-01-01')).toBe(0);
    expect(found(above, '2026-01-01')).toBe(1);
    expect(found(above, '2025-12-31')).toBe(0);
  });
});
