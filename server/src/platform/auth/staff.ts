import { createHash } from 'node:crypto';
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { type Actor, actorName, type Role } from '../actor.ts';
import type { Tx } from '../db.ts';
import { FIRM, work } from '../work.ts';
import { assertPasswordRules, hashPassword } from './passwords.ts';
import type { AuthService } from './service.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';

/** A staff user as administrators see it. */
export interface StaffUser {
  staffId: string;
  userName: string;
  state: 'pending' | 'active' | 'disabled';
  roles: Role[];
  branchCode?: string;
  createdAt: Instant;
}

interface StaffRow {
  staff_id: string;
  user_name: string;
  state: StaffUser['state'];
  roles: Role[];
  branch_code: string | null;
  created_at: Instant;
}

const COLUMNS = 'staff_id, user_name, state, roles, branch_code, created_at';

function staffOf(row: StaffRow): StaffUser {
  return {
    staffId: row.staff_id,
    userName: row.user_name,
    state: row.state,
    roles: row.roles,
    ...(row.branch_code === null ? {} : { branchCode: row.branch_code }),
    createdAt: row.created_at,
  };
}

/** The roles without repetition. STAFF_ROLES_CONFLICT when duties that must be apart stand together. */
function separateRoles(roles: readonly Role[]): Role[] {
  const distinct = [...new Set(roles)].sort();
  const isSeparate =
    distinct.length === 1 || !(distinct.includes('administrator') || distinct.includes('auditor'));
  if (isSeparate && distinct.length > 0 && !distinct.includes('partner')) return distinct;
  throw new AppError('STAFF_ROLES_CONFLICT', { roles: distinct });
}

/** All staff users by name. */
export async function listStaff(auth: AuthService): Promise<StaffUser[]> {
  const rows = await auth.world.db.query<StaffRow>(
    `select ${COLUMNS} from platform.staff order by user_name`,
  );
  return rows.map(staffOf);
}

/** One staff user. STAFF_NOT_FOUND. */
export async function getStaff(auth: AuthService, staffId: string): Promise<StaffUser> {
  const [row] = await auth.world.db.query<StaffRow>(
    `select ${COLUMNS} from platform.staff where staff_id = $1`,
    [staffId],
  );
  if (row === undefined) throw new AppError('STAFF_NOT_FOUND', { staffId });
  return staffOf(row);
}

/**
 * Creates a staff user who must set a password with the one-time activation code. The code is
 * answered once and stored as a digest. STAFF_NAME_TAKEN, STAFF_ROLES_CONFLICT.
 */
export async function createStaff(
  auth: AuthService,
  actor: Actor,
  input: { userName: string; roles: readonly Role[]; branchCode?: string },
): Promise<{ staff: StaffUser; activationCode: string }> {
  const roles = separateRoles(input.roles);
  const activationCode = newToken();
  const staff = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const now = auth.clock.now();
    const [row] = await tx.query<StaffRow>(
      `insert into platform.staff (staff_id, user_name, state, roles, branch_code,
         activation_digest, activation_expires_at, created_at, updated_at)
       values ($1, $2, 'pending', $3::text[], $4, $5, $6, $7, $7)
       on conflict (user_name) do nothing returning ${COLUMNS}`,
      [
        newId('S'),
        input.userName.toLowerCase(),
        roles,
        input.branchCode ?? null,
        tokenDigest(activationCode),
        activationEnd(auth, now),
        now,
      ],
    );
    if (row === undefined) throw new AppError('STAFF_NAME_TAKEN', { userName: input.userName });
    audit({
      bucket: FIRM,
      actor,
      action: 'staff.create',
      subject: `staff:${row.staff_id}`,
      result: 'done',
      detail: { roles, branchCode: input.branchCode ?? null },
    });
    return staffOf(row);
  });
  return { staff, activationCode };
}

function activationEnd(auth: AuthService, now: Instant): Instant {
  return instantFromEpochMs(epochMsOf(now) + auth.settings.activationHours * 3_600_000);
}

/**
 * Sets the password of a pending user who has the activation code. ACTIVATION_REFUSED for any wrong
 * combination, PASSWORD_WEAK.
 */
export async function activateStaff(
  auth: AuthService,
  input: { userName: string; activationCode: string; password: string },
  request: { requestId: string; from: string },
): Promise<void> {
  const userName = input.userName.toLowerCase();
  assertPasswordRules(input.password, userName, auth.settings.passwordLengthMin);
  const passwordHash = await hashPassword(input.password);
  await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const [row] = await tx.query<{ staff_id: string; roles: Role[] }>(
      `update platform.staff set state = 'active', password_hash = $3, updated_at = $4,
         activation_digest = null, activation_expires_at = null
       where user_name = $1 and activation_digest = $2 and state = 'pending'
         and activation_expires_at > $4
       returning staff_id, roles`,
      [userName, tokenDigest(input.activationCode), passwordHash, auth.clock.now()],
    );
    if (row === undefined) throw new AppError('ACTIVATION_REFUSED');
    const actor: Actor = { kind: 'staff', id: row.staff_id, roles: row.roles, ...request };
    const subject = `staff:${row.staff_id}`;
    audit({ bucket: FIRM, actor, action: 'staff.activate', subject, result: 'done', detail: {} });
  });
}

