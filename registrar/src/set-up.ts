import { compactDay, daysBetween } from './dates.ts';
import { type RegistrarDay, scheduleFlow } from './day.ts';
import { computeInterest, computeUnits, splitPurchase } from './fees.ts';
import { positionKey, positionOf, withLot } from './positions.ts';
import { divide, RATE_ONE } from './fixed.ts';
import { discountOf } from './orders.ts';
import { type Fund, feesOn } from './scenario.ts';
import type { SubscriptionRow } from './state.ts';
import { addTradeRecord, textOf } from './trade-record.ts';

/** Interest on an amount from the collection of the money to the set-up day, act/360. */
function interestOn(
  day: RegistrarDay,
  fund: Fund,
  { collectDate }: SubscriptionRow,
  amount: bigint,
): bigint {
  const days = daysBetween(collectDate, fund.setUpDate ?? collectDate);
  return computeInterest(amount, day.scenario.interestRate, days);
}

/** Money that goes back to the investor: due as the money of a redemption confirmed today is. */
function payBack(
  day: RegistrarDay,
  fund: Fund,
  { application, assetAccount }: SubscriptionRow,
  amount: bigint,
): void {
  scheduleFlow(day, {
    dueDate: day.scenario.tradingDays.plus(day.confirmDate, fund.redemptionCashDays),
    assetAccount,
    kind: 'REFUND',
    amount,
    reference: textOf(application, 'AppSheetSerialNo'),
  });
}

/**
 * 130: the subscription becomes units at face value, its interest too, without fee. An offer wanted
 * too much allots a part, cut to the fen, and pays the rest back; what is allotted earns interest.
 */
function confirmSetUp(day: RegistrarDay, fund: Fund, subscription: SubscriptionRow): void {
  const { application } = subscription;
  const account = day.state.tradingAccounts.find(textOf(application, 'TransactionAccountID'));
  if (account === undefined) throw new Error('a subscription has lost its trading account');
  const allotted = divide(application.amount * fund.allotment, RATE_ONE, 'down');
  const refund = application.amount - allotted;
  if (refund > 0n) payBack(day, fund, subscription, refund);
  const interest = interestOn(day, fund, subscription, allotted);
  const discount = discountOf(application);
  const tiers = feesOn(fund, application.applicationDate).subscription;
  const { net, fee, rate } = splitPurchase(allotted, tiers, discount);
  const units = computeUnits(net + interest, fund.faceValue, fund.unitsRounding);
  const position = positionOf(day, account, fund);
  day.state.positions.put(positionKey(account, fund), withLot(day, position, units));
  addTradeRecord(day, application, {
    BusinessCode: '130',
    TAAccountID: account.taAccountId,
    OriginalAppSheetNo: textOf(application, 'AppSheetSerialNo'),
    OriginalSubsDate: compactDay(application.applicationDate),
    ConfirmedVol: units,
    ConfirmedAmount: allotted,
    RefundAmount: refund,
    NAV: fund.faceValue,
    Charge: fee,
    AgencyFee: fee,
    RateFee: rate,
    ManagerRealRatio: discount,
    Interest: interest,
    RaiseInterest: interest,
    VolumeByInterest: computeUnits(interest, fund.faceValue, fund.unitsRounding),
    ShareRegisterDate: compactDay(day.confirmDate),
  });
}

/** 149: the offer failed; principal and interest go back. */
function confirmFailure(day: RegistrarDay, fund: Fund, subscription: SubscriptionRow): void {
  const { application } = subscription;
  const interest = interestOn(day, fund, subscription, application.amount);
  const refund = application.amount + interest;
  payBack(day, fund, subscription, refund);
  addTradeRecord(day, application, {
    BusinessCode: '149',
    OriginalAppSheetNo: textOf(application, 'AppSheetSerialNo'),
    OriginalSubsDate: compactDay(application.applicationDate),
    NAV: fund.faceValue,
    Interest: interest,
    RaiseInterest: interest,
    RefundAmount: refund,
  });
}

/** Gives every subscription its result once its fund is set up, or its offer declared failed. */
export function confirmSetUps(day: RegistrarDay): void {
  for (const [serialNo, subscription] of day.state.subscriptions.entries()) {
    const fund = day.scenario.funds.get(subscription.fundCode);
    if (fund?.setUpDate === undefined || fund.setUpDate > day.confirmDate) continue;
    day.state.subscriptions.remove(serialNo);
    if (fund.failing === true) confirmFailure(day, fund, subscription);
    else confirmSetUp(day, fund, subscription);
  }
}
