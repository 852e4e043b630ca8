import { AsyncLocalStorage } from 'node:async_hooks';

const limit = new AsyncLocalStorage<number>();

/**
 * Runs `body` so that the server gives up each statement that is asked for in it, also later, after
 * `ms` milliseconds of work (0: never). PostgreSQL only: the embedded database works alone.
 */
export function withTimeLimit<T>(ms: number, body: () => T): T {
  return limit.run(ms, body);
}

/** How long a statement that is asked for here may take in milliseconds; 0: as long as it takes. */
export function timeLimitMs(): number {
  return limit.getStore() ?? 0;
}
