import type { OfdRecord } from '@cairn/ofd';
import { compactDay } from './dates.ts';
import { type RegistrarDay, scheduleFlow } from './day.ts';
import type { Fault } from './faults.ts';
import { computeUnits, redeem, splitPurchase } from './fees.ts';
import { divide, NAV_ONE, parseDecimal, RATE_DECIMALS, RATE_ONE } from './fixed.ts';
import { positionKey, positionOf, withLot } from './positions.ts';
import type { ReturnReason } from './returns.ts';
import { type Fund, feesOn, type Nav } from './scenario.ts';
import type { Application, TradingAccountRow } from './state.ts';
import { addTradeRecord, readApplication, refuseApplication, textOf } from './trade-record.ts';

/** A good application with the facts it refers to. */
interface Order {
  readonly application: Application;
  readonly serialNo: string;
  readonly account: TradingAccountRow;
  readonly fund: Fund;
}

type Finding = ReturnReason | Order;

/** The discount really used, 4 decimals; the protocol writes zeros where none is given. */
export function discountOf(application: Application): bigint {
  return application.discount === 0n ? NAV_ONE : application.discount;
}

function assessOrder(day: RegistrarDay, application: Application): Finding {
  const account = day.state.tradingAccounts.find(textOf(application, 'TransactionAccountID'));
  const taAccountId = textOf(application, 'TAAccountID');
  if (account === undefined) return 'unknownAccount';
  if (taAccountId !== '' && taAccountId !== account.taAccountId) return 'unknownAccount';
  const fund = day.scenario.funds.get(textOf(application, 'FundCode'));
  if (fund === undefined || fund.registrarCode !== day.registrarCode) return 'unknownFund';
  const shareClass = textOf(application, 'ShareClass');
  if (shareClass !== '' && shareClass !== fund.shareClass) return 'unknownFund';
  return { application, serialNo: textOf(application, 'AppSheetSerialNo'), account, fund };
}

/** The NAV at which the fund deals on the application's day, if it deals at all. */
function findDealingNav(day: RegistrarDay, { application, fund }: Order): Nav | undefined {
  const date = application.applicationDate;
  if (fund.closed.has(date) || fund.failing === true) return undefined;
  if (fund.setUpDate !== undefined && date < fund.setUpDate) return undefined;
  return day.scenario.findNav(fund.fundCode, date);
}

function ratioOf(fault: Fault | undefined): bigint {
  return fault === undefined
    ? RATE_ONE
    : parseDecimal(fault.ratio ?? '0.5', RATE_DECIMALS, 'ratio');
}

/** Which part of the order is confirmed: all of it, but for a planted fault. */
function confirmedPart(day: RegistrarDay, order: Order, applied: bigint): bigint {
  const fault = day.faults.findRecordFault(
    'partialConfirmation',
    { date: day.confirmDate, registrarCode: day.registrarCode },
    { serialNo: order.serialNo, position: day.candidates.partialConfirmation++ },
  );
  if (fault !== undefined) day.appliedFaults.push(fault);
  return divide(applied * ratioOf(fault), RATE_ONE, 'down');
}

/** The account whose money moves: the application names it, or the account opening did. */
function depositAccountOf({ application, account }: Order): string {
  return textOf(application, 'DepositAcct') || account.depositAcct;
}

function confirmPurchase(day: RegistrarDay, order: Order): ReturnReason {
  const { application, fund, account } = order;
  const dealing = findDealingNav(day, order);
  if (dealing === undefined) return 'fundClosed';
  const assetAccount = depositAccountOf(order);
  if (application.amount <= 0n || assetAccount === '') return 'badApplication';
  const amount = confirmedPart(day, order, application.amount);
  const discount = discountOf(application);
  const tiers = feesOn(fund, application.applicationDate).purchase;
  const { net, fee, rate } = splitPurchase(amount, tiers, discount);
  const units = computeUnits(net, dealing.nav, fund.unitsRounding);
  if (units <= 0n) return 'badApplication';
  const position = positionOf(day, account, fund);
  day.state.positions.put(positionKey(account, fund), withLot(day, position, units));
  scheduleFlow(day, {
    dueDate: day.scenario.tradingDays.plus(day.confirmDate, fund.purchaseCollectDays),
    assetAccount,
    kind: 'PURCHASE',
    amount: -amount,
    reference: order.serialNo,
  });
  addTradeRecord(day, application, {
    TAAccountID: account.taAccountId,
    ConfirmedVol: units,
    ConfirmedAmount: amount,
    NAV: dealing.nav,
    Charge: fee,
    AgencyFee: fee,
    RateFee: rate,
    ManagerRealRatio: discount,
    RefundAmount: application.amount - amount,
    ShareRegisterDate: compactDay(day.confirmDate),
  });
  return 'success';
}

