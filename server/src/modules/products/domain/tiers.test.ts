import { describe, expect, test } from 'vitest';
import { formatTiers, readTiers } from './tiers.ts';

const codes = (kind: 'purchase' | 'redemption', wire: Parameters<typeof readTiers>[1]) =>
  readTiers(kind, wire).findings.map((f) => [f.code, f.details?.['field']]);

describe('tiers', () => {
  test('are read and written back in one form', () => {
    const { tiers, findings } = readTiers('purchase', [
      { fromAmount: '0', rate: '0.015' },
      { fromAmount: '5000000', flat: '1000' },
    ]);
    expect(findings).toEqual([]);
    expect(tiers && formatTiers(tiers)).toEqual([
      { fromAmount: '0.00', rate: '0.01500000' },
      { fromAmount: '5000000.00', flat: '1000.00' },
    ]);
    const redemption = readTiers('redemption', [
      { fromDays: '0', rate: '0.015', toFundShare: '1' },
    ]);
    expect(redemption.tiers && formatTiers(redemption.tiers)).toEqual([
      { fromDays: '0', rate: '0.01500000', toFundShare: '1.00000000' },
    ]);
  });

  test.each([
    ['a fee of −1 %', [{ fromAmount: '0', rate: '-0.01' }], 'rate'],
    ['a rate 100 times too high', [{ fromAmount: '0', rate: '1.5' }], 'rate'],
    ['no rate and no flat fee', [{ fromAmount: '0' }], 'rate'],
    ['both', [{ fromAmount: '0', rate: '0.01', flat: '0' }], 'rate'],
    ['a flat fee above the amount', [{ fromAmount: '0', flat: '5' }], 'flat'],
    ['an exponent', [{ fromAmount: '1e3', rate: '0.01' }], 'fromAmount'],
    ['days on a purchase', [{ fromAmount: '0', fromDays: '7', rate: '0.01' }], 'fromDays'],
  ])('refuses %s', (_name, wire, field) => {
    expect(codes('purchase', wire)).toContainEqual(['FEE_TIER_FIELD_INVALID', field]);
  });

  test('must begin at zero and rise', () => {
    expect(codes('purchase', [])).toEqual([['FEE_TIERS_START', undefined]]);
    const wire = [
      { fromDays: '7', rate: '0', toFundShare: '1' },
      { fromDays: '7', rate: '0', toFundShare: '1' },
    ];
    expect(codes('redemption', wire).map(([code]) => code)).toEqual([
      'FEE_TIERS_START',
      'FEE_TIERS_ORDER',
    ]);
  });

  test('returns every fault of a redemption tier', () => {
    const found = codes('redemption', [
      { fromDays: '-1', rate: '2', toFundShare: '1.1', flat: '1' },
    ]);
    expect(found.map(([, field]) => field)).toEqual(['fromDays', 'rate', 'toFundShare', 'flat']);
  });
});
