import type { Day } from './dates.ts';
import type { RecordValues } from './day.ts';
import type { Lot } from './fees.ts';
import { Table } from './table.ts';

/** A person, institution or product known to a registrar, by certificate. */
export interface InvestorRow {
  readonly taAccountId: string;
  readonly certificate: string;
  readonly name: string;
}

/** A trading account that a distributor opened for a TA account. */
export interface TradingAccountRow {
  readonly tradingAccountId: string;
  readonly taAccountId: string;
  readonly depositAcct: string;
  readonly branchCode: string;
  readonly investorKind: string;
}

/** Units of one fund and share class in one trading account, with the lots they consist of. */
export interface PositionRow {
  readonly fundCode: string;
  readonly shareClass: string;
  readonly taAccountId: string;
  readonly tradingAccountId: string;
  readonly branchCode: string;
  readonly units: bigint;
  /** `0` reinvest, `1` cash, blank: the fund's default. */
  readonly dividendMethod: string;
  readonly lots: readonly Lot[];
}

/** An application as received: trimmed texts of file 03 that a confirmation needs. */
export interface Application {
  readonly texts: Readonly<Record<string, string>>;
  readonly applicationDate: Day;
  readonly amount: bigint;
  readonly units: bigint;
  /** 4 decimals; 0 when the file gives none. */
  readonly discount: bigint;
}

/** An application that waits for its confirmation date, or a subscription that waits for set-up. */
export interface WaitingRow {
  readonly application: Application;
  readonly dueDate: Day;
}

/** A confirmed subscription before set-up. */
export interface SubscriptionRow {
  readonly application: Application;
  readonly fundCode: string;
  readonly assetAccount: string;
  readonly collectDate: Day;
}

/** A record of file 04 that was sent wrong; sent again, as it should have been, in a later package. */
export interface CorrectionRow {
  /** The date of the package that has it. */
  readonly dueDate: Day;
  readonly values: RecordValues;
}

/** Units entitled to a dividend, kept from the record date to the ex-date. */
export interface EntitlementRow {
  readonly fundCode: string;
  readonly recordDate: Day;
  readonly positionKey: string;
  readonly units: bigint;
  readonly dividendMethod: string;
}

/** Money that the bank moves on the first business day on or after `dueDate`; signed. */
export interface FlowRow {
  readonly dueDate: Day;
  readonly assetAccount: string;
  readonly kind: 'PURCHASE' | 'REDEMPTION' | 'DIVIDEND' | 'REFUND';
  readonly amount: bigint;
  readonly reference: string;
}

/** What one registrar remembers. */
export interface RegistrarState {
  readonly investors: Table<InvestorRow>;
  readonly tradingAccounts: Table<TradingAccountRow>;
  readonly positions: Table<PositionRow>;
  readonly waiting: Table<WaitingRow>;
  readonly subscriptions: Table<SubscriptionRow>;
  readonly entitlements: Table<EntitlementRow>;
  /** By the TASerialNO of the wrong record. */
  readonly corrections: Table<CorrectionRow>;
  /** AppSheetSerialNo → application date: a serial number is used once for ever. */
  readonly serialNos: Table<Day>;
}

/** What the bank remembers. */
export interface BankState {
  readonly balances: Table<bigint>;
  readonly flows: Table<FlowRow>;
  readonly instructions: Table<Day>;
}

/** Everything that lasts from one day to the next. */
export interface WorldState {
  /** The last day played. */
  lastDay: Day | undefined;
  readonly registrars: Map<string, RegistrarState>;
  readonly bank: BankState;
}

export function createRegistrarState(): RegistrarState {
  return {
    investors: new Table(),
    tradingAccounts: new Table(),
    positions: new Table(),
    waiting: new Table(),
    subscriptions: new Table(),
    entitlements: new Table(),
    corrections: new Table(),
    serialNos: new Table(),
  };
}

export function createWorldState(): WorldState {
  return {
    lastDay: undefined,
    registrars: new Map(),
    bank: { balances: new Table(), flows: new Table(), instructions: new Table() },
  };
}

/** The state of a registrar, made on first use. */
export function registrarState(state: WorldState, code: string): RegistrarState {
  const known = state.registrars.get(code);
  if (known !== undefined) return known;
  const created = createRegistrarState();
  state.registrars.set(code, created);
  return created;
}
