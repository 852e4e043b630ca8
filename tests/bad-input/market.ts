/** A small market for the bad-input tests: one fund of each kind that the rows need. */
import type { FundSpec, Market, ParameterSpec } from '../../server/src/app/sandbox/market.ts';

const TERMS: ParameterSpec = {
  effectiveDate: '2015-01-01',
  status: '0',
  riskLevel: 3,
  term: 'y1_3',
  variety: 'mixed',
  minFirstPurchase: '100',
  minNextPurchase: '10',
  purchaseStep: '0.01',
  maxPurchase: '0',
  dayMaxPurchase: '0',
  minRedemption: '1',
  redemptionStep: '0.01',
  minHolding: '0',
  confirmDays: 1,
  purchasePayDays: 1,
  redemptionCashDays: 2,
  dividendCashDays: 2,
  unitsRounding: 'halfUp',
  holdingDaysRule: 'applicationDate',
  feeRounding: 'perLot',
  defaultDividendMethod: '1',
  serviceFeeRate: '0',
  faceValue: '1',
  cutOff: '15:00',
};

function fund(fundCode: string, name: string, terms: Partial<ParameterSpec>): FundSpec {
  const since = { effectiveDate: '2026-01-01', toFundShare: '1' } as const;
  const ladder = [
    { fromDays: 0, rate: '0.015' },
    { fromDays: 7, rate: '0.01' },
    { fromDays: 30, rate: '0.005' },
    { fromDays: 180, rate: '0' },
  ];
  const flat = { effectiveDate: '2026-01-01', fromAmount: '0', rate: '0.005' } as const;
  return {
    fundCode,
    name,
    registrarCode: '01',
    fundType: 'mixed',
    sold: true,
    parameters: [{ ...TERMS, ...terms }],
    fees: [
      { kind: 'purchase', ...flat },
      ...(terms.offerStart === undefined ? [] : [{ kind: 'subscription' as const, ...flat }]),
      ...ladder.map((step) => ({ kind: 'redemption' as const, ...since, ...step })),
    ],
  };
}

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
    fund(PLAIN, '聚石成长混合A', {}),
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
