import { amount, localDate, price, rate, units } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { computeRedemption } from '../../products/index.ts';
import { type Confirmation, type ConfirmedOrder, decideConfirmation } from './confirmation.ts';

const common = {
  orderId: 'ABZE3RM2ZYM47RZY9J7HNSNR',
  registrarCode: '02',
  tradingAccountNo: 'AB3K7VT4T3W67JST3',
  fundCode: '160124',
  shareClass: '0',
  tradeDate: localDate('2019-02-22'),
};
const order: ConfirmedOrder = {
  ...common,
  businessCode: '024',
  state: 'sent',
  amount: amount(0n),
  units: units(9_543_118n),
  confirmedAmount: amount(0n),
  confirmedUnits: units(0n),
};
const nav = price(122_590_000n);

// A redemption of the real run: four lots, of which three round up.
const lots = [
  { lotId: '3', units: units(1_799_396n), confirmDate: localDate('2019-01-10') },
  { lotId: '4', units: units(2_613_256n), confirmDate: localDate('2019-01-10') },
  { lotId: '5', units: units(3_089_281n), confirmDate: localDate('2019-01-18') },
  { lotId: '6', units: units(2_041_185n), confirmDate: localDate('2019-01-29') },
];

function confirmationOf(confirmedAmount: bigint, charge: bigint): Confirmation {
  return {
    ...common,
    bucket: 171,
    fileId: 1n,
    recordNo: 1,
    taSerial: '02201902250000000077',
    businessCode: '124',
    confirmDate: localDate('2019-02-25'),
    taAccountId: '021',
    returnCode: '0000',
    errorDetail: '',
    isFinished: true,
    confirmedAmount: amount(confirmedAmount),
    confirmedUnits: units(9_543_118n),
    nav,
    charge: amount(charge),
    agencyFee: amount(charge),
    refundAmount: amount(0n),
    interest: amount(0n),
    interestUnits: units(0n),
    currency: '156',
    isStated: false,
  };
}

function decide(confirmation: Confirmation) {
  const result = computeRedemption({
    lots,
    units: order.units,
    nav,
    tiers: [{ fromDays: 0, rate: rate(300_000n), toFundShare: rate(0n) }],
    onDate: common.tradeDate,
    feeRounding: 'perLot',
  });
  if (result === undefined) throw new Error('the lots hold enough');
  const { fee, gross } = result;
  return decideConfirmation({
    confirmation,
    order,
    navOnFile: nav,
    isRefusalKnown: true,
    tolerances: { amount: amount(1n), fee: amount(1n), units: units(1n) },
    expect: () => ({ fee, agencyFee: fee, gross }),
  });
}

test('the value of a redemption is rounded lot by lot, which many lots carry beyond one fen', () => {
  // Lot by lot 116,989.10; of the sum of the units 116,989.08.
  expect(decide(confirmationOf(11_698_910n - 35_097n, 35_097n))).toMatchObject({ kind: 'apply' });
});

test('what is off by more than the tolerance is still an exception', () => {
  expect(decide(confirmationOf(11_698_908n - 35_097n, 35_097n))).toMatchObject({
    kind: 'exception',
    reasons: [{ code: 'AMOUNT_DIFFERS', ours: '116638.13', theirs: '116638.11' }],
  });
});
