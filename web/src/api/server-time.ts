/** When an answer was given, by the server's clock: each answer says the time in its head. */

let aheadMs = 0;

/** Learns how far the server's clock is ahead of this one. */
export function noteServerTime(response: Response): void {
  const said = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(said)) aheadMs = said - Date.now();
}

/** An instant of the browser by the server's clock, to the second; undefined before any answer. */
export function serverInstant(localMs: number): string | undefined {
  if (localMs === 0) return undefined;
  return new Date(localMs + aheadMs).toISOString();
}
