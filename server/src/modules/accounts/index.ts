/** The front door of accounts: four layers, cash, holdings, holds, transfers and settlements. */
export {
  type AssetAccount,
  type AssetAccountChange,
  type AssetAccountPurpose,
  changeAssetAccount,
  findAssetAccountOwners,
  getAssetAccount,
  loadAssetAccountsOf,
  type OpenAssetAccount,
  openAssetAccounts,
} from './asset-accounts.ts';
export { type CashFact, loadCash } from './cash.ts';
export { accountsChecks } from './checks.ts';
export { moveAssetAccount } from './commands.ts';
export {
  type CashFlow,
  type CashPosting,
  type CustomerBook,
  type DueFlow,
  loadCashPostings,
  loadCustomerBook,
  type UnitFlow,
} from './customer-book.ts';
export {
  assetAccountsOpenedOn,
  bankLedgerOn,
  lastPostedAt,
  holdingTotals,
  lotTotals,
  type PositionTotal,
  unitsByFund,
  unitsOn,
} from './day-reads.ts';
export {
  type AssetAccountEvent,
  type AssetAccountStatus,
  findNextAssetStatus,
  findNextTradingStatus,
  type TradingAccountEvent,
  type TradingAccountStatus,
} from './domain/account-states.ts';
export { house, MONEY_MAX } from './domain/chart.ts';
export type { Entry, EntryKind, EntryLine } from './domain/entries.ts';
export {
  compareLots,
  computeRemainingCost,
  type Lot,
  type LotPart,
  type LotSource,
} from './domain/lots.ts';
export {
  type AppliedMovement,
  type DividendMethod,
  type HoldingKey,
  holdingKeyOf,
  type Movement,
  type MovementKind,
} from './domain/movements.ts';
export { computeValuation, sumValuations, type Valuation } from './domain/positions.ts';
export type { SettlementItem, SettlementKind } from './domain/settlements.ts';
export { type DealingAccount, loadDealingAccountsOf } from './dealing-accounts.ts';
export { accountsErrors } from './errors.ts';
export { accountFigures } from './figures.ts';
export { findAccountOwners } from './find-owners.ts';
export { type HoldRelease, type ReleasedHold, releaseHolds } from './hold-releases.ts';
export { type HoldingFact, loadHoldings, loadHoldingsOf, loadLots } from './holdings.ts';
export { type CashHold, freezeCash, freezeUnits, type UnitHold } from './holds.ts';
export { post } from './ledger.ts';
export { accountsModule } from './module.ts';
export { applyMovements, type DividendChoice, setDividendMethods } from './movements.ts';
export type { BatchOutcome, Refused } from './outcome.ts';
export { type BankPosition, loadBankPositions, loadPositions, type Position } from './positions.ts';
export { findOpenAccounts, viewAccounts } from './queries.ts';
export { type ReversalRequest, reverseEntries } from './reversals.ts';
export { openSettlements, settleDue } from './settlements.ts';
export {
  changeTradingAccounts,
  confirmTradingAccounts,
  loadTradingAccounts,
  loadTradingAccountsOf,
  type OpenTradingAccount,
  openTradingAccounts,
  type TradingAccount,
  type TradingAccountAnswer,
  type TradingAccountChange,
} from './trading-accounts.ts';
export {
  cutOffTransfers,
  type Transfer,
  transferCash,
  type TransferCash,
  type TransferFault,
  type TransferOutcome,
  transfersOn,
} from './transfers.ts';
export type { TransferDirection } from './domain/transfers.ts';
