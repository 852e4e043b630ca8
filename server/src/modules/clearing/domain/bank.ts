/** The exchange with the depository bank: instructions out, statement in, both CSV. */
import { type Amount, formatAmount, type LocalDate, parseAmount, parseFixed } from '@cairn/kernel';
import { amount } from '@cairn/kernel';
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

function rowsOf(bytes: Uint8Array): StatementRow[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new StatementError(0, 'not UTF-8');
  }
  let rows: StatementRow[];
  try {
    rows = parse(text, { columns: true, relax_column_count: false, skip_empty_lines: true });
  } catch (error) {
    throw new StatementError(0, (error as Error).message);
  }
  const columns = Object.keys(rows[0] ?? {});
  const missing = STATEMENT_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new StatementError(1, `column ${missing.join(', ')} is missing`);
  return rows;
}

/**
 * Reads a statement and checks it against itself: one date, unique lines, the lines of every
 * account lead from its opening to its closing, and the closings add up to the total.
 *
 * Errors: StatementError with the line.
 */
export function parseStatement(bytes: Uint8Array, expectedDate: LocalDate): BankStatement {
  const closing = new Map<string, Amount>();
  const running = new Map<string, bigint>();
  const seen = new Set<string>();
  let total: Amount | undefined;
  const rows = rowsOf(bytes);
  for (const [index, row] of rows.entries()) {
    const line = index + 2;
    if (row.date !== expectedDate) throw new StatementError(line, `date ${row.date}`);
    if (seen.has(row.lineId)) throw new StatementError(line, `line id ${row.lineId} stands twice`);
    seen.add(row.lineId);
    const value = parseFixed(row.amount, 2, { signed: true });
    if (value === undefined) throw new StatementError(line, `amount '${row.amount}'`);
    if (total !== undefined) throw new StatementError(line, 'a line after the total');
    if (row.kind === 'TOTAL') total = amount(value);
    else if (row.kind === 'CLOSING') {
      if ((running.get(row.assetAccount) ?? 0n) !== value) {
        throw new StatementError(line, `closing of ${row.assetAccount} is not what its lines give`);
      }
      closing.set(row.assetAccount, amount(value));
    } else {
      running.set(row.assetAccount, (running.get(row.assetAccount) ?? 0n) + value);
    }
  }
  if (total === undefined) throw new StatementError(rows.length + 1, 'the total line is missing');
  let sum = 0n;
  for (const value of closing.values()) sum += value;
  if (sum !== total)
    throw new StatementError(rows.length + 1, 'closings do not add up to the total');
  return { date: expectedDate, closing, total, lines: rows.length };
}

/** Reads an amount of the instruction file back; used by tests and the file viewer. */
export function readInstructionAmount(text: string): Amount | undefined {
  return parseAmount(text, 'CNY');
}
