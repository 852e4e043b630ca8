/** The first administrator: a one-time key, shown at the first start, and nothing by default. */
import { createHash } from 'node:crypto';
import { AppError } from '@cairn/kernel';
import type { Actor } from '../actor.ts';
import { FIRM, work } from '../work.ts';
import { assertPasswordRules, hashPassword } from './passwords.ts';
import type { AuthService } from './service.ts';
import { STAFF_COLUMNS, staffOf, type StaffRow, type StaffUser } from './staff.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';

/**
 * A new one-time bootstrap key while nobody has ever been active, else undefined; users who still
 * wait for their activation do not count, since nobody could have activated them. Each call replaces
 * the key before it; only its digest is kept, so the caller must show it now.
 */
export async function issueBootstrapKey(auth: AuthService): Promise<string | undefined> {
  const key = newToken();
  const changed = await auth.world.db.affected(
    `insert into platform.bootstrap (key_digest, created_at)
     select $1, $2::timestamptz
     where not exists (select 1 from platform.users where state <> 'pending')
     on conflict (only_row) do update set key_digest = excluded.key_digest, created_at = excluded.created_at
     where platform.bootstrap.used_at is null`,
    [tokenDigest(key), auth.clock.now()],
  );
  return changed === 1 ? key : undefined;
}

/** Creates the first administrator, exactly once. BOOTSTRAP_REFUSED, PASSWORD_WEAK. */
export async function bootstrap(
  auth: AuthService,
  input: { bootstrapKey: string; userName: string; password: string },
  request: { requestId: string; from: string },
): Promise<StaffUser> {
  const userName = input.userName.toLowerCase();
  assertPasswordRules(input.password, userName, auth.settings.passwordLengthMin);
  const passwordHash = await hashPassword(input.password);
  return work(auth.world, [FIRM], async ({ tx, audit }) => {
    const now = auth.clock.now();
    const used = await tx.affected(
      'update platform.bootstrap set used_at = $2 where key_digest = $1 and used_at is null',
      [tokenDigest(input.bootstrapKey), now],
    );
    const anyone = await tx.query(`select 1 from platform.users where state <> 'pending' limit 1`);
    if (used !== 1 || anyone.length > 0) throw new AppError('BOOTSTRAP_REFUSED');
    const [row] = await tx.query<StaffRow>(
      `insert into platform.users (user_id, user_name, state, roles, password_hash,
         password_changed_at, created_at, updated_at)
       values ($1, $2, 'active', array['administrator'], $3, $4, $4, $4) returning ${STAFF_COLUMNS}`,
      [newId('S'), userName, passwordHash, now],
    );
    if (row === undefined) throw new AppError('BOOTSTRAP_REFUSED');
    const actor: Actor = { kind: 'staff', id: row.user_id, roles: row.roles, ...request };
    const subject = `staff:${row.user_id}`;
    const keyDigest = createHash('sha256').update(input.bootstrapKey).digest('hex').slice(0, 8);
    audit({
      bucket: FIRM,
      actor,
      action: 'staff.bootstrap',
      subject,
      result: 'done',
      detail: { keyDigest },
    });
    return staffOf(row);
  });
}
