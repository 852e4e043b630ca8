import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactDay, type Day } from './dates.ts';
import type { Problem } from './day.ts';
import type { Fault, FaultSchedule } from './faults.ts';
import { AMOUNT_DECIMALS, formatDecimal, parseDecimal } from './fixed.ts';
import { type OutFile, publishFiles } from './publish.ts';
import type { BankState, FlowRow } from './state.ts';

export const BANK = 'BANK';

const instructionHeader = 'instructionId,date,kind,assetAccount,amount';
const statementHeader = 'lineId,date,assetAccount,kind,amount,reference';
const instructionKinds = ['OPEN', 'DEPOSIT', 'WITHDRAW'] as const;

interface Instruction {
  readonly instructionId: string;
  readonly kind: (typeof instructionKinds)[number];
  readonly assetAccount: string;
  readonly amount: bigint;
}

interface Movement {
  readonly kind: Instruction['kind'] | FlowRow['kind'];
  readonly amount: bigint;
  readonly reference: string;
}

/** The bank on one day. */
export interface BankDay {
  readonly state: BankState;
  readonly date: Day;
  readonly exchangeDir: string;
  readonly faults: FaultSchedule;
  readonly problems: Problem[];
  readonly appliedFaults: Fault[];
}

function parseInstruction(row: string, date: Day): Instruction {
  const cells = row.split(',');
  const [instructionId = '', day = '', kindText = '', assetAccount = '', amountText = ''] = cells;
  const kind = instructionKinds.find((known) => known === kindText);
  if (cells.length !== 5 || instructionId === '' || assetAccount === '' || kind === undefined) {
    throw new RangeError(`"${row}" is no instruction`);
  }
  if (day !== date) throw new RangeError(`${instructionId} is of ${day}`);
  const amount = parseDecimal(amountText || '0', AMOUNT_DECIMALS, instructionId);
  if (kind === 'OPEN' ? amount !== 0n : amount <= 0n) {
    throw new RangeError(`${instructionId}: the amount ${amountText}`);
  }
  return { instructionId, kind, assetAccount, amount };
}

/** The instructions of the day: all of them, or none if one of them is not good. */
function readInstructions(day: BankDay): Instruction[] {
  const name = `BANK_INSTRUCTION_${compactDay(day.date)}.CSV`;
  const path = join(day.exchangeDir, BANK, 'out', name);
  if (!existsSync(path)) {
    day.problems.push({ party: BANK, code: 'PACKAGE_MISSING', detail: name });
    return [];
  }
  try {
    const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
    if (header !== instructionHeader) throw new RangeError(`${name}: the header "${header}"`);
    return rows.map((row) => parseInstruction(row, day.date));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    day.problems.push({ party: BANK, code: 'INSTRUCTIONS_REFUSED', detail: error.message });
    return [];
  }
}

/** The accounts' movements of one day, in the order in which they happened. */
class DayBook {
  readonly movements = new Map<string, Movement[]>();
  readonly openings = new Map<string, bigint>();
  readonly #day: BankDay;

  constructor(day: BankDay) {
    this.#day = day;
  }

  balance(assetAccount: string): bigint {
    return this.#day.state.balances.find(assetAccount) ?? 0n;
  }

  move(assetAccount: string, movement: Movement): void {
    const before = this.balance(assetAccount);
    if (!this.openings.has(assetAccount)) this.openings.set(assetAccount, before);
    const after = before + movement.amount;
    this.#day.state.balances.put(assetAccount, after);
    if (after < 0n && movement.amount < 0n) {
      const detail = `${assetAccount} by ${movement.kind} ${movement.reference}`;
      this.#day.problems.push({ party: BANK, code: 'OVERDRAWN', detail });
    }
    const list = this.movements.get(assetAccount);
    if (list === undefined) this.movements.set(assetAccount, [movement]);
    else list.push(movement);
  }
}

