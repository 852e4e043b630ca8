/** The second factor: enrolling it, showing it at login, and proving again before weighty acts. */
import { timingSafeEqual } from 'node:crypto';
import { AppError, assert, type Instant } from '@cairn/kernel';
import type { Actor } from '../actor.ts';
import type { Tx } from '../db.ts';
import { FIRM, type Work, work } from '../work.ts';
import { markLogin, type OpenedSession, takeCode } from './login.ts';
import { verifyPassword } from './passwords.ts';
import type { AuthService } from './service.ts';
import { advanceSession, endSessions, type RequestSource, type SessionFacts } from './sessions.ts';
import { countFailure, forgetFailures, isLocked, subjectsOf } from './throttle.ts';
import { newToken, tokenDigest } from './tokens.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';
import { findUser, stageOf, subjectOf, totpContext, type UserRow } from './users.ts';

const WRONG_CODES_MAX = 5;

/** The signed-in caller of these acts. */
export interface Caller {
  readonly actor: Actor;
  readonly session: SessionFacts;
  readonly source: RequestSource;
}

/** What one attempt sees under the lock. */
interface Attempt {
  readonly unit: Work;
  readonly row: UserRow;
  readonly now: Instant;
}

/** Either what an attempt gives, or why it is refused; a refusal is counted and recorded. */
type Outcome<T> = { done: T } | { refused: string };

/**
 * Runs an attempt that a wrong secret may spoil: it is refused while the account is slowed down, a
 * refusal counts, and after five of them the session that made them is over. CODE_REFUSED.
 */
async function attempt<T>(
  auth: AuthService,
  caller: Caller,
  action: string,
  body: (attempt: Attempt) => Promise<Outcome<T>>,
): Promise<T> {
  const { actor, session, source } = caller;
  const outcome = await work(auth.world, [FIRM], async (unit): Promise<Outcome<T>> => {
    const { tx, audit } = unit;
    const now = auth.clock.now();
    const row = await findUser(tx, actor.id);
    assert(row !== undefined, 'a session belongs to a user');
    const subjects = subjectsOf(row.user_name, source.from, auth.settings.lockoutFailures);
    const result: Outcome<T> = (await isLocked(tx, subjects, now))
      ? { refused: 'locked' }
      : await body({ unit, row, now });
    const refused = 'refused' in result ? result.refused : undefined;
    if (refused === undefined) await forgetFailures(tx, subjects, now);
    else {
      if (refused !== 'locked') await countFailure(tx, subjects, now);
      await countWrong(tx, session);
    }
    audit({
      bucket: FIRM,
      actor,
      action,
      subject: subjectOf(row),
      result: refused === undefined ? 'done' : 'refused',
      detail: refused === undefined ? {} : { reason: refused },
    });
    return result;
  });
  auth.forgetIdentity(actor.id);
  if ('refused' in outcome) throw new AppError('CODE_REFUSED');
  return outcome.done;
}

async function countWrong(tx: Tx, { sessionId }: SessionFacts): Promise<void> {
  await tx.query(
    'update platform.sessions set wrong_codes = wrong_codes + 1 where session_id = $1',
    [sessionId],
  );
  await tx.query('delete from platform.sessions where session_id = $1 and wrong_codes >= $2', [
    sessionId,
    WRONG_CODES_MAX,
  ]);
}

/** Moves the session on now that the second factor is shown. */
async function moveOn(
  auth: AuthService,
  { unit, row, now }: Attempt,
  { session }: Caller,
): Promise<OpenedSession> {
  const token = newToken();
  const stage = stageOf(auth, row, { secondFactor: true }, now);
  const { sessionId } = session;
  const expiresAt = await advanceSession(unit.tx, auth, { sessionId, token, stage });
  if (stage === 'open') await markLogin(unit.tx, row.user_id, now);
  const { sessionIdleMinutes: idleMinutes } = auth.settings;
  return { token, stage, expiresAt, idleMinutes, userId: row.user_id, roles: row.roles };
}

