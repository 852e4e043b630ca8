import { describe, expect, test } from 'vitest';
import {
  directionOf,
  exactPercentText,
  fromMinorUnits,
  groupAmounts,
  groupDecimal,
  percentText,
  plainDigits,
} from './decimal.ts';

describe('decimal text made readable', () => {
  test.each([
    ['0', undefined, '0'],
    ['1234567.8', 2, '1,234,567.80'],
    ['-1234.005', 2, '−1,234.01'],
    ['999.995', 2, '1,000.00'],
    ['-0.004', 2, '0.00'],
    ['123', 2, '123.00'],
    ['100', undefined, '100'],
    ['9007199254740993.01', 2, '9,007,199,254,740,993.01'],
    ['007', 0, '7'],
    ['n/a', 2, 'n/a'],
    ['', 2, ''],
  ])('%s with %s decimals reads %s', (text, decimals, shown) => {
    expect(groupDecimal(text, decimals)).toBe(shown);
  });

  test.each([
    ['0.01500000', '1.50%', '1.50%'],
    ['1.00000000', '100.00%', '100.00%'],
    ['0.00123400', '0.12%', '0.1234%'],
    ['-0.12345678', '−12.35%', '−12.345678%'],
    ['12.5', '1,250.00%', '1,250.00%'],
    ['0', '0.00%', '0.00%'],
  ])('the rate %s reads %s, exactly %s', (rate, shown, exact) => {
    expect(percentText(rate)).toBe(shown);
    expect(exactPercentText(rate)).toBe(exact);
  });

  test.each([
    ['0.00', 'flat'],
    ['-0.00', 'flat'],
    ['0.01', 'up'],
    ['-3', 'down'],
    ['?', 'flat'],
  ])('%s points %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });

  test.each([
    ['560000000', '5600000.00'],
    ['5', '0.05'],
    ['-120', '-1.20'],
    ['x', 'x'],
  ])('%s fen read %s', (minor, text) => {
    expect(fromMinorUnits(minor)).toBe(text);
  });

  test('amounts within a sentence are grouped, other numbers are not', () => {
    expect(groupAmounts('69000.00 with the 0.00 is above 50000.00.')).toBe(
      '69,000.00 with the 0.00 is above 50,000.00.',
    );
    for (const text of ['fund 990321', 'version 1.2026', 'A1234.00', '2026-03-06', '1234.5678']) {
      expect(groupAmounts(text)).toBe(text);
    }
  });

  test('what is copied pastes into a spreadsheet as a number', () => {
    expect(plainDigits('−1,234,567.80')).toBe('-1234567.80');
    expect(plainDigits('1,234\t99,5')).toBe('1234\t99,5');
  });
});
