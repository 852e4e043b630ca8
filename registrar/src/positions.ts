import type { RegistrarDay } from './day.ts';
import type { Fund } from './scenario.ts';
import type { PositionRow, TradingAccountRow } from './state.ts';

/** Where the units of a trading account in a fund stand. */
export function positionKey(account: TradingAccountRow, fund: Fund): string {
  return `${account.taAccountId}|${account.tradingAccountId}|${fund.fundCode}|${fund.shareClass}`;
}

/** The position, or an empty one that is not kept yet. */
export function positionOf(day: RegistrarDay, account: TradingAccountRow, fund: Fund): PositionRow {
  return (
    day.state.positions.find(positionKey(account, fund)) ?? {
      fundCode: fund.fundCode,
      shareClass: fund.shareClass,
      taAccountId: account.taAccountId,
      tradingAccountId: account.tradingAccountId,
      branchCode: account.branchCode,
      units: 0n,
      dividendMethod: '',
      lots: [],
    }
  );
}

/** The position with new units as its youngest lot, confirmed on the package's date. */
export function withLot(day: RegistrarDay, position: PositionRow, units: bigint): PositionRow {
  const lot = { confirmDate: day.confirmDate, units };
  return { ...position, units: position.units + units, lots: [...position.lots, lot] };
}
