/** A small market for the bad-input tests: one fund of each kind that the rows need. */
import type { Market, ParameterSpec } from '../../server/src/app/sandbox/market.ts';
import { sampleFund } from '../../server/src/app/sandbox/sample-fund.ts';

const fund = (fundCode: string, name: string, terms: Partial<ParameterSpec> = {}) =>
  sampleFund({ fundCode, name, terms });

/** An ordinary fund that is held. */
export const PLAIN = '000001';
/** A fund with steps, a day limit and a smallest holding. */
export const STEPPED = '000002';
/** A fund in its offer. */
export const OFFERED = '000003';
/** A fund that stopped selling. */
export const CLOSED = '000004';

const NAVS = ['2026-02-27', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];

export const market: Market = {
  funds: [
    fund(PLAIN, '聚石成长混合A'),
    fund(STEPPED, '聚石稳健混合A', {
      minFirstPurchase: '1000',
      purchaseStep: '100',
      maxPurchase: '5000',
      dayMaxPurchase: '6000',
      minRedemption: '10',
      redemptionStep: '5',
      minHolding: '100',
    }),
    {
      ...fund(OFFERED, '聚石新发混合A', {
        status: '1',
        offerStart: '2026-02-24',
        offerEnd: '2026-03-31',
      }),
      setUpDate: '2026-04-08',
    },
    fund(CLOSED, '聚石停售混合A', { status: '4' }),
  ],
  navs: new Map(
    [PLAIN, STEPPED, CLOSED].map((code) => [code, NAVS.map((date) => ({ date, nav: '1.2345' }))]),
  ),
  dividends: [],
  closedDays: [],
};
