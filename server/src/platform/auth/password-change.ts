import { AppError, assert } from '@cairn/kernel';
import { FIRM, work } from '../work.ts';
import { markLogin, type OpenedSession } from './login.ts';
import { assertPasswordRules, hashPassword, verifyPassword } from './passwords.ts';
import type { Caller } from './second-factor.ts';
import type { AuthService } from './service.ts';
import { advanceSession, endSessions } from './sessions.ts';
import { countFailure, forgetFailures, isLocked, subjectsOf } from './throttle.ts';
import { newToken } from './tokens.ts';
import { findUser, subjectOf } from './users.ts';

/**
 * Gives the caller another password. Every other session of the user ends, and this one goes on
 * under a new token. PASSWORD_WEAK, PASSWORD_SAME, CODE_REFUSED when the present one is not right.
 */
export async function changePassword(
  auth: AuthService,
  caller: Caller,
  input: { currentPassword: string; newPassword: string },
): Promise<OpenedSession> {
  const { actor, session, source } = caller;
  const known = await findUser(auth.world.db, actor.id);
  assert(known !== undefined, 'a session belongs to a user');
  assertPasswordRules(input.newPassword, known.user_name, auth.settings.passwordLengthMin);
  const isRight = await verifyPassword(known.password_hash, input.currentPassword);
  if (isRight && input.currentPassword.normalize('NFC') === input.newPassword.normalize('NFC')) {
    throw new AppError('PASSWORD_SAME');
  }
  const passwordHash = await hashPassword(input.newPassword);
  const token = newToken();
  const opened = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const now = auth.clock.now();
    const subjects = subjectsOf(known.user_name, source.from, auth.settings.lockoutFailures);
    const locked = await isLocked(tx, subjects, now);
    const changed =
      !locked && isRight
        ? await tx.affected(
            `update platform.users set password_hash = $3, password_changed_at = $4, updated_at = $4
             where user_id = $1 and password_hash = $2`,
            [actor.id, known.password_hash, passwordHash, now],
          )
        : 0;
    if (changed === 0 && !locked) await countFailure(tx, subjects, now);
    audit({
      bucket: FIRM,
      actor,
      action: 'auth.password-change',
      subject: subjectOf(known),
      result: changed === 1 ? 'done' : 'refused',
      detail: changed === 1 ? {} : { reason: locked ? 'locked' : 'password' },
    });
    if (changed === 0) return undefined;
    await forgetFailures(tx, subjects, now);
    await endSessions(tx, actor.id, session.sessionId);
    if (session.stage !== 'open') await markLogin(tx, actor.id, now);
    const { sessionId } = session;
    return advanceSession(tx, auth, { sessionId, token, stage: 'open' });
  });
  auth.forgetIdentity(actor.id);
  if (opened === undefined) throw new AppError('CODE_REFUSED');
  return {
    token,
    stage: 'open',
    expiresAt: opened,
    idleMinutes: auth.settings.sessionIdleMinutes,
    userId: actor.id,
    roles: known.roles,
  };
}
