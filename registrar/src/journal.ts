import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Day } from './dates.ts';
import { createWorldState, registrarState, type WorldState } from './state.ts';
import type { Change, Table } from './table.ts';

/*
 * The state is a journal: one line per played day with the rows that the day changed, so that a
 * day costs what it touched and not what is kept. A day is played once its line is whole; a torn
 * last line (the process died while writing it) is cut off and the day is played again. From time
 * to time the journal is replaced, by rename, by one line that holds everything.
 */

const FILE_NAME = 'state.jsonl';
const LINES_MAX = 60;

interface JournalLine {
  readonly day: Day;
  readonly tables: Readonly<Record<string, readonly Change<unknown>[]>>;
}

function tablesOf(state: WorldState): Map<string, Table<unknown>> {
  const tables = new Map<string, Table<unknown>>();
  for (const [name, table] of Object.entries(state.bank)) {
    tables.set(`bank.${name}`, table as Table<unknown>);
  }
  for (const [code, registrar] of state.registrars) {
    for (const [name, table] of Object.entries(registrar)) {
      tables.set(`${code}.${name}`, table as Table<unknown>);
    }
  }
  return tables;
}

/** A bigint is written as `{"$n":"123"}`. */
function writeLine(line: JournalLine): string {
  const text = JSON.stringify(line, (_key, value: unknown) =>
    typeof value === 'bigint' ? { $n: value.toString() } : value,
  );
  return `${text}\n`;
}

function readLine(text: string): JournalLine {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const digits = (value as { $n?: unknown }).$n;
    return typeof digits === 'string' ? BigInt(digits) : value;
  }) as JournalLine;
}

function applyLine(state: WorldState, line: JournalLine): void {
  for (const name of Object.keys(line.tables)) {
    const code = name.slice(0, name.indexOf('.'));
    if (code !== 'bank') registrarState(state, code);
  }
  const tables = tablesOf(state);
  for (const [name, changes] of Object.entries(line.tables)) {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`the state has an unknown table ${name}`);
    table.restore(changes);
  }
  state.lastDay = line.day;
}

function lineOf(
  state: WorldState,
  day: Day,
  changesOf: (table: Table<unknown>) => Change<unknown>[],
): JournalLine {
  const tables: Record<string, Change<unknown>[]> = {};
  for (const [name, table] of tablesOf(state)) {
    const changes = changesOf(table);
    if (changes.length > 0) tables[name] = changes;
  }
  return { day, tables };
}

/** The state on disk. It survives the death of the process, not the loss of power. */
export class Journal {
  readonly #path: string;
  #lines = 0;

  constructor(stateDir: string) {
    mkdirSync(stateDir, { recursive: true });
    this.#path = join(stateDir, FILE_NAME);
  }

  /** Reads the state as of the last whole line. */
  load(): WorldState {
    const state = createWorldState();
    this.#lines = 0;
    if (!existsSync(this.#path)) return state;
    const bytes = readFileSync(this.#path);
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end < bytes.length) truncateSync(this.#path, end);
    for (const text of bytes.toString('utf8', 0, end).split('\n')) {
      if (text === '') continue;
      applyLine(state, readLine(text));
      this.#lines++;
    }
    return state;
  }

  /** Makes the day's changes last; the day is played when this returns. */
  commit(state: WorldState, day: Day): void {
    const line = lineOf(state, day, (table) => table.takeChanges());
    appendFileSync(this.#path, writeLine(line));
    this.#lines++;
    state.lastDay = day;
    if (this.#lines > LINES_MAX) this.#compact(state, day);
  }

  #compact(state: WorldState, day: Day): void {
    const temporary = `${this.#path}.tmp`;
    writeFileSync(temporary, writeLine(lineOf(state, day, (table) => table.allRows())));
    renameSync(temporary, this.#path);
    this.#lines = 1;
  }
}
