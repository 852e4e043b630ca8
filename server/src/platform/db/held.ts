/**
 * The promise itself, marked as looked after: it is awaited at the end of its transaction, and a
 * failure before that must not count as one that nobody handles. `explain` turns an error into
 * the one that the transaction fails with.
 */
export function held<T>(promise: Promise<T>, explain?: (error: unknown) => unknown): Promise<T> {
  const explained =
    explain === undefined
      ? promise
      : promise.catch((error: unknown) => {
          throw explain(error);
        });
  explained.catch(() => undefined);
  return explained;
}

/**
 * Waits for all of them and fails as the first of the list that failed: what follows it in a
 * transaction fails too, and often sooner, but only says so.
 */
export async function allInOrder(promises: readonly Promise<unknown>[]): Promise<void> {
  for (const settled of await Promise.allSettled(promises)) {
    if (settled.status === 'rejected') throw settled.reason;
  }
}
