import type { OfdValue } from '@cairn/ofd';
import { compactDay, type Day } from './dates.ts';
import type { Fault, FaultSchedule } from './faults.ts';
import type { Scenario } from './scenario.ts';
import type { BankState, FlowRow, RegistrarState } from './state.ts';

/** The values of one record, by field name. */
export type RecordValues = Record<string, OfdValue>;

/** Something that did not go as the protocol wants, for whoever runs the day. */
export interface Problem {
  /** A registrar code, or `BANK`. */
  readonly party: string;
  readonly code:
    | 'PACKAGE_MISSING'
    | 'PACKAGE_REFUSED'
    | 'INSTRUCTIONS_REFUSED'
    | 'WITHDRAWAL_REFUSED'
    | 'OVERDRAWN'
    | 'FAULT_WITHOUT_TARGET';
  readonly detail: string;
}

/** The records of a package that is being made. */
export interface Draft {
  readonly accounts: RecordValues[];
  readonly trades: RecordValues[];
  readonly dividends: RecordValues[];
}

/** One registrar on one day: it reads the applications of `date` and makes the package `confirmDate`. */
export interface RegistrarDay {
  readonly scenario: Scenario;
  readonly registrarCode: string;
  readonly state: RegistrarState;
  readonly bank: BankState;
  readonly date: Day;
  /** The next trading day. */
  readonly confirmDate: Day;
  readonly faults: FaultSchedule;
  readonly draft: Draft;
  readonly problems: Problem[];
  readonly appliedFaults: Fault[];
  /** How many applications could have had each business fault so far. */
  readonly candidates: { rejection: number; partialConfirmation: number };
}

/** The next TASerialNO: registrar, date, running number; 20 characters. */
export function nextSerialNo(day: RegistrarDay): string {
  const { accounts, trades, dividends } = day.draft;
  const number = accounts.length + trades.length + dividends.length + 1;
  return `${day.registrarCode}${compactDay(day.confirmDate)}${String(number).padStart(10, '0')}`;
}

/** Tells the bank to move money; `reference` and kind identify the movement. */
export function scheduleFlow(day: RegistrarDay, flow: FlowRow): void {
  if (flow.amount === 0n) return;
  day.bank.flows.put(`${flow.kind} ${day.registrarCode} ${flow.reference}`, flow);
}
