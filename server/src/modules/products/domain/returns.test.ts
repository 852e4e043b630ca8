import { localDate, parsePrice, type Price } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import { computeReturn, startOf, type UnitEvent } from './returns.ts';

const p = (text: string): Price => {
  const value = parsePrice(text);
  if (value === undefined) throw new Error(text);
  return value;
};
const at = (navDate: string, nav: string) => ({ navDate: localDate(navDate), nav: p(nav) });
const dividend = (exDate: string, perUnit: string, nav: string): UnitEvent => ({
  kind: 'dividend',
  exDate: localDate(exDate),
  perUnit: p(perUnit),
  nav: p(nav),
});

describe('the return of a period', () => {
  const from = at('2026-01-05', '1.0000');
  const to = at('2026-03-05', '1.0500');

  test.each<[string, readonly UnitEvent[], string]>([
    ['without events it is the growth of the NAV', [], '5.00'],
    [
      'a dividend is reinvested at the NAV of its ex date: 1.05 × (1.00 + 0.05) ÷ 1.00',
      [dividend('2026-02-02', '0.0500', '1.0000')],
      '10.25',
    ],
    [
      'a unit split in two is worth two',
      [{ kind: 'split', exDate: localDate('2026-02-02'), ratio: p('2') }],
      '110.00',
    ],
    [
      'what happened on the first day is in its NAV already, what happened on the last day counts',
      [dividend('2026-01-05', '0.0500', '1.0000'), dividend('2026-03-05', '0.1050', '1.0500')],
      '15.50',
    ],
    ['what happens later does not count', [dividend('2026-03-06', '0.05', '1.05')], '5.00'],
  ])('%s', (_name, events, expected) => {
    expect(computeReturn(from, to, events)).toBe(expected);
  });

  test('is rounded once, half away from zero, with its sign', () => {
    expect(computeReturn(at('2026-01-05', '3.0000'), at('2026-01-06', '2.0000'), [])).toBe(
      '-33.33',
    );
    expect(computeReturn(at('2026-01-05', '1.0000'), at('2026-01-06', '1.00005'), [])).toBe('0.01');
    expect(computeReturn(at('2026-01-05', '1.0000'), at('2026-01-06', '0.99995'), [])).toBe(
      '-0.01',
    );
    expect(computeReturn(at('2026-01-05', '1.0000'), at('2026-01-06', '1.00004'), [])).toBe('0.00');
  });
});

test.each([
  ['w1', '2026-02-26'],
  ['m1', '2026-02-05'],
  ['m3', '2025-12-05'],
  ['m6', '2025-09-05'],
  ['ytd', '2025-12-31'],
  ['y1', '2025-03-05'],
  ['y3', '2023-03-05'],
] as const)('%s up to 5 March 2026 begins at the close of %s', (period, expected) => {
  expect(startOf(period, localDate('2026-03-05'))).toBe(expected);
});

test('a month that is shorter begins on its last day', () => {
  expect(startOf('m1', localDate('2026-03-31'))).toBe('2026-02-28');
});