function confirmRedemption(day: RegistrarDay, order: Order): ReturnReason {
  const { application, fund, account } = order;
  const dealing = findDealingNav(day, order);
  if (dealing === undefined) return 'fundClosed';
  const assetAccount = depositAccountOf(order);
  if (application.units <= 0n || assetAccount === '') return 'badApplication';
  const position = positionOf(day, account, fund);
  if (position.units < application.units) return 'insufficientUnits';
  const units = confirmedPart(day, order, application.units);
  const date = application.applicationDate;
  const result = redeem(position.lots, units, {
    nav: dealing.nav,
    tiers: feesOn(fund, date).redemption,
    heldUntil: fund.holdingDaysRule === 'applicationDate' ? date : day.confirmDate,
    feeRounding: fund.feeRounding,
  });
  const rates = new Set(result.parts.map((part) => part.rate));
  const blended = result.gross > 0n ? divide(result.fee * RATE_ONE, result.gross, 'halfUp') : 0n;
  day.state.positions.put(positionKey(account, fund), {
    ...position,
    units: position.units - units,
    lots: result.left,
  });
  scheduleFlow(day, {
    dueDate: day.scenario.tradingDays.plus(day.confirmDate, fund.redemptionCashDays),
    assetAccount,
    kind: 'REDEMPTION',
    amount: result.net,
    reference: order.serialNo,
  });
  addTradeRecord(day, application, {
    TAAccountID: account.taAccountId,
    ConfirmedVol: units,
    ConfirmedAmount: result.net,
    NAV: dealing.nav,
    Charge: result.fee,
    AgencyFee: result.fee - result.feeToFund,
    RateFee: rates.size === 1 ? result.parts[0]?.rate : blended,
    ShareRegisterDate: compactDay(day.confirmDate),
  });
  return 'success';
}

function confirmSubscription(day: RegistrarDay, order: Order): ReturnReason {
  const { application, fund, account } = order;
  const date = application.applicationDate;
  const { offerStart, offerEnd } = fund;
  if (offerStart === undefined || offerEnd === undefined) return 'fundClosed';
  if (date < offerStart || date > offerEnd || fund.closed.has(date)) return 'fundClosed';
  const assetAccount = depositAccountOf(order);
  if (application.amount <= 0n || assetAccount === '') return 'badApplication';
  const collectDate = day.scenario.tradingDays.plus(day.confirmDate, fund.purchaseCollectDays);
  day.state.subscriptions.put(order.serialNo, {
    application,
    fundCode: fund.fundCode,
    assetAccount,
    collectDate,
  });
  scheduleFlow(day, {
    dueDate: collectDate,
    assetAccount,
    kind: 'PURCHASE',
    amount: -application.amount,
    reference: order.serialNo,
  });
  addTradeRecord(day, application, {
    TAAccountID: account.taAccountId,
    ConfirmedAmount: application.amount,
    NAV: fund.faceValue,
    BusinessFinishFlag: '0',
  });
  return 'success';
}

function setDividendMethod(day: RegistrarDay, order: Order): ReturnReason {
  const { application, fund, account } = order;
  const method = textOf(application, 'DefDividendMethod');
  if (method !== '0' && method !== '1') return 'badApplication';
  day.state.positions.put(positionKey(account, fund), {
    ...positionOf(day, account, fund),
    dividendMethod: method,
  });
  addTradeRecord(day, application, { TAAccountID: account.taAccountId });
  return 'success';
}

type Confirm = (day: RegistrarDay, order: Order) => ReturnReason;

const confirmations: ReadonlyMap<string, Confirm> = new Map([
  ['020', confirmSubscription],
  ['022', confirmPurchase],
  ['024', confirmRedemption],
  ['029', setDividendMethod],
]);

function confirmOrder(day: RegistrarDay, application: Application): void {
  const confirm = confirmations.get(textOf(application, 'BusinessCode'));
  if (confirm === undefined) return refuseApplication(day, application, 'unsupportedBusiness');
  const finding = assessOrder(day, application);
  if (typeof finding === 'string') return refuseApplication(day, application, finding);
  const fault = day.faults.findRecordFault(
    'rejection',
    { date: day.confirmDate, registrarCode: day.registrarCode },
    { serialNo: finding.serialNo, position: day.candidates.rejection++ },
  );
  if (fault !== undefined) {
    day.appliedFaults.push(fault);
    return refuseApplication(day, application, 'refusedByPlan');
  }
  const reason = confirm(day, finding);
  if (reason !== 'success') refuseApplication(day, application, reason);
}

/** The days after which the application's fund confirms; 1 where no such fund is known. */
function confirmDaysOf(day: RegistrarDay, application: Application): number {
  return day.scenario.funds.get(textOf(application, 'FundCode'))?.confirmDays ?? 1;
}

/**
 * Answers applications of file 03: first those of earlier days that are due now, then today's.
 * An application whose fund confirms later is kept until then.
 */
export function confirmOrders(day: RegistrarDay, records: readonly OfdRecord[]): void {
  for (const [key, { application, dueDate }] of day.state.waiting.entries()) {
    if (dueDate > day.confirmDate) continue;
    day.state.waiting.remove(key);
    confirmOrder(day, application);
  }
  for (const record of records) {
    const application = readApplication(record);
    const serialNo = textOf(application, 'AppSheetSerialNo');
    if (day.state.serialNos.find(serialNo) !== undefined) {
      refuseApplication(day, application, 'duplicateSerialNo');
      continue;
    }
    day.state.serialNos.put(serialNo, day.date);
    const dueDate = day.scenario.tradingDays.plus(day.date, confirmDaysOf(day, application));
    if (dueDate > day.confirmDate) day.state.waiting.put(serialNo, { application, dueDate });
    else confirmOrder(day, application);
  }
}
