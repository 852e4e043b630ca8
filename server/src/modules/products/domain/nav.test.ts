import { localDate, parsePrice, price } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import { isNavJump } from './nav.ts';

const nav = (text: string) => parsePrice(text) ?? price(-1n);
const at = (date: string, text: string) => ({ navDate: localDate(date), nav: nav(text) });

describe('a NAV jump', () => {
  test.each([
    ['1.2345', '12.3450', true],
    ['1.2345', '12.1100', true],
    ['1.2345', '0.1234', true],
    ['1.2345', '0.1261', true],
    ['1.0000', '2.0000', false],
    ['1.0000', '0.5000', false],
    ['1.0000', '1.0100', false],
  ])('from %s to %s: %s', (before, now, jumps) => {
    expect(isNavJump(at('2026-03-03', now), at('2026-03-02', before), [])).toBe(jumps);
  });

  test('a first NAV is no jump', () => {
    expect(isNavJump(at('2026-03-03', '100'), undefined, [])).toBe(false);
  });

  test('a split explains its own factor, only between the two dates', () => {
    const before = at('2022-01-12', '5.5000');
    const after = at('2022-01-13', '1.1000');
    const split = (date: string) => [{ exDate: localDate(date), ratio: nav('5') }];
    expect(isNavJump(after, before, [])).toBe(true);
    expect(isNavJump(after, before, split('2022-01-13'))).toBe(false);
    expect(isNavJump(after, before, split('2022-01-12'))).toBe(true);
    expect(isNavJump(after, before, split('2022-01-14'))).toBe(true);
  });
});
