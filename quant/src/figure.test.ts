import { describe, expect, test } from 'vitest';
import { absent, figure, REASONS } from './index.ts';

describe('a figure', () => {
  test('carries a finite value', () => {
    expect(figure(0.25)).toEqual({ value: 0.25 });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'says why instead of %d',
    (value) => {
      expect(figure(value, 'ZERO_DENOMINATOR')).toEqual(absent('ZERO_DENOMINATOR'));
    },
  );

  test('has a sentence in both languages for each reason', () => {
    for (const { en, zh } of Object.values(REASONS)) {
      expect(en).toMatch(/[a-z]/);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
