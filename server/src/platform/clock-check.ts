/**
 * The clock of this machine against that of the database, asked once at start: afterwards time goes on
 * by the monotonic clock. What is decided on a bucket never stands before what was decided there, so
 * one server that begins a day ahead would carry everybody's orders into its day.
 */
import { AppError, epochMsOf, type Instant } from '@cairn/kernel';
import type { Clock } from './clock.ts';
import type { Sql } from './db.ts';

/** CLOCK_DIFFERS when the two are further apart than `secondsMax`, whatever the answer took. */
export async function assertClocksAgree(sql: Sql, clock: Clock, secondsMax: number): Promise<void> {
  const before = epochMsOf(clock.now());
  const [row] = await sql.query<{ at: Instant }>('select clock_timestamp() as at');
  const after = epochMsOf(clock.now());
  const there = row === undefined ? after : epochMsOf(row.at);
  const apartMs = there < before ? before - there : there > after ? there - after : 0;
  if (apartMs <= secondsMax * 1_000) return;
  throw new AppError('CLOCK_DIFFERS', { seconds: Math.round(apartMs / 1_000) });
}
