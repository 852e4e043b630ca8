import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './fixed.ts';
import { compileScenario, feesOn, readScenario, type ScenarioSource } from './scenario.ts';
import { sampleFund, sampleScenario } from './test-broker.ts';

const fund = sampleFund({ fundCode: '000001' });
const good = sampleScenario([fund]);

describe('a scenario', () => {
  it('reads the same from a file and from a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-scenario-'));
    try {
      const dividends = [
        { fundCode: '000001', recordDate: '2026-01-08', exDate: '2026-01-09', perUnit: '0.05' },
        {
          fundCode: '000001',
          recordDate: '2026-02-05',
          exDate: '2026-02-05',
          payDate: '2026-02-10',
          perUnit: '0.0123',
        },
      ];
      const navs = { '000001': { '2026-01-05': '1.0000', '2026-01-06': ['1.1', '1.2'] as const } };
      const source: ScenarioSource = { ...good, navs, dividends };
      writeFileSync(join(folder, 'all.json'), JSON.stringify(source));
      const { navs: _navs, dividends: _dividends, tradingDays, ...base } = source;
      writeFileSync(join(folder, 'scenario.json'), JSON.stringify(base));
      const table = (name: string, lines: readonly string[]) =>
        writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
      table('trading-days.csv', ['date', ...tradingDays]);
      table('navs.csv', [
        'fundCode,date,nav,accumulated',
        '000001,2026-01-05,1.0000,',
        '000001,2026-01-06,1.1,1.2',
      ]);
      table('dividends.csv', [
        'fundCode,recordDate,exDate,payDate,perUnit',
        '000001,2026-01-08,2026-01-09,,0.05',
        '000001,2026-02-05,2026-02-05,2026-02-10,0.0123',
      ]);
      expect(readScenario(folder)).toEqual(source);
      expect(readScenario(join(folder, 'all.json'))).toEqual(source);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes the fees in force on the day of the application', () => {
    const schedule = (effectiveDate: string, rate: string) => ({
      effectiveDate,
      purchase: [{ fromAmount: '0', rate }],
      subscription: [],
      redemption: [],
    });
    const feeSchedules = [schedule('2026-01-01', '0.008'), schedule('2019-01-01', '0.015')];
    const compiled = compileScenario(sampleScenario([{ ...fund, feeSchedules }]));
    const own = compiled.funds.get('000001');
    const rateOn = (day: string) => own && feesOn(own, day).purchase;
    expect(rateOn('2025-12-31')).toEqual([{ fromAmount: 0n, rate: parseDecimal('0.015', 8, '') }]);
    expect(rateOn('2026-01-01')).toEqual([{ fromAmount: 0n, rate: parseDecimal('0.008', 8, '') }]);
    expect(rateOn('2018-12-31')).toEqual([]);
  });

  const dividend = { fundCode: '000001', recordDate: '2026-01-08', exDate: '2026-01-08' };
  it.each<[string, Partial<ScenarioSource>, string]>([
    ['a NAV of five decimals', { navs: { '000001': { '2026-01-05': '1.00005' } } }, '4 decimals'],
    ['a NAV of zero', { navs: { '000001': { '2026-01-05': '0' } } }, 'NAV 0'],
    ['a NAV too wide', { navs: { '000001': { '2026-01-05': '1000' } } }, 'NAV 1000'],
    ['a fund twice', { funds: [fund, fund] }, 'twice'],
    ['a fund code too long', { funds: [{ ...fund, fundCode: '0000001' }] }, 'not a fund code'],
    ['no day to confirm', { funds: [{ ...fund, confirmDays: 0 }] }, 'confirmDays 0'],
    ['an allotment of all', { funds: [{ ...fund, allotment: '1' }] }, 'allotment 1'],
    ['an allotment of nothing', { funds: [{ ...fund, allotment: '0' }] }, 'allotment 0'],
    ['half an offer', { funds: [{ ...fund, offerStart: '2026-01-05' }] }, 'start, end and set-up'],
    [
      'set-up before the end of the offer',
      {
        funds: [
          { ...fund, offerStart: '2026-01-05', offerEnd: '2026-01-09', setUpDate: '2026-01-08' },
        ],
      },
      'not in order',
    ],
    [
      'a dividend of no fund',
      { dividends: [{ ...dividend, fundCode: '000009', perUnit: '1' }] },
      'unknown fund',
    ],
    [
      'an ex-date before the record date',
      { dividends: [{ ...dividend, exDate: '2026-01-07', perUnit: '1' }] },
      'is before',
    ],
    ['a dividend of nothing', { dividends: [{ ...dividend, perUnit: '0' }] }, 'nothing is paid'],
    [
      'two dividends of one day',
      { dividends: [dividend, dividend].map((row) => ({ ...row, perUnit: '1' })) },
      'there are two',
    ],
    ['days out of order', { tradingDays: ['2026-01-06', '2026-01-05'] }, 'must ascend'],
  ])('with %s is refused', (_what, over, message) => {
    expect(() => compileScenario({ ...good, ...over })).toThrow(message);
  });
});
