import { compactDay, daysBetween } from './dates.ts';
import { type RegistrarDay, scheduleFlow } from './day.ts';
import { computeInterest, computeUnits, splitPurchase } from './fees.ts';
import { positionKey, positionOf, withLot } from './positions.ts';
import { discountOf } from './orders.ts';
import { type Fund, feesOn } from './scenario.ts';
import type { SubscriptionRow } from './state.ts';
import { addTradeRecord, textOf } from './trade-record.ts';

/** Interest from the collection of the money to the set-up day, act/360. */
function interestOf(day: RegistrarDay, fund: Fund, subscription: SubscriptionRow): bigint {
  const days = daysBetween(subscription.collectDate, fund.setUpDate ?? subscription.collectDate);
  return computeInterest(subscription.application.amount, day.scenario.interestRate, days);
}

/** 130: the subscription becomes units at face value, its interest too, without fee. */
function confirmSetUp(day: RegistrarDay, fund: Fund, subscription: SubscriptionRow): void {
  const { application } = subscription;
  const account = day.state.tradingAccounts.find(textOf(application, 'TransactionAccountID'));
  if (account === undefined) throw new Error('a subscription has lost its trading account');
  const interest = interestOf(day, fund, subscription);
  const discount = discountOf(application);
  const tiers = feesOn(fund, application.applicationDate).subscription;
  const { net, fee, rate } = splitPurchase(application.amount, tiers, discount);
  const units = computeUnits(net + interest, fund.faceValue, fund.unitsRounding);
  const position = positionOf(day, account, fund);
  day.state.positions.put(positionKey(account, fund), withLot(day, position, units));
  addTradeRecord(day, application, {
    BusinessCode: '130',
    TAAccountID: account.taAccountId,
    OriginalAppSheetNo: textOf(application, 'AppSheetSerialNo'),
    OriginalSubsDate: compactDay(application.applicationDate),
    ConfirmedVol: units,
    ConfirmedAmount: application.amount,
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
  const { application, assetAccount } = subscription;
  const interest = interestOf(day, fund, subscription);
  const serialNo = textOf(application, 'AppSheetSerialNo');
  scheduleFlow(day, {
    dueDate: day.scenario.tradingDays.plus(day.confirmDate, fund.redemptionCashDays),
    assetAccount,
    kind: 'REFUND',
    amount: application.amount + interest,
    reference: serialNo,
  });
  addTradeRecord(day, application, {
    BusinessCode: '149',
    OriginalAppSheetNo: serialNo,
    OriginalSubsDate: compactDay(application.applicationDate),
    NAV: fund.faceValue,
    Interest: interest,
    RaiseInterest: interest,
    RefundAmount: application.amount + interest,
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
