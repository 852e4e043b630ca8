import { compactDay, type Day } from './dates.ts';
import { nextSerialNo, type RegistrarDay, scheduleFlow } from './day.ts';
import { computeUnits } from './fees.ts';
import { divide, RATE_ONE } from './fixed.ts';
import { withLot } from './positions.ts';
import type { Dividend, Fund } from './scenario.ts';
import type { EntitlementRow, PositionRow } from './state.ts';

/** Dividends of this registrar's funds, with the fund. */
function* ownDividends(day: RegistrarDay): Iterable<{ dividend: Dividend; fund: Fund }> {
  for (const dividend of day.scenario.dividends) {
    const fund = day.scenario.funds.get(dividend.fundCode);
    if (fund?.registrarCode === day.registrarCode) yield { dividend, fund };
  }
}

/**
 * Keeps who holds what at the end of a record day: units and dividend method as confirmed by then.
 * Must run before the next day's confirmations are made.
 */
export function recordEntitlements(day: RegistrarDay): void {
  for (const { dividend, fund } of ownDividends(day)) {
    const recordDay = day.scenario.tradingDays.findOnOrBefore(dividend.recordDate);
    if (recordDay !== day.date) continue;
    for (const [positionKey, position] of day.state.positions.entries()) {
      if (position.fundCode !== fund.fundCode || position.units === 0n) continue;
      day.state.entitlements.put(`${fund.fundCode}|${dividend.recordDate}|${positionKey}`, {
        fundCode: fund.fundCode,
        recordDate: dividend.recordDate,
        positionKey,
        units: position.units,
        dividendMethod: position.dividendMethod || fund.defaultDividendMethod,
      });
    }
  }
}

/**
 * `DividendPerUnit` has two decimals, so it is given for as many units (1, 10, 100, …) as make it
 * exact; `DrawBonusUnit` says how many.
 */
export function drawBonus(perUnit: bigint): { amount: bigint; units: bigint } {
  let units = 1n;
  while ((perUnit * units) % 1_000_000n !== 0n) units *= 10n;
  return { amount: (perUnit * units) / 1_000_000n, units };
}

interface Payout {
  readonly dividend: Dividend;
  readonly fund: Fund;
  readonly nav: bigint;
  readonly payDate: Day;
}

function payDateOf(day: RegistrarDay, dividend: Dividend, fund: Fund): Day {
  const { tradingDays } = day.scenario;
  const recordDay = tradingDays.findOnOrBefore(dividend.recordDate) ?? day.date;
  const planned = dividend.payDate ?? tradingDays.plus(recordDay, fund.dividendCashDays);
  return planned < day.confirmDate ? day.confirmDate : planned;
}

function payEntitlement(
  day: RegistrarDay,
  { dividend, fund, nav, payDate }: Payout,
  entitlement: EntitlementRow,
): void {
  const position = day.state.positions.find(entitlement.positionKey) as PositionRow;
  const account = day.state.tradingAccounts.find(position.tradingAccountId);
  const gross = divide(entitlement.units * dividend.perUnit, RATE_ONE, 'halfUp');
  const isReinvested = entitlement.dividendMethod === '0';
  const units = isReinvested ? computeUnits(gross, nav, fund.unitsRounding) : 0n;
  if (units > 0n) day.state.positions.put(entitlement.positionKey, withLot(day, position, units));
  const cash = isReinvested ? 0n : gross;
  const serialNo = nextSerialNo(day);
  scheduleFlow(day, {
    dueDate: payDate,
    assetAccount: account?.depositAcct ?? '',
    kind: 'DIVIDEND',
    amount: cash,
    reference: serialNo,
  });
  const bonus = drawBonus(dividend.perUnit);
  day.draft.dividends.push({
    BasisforCalculatingDividend: entitlement.units,
    TransactionCfmDate: compactDay(day.confirmDate),
    CurrencyType: '156',
    VolOfDividendforReinvestment: units,
    DividentDate: compactDay(payDate),
    DividendAmount: gross,
    XRDate: compactDay(dividend.exDate),
    ConfirmedAmount: cash,
    FundCode: fund.fundCode,
    RegistrationDate: compactDay(dividend.recordDate),
    ReturnCode: '0000',
    TransactionAccountID: position.tradingAccountId,
    DistributorCode: day.scenario.distributorCode,
    BusinessCode: '143',
    TAAccountID: position.taAccountId,
    DividendPerUnit: bonus.amount,
    DefDividendMethod: entitlement.dividendMethod,
    DepositAcct: account?.depositAcct,
    DownLoaddate: compactDay(day.confirmDate),
    NAV: nav,
    BranchCode: position.branchCode,
    IndividualOrInstitution: account?.investorKind,
    TASerialNO: serialNo,
    ShareClass: fund.shareClass,
    FeeCalculator: '0',
    DrawBonusUnit: bonus.units,
    DividendType: '0',
  });
}

/** Pays the dividends that are due: on the ex-date, or the first later day on which there is a NAV. */
export function payDividends(day: RegistrarDay): void {
  if (day.state.entitlements.size === 0) return;
  for (const { dividend, fund } of ownDividends(day)) {
    const nav = day.scenario.findNav(fund.fundCode, day.date)?.nav;
    if (dividend.exDate > day.date || nav === undefined) continue;
    const prefix = `${fund.fundCode}|${dividend.recordDate}|`;
    const payout = { dividend, fund, nav, payDate: payDateOf(day, dividend, fund) };
    for (const [key, entitlement] of day.state.entitlements.entries()) {
      if (!key.startsWith(prefix)) continue;
      day.state.entitlements.remove(key);
      payEntitlement(day, payout, entitlement);
    }
  }
}
