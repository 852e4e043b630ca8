import type { TradingCalendar } from '@cairn/kernel';
import type { Sql } from './db.ts';
import type { FileStore } from './files.ts';

/** One thing that does not hold, with what is needed to find it. */
export interface Violation {
  subject: string;
  detail: Record<string, unknown>;
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
