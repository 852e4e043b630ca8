import { randomBytes } from 'node:crypto';
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
  // An investor is a customer whom nobody else is, unless he is named.
  customerId = roles.includes('investor')
    ? `C${randomBytes(8).toString('hex').slice(1).toUpperCase()}`
    : null,
): Promise<{ headers: { authorization: string }; staffId: string; actor: Actor }> {
  const staffId = newId('S');
  const token = newToken();
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
  const base: Actor = { kind, id: staffId, roles, requestId: 'test-run', from: 'local' };
  const actor = customerId === null ? base : { ...base, customerId };
  return { headers: { authorization: `Bearer ${token}` }, staffId, actor };
}