/** Ends every session of a user, in the transaction of the change that makes it necessary. */
async function endSessions(tx: Tx, staffId: string): Promise<void> {
  await tx.query('delete from platform.sessions where staff_id = $1', [staffId]);
}

async function assertNotLastAdministrator(tx: Tx, staffId: string): Promise<void> {
  const others = await tx.query(
    `select 1 from platform.staff where staff_id <> $1 and state = 'active'
     and 'administrator' = any(roles) limit 1`,
    [staffId],
  );
  const mine = await tx.query(
    `select 1 from platform.staff where staff_id = $1 and state = 'active'
     and 'administrator' = any(roles)`,
    [staffId],
  );
  if (mine.length > 0 && others.length === 0) throw new AppError('STAFF_LAST_ADMINISTRATOR');
}

interface Change {
  readonly action: string;
  readonly set: string;
  readonly values: readonly unknown[];
  readonly detail: Record<string, unknown>;
}

/** Changes a user other than the actor, ends the user's sessions and records it. */
async function changeStaff(
  auth: AuthService,
  actor: Actor,
  staffId: string,
  change: Change,
): Promise<StaffUser> {
  if (actor.kind === 'staff' && actor.id === staffId) throw new AppError('STAFF_OWN_ACCOUNT');
  const staff = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    await assertNotLastAdministrator(tx, staffId);
    const [row] = await tx.query<StaffRow>(
      `update platform.staff set ${change.set}, updated_at = $2 where staff_id = $1 returning ${COLUMNS}`,
      [staffId, auth.clock.now(), ...change.values],
    );
    if (row === undefined) throw new AppError('STAFF_NOT_FOUND', { staffId });
    await endSessions(tx, staffId);
    const { action, detail } = change;
    audit({ bucket: FIRM, actor, action, subject: `staff:${staffId}`, result: 'done', detail });
    return staffOf(row);
  });
  auth.forgetIdentity(staffId);
  return staff;
}

/** Gives a user other roles and ends the user's sessions. */
export function changeRoles(
  auth: AuthService,
  actor: Actor,
  staffId: string,
  roles: readonly Role[],
): Promise<StaffUser> {
  const distinct = separateRoles(roles);
  return changeStaff(auth, actor, staffId, {
    action: 'staff.roles',
    set: 'roles = $3::text[]',
    values: [distinct],
    detail: { roles: distinct },
  });
}

/** Disables a user and ends the user's sessions; only a reset brings the user back. */
export function disableStaff(auth: AuthService, actor: Actor, staffId: string): Promise<StaffUser> {
  return changeStaff(auth, actor, staffId, {
    action: 'staff.disable',
    set: `state = 'disabled', password_hash = null, activation_digest = null`,
    values: [],
    detail: {},
  });
}

/**
 * Takes a user's password away and answers a new one-time activation code: whoever resets never
 * learns the password that follows.
 */
export async function resetStaff(
  auth: AuthService,
  actor: Actor,
  staffId: string,
): Promise<{ staff: StaffUser; activationCode: string }> {
  const activationCode = newToken();
  const staff = await changeStaff(auth, actor, staffId, {
    action: 'staff.reset',
    set: `state = 'pending', password_hash = null, activation_digest = $3, activation_expires_at = $4`,
    values: [tokenDigest(activationCode), activationEnd(auth, auth.clock.now())],
    detail: { by: actorName(actor) },
  });
  return { staff, activationCode };
}

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
     where not exists (select 1 from platform.staff where state <> 'pending')
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
    const anyone = await tx.query(`select 1 from platform.staff where state <> 'pending' limit 1`);
    if (used !== 1 || anyone.length > 0) throw new AppError('BOOTSTRAP_REFUSED');
    const [row] = await tx.query<StaffRow>(
      `insert into platform.staff (staff_id, user_name, state, roles, password_hash, created_at, updated_at)
       values ($1, $2, 'active', array['administrator'], $3, $4, $4) returning ${COLUMNS}`,
      [newId('S'), userName, passwordHash, now],
    );
    if (row === undefined) throw new AppError('BOOTSTRAP_REFUSED');
    const actor: Actor = { kind: 'staff', id: row.staff_id, roles: row.roles, ...request };
    const subject = `staff:${row.staff_id}`;
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
