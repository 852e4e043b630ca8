import { amount } from '@cairn/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { computeSlices } from './allocation.ts';

it('puts the largest first and leaves out what is nothing', () => {
  const parts = [
    { key: 'bond', value: amount(1_000n) },
    { key: 'equity', value: amount(1_500n) },
    { key: 'bond', value: amount(500n) },
    { key: 'money', value: amount(0n) },
  ];
  expect(computeSlices(parts)).toEqual([
    { key: 'bond', value: 1_500n, weight: '50.00' },
    { key: 'equity', value: 1_500n, weight: '50.00' },
  ]);
  expect(computeSlices([])).toEqual([]);
});

it('adds up to exactly one hundred percent', () => {
  const part = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    value: fc.bigInt({ min: 1n, max: 10n ** 15n }).map((value) => amount(value)),
  });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (parts) => {
      const cents = computeSlices(parts).map(({ weight }) => BigInt(weight.replace('.', '')));
      expect(cents.reduce((sum, one) => sum + one, 0n)).toBe(10_000n);
    }),
  );
});
