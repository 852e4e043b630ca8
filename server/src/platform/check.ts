import type { TradingCalendar } from '@cairn/kernel';
import type { Sql } from './db.ts';
import type { FileStore } from './files.ts';

/** One thing that does not hold, with what is needed to find it. */
export interface Violation {
  subject: string;
  detail: Record<string, unknown>;
}

/** Of a check at most so many violations are shown. */
const VIOLATIONS_MAX = 100;

/**
 * The violations that a statement finds: its column `subject` names each, the others are the detail.
 */
export async function findViolations(sql: Sql, text: string): Promise<Violation[]> {
  const rows = await sql.query<{ subject: string } & Record<string, unknown>>(
    `${text} limit ${VIOLATIONS_MAX}`,
  );
  return rows.map(({ subject, ...detail }) => ({ subject, detail }));
}

/** An invariant that `cairn check` re-derives from facts. */
export interface Check {
  /** The invariant's name in the reliability list, such as 'M1'. */
  id: string;
  title: string;
  titleZh: string;
  /** Returns every violation, or at most the first hundred. */
  run(sql: Sql, world: CheckWorld): Promise<Violation[]>;
}

/** What checks may use beside the database. */
export interface CheckWorld {
  calendar: TradingCalendar;
  /** The files that came from counterparties, for checks that read them again. */
  files: FileStore;
}
