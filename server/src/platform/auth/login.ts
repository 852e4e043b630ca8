/**
 * Logging in. Whatever is wrong, the answer is the same text after the same work: an unknown name is
 * checked against a hash of nobody, and a slowed-down account is checked and refused all the same.
 *
 * Failures count per account and address, so a stranger slows down only himself; an account that is
 * tried from many addresses slows down for all of them, never for longer than a quarter of an hour.
 */
import { createHash } from 'node:crypto';
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import type { Tx } from '../db.ts';
import { FIRM, work } from '../work.ts';
import { verifyPassword } from './passwords.ts';
import type { AuthService } from './service.ts';
import { newToken, tokenDigest } from './tokens.ts';

/** A session just opened; the token is shown here and nowhere else. */
export interface OpenedSession {
  token: string;
  expiresAt: Instant;
  idleMinutes: number;
  staffId: string;
  roles: Role[];
}

const ACCOUNT_FACTOR = 10;
const LOCK_MS = 30_000;
const LOCK_MS_MAX = 900_000;
const FORGET_MS = 86_400_000;

interface Subject {
  readonly digest: Uint8Array;
  readonly failuresMax: number;
}

function subjectsOf(userName: string, from: string, failuresMax: number): [Subject, Subject] {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return [
    { digest: digest(`pair ${userName} ${from}`), failuresMax },
    { digest: digest(`name ${userName}`), failuresMax: failuresMax * ACCOUNT_FACTOR },
  ];
}

interface LoginRow {
  staff_id: string;
  state: string;
  roles: Role[];
  password_hash: string | null;
}

/** Opens a session. LOGIN_REFUSED whatever the reason; the reason stands in the audit only. */
export async function login(
  auth: AuthService,
  input: { userName: string; password: string },
  request: { requestId: string; from: string },
): Promise<OpenedSession> {
  const userName = input.userName.toLowerCase();
  const subjects = subjectsOf(userName, request.from, auth.settings.lockoutFailures);
  const [row] = await auth.world.db.query<LoginRow>(
    'select staff_id, state, roles, password_hash from platform.staff where user_name = $1',
    [userName],
  );
  const isRight = await verifyPassword(row?.password_hash ?? null, input.password);
  const token = newToken();
  const opened = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const now = auth.clock.now();
    const reason = refusalReason(row, isRight, await isLocked(tx, subjects, now));
    const actor: Actor = {
      kind: 'staff',
      id: row?.staff_id ?? 'unknown',
      roles: row?.roles ?? [],
      ...request,
    };
    const subject = `staff:${row?.staff_id ?? 'unknown'}`;
    if (row === undefined || reason !== undefined) {
      if (reason !== 'locked') await countFailure(tx, subjects, now);
      audit({
        bucket: FIRM,
        actor,
        action: 'auth.login',
        subject,
        result: 'refused',
        detail: { reason },
      });
      return undefined;
    }
    const expiresAt = await openSession(tx, auth, row.staff_id, token, request.from);
    await tx.query('delete from platform.login_failures where subject_digest = $1', [
      subjects[0].digest,
    ]);
    audit({ bucket: FIRM, actor, action: 'auth.login', subject, result: 'done', detail: {} });
    return { staffId: row.staff_id, roles: row.roles, expiresAt };
  });
  if (opened === undefined) throw new AppError('LOGIN_REFUSED');
  return { ...opened, token, idleMinutes: auth.settings.sessionIdleMinutes };
}

function refusalReason(
  row: LoginRow | undefined,
  isRight: boolean,
  locked: boolean,
): string | undefined {
  if (locked) return 'locked';
  if (row === undefined) return 'unknown user';
  if (row.state !== 'active') return row.state;
  return isRight ? undefined : 'password';
}

async function isLocked(tx: Tx, subjects: readonly Subject[], now: Instant): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from platform.login_failures where subject_digest = any($1::bytea[]) and locked_until > $2',
    [subjects.map((subject) => subject.digest), now],
  );
  return rows.length > 0;
}

/** Counts a failure for the pair and for the account, and sets how long each must wait. */
async function countFailure(tx: Tx, subjects: readonly Subject[], now: Instant): Promise<void> {
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

/** Writes a session for a token and gives its latest end. */
export async function openSession(
  tx: Tx,
  auth: AuthService,
  staffId: string,
  token: string,
  from: string,
): Promise<Instant> {
  const now = auth.clock.now();
  const expiresAt = instantFromEpochMs(epochMsOf(now) + auth.settings.sessionHoursMax * 3_600_000);
  await tx.query(
    `insert into platform.sessions (token_digest, staff_id, created_at, last_seen_at, expires_at, source)
     values ($1, $2, $3, $3, $4, $5)`,
    [tokenDigest(token), staffId, now, expiresAt, from],
  );
  return expiresAt;
}

/** Ends the session of a token. */
export async function logout(auth: AuthService, actor: Actor, token: string): Promise<void> {
  await work(auth.world, [FIRM], async ({ tx, audit }) => {
    await tx.query('delete from platform.sessions where token_digest = $1', [tokenDigest(token)]);
    const subject = `staff:${actor.id}`;
    audit({ bucket: FIRM, actor, action: 'auth.logout', subject, result: 'done', detail: {} });
  });
  auth.forgetToken(token);
}

/** Deletes sessions that have ended and failures older than a day; returns how many rows went. */
export async function cleanSessions(auth: AuthService): Promise<number> {
  const now = auth.clock.now();
  const idleFrom = instantFromEpochMs(epochMsOf(now) - auth.settings.sessionIdleMinutes * 60_000);
  const sessions = await auth.world.db.affected(
    'delete from platform.sessions where expires_at <= $1 or last_seen_at <= $2',
    [now, idleFrom],
  );
  const failures = await auth.world.db.affected(
    'delete from platform.login_failures where updated_at < $1',
    [instantFromEpochMs(epochMsOf(now) - FORGET_MS)],
  );
  return sessions + failures;
}
