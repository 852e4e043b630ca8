/** For the tests of confirmations: one good confirmation of each kind, worked out by hand. */
import { amount, localDate, price, units } from '@cairn/kernel';
import {
  type Confirmation,
  type ConfirmationFacts,
  type ConfirmedOrder,
  decideConfirmation,
  type Expectation,
} from './confirmation.ts';

export const TUESDAY = localDate('2026-03-03');
export const MONDAY = localDate('2026-03-02');
export const NAV = price(123_450_000n);

/** 1,000.00 at 0.5 %: fee 4.98, net 995.02, 806.01 units at 1.2345. */
export const purchase: Confirmation = {
  bucket: 7,
  fileId: 1n,
  recordNo: 1,
  registrarCode: '01',
  taSerial: '01202603030000000001',
  orderId: '07ABCDEFGHIJKLMNOPQRSTUV',
  businessCode: '122',
  confirmDate: TUESDAY,
  tradeDate: MONDAY,
  tradingAccountNo: '07TRADINGACCOUNT1',
  taAccountId: '010000000001',
  fundCode: '000001',
  shareClass: '0',
  returnCode: '0000',
  errorDetail: '',
  isFinished: true,
  confirmedAmount: amount(100_000n),
  confirmedUnits: units(80_601n),
  nav: NAV,
  charge: amount(498n),
  agencyFee: amount(498n),
  refundAmount: amount(0n),
  interest: amount(0n),
  interestUnits: units(0n),
  currency: '156',
  isStated: false,
};

export const bought: ConfirmedOrder = {
  orderId: purchase.orderId,
  state: 'sent',
  businessCode: '022',
  tradeDate: MONDAY,
  registrarCode: '01',
  tradingAccountNo: purchase.tradingAccountNo,
  fundCode: '000001',
  shareClass: '0',
  amount: amount(100_000n),
  units: units(0n),
  confirmedAmount: amount(0n),
  confirmedUnits: units(0n),
};

export const purchaseExpected: Expectation = {
  fee: amount(498n),
  agencyFee: amount(498n),
  units: units(80_601n),
};

/** 1,000.00 units at 1.2345: 1,234.50, fee 1.5 % = 18.52, net 1,215.98. */
export const redemption: Confirmation = {
  ...purchase,
  businessCode: '124',
  confirmedAmount: amount(121_598n),
  confirmedUnits: units(100_000n),
  charge: amount(1_852n),
  agencyFee: amount(0n),
};
export const sold: ConfirmedOrder = {
  ...bought,
  businessCode: '024',
  amount: amount(0n),
  units: units(100_000n),
};
export const redemptionExpected: Expectation = { fee: amount(1_852n), agencyFee: amount(0n) };

/** 120: the money of a subscription; 130: its units; 149: its end. */
export const receipt: Confirmation = {
  ...purchase,
  businessCode: '120',
  isFinished: false,
  confirmedUnits: units(0n),
  nav: price(0n),
  charge: amount(0n),
  agencyFee: amount(0n),
};
export const offered: ConfirmedOrder = { ...bought, businessCode: '020' };
export const result: Confirmation = {
  ...receipt,
  businessCode: '130',
  confirmedUnits: units(99_650n),
  charge: amount(498n),
  agencyFee: amount(498n),
  interest: amount(148n),
};
export const paid: ConfirmedOrder = {
  ...offered,
  state: 'subscribed',
  confirmedAmount: amount(100_000n),
};
export const resultExpected: Expectation = {
  fee: amount(498n),
  agencyFee: amount(498n),
  units: units(99_650n),
};
export const failure: Confirmation = {
  ...receipt,
  businessCode: '149',
  confirmedAmount: amount(0n),
  interest: amount(148n),
  refundAmount: amount(100_148n),
};

/** A record with its order and what our arithmetic says. */
export interface Case {
  readonly c: Confirmation;
  readonly o: ConfirmedOrder | undefined;
  readonly expected: Expectation | undefined;
  readonly nav?: ConfirmationFacts['navOnFile'];
  readonly isRefusalKnown?: boolean;
}

export const GOOD = {
  purchase: { c: purchase, o: bought, expected: purchaseExpected },
  redemption: { c: redemption, o: sold, expected: redemptionExpected },
  receipt: { c: receipt, o: offered, expected: undefined },
  result: { c: result, o: paid, expected: resultExpected },
  failure: { c: failure, o: paid, expected: undefined },
} as const satisfies Record<string, Case>;

export const tolerances = { amount: amount(1n), fee: amount(1n), units: units(1n) };

export const decide = ({ c, o, expected, isRefusalKnown = true, ...rest }: Case) =>
  decideConfirmation({
    confirmation: c,
    order: o,
    tolerances,
    isRefusalKnown,
    expect: () => expected,
    navOnFile: 'nav' in rest ? rest.nav : NAV,
  });

export const reasonsOf = (given: Case): string[] => {
  const decision = decide(given);
  return decision.kind === 'exception' ? decision.reasons.map((reason) => reason.code) : [];
};

/** A good case with something changed about the record, the order or our arithmetic. */
export const change = (
  name: keyof typeof GOOD,
  c: Partial<Confirmation>,
  o: Partial<ConfirmedOrder> = {},
  rest: { expected?: Expectation | undefined; nav?: typeof NAV | undefined } = {},
): Case => {
  const good: Case = GOOD[name];
  return {
    c: { ...good.c, ...c },
    o: { ...(good.o ?? bought), ...o },
    expected: good.expected,
    ...rest,
  };
};
