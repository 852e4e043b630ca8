/** The exchange with the depository bank: instructions out, statement in, both CSV. */
import {
  type Amount,
  amount,
  fitsInt64,
  formatAmount,
  type LocalDate,
  parseFixed,
  sum,
} from '@cairn/kernel';
import { parse } from 'csv-parse/sync';

/** What the bank is told on a day: new accounts first, then transfers in their order. */
export interface BankInstruction {
  readonly instructionId: string;
  readonly date: LocalDate;
  readonly kind: 'OPEN' | 'DEPOSIT' | 'WITHDRAW';
  readonly assetAccountNo: string;
  readonly amount: Amount;
}

export const INSTRUCTION_COLUMNS = ['instructionId', 'date', 'kind', 'assetAccount', 'amount'];

/** The instruction file of a day: UTF-8, CR LF, amounts as decimal yuan. */
export function writeInstructions(instructions: readonly BankInstruction[]): Buffer {
  const lines = instructions.map((item) =>
    [item.instructionId, item.date, item.kind, item.assetAccountNo, formatAmount(item.amount)].join(
      ',',
    ),
  );
  return Buffer.from([INSTRUCTION_COLUMNS.join(','), ...lines, ''].join('\r\n'), 'utf8');
}

export interface BankStatement {
  readonly date: LocalDate;
  /** Closing balance by asset account. */
  readonly closing: ReadonlyMap<string, Amount>;
  readonly total: Amount;
  readonly lines: number;
}

/** Why a statement is refused whole. */
export class StatementError extends Error {
  readonly line: number;

  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}

const STATEMENT_COLUMNS = [
  'lineId',
  'date',
  'assetAccount',
  'kind',
  'amount',
  'reference',
] as const;
type StatementRow = Record<(typeof STATEMENT_COLUMNS)[number], string>;

function readHeader(header: readonly string[]): string[] {
  const missing = STATEMENT_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new StatementError(1, `column ${missing.join(', ')} is missing`);
  if (header.length !== STATEMENT_COLUMNS.length) {
    throw new StatementError(1, 'a column is unknown or stands twice');
  }
  return [...header];
}

function plainRowsOf(text: string): StatementRow[] {
  const rows: StatementRow[] = [];
  let columns: string[] | undefined;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line === '') continue;
    const cells = line.split(',');
    if (columns === undefined) {
      columns = readHeader(cells);
      continue;
    }
    if (cells.length !== columns.length) {
      throw new StatementError(index + 1, `${cells.length} cells, not ${columns.length}`);
    }
    const row = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the header has every column
    rows.push(row as StatementRow);
  }
  return rows;
}

function rowsOf(bytes: Uint8Array): StatementRow[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new StatementError(0, 'not UTF-8');
  }
  // Quotes are rare in a statement; without them lines and commas are all there is to see.
  if (!text.includes('"')) return plainRowsOf(text);
  try {
    return parse(text, { columns: readHeader, relax_column_count: false, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof StatementError) throw error;
    const { lines, message } = error as Error & { lines?: number };
    throw new StatementError(lines ?? 0, message);
  }
}

/** What a line of a kind may do to an account: add, take, or either. */
const MOVEMENTS: Readonly<Record<string, 'in' | 'out' | 'opening'>> = {
  OPENING: 'opening',
  DEPOSIT: 'in',
  REDEMPTION: 'in',
  DIVIDEND: 'in',
  REFUND: 'in',
  WITHDRAW: 'out',
  PURCHASE: 'out',
};

/** The statement as it is read, line by line. */
interface Reading {
  readonly running: Map<string, bigint>;
  readonly closing: Map<string, Amount>;
  readonly lineIds: Set<string>;
  total: Amount | undefined;
}

/** Takes one movement into account; returns why it cannot be. */
function move(reading: Reading, row: StatementRow, value: bigint): string | undefined {
  const { assetAccount: account, kind } = row;
  const direction = MOVEMENTS[kind];
  if (direction === undefined) return `kind '${kind}'`;
  if (account === '') return `${kind} without account`;
  if (reading.closing.has(account)) return `a line of ${account} after its closing`;
  const isFirst = !reading.running.has(account);
  if (isFirst !== (direction === 'opening')) return `${account} opens with its first line`;
  if (direction === 'out' ? value > 0n : direction === 'in' && value < 0n) {
    return `${kind} of ${row.amount}`;
  }
  reading.running.set(account, (reading.running.get(account) ?? 0n) + value);
  return undefined;
}

function close(reading: Reading, row: StatementRow, value: bigint): string | undefined {
  const { assetAccount: account } = row;
  if (reading.closing.has(account)) return `a second closing of ${account}`;
  if (reading.running.get(account) !== value) {
    return `closing of ${account} is not what its lines give`;
  }
  reading.closing.set(account, amount(value));
  return undefined;
}

function finish(reading: Reading, row: StatementRow, value: bigint, lines: number) {
  if (row.reference !== String(lines)) return `${lines} lines stand before the total`;
  const open = [...reading.running.keys()].find((account) => !reading.closing.has(account));
  if (open !== undefined) return `${open} has no closing`;
  if (sum<bigint>(reading.closing.values()) !== value) {
    return 'closings do not add up to the total';
  }
  reading.total = amount(value);
  return undefined;
}

function take(reading: Reading, row: StatementRow, at: number, date: LocalDate) {
  if (reading.total !== undefined) return 'a line after the total';
  if (row.date !== date) return `date ${row.date}`;
  if (reading.lineIds.has(row.lineId)) return `line id ${row.lineId} stands twice`;
  reading.lineIds.add(row.lineId);
  const value = parseFixed(row.amount, 2, { signed: true });
  if (value === undefined || !fitsInt64(value)) return `amount '${row.amount}'`;
  if (row.kind === 'TOTAL') return finish(reading, row, value, at);
  return row.kind === 'CLOSING' ? close(reading, row, value) : move(reading, row, value);
}

/**
 * Reads a statement and checks that it agrees with itself: each account opens, moves and closes
 * once, money moves as its kind says, closings are what the lines give and add up to the total,
 * which counts the lines. Errors: StatementError with the line.
 */
export function parseStatement(bytes: Uint8Array, expectedDate: LocalDate): BankStatement {
  const reading: Reading = {
    running: new Map(),
    closing: new Map(),
    lineIds: new Set(),
    total: undefined,
  };
  const rows = rowsOf(bytes);
  for (const [index, row] of rows.entries()) {
    const why = take(reading, row, index, expectedDate);
    if (why !== undefined) throw new StatementError(index + 2, why);
  }
  const { total, closing } = reading;
  if (total === undefined) throw new StatementError(rows.length + 1, 'the total line is missing');
  return { date: expectedDate, closing, total, lines: rows.length };
}
