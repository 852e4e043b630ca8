import { expect, test } from 'vitest';
import { exactNumber, harmlessText } from './cells.ts';
import { groupDigits, shownText } from './document.ts';
import { placeCurve } from './placed-curve.ts';

test('digits are grouped and nothing is rounded', () => {
  expect(['0.00', '999.5', '-1234567.891', '1234', 'R3', '2026-03-02'].map(groupDigits)).toEqual([
    '0.00',
    '999.5',
    '-1,234,567.891',
    '1,234',
    'R3',
    '2026-03-02',
  ]);
  expect(shownText('gain', '1234.00')).toBe('+1,234.00');
  expect(shownText('gain', '0.00')).toBe('0.00');
  expect(shownText('gain', '-0.01')).toBe('-0.01');
  expect(shownText('figure', undefined)).toBe('—');
});

test('what a spreadsheet would run is quoted, and nothing else', () => {
  const bad = ['=1+1', '+A1', '-A1', '@SUM(A1)', '\t=1', '\r=1', '\0=1', '＝1'];
  expect(bad.map(harmlessText)).toEqual(bad.map((text) => `'${text}`));
  for (const text of ['张三', '990321', '', 'a=b']) expect(harmlessText(text)).toBe(text);
});

test('a number that a double would round is no number of a workbook', () => {
  const held = ['0.00', '-12.34', '9999999999999.99', '0.00012345'];
  expect(held.map(exactNumber)).toEqual([0, -12.34, 9999999999999.99, 0.00012345]);
  const lost = ['12345678901234.56', '', '1e3', 'NaN', '1,000.00', '=1'];
  expect(lost.map(exactNumber)).toEqual(lost.map(() => undefined));
});

test('a curve fills its box between round values, and one that stands still has a line', () => {
  const box = { left: 10, top: 20, width: 100, height: 40 };
  const { points, ticks } = placeCurve([{ value: '10.00' }, { value: '30.00' }], box);
  expect(points.map(({ x }) => x)).toEqual([10, 110]);
  expect(ticks.map(({ text }) => text)).toEqual(['10', '15', '20', '25', '30']);
  expect(points[0]?.y).toBe(60);
  expect(points[1]?.y).toBe(20);
  for (const value of ['0.00', '500000.00']) {
    const flat = placeCurve([{ value }, { value }], box).points;
    expect(flat.every(({ y }) => y >= 20 && y <= 60)).toBe(true);
  }
});
