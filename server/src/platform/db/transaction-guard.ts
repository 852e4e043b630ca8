import { AsyncLocalStorage } from 'node:async_hooks';
import { assert } from '@cairn/kernel';

/*
 * A statement on the database handle inside a transaction deadlocks for ever on PGlite (one
 * session) and silently escapes the transaction on PostgreSQL. The guard makes both an error.
 */
const open = new AsyncLocalStorage<true>();

/** Runs `body` marked as inside a transaction. */
export function insideTransaction<T>(body: () => Promise<T>): Promise<T> {
  return open.run(true, body);
}

/** Fails when called inside a transaction of the same call chain. */
export function assertOutsideTransaction(what: string): void {
  assert(open.getStore() === undefined, `${what} on the database inside a transaction: use its tx`);
}

/** Fails when a transaction is used after its work resolved: its commit is on the way or done. */
export function assertOpen(isOpen: boolean): void {
  assert(isOpen, 'a statement after the commit of its transaction');
}
