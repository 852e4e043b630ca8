/** One ordinary fund as stages of tests and measurements need it; each says only what is different. */
import type { FeeSpec, FundSpec, ParameterSpec } from './market.ts';

/** From the day on which the fee rules in force began. */
const FEES_SINCE = '2026-01-01';

/** Terms of an ordinary mixed fund. */
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

/** Days held and rate, the least that the rules ask for; all of it stays in the fund. */
const REDEMPTION_LADDER = [
  [0, '0.015'],
  [7, '0.01'],
  [30, '0.005'],
  [180, '0'],
] as const;

/** What is different about a fund. */
export interface SampleFundWish {
  readonly fundCode: string;
  readonly name: string;
  readonly registrarCode?: string;
  /** The purchase rate; a fund with an offer charges it for a subscription too. */
  readonly purchaseRate?: string;
  readonly terms?: Partial<ParameterSpec>;
}

/** A mixed fund that is sold, with the fee ladder in force. */
export function sampleFund(wish: SampleFundWish): FundSpec {
  const { fundCode, name, registrarCode = '01', purchaseRate = '0.005', terms = {} } = wish;
  const paid = { effectiveDate: FEES_SINCE, fromAmount: '0', rate: purchaseRate } as const;
  const fees: FeeSpec[] = [{ kind: 'purchase', ...paid }];
  if (terms.offerStart !== undefined) fees.push({ kind: 'subscription', ...paid });
  for (const [fromDays, rate] of REDEMPTION_LADDER) {
    fees.push({
      kind: 'redemption',
      effectiveDate: FEES_SINCE,
      fromDays,
      rate,
      toFundShare: '1',
    });
  }
  return {
    fundCode,
    name,
    registrarCode,
    fundType: 'mixed',
    sold: true,
    parameters: [{ ...TERMS, ...terms }],
    fees,
  };
}
