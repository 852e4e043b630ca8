import { expect, test } from 'vitest';
import { figuresOf, isKept, summary } from './report.ts';

const X = { zh: '查找', en: 'search' };
const ms = (count: number, each: number): number[] => Array<number>(count).fill(each);

test.each([
  ['all within', ms(100, 200), true],
  ['95 of 100 within', [...ms(96, 20), ...ms(4, 900)], true],
  ['too many beyond', [...ms(90, 20), ...ms(10, 201)], false],
  ['nothing was measured', [], false],
])('a promise is kept when 95 of 100 keep it: %s', (_case, values, kept) => {
  expect(isKept(summary(X, values, 200))).toBe(kept);
  expect(isKept(summary(X, values))).toBe(true);
});

test('figures say every row in both languages, and which promise is not kept', () => {
  const rows = [summary(X, ms(10, 201), 200), summary({ zh: '第 2 页', en: 'page 2' }, ms(1, 30))];
  expect(figuresOf(2000, rows)).toEqual([
    { zh: '每个列表的行数', en: 'rows of each list', value: 2000, unit: '' },
    {
      zh: '查找：50/95 分位、最长（95 分位至多 200）',
      en: 'search: p50, p95, longest (p95 at most 200)',
      value: '201, 201, 201',
      unit: 'ms',
    },
    {
      zh: '第 2 页：50/95 分位、最长',
      en: 'page 2: p50, p95, longest',
      value: '30, 30, 30',
      unit: 'ms',
    },
    { zh: '未达承诺之处', en: 'promises not kept', value: 'search', unit: '' },
  ]);
});
