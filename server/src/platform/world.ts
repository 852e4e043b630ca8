import type { TradingCalendar } from '@cairn/kernel';
import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { FileStore } from './files.ts';
import type { Secrets } from './secrets.ts';

/**
 * Everything a command needs that is not its input. Passed in, never reached for, so that a
 * whole broker can run from one seed.
 */
export interface World {
  readonly db: Db;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly secrets: Secrets;
  readonly files: FileStore;
}
