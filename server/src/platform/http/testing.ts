import type { Actor, Role } from '../actor.ts';
import { openSession } from '../auth/sessions.ts';
import { newId, newToken } from '../auth/tokens.ts';
import type { App } from './app.ts';

// Of a random text that nobody kept.
const HASH_OF_NOTHING =
  '$argon2id$v=19$m=19456,t=2,p=1$j/M+QB/FPpmpAAKjxkHU1Q$vmOrErK3+gh8Kxt6ysIYASlinwDIWUIz4C+ky7rv1xA';

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
  // A customer whom nobody else is; `signInInvestor` is for one who exists.
  const customerId = roles.includes('investor') ? `C${staffId}` : null;
  const now = app.auth.clock.now();
  await app.auth.world.db.tx(async (tx) => {
    await tx.query(
      `insert into platform.users (user_id, user_name, state, roles, branch_code, customer_id,
         password_hash, created_at, updated_at)
       values ($1, lower($1), 'active', $2::text[], $3, $4, $5, $6, $6)`,
      [staffId, roles, branchCode ?? null, customerId, HASH_OF_NOTHING, now],
    );
    const source = { from: 'local' };
    await openSession(tx, app.auth, {
      userId: staffId,
      token,
      stage: 'open',
      channel: 'api',
      source,
    });
  });
  const kind = roles.includes('investor') ? 'investor' : 'staff';
  const actor: Actor = { kind, id: staffId, roles, requestId: 'test-run', from: 'local' };
  return { headers: { authorization: `Bearer ${token}` }, staffId, actor };
}
