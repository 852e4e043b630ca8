/**
 * Logging in. Whatever is wrong, the answer is the same text after the same work: an unknown name is
 * checked against a hash of nobody, and a slowed-down account is checked and refused all the same.
 * What the session still lacks is said only to who knows the password.
 */
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import type { Tx } from '../db.ts';
import { FIRM, type Work, work } from '../work.ts';
import { verifyPassword } from './passwords.ts';
import type { AuthService } from './service.ts';
import { type Channel, openSession, type RequestSource, type SessionStage } from './sessions.ts';
import { countFailure, forgetFailures, isLocked, subjectsOf } from './throttle.ts';
import { newToken, tokenDigest } from './tokens.ts';
import { stepOfCode } from './totp.ts';
import {
  actorOf,
  findUserByName,
  isUnused,
  stageOf,
  subjectOf,
  totpContext,
  type UserRow,
} from './users.ts';

/** A session just opened or moved on; its token is shown here and nowhere else. */
export interface OpenedSession {
  token: string;
  stage: SessionStage;
  expiresAt: Instant;
  idleMinutes: number;
  userId: string;
  roles: Role[];
}

const FORGET_MS = 86_400_000;

/** What a caller gives to log in; the code may follow in a second step. */
export interface Credentials {
  userName: string;
  password: string;
  code?: string;
}

/** Opens a session. LOGIN_REFUSED whatever the reason; the reason stands in the audit only. */
export async function login(
  auth: AuthService,
  input: Credentials,
  channel: Channel,
  source: RequestSource,
): Promise<OpenedSession> {
  const userName = input.userName.toLowerCase();
  const known = await findUserByName(auth.world.db, userName);
  const isRight = await verifyPassword(known?.password_hash ?? null, input.password);
  const token = newToken();
  const subjects = subjectsOf(userName, source.from, auth.settings.lockoutFailures);
  const opened = await work(auth.world, [FIRM], async (unit) => {
    const { tx } = unit;
    const now = auth.clock.now();
    // Read again under the lock: its time step decides whether a code was used.
    const row = await findUserByName(tx, userName);
    const locked = await isLocked(tx, subjects, now);
    const reason = locked ? 'locked' : await refusalReason(auth, unit, { row, isRight, input });
    if (row === undefined || reason !== undefined) {
      if (reason !== 'locked') await countFailure(tx, subjects, now);
      auditLogin(unit, row, source, { reason: reason ?? 'unknown user' });
      return undefined;
    }
    const stage = stageOf(auth, row, { secondFactor: input.code !== undefined }, now);
    const session = { userId: row.user_id, token, stage, channel, source };
    const expiresAt = await openSession(tx, auth, session);
    // With the second factor to come, the failures of this address still count against guessing it.
    if (stage !== 'secondFactor') await forgetFailures(tx, subjects, now);
    if (stage === 'open') await markLogin(tx, row.user_id, now);
    auditLogin(unit, row, source, { channel, stage });
    return { userId: row.user_id, roles: row.roles, stage, expiresAt };
  });
  if (opened === undefined) throw new AppError('LOGIN_REFUSED');
  return { ...opened, token, idleMinutes: auth.settings.sessionIdleMinutes };
}

/** Why a login is refused; takes the code's time step when there is no reason. */
async function refusalReason(
  auth: AuthService,
  { tx }: Work,
  given: { row: UserRow | undefined; isRight: boolean; input: Credentials },
): Promise<string | undefined> {
  const { row, isRight, input } = given;
  if (row === undefined) return 'unknown user';
  if (row.state !== 'active') return row.state;
  if (!isRight) return 'password';
  if (isUnused(auth, row, auth.clock.now())) return 'unused';
  if (input.code === undefined) return undefined;
  return (await takeCode(tx, auth, row, input.code)) ? undefined : 'code';
}

/** Whether a code is right for a user's second factor; it is used up then. */
export async function takeCode(
  tx: Tx,
  auth: AuthService,
  row: UserRow,
  code: string,
): Promise<boolean> {
  if (row.totp_secret === null) return false;
  const secret = auth.world.secrets.decrypt(row.totp_secret, totpContext(row.user_id));
  const step = stepOfCode(secret, code, auth.clock.now(), row.totp_step);
  if (step === undefined) return false;
  await tx.query('update platform.users set totp_step = $2 where user_id = $1', [
    row.user_id,
    step,
  ]);
  return true;
}

/** Notes that a user came in: accounts that nobody uses are closed by it. */
export async function markLogin(tx: Tx, userId: string, now: Instant): Promise<void> {
  await tx.query('update platform.users set last_login_at = $2 where user_id = $1', [userId, now]);
}

function auditLogin(
  unit: Work,
  row: UserRow | undefined,
  source: RequestSource,
  detail: Record<string, unknown>,
): void {
  const { requestId, from } = source;
  const nobody: Actor = { kind: 'staff', id: 'unknown', roles: [], requestId, from };
  unit.audit({
    bucket: FIRM,
    actor: row === undefined ? nobody : actorOf(row, source),
    action: 'auth.login',
    subject: row === undefined ? 'staff:unknown' : subjectOf(row),
    result: 'reason' in detail ? 'refused' : 'done',
    detail,
  });
}

/** Ends the session of a token. */
export async function logout(auth: AuthService, actor: Actor, token: string): Promise<void> {
  await work(auth.world, [FIRM], async ({ tx, audit }) => {
    await tx.query('delete from platform.sessions where token_digest = $1', [tokenDigest(token)]);
    const subject = `${actor.kind}:${actor.id}`;
    audit({ bucket: FIRM, actor, action: 'auth.logout', subject, result: 'done', detail: {} });
  });
  auth.forgetToken(token);
}

/**
 * Deletes sessions that have ended, failures older than a day and nonces whose signatures are too
 * old; returns how many rows went.
 */
export async function cleanSessions(auth: AuthService): Promise<number> {
  const now = auth.clock.now();
  const idleFrom = instantFromEpochMs(epochMsOf(now) - auth.settings.sessionIdleMinutes * 60_000);
  const sessions = await auth.world.db.affected(
    'delete from platform.sessions where expires_at <= $1 or last_seen_at <= $2',
    [now, idleFrom],
  );
  const failures = await auth.world.db.affected(
    `delete from platform.login_failures
     where updated_at < $1 and (known_until is null or known_until < $2)`,
    [instantFromEpochMs(epochMsOf(now) - FORGET_MS), now],
  );
  const nonces = await auth.world.db.affected(
    'delete from platform.partner_nonces where expires_at < $1',
    [now],
  );
  return sessions + failures + nonces;
}
