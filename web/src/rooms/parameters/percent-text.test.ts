import { expect, test } from 'vitest';
import { percentOfRate, rateOfPercent } from './percent-text.ts';

test.each([
  ['1.5', '0.015'],
  ['0.15', '0.0015'],
  ['100', '1'],
  ['25', '0.25'],
  ['0', '0'],
  ['0.6', '0.006'],
  ['12.345678', '0.12345678'],
])('%s percent is the rate %s, and back', (percent, rate) => {
  expect(rateOfPercent(percent)).toBe(rate);
  expect(percentOfRate(rate)).toBe(percent);
});

test.each(['', '1,5', '-1', '1.', '.5', 'one', '1000'])('%j is no percentage', (text) => {
  expect(rateOfPercent(text)).toBeUndefined();
});

test('a rate with zeros behind it reads the same', () => {
  expect(percentOfRate('0.01500000')).toBe('1.5');
  expect(percentOfRate('1.00')).toBe('100');
});
