import { localDate, parsePrice, price } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import { type NavHistory, planNavs } from './nav-plan.ts';

const nav = (text: string) => parsePrice(text, { signed: true }) ?? price(-1n);
const arriving = (day: number, text: string, fundCode = '000001') => ({
  fundCode,
  navDate: localDate(`2026-03-0${day}`),
  nav: nav(text),
  source: 'test',
});
const today = localDate('2026-03-06');
const history = (standing: [number, string][], before?: string): Map<string, NavHistory> =>
  new Map([
    [
      '000001',
      {
        standing: standing.map(([day, text]) => ({
          navDate: localDate(`2026-03-0${day}`),
          nav: nav(text),
          version: 1,
        })),
        ...(before === undefined
          ? {}
          : { before: { navDate: localDate('2026-02-27'), nav: nav(before) } }),
        splits: [],
      },
    ],
  ]);

const fate = (items: ReturnType<typeof arriving>[], known = history([])) => {
  const plan = planNavs(items, known, today);
  return {
    write: plan.write.map((row) => [row.navDate.slice(8), row.version]),
    held: plan.held.map((row) => row.navDate.slice(8)),
    unchanged: plan.unchanged.map((row) => row.navDate.slice(8)),
    refused: plan.refused.map((row) => row.code),
  };
};

describe('arriving NAVs', () => {
  test('new, corrected and unchanged', () => {
    const items = [arriving(4, '1.02'), arriving(3, '1.011'), arriving(2, '1')];
    expect(
      fate(
        items,
        history([
          [2, '1'],
          [3, '1.01'],
        ]),
      ),
    ).toEqual({
      write: [
        ['03', 2],
        ['04', 1],
      ],
      held: [],
      unchanged: ['02'],
      refused: [],
    });
  });

  test('zero, negative, future, unknown fund and twice the same day are refused', () => {
    const items = [
      arriving(2, '0'),
      arriving(3, '-1'),
      arriving(7, '1'),
      arriving(4, '1', '999999'),
      arriving(5, '1'),
      arriving(5, '1'),
    ];
    expect(fate(items).refused).toEqual([
      'NAV_NOT_POSITIVE',
      'NAV_NOT_POSITIVE',
      'NAV_IN_FUTURE',
      'PRODUCT_UNKNOWN_FUND',
      'NAV_TWICE',
    ]);
  });

  test('a jump against what stands before is held', () => {
    expect(fate([arriving(2, '10.1')], history([], '1.0')).held).toEqual(['02']);
    expect(fate([arriving(3, '0.1')], history([[2, '1']])).held).toEqual(['03']);
  });

  test('a jump within the batch is held alone: the next is compared with the last good one', () => {
    const items = [arriving(2, '1'), arriving(3, '10.1'), arriving(4, '1.02')];
    expect(fate(items)).toMatchObject({
      write: [
        ['02', 1],
        ['04', 1],
      ],
      held: ['03'],
    });
  });

  test('a correction that arrives is what the next day is compared with', () => {
    const known = history([[2, '10']], '1.0');
    expect(fate([arriving(2, '1'), arriving(3, '1.01')], known)).toMatchObject({
      write: [
        ['02', 2],
        ['03', 1],
      ],
      held: [],
    });
  });
});