/**
 * Draws a second factor for the caller and keeps it until it is confirmed; drawing again replaces
 * it. After a recovery the one-time code of the administrator is needed. CODE_REFUSED.
 */
export function enrolSecondFactor(
  auth: AuthService,
  caller: Caller,
  recoveryCode: string | undefined,
): Promise<{ secret: string; uri: string }> {
  return attempt(auth, caller, 'auth.second-factor-enrol', async ({ unit, row, now }) => {
    if (!isRecoveryShown(row, recoveryCode, now)) return { refused: 'recovery code' };
    const secret = newTotpSecret();
    await unit.tx.query('update platform.users set totp_pending = $2 where user_id = $1', [
      row.user_id,
      auth.world.secrets.encrypt(secret, totpContext(row.user_id)),
    ]);
    return { done: { secret, uri: totpUri(secret, row.user_name) } };
  });
}

function isRecoveryShown(row: UserRow, code: string | undefined, now: Instant): boolean {
  if (row.recovery_digest === null) return true;
  if (code === undefined || row.recovery_expires_at === null) return false;
  if (row.recovery_expires_at <= now) return false;
  return timingSafeEqual(tokenDigest(code), row.recovery_digest);
}

/**
 * Puts the drawn second factor in force with its first code. Every other session of the user ends,
 * and this one moves on. CODE_REFUSED, also when nothing was drawn.
 */
export function confirmSecondFactor(
  auth: AuthService,
  caller: Caller,
  code: string,
): Promise<OpenedSession> {
  return attempt(auth, caller, 'auth.second-factor-confirm', async (own) => {
    const { unit, row, now } = own;
    if (row.totp_pending === null) return { refused: 'nothing drawn' };
    const secret = auth.world.secrets.decrypt(row.totp_pending, totpContext(row.user_id));
    const step = stepOfCode(secret, code, now, null);
    if (step === undefined) return { refused: 'code' };
    await unit.tx.query(
      `update platform.users set totp_secret = totp_pending, totp_pending = null, totp_step = $2,
         recovery_digest = null, recovery_expires_at = null where user_id = $1`,
      [row.user_id, step],
    );
    await endSessions(unit.tx, row.user_id, caller.session.sessionId);
    return { done: await moveOn(auth, own, caller) };
  });
}

/** Shows the second factor of a login that gave the password alone. CODE_REFUSED. */
export function verifySecondFactor(
  auth: AuthService,
  caller: Caller,
  code: string,
): Promise<OpenedSession> {
  return attempt(auth, caller, 'auth.second-factor', async (own) => {
    const isRight = await takeCode(own.unit.tx, auth, own.row, code);
    return isRight ? { done: await moveOn(auth, own, caller) } : { refused: 'code' };
  });
}

/**
 * Proves again who sits there, by a code, or by the password for a user without a second factor.
 * CODE_REFUSED. Answers until when the proof holds.
 */
export async function stepUp(
  auth: AuthService,
  caller: Caller,
  proof: { code?: string; password?: string },
): Promise<{ provenUntil: Instant }> {
  const known = await findUser(auth.world.db, caller.actor.id);
  const isPassword =
    proof.password !== undefined &&
    (await verifyPassword(known?.password_hash ?? null, proof.password));
  return attempt(auth, caller, 'auth.step-up', async ({ unit, row, now }) => {
    const isRight =
      row.totp_secret === null
        ? isPassword && row.password_hash === known?.password_hash
        : proof.code !== undefined && (await takeCode(unit.tx, auth, row, proof.code));
    if (!isRight) return { refused: row.totp_secret === null ? 'password' : 'code' };
    await unit.tx.query('update platform.sessions set proven_at = $2 where session_id = $1', [
      caller.session.sessionId,
      now,
    ]);
    return { done: { provenUntil: auth.provenUntil(now) } };
  });
}
