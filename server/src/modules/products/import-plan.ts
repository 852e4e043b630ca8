import type { Instant } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import { matching } from './domain/codecs.ts';
import type { CsvColumns, CsvFault, CsvRow } from './domain/csv.ts';
import { loadFunds } from './store.ts';

/** What an import would do, and how. */
export interface ImportPlan {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly held: number;
  readonly faults: readonly CsvFault[];
  /** Writes it; returns the approval that what is held waits for. */
  apply(unit: Work, actor: Actor): Promise<string | undefined>;
}

/** One kind of import: its columns and how its rows become a plan. */
export interface ImportDefinition {
  readonly columns: CsvColumns;
  plan(sql: Sql, now: Instant, rows: readonly CsvRow[]): Promise<ImportPlan>;
}

/** A row that was read, with its line for messages. */
export interface Read<T> {
  readonly line: number;
  readonly item: T;
}

export const fundCodeCodec = matching(/^[0-9A-Z]{6}$/, '6 digits or capital letters');

/** Faults for rows whose key stands in an earlier row already. */
export function findTwice<T>(rows: readonly Read<T>[], keyOf: (item: T) => string): CsvFault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, item }) => {
    const earlier = first.get(keyOf(item));
    if (earlier !== undefined) return [{ line, code: 'ROW_TWICE', details: { line: earlier } }];
    first.set(keyOf(item), line);
    return [];
  });
}

/** Faults for rows of funds that do not exist. */
export async function findUnknownFunds(
  sql: Sql,
  rows: readonly Read<{ fundCode: string }>[],
): Promise<CsvFault[]> {
  const codes = [...new Set(rows.map(({ item }) => item.fundCode))];
  const funds = await loadFunds(sql, codes);
  return rows.flatMap(({ line, item: { fundCode } }) =>
    funds.has(fundCode)
      ? []
      : [{ line, column: 'fund_code', code: 'PRODUCT_UNKNOWN_FUND', details: { fundCode } }],
  );
}

/** A plan that only reports faults. */
export function faultyPlan(faults: readonly CsvFault[]): ImportPlan {
  return {
    created: 0,
    changed: 0,
    unchanged: 0,
    held: 0,
    faults,
    apply: () => Promise.reject(new Error('a plan with faults is never applied')),
  };
}
