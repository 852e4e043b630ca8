/**
 * A process that serves one installation after another, as the process that began it asks: starting
 * the program anew for each suite would cost more than the suites. What it serves is what `cairn
 * serve` serves, but for the clock, which stands where a file says.
 */
import { readFileSync } from 'node:fs';
import { instant } from '@cairn/kernel';
import { openInstallation } from '../../server/src/app/installation.ts';
import { type RunningServer, startServer } from '../../server/src/app/server.ts';
import * as accounts from '../../server/src/modules/accounts/index.ts';
import * as clearing from '../../server/src/modules/clearing/index.ts';
import * as trading from '../../server/src/modules/trading/index.ts';
import type { Settings } from '../../server/src/platform/config.ts';
import type { Db, Tx } from '../../server/src/platform/db.ts';

/** What the process is asked for: to serve something, to call something, or to serve no more. */
export type Wish =
  | {
      readonly kind: 'serve';
      readonly settings: Settings;
      /** The file that holds the instant of the business clock. */
      readonly clockFile: string;
      /** The planted violation: it does not lock the buckets that it works on. */
      readonly isLockless: boolean;
    }
  | {
      readonly kind: 'call';
      /** The name of a module, and of a function of it that takes a world first. */
      readonly module: string;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'stop' };

/** A wish with its number, which the answer carries too. */
export interface Asked {
  readonly id: number;
  readonly wish: Wish;
}

/** What came of a wish: where it listens, if it does; what the function answered; what failed. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

/** The database without the lock of buckets: every other statement is as it was. */
function withoutLocks(db: Db): Db {
  const lockless = (tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name) {
        if (name !== 'query') return bound(target, name);
        const query: Tx['query'] = (sql, params) =>
          target.query(
            sql.includes('from platform.buckets') ? sql.replace(/for update$/, '') : sql,
            params,
          );
        return query;
      },
    });
  const tx: Db['tx'] = (body, options) => db.tx((inner) => body(lockless(inner)), options);
  return new Proxy(db, { get: (target, name) => (name === 'tx' ? tx : bound(target, name)) });
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}

/** The modules whose functions are called. */
const CALLED = new Map(
  Object.entries({ accounts, clearing, trading } as unknown as Record<
    string,
    Record<string, Called>
  >),
);
type Called = (world: clearing.DayWorld | undefined, ...args: readonly unknown[]) => unknown;

let running: { readonly server: RunningServer; readonly world: clearing.DayWorld } | undefined;

async function serve({ settings, clockFile, isLockless }: Extract<Wish, { kind: 'serve' }>) {
  const clock = { now: () => instant(readFileSync(clockFile, 'utf8')) };
  const opened = await openInstallation(settings, { clock });
  const { db } = opened.world;
  const world = { ...opened.world, db: isLockless ? withoutLocks(db) : db };
  running = { world, server: await startServer({ ...opened, world }) };
  return running.server.url;
}

async function obey(wish: Wish): Promise<unknown> {
  if (wish.kind === 'call') {
    return CALLED.get(wish.module)?.[wish.name]?.(running?.world, ...wish.args);
  }
  await running?.server.stop();
  running = undefined;
  return wish.kind === 'serve' ? serve(wish) : undefined;
}

process.on('message', ({ id, wish }: Asked) => {
  void obey(wish).then(
    (value) => process.send?.({ id, value } satisfies Answer),
    (error: unknown) =>
      process.send?.({ id, failure: String((error as Error).stack) } satisfies Answer),
  );
});
// Who began it is gone.
process.on('disconnect', () => process.exit());
