/**
 * Whether who asks and who decides are two: one administrator can open an account of compliance, or
 * take one over, and with it agree to what he himself asked for.
 */
import { epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Sql } from '../db.ts';
import { FIRM } from '../work.ts';

/**
 * Days before a request in which nobody who decides it, nor who asks, may owe his account to one
 * administrator. Ours: no rule names a number. It is longer than the month in which who reads the
 * audit sees that such an account was made; and a house with one administrator can act after it.
 */
export const ONE_HAND_DAYS = 31;

/** Acts that give an account, its duties or what opens it. */
const GIVING = ['staff.create', 'staff.roles', 'staff.reset', 'staff.second-factor-reset'];

/** What is asked about; names as in the audit, such as 'staff:S1'. */
export interface Decision {
  readonly maker: string;
  readonly checker: string;
  readonly requestedAt: Instant;
  /** The record of the decision in the firm's audit; null while it is not written. */
  readonly seq: bigint | null;
}

/** Somebody, who gave him his account or a part of it in the time, who gave it to those, and so on. */
async function handsBehind(
  sql: Sql,
  name: string,
  { requestedAt, seq }: Decision,
): Promise<ReadonlySet<string>> {
  const since = instantFromEpochMs(epochMsOf(requestedAt) - ONE_HAND_DAYS * 86_400_000);
  const hands = new Set<string>();
  for (let found = [name]; found.length > 0; ) {
    for (const each of found) hands.add(each);
    // What compliance agreed to is given by who asked for it.
    const rows = await sql.query<{ giver: string }>(
      `select distinct coalesce(detail::jsonb ->> 'askedBy', actor) as giver from platform.audit
       where bucket = $1 and subject = any($2::text[]) and action = any($3::text[])
         and result = 'done' and at >= $4 and ($5::int8 is null or seq < $5)`,
      [FIRM, found, GIVING, since, seq],
    );
    found = rows.map(({ giver }) => giver).filter((giver) => !hands.has(giver));
  }
  return hands;
}

/** Whether one administrator stands behind both, or one of them behind the other. */
export async function isOfOneHand(sql: Sql, decision: Decision): Promise<boolean> {
  const behindMaker = await handsBehind(sql, decision.maker, decision);
  const behindChecker = await handsBehind(sql, decision.checker, decision);
  return [...behindMaker].some((name) => behindChecker.has(name));
}
