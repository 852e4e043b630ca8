/**
 * Failures slow down. They count per account and address, so a stranger slows down only himself; an
 * account that is tried from many addresses slows down for all of them, for a quarter of an hour at
 * most. Who goes on trying could keep that up for ever, so it does not hold where the user signed in
 * before: there only failures from that address count.
 */
import { createHash } from 'node:crypto';
import { epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Tx } from '../db.ts';

const ACCOUNT_FACTOR = 10;
const LOCK_MS = 30_000;
const LOCK_MS_MAX = 900_000;
const KNOWN_MS = 90 * 86_400_000;

interface Subject {
  readonly digest: Uint8Array;
  readonly failuresMax: number;
}

/** What the failures of one account from one address are counted by. */
export type Subjects = readonly [pair: Subject, account: Subject];

/** The subjects of an account name and an address, known account or not: both answer alike. */
export function subjectsOf(userName: string, from: string, failuresMax: number): Subjects {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return [
    { digest: digest(`pair ${userName} ${from}`), failuresMax },
    { digest: digest(`name ${userName}`), failuresMax: failuresMax * ACCOUNT_FACTOR },
  ];
}

/** Whether the account must still wait at this address. */
export async function isLocked(tx: Tx, [pair, account]: Subjects, now: Instant): Promise<boolean> {
  const rows = await tx.query<{ is_pair: boolean; is_locked: boolean; is_known: boolean }>(
    `select subject_digest = $1 as is_pair, coalesce(locked_until > $3, false) as is_locked,
       coalesce(known_until > $3, false) as is_known
     from platform.login_failures where subject_digest in ($1, $2)`,
    [pair.digest, account.digest, now],
  );
  const isKnown = rows.some((row) => row.is_known);
  return rows.some((row) => row.is_locked && (row.is_pair || !isKnown));
}

/** Counts a failure for the pair and for the account, and sets how long each must wait. */
export async function countFailure(tx: Tx, subjects: Subjects, now: Instant): Promise<void> {
  for (const { digest, failuresMax } of subjects) {
    const [row] = await tx.query<{ failures: number }>(
      `insert into platform.login_failures as f (subject_digest, failures, updated_at) values ($1, 1, $2)
       on conflict (subject_digest) do update set failures = f.failures + 1, updated_at = $2
       returning failures`,
      [digest, now],
    );
    const beyond = (row?.failures ?? 0) - failuresMax;
    if (beyond < 0) continue;
    const waitMs = Math.min(LOCK_MS * 2 ** Math.min(beyond, 10), LOCK_MS_MAX);
    await tx.query(
      'update platform.login_failures set locked_until = $2 where subject_digest = $1',
      [digest, instantFromEpochMs(epochMsOf(now) + waitMs)],
    );
  }
}

/** Forgets the failures of the pair and knows its address: its user has proved to be the one. */
export async function forgetFailures(tx: Tx, [pair]: Subjects, now: Instant): Promise<void> {
  await tx.query(
    `insert into platform.login_failures as f (subject_digest, failures, updated_at, known_until)
     values ($1, 0, $2, $3)
     on conflict (subject_digest) do update
       set failures = 0, locked_until = null, updated_at = $2, known_until = $3`,
    [pair.digest, now, instantFromEpochMs(epochMsOf(now) + KNOWN_MS)],
  );
}
