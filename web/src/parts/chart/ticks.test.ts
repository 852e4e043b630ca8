import { expect, test } from 'vitest';
import { shortAmount, ticksOf } from './ticks.ts';

test.each([
  ['zh-CN', [117_900, 118_200], [117_950, 118_000, 118_050], ['11.795万', '11.800万', '11.805万']],
  ['en', [117_900, 118_200], [117_950, 118_000, 118_050], ['117.95K', '118.00K', '118.05K']],
  ['zh-CN', [0, 90_000_000], [0, 20_000_000], ['0万', '2000万']],
  ['en', [8_000, 12_000], [8_000, 11_000], ['8K', '11K']],
  ['en', [250, 260], [250, 255], ['250', '255']],
] as const)(
  '%s: ticks of money between %j tell one from the next',
  (language, range, at, texts) => {
    expect(at.map(ticksOf(range, 'money', language))).toEqual(texts);
  },
);

test('prices, rates and points read as they are quoted', () => {
  expect([0.9, 1.05].map(ticksOf([0.9, 1.05], 'price', 'en'))).toEqual(['0.9000', '1.0500']);
  expect([0.02, -0.01].map(ticksOf([-0.01, 0.03], 'percent', 'en'))).toEqual(['2%', '−1%']);
  expect([1.5].map(ticksOf([0, 2], 'points', 'en'))).toEqual(['1.5%']);
});

test('one value alone, and none, have ticks', () => {
  expect([5, 0].map(ticksOf([5], 'money', 'en'))).toEqual(['5', '0']);
  expect([0].map(ticksOf([0], 'money', 'en'))).toEqual(['0.0']);
});

test.each([
  ['4.04', '4.04', '4.04'],
  ['-99.99', '−99.99', '−99.99'],
  ['134.90', '135', '135'],
  ['-9999.40', '−9,999', '−9,999'],
  ['15000.00', '1.5万', '15K'],
  ['-234567.89', '−23万', '−235K'],
])('%s is short', (amount, zh, en) => {
  expect([shortAmount(amount, 'zh-CN'), shortAmount(amount, 'en')]).toEqual([zh, en]);
});
