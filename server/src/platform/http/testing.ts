import type { Actor, Role } from '../actor.ts';
import { openSession } from '../auth/login.ts';
import { newId, newToken } from '../auth/tokens.ts';
import type { App } from './app.ts';

/**
 * For tests: a staff user of these roles with an open session, and the header that carries it. The
 * user and the session are real rows; only the password is left out.
 */
export async function signIn(
  app: App,
  roles: readonly Role[],
  branchCode?: string,
): Promise<{ headers: { authorization: string }; staffId: string; actor: Actor }> {
  const staffId = newId('S');
  const token = newToken();
  const now = app.auth.clock.now();
  await app.auth.world.db.tx(async (tx) => {
    await tx.query(
      `insert into platform.staff (staff_id, user_name, state, roles, branch_code, password_hash, created_at, updated_at)
       values ($1, lower($1), 'active', $2::text[], $3, 'set by a test', $4, $4)`,
      [staffId, roles, branchCode ?? null, now],
    );
    await openSession(tx, app.auth, staffId, token, 'local');
  });
  const actor: Actor = { kind: 'staff', id: staffId, roles, requestId: 'test-run', from: 'local' };
  return { headers: { authorization: `Bearer ${token}` }, staffId, actor };
}