function carryOut(day: BankDay, book: DayBook, instruction: Instruction): void {
  const { instructionId, kind, assetAccount, amount } = instruction;
  if (day.state.instructions.find(instructionId) !== undefined) return;
  day.state.instructions.put(instructionId, day.date);
  if (kind === 'OPEN') {
    if (day.state.balances.find(assetAccount) === undefined) {
      day.state.balances.put(assetAccount, 0n);
    }
    return;
  }
  if (kind === 'WITHDRAW' && book.balance(assetAccount) < amount) {
    const detail = `${instructionId}: ${assetAccount} has less`;
    day.problems.push({ party: BANK, code: 'WITHDRAWAL_REFUSED', detail });
    return;
  }
  const signed = kind === 'WITHDRAW' ? -amount : amount;
  book.move(assetAccount, { kind, amount: signed, reference: instructionId });
}

/** Money in, then the customers' instructions, then the collections, so that none waits in vain. */
function playBook(day: BankDay): DayBook {
  const book = new DayBook(day);
  const due = [...day.state.flows.entries()].filter(([, flow]) => flow.dueDate <= day.date);
  const settle = (isIncoming: boolean) => {
    for (const [key, flow] of due) {
      if (flow.amount > 0n !== isIncoming) continue;
      day.state.flows.remove(key);
      book.move(flow.assetAccount, flow);
    }
  };
  settle(true);
  for (const instruction of readInstructions(day)) carryOut(day, book, instruction);
  settle(false);
  return book;
}

/** Movements that the statement shows and that never happened, by account. */
function statementBreaks(day: BankDay, accounts: readonly string[]): Map<string, Movement> {
  const breaks = new Map<string, Movement>();
  const place = { date: day.date, registrarCode: BANK };
  for (const fault of day.faults.faultsAt('statementBreak', place)) {
    const { record = 0 } = fault;
    const account = typeof record === 'number' ? accounts[record] : record;
    if (account === undefined || !accounts.includes(account)) {
      const detail = `statementBreak ${day.date} ${record}`;
      if (day.faults.isPlanted(fault)) {
        day.problems.push({ party: BANK, code: 'FAULT_WITHOUT_TARGET', detail });
      }
      continue;
    }
    const amount = parseDecimal(fault.delta ?? '0.01', AMOUNT_DECIMALS, 'delta');
    breaks.set(account, { kind: amount < 0n ? 'WITHDRAW' : 'DEPOSIT', amount, reference: '' });
    day.appliedFaults.push(fault);
  }
  return breaks;
}

/** One account after another: opening, movements, closing; then the sum of the closings. */
function writeStatement(day: BankDay, book: DayBook): OutFile {
  const compact = compactDay(day.date);
  const lines = [statementHeader];
  const addLine = (account: string, kind: string, amount: bigint, reference: string) => {
    const lineId = `${compact}${String(lines.length).padStart(8, '0')}`;
    const text = formatDecimal(amount, AMOUNT_DECIMALS);
    lines.push(`${lineId},${day.date},${account},${kind},${text},${reference}`);
  };
  const accounts = Array.from(day.state.balances.entries(), ([account]) => account).sort();
  const breaks = statementBreaks(day, accounts);
  let total = 0n;
  for (const account of accounts) {
    const movements = [...(book.movements.get(account) ?? [])];
    const planted = breaks.get(account);
    if (planted !== undefined) movements.push(planted);
    const closing = book.balance(account) + (planted?.amount ?? 0n);
    addLine(account, 'OPENING', book.openings.get(account) ?? book.balance(account), '');
    for (const { kind, amount, reference } of movements) addLine(account, kind, amount, reference);
    addLine(account, 'CLOSING', closing, '');
    total += closing;
  }
  addLine('', 'TOTAL', total, String(lines.length - 1));
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
  return { name: `BANK_STATEMENT_${compact}.CSV`, bytes };
}

/** Moves the day's money and writes the statement; returns the statement's path in the exchange. */
export function playBank(day: BankDay): string {
  const book = playBook(day);
  const statement = writeStatement(day, book);
  publishFiles(join(day.exchangeDir, BANK, 'in'), [statement]);
  return `${BANK}/in/${statement.name}`;
}
