import { describe, expect, test } from 'vitest';
import { feesOf, raiseToRule, readSchedules } from './fees.ts';

const file = [
  {
    fund_code: '400030',
    purchase_tiers: [
      { range: '申购金额＜50万元', rate: '0.80%' },
      { range: '50万元≤申购金额＜500万元', rate: '0.50%' },
      { range: '申购金额≥1000万元', rate: '1000.00元/笔' },
    ],
    redeem_tiers: [
      { range: '持有期限＜7日', rate: '1.50%' },
      { range: '7日≤持有期限＜180日', rate: '0.30%' },
      { range: '持有期限≥730日', rate: '0.00%' },
    ],
  },
  {
    fund_code: '008975',
    declare_tiers: [
      { range: '买入金额<100.0万', pct: 1.2 },
      { range: '500.0万<=买入金额', flat_yuan: 1000 },
    ],
    withdraw_tiers: [
      { range: '0.0天<持有期限<7.0天', pct: 1.5 },
      { range: '7.0天<=持有期限<365.0天', pct: 0.5 },
      { range: '365.0天<=持有期限<2.0年', pct: 0.25 },
      { range: '2.0年<=持有期限', pct: 0 },
    ],
  },
];

const short = (rate: string | undefined) => rate?.replace(/\.?0+$/, '');

describe('the two real fee schedules', () => {
  test('are read into yuan, days and fractions of one, exactly', () => {
    expect(readSchedules(file)).toEqual({
      bond: {
        purchase: [
          { fromAmount: '0', rate: '0.00800000' },
          { fromAmount: '500000.00', rate: '0.00500000' },
          { fromAmount: '10000000.00', flat: '1000.00' },
        ],
        redemption: [
          { fromDays: 0, rate: '0.01500000' },
          { fromDays: 7, rate: '0.00300000' },
          { fromDays: 730, rate: '0.00000000' },
        ],
      },
      equity: {
        purchase: [
          { fromAmount: '0', rate: '0.01200000' },
          { fromAmount: '5000000.00', flat: '1000' },
        ],
        redemption: [
          { fromDays: 0, rate: '0.01500000' },
          { fromDays: 7, rate: '0.00500000' },
          { fromDays: 365, rate: '0.00250000' },
          { fromDays: 730, rate: '0.00000000' },
        ],
      },
    });
  });

  test('a range that nobody wrote before is not guessed', () => {
    const strange = structuredClone(file);
    const first = strange[0]?.redeem_tiers?.[0];
    if (first === undefined) throw new Error('the tier is there');
    first.range = '持有不足一周';
    expect(() => readSchedules(strange)).toThrow('a range of days that is read');
  });

  test('the rule’s least rate wins where it is higher, on the steps of both', () => {
    const steps = raiseToRule(
      [
        { fromDays: 0, rate: '0.001' },
        { fromDays: 20, rate: '0.02' },
        { fromDays: 365, rate: '0' },
      ],
      [
        { fromDays: 0, rate: '0.015', toFundShare: '1' },
        { fromDays: 30, rate: '0.005', toFundShare: '0.5' },
      ],
    );
    expect(steps.map((step) => ({ ...step, rate: short(step.rate) }))).toEqual([
      { fromDays: 0, rate: '0.015', toFundShare: '1' },
      { fromDays: 20, rate: '0.02', toFundShare: '1' },
      { fromDays: 30, rate: '0.02', toFundShare: '0.5' },
      { fromDays: 365, rate: '0.005', toFundShare: '0.5' },
    ]);
  });

  test('a mixed fund owes the ladder, a bond fund only the first seven days', () => {
    const of = (type: string) =>
      feesOf(readSchedules(file), type, '2018-03-31')
        .filter(({ kind }) => kind === 'redemption')
        .map(({ fromDays, rate, toFundShare }) => [fromDays, short(rate), toFundShare]);
    expect(of('mixed')).toEqual([
      [0, '0.015', '1'],
      [7, '0.0075', '1'],
      [30, '0.005', '0.75'],
      [90, '0.005', '0.5'],
      [180, '0.005', '0.25'],
      [365, '0.0025', '0.25'],
      [730, '0', '0.25'],
    ]);
    expect(of('bond')).toEqual([
      [0, '0.015', '1'],
      [7, '0.003', '0.25'],
      [730, '0', '0.25'],
    ]);
  });
});
