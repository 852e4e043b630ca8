import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { type Actor, type Role, STAFF_ROLES, systemActor } from '../actor.ts';
import { FIRM, work } from '../work.ts';
import { listPartnerKeys } from './partner-keys.ts';
import { assertPasswordRules, hashPassword } from './passwords.ts';
import type { AuthService } from './service.ts';
import { endSessions } from './sessions.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';
import { subjectOf } from './users.ts';

/** A staff user as administrators see it. */
export interface StaffUser {
  staffId: string;
  userName: string;
  state: 'pending' | 'active' | 'disabled';
  roles: Role[];
  branchCode?: string;
  createdAt: Instant;
  /** Whether a second factor is enrolled. */
  hasSecondFactor: boolean;
  lastLoginAt?: Instant;
}

/** A row of a staff user. */
export interface StaffRow {
  user_id: string;
  user_name: string;
  state: StaffUser['state'];
  roles: Role[];
  branch_code: string | null;
  created_at: Instant;
  has_second_factor: boolean;
  last_login_at: Instant | null;
  customer_id: string | null;
}

/** The columns of a StaffRow. */
export const STAFF_COLUMNS = `user_id, user_name, state, roles, branch_code, created_at, last_login_at,
  customer_id, totp_secret is not null as has_second_factor`;

/** The user of a row. */
export function staffOf(row: StaffRow): StaffUser {
  return {
    staffId: row.user_id,
    userName: row.user_name,
    state: row.state,
    roles: row.roles,
    ...(row.branch_code === null ? {} : { branchCode: row.branch_code }),
    createdAt: row.created_at,
    hasSecondFactor: row.has_second_factor,
    ...(row.last_login_at === null ? {} : { lastLoginAt: row.last_login_at }),
  };
}

/** The roles without repetition. STAFF_ROLES_CONFLICT when duties that must be apart stand together. */
export function separateRoles(roles: readonly Role[]): Role[] {
  const distinct = [...new Set(roles)].sort();
  const isSeparate =
    distinct.length === 1 || !(distinct.includes('administrator') || distinct.includes('auditor'));
  if (isSeparate && distinct.length > 0 && distinct.every(isStaffRole)) return distinct;
  throw new AppError('STAFF_ROLES_CONFLICT', { roles: distinct });
}

function isStaffRole(role: Role): boolean {
  return STAFF_ROLES.includes(role);
}

/** All staff users by name. */
export async function listStaff(auth: AuthService): Promise<StaffUser[]> {
  const rows = await auth.world.db.query<StaffRow>(
    `select ${STAFF_COLUMNS} from platform.users where customer_id is null order by user_name`,
  );
  return rows.map(staffOf);
}

/** The names behind the ids of records: every member of staff and every program with a key. */
export async function listDirectory(auth: AuthService) {
  const staff = await listStaff(auth);
  const keys = await listPartnerKeys(auth);
  return [
    ...staff.map(({ staffId, userName, roles, state, branchCode }) => ({
      actor: `staff:${staffId}`,
      userName,
      roles,
      state,
      ...(branchCode === undefined ? {} : { branchCode }),
    })),
    ...keys.map(({ keyId, name, roles, revokedAt, branchCode }) => ({
      actor: `partner:${keyId}`,
      userName: name,
      roles,
      state: revokedAt === undefined ? ('active' as const) : ('disabled' as const),
      ...(branchCode === undefined ? {} : { branchCode }),
    })),
  ];
}

/** One staff user. STAFF_NOT_FOUND. */
export async function getStaff(auth: AuthService, staffId: string): Promise<StaffUser> {
  const [row] = await auth.world.db.query<StaffRow>(
    `select ${STAFF_COLUMNS} from platform.users where user_id = $1 and customer_id is null`,
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
      `insert into platform.users (user_id, user_name, state, roles, branch_code,
         activation_digest, activation_expires_at, created_at, updated_at)
       values ($1, $2, 'pending', $3::text[], $4, $5, $6, $7, $7)
       on conflict (user_name) do nothing returning ${STAFF_COLUMNS}`,
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
      subject: `staff:${row.user_id}`,
      result: 'done',
      detail: { had: [], roles, branchCode: input.branchCode ?? null },
    });
    return staffOf(row);
  });
  return { staff, activationCode };
}

/** Until when a one-time code holds that is given out now. */
export function activationEnd(auth: AuthService, now: Instant): Instant {
  return instantFromEpochMs(epochMsOf(now) + auth.settings.activationHours * 3_600_000);
}

/**
 * Sets the password of a pending user, staff or investor, who has the activation code. ACTIVATION_REFUSED for any wrong
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
    const [row] = await tx.query<StaffRow>(
      `update platform.users set state = 'active', password_hash = $3, updated_at = $4,
         password_changed_at = $4, activation_digest = null, activation_expires_at = null
       where user_name = $1 and activation_digest = $2 and state = 'pending'
         and activation_expires_at > $4
       returning ${STAFF_COLUMNS}`,
      [userName, tokenDigest(input.activationCode), passwordHash, auth.clock.now()],
    );
    if (row === undefined) throw new AppError('ACTIVATION_REFUSED');
    const kind = row.customer_id === null ? 'staff' : 'investor';
    const actor: Actor = { kind, id: row.user_id, roles: row.roles, ...request };
    audit({
      bucket: FIRM,
      actor,
      action: `${kind}.activate`,
      subject: subjectOf(row),
      result: 'done',
      detail: {},
    });
  });
}

/**
 * Disables staff who have not logged in for the days of the settings, and ends their sessions; the
 * last active administrator stays. Answers whom. 0 days: nobody.
 */
export async function disableUnused(auth: AuthService): Promise<string[]> {
  const { unusedDaysMax } = auth.settings;
  if (unusedDaysMax === 0) return [];
  const staffIds = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const now = auth.clock.now();
    const before = instantFromEpochMs(epochMsOf(now) - unusedDaysMax * 86_400_000);
    const rows = await tx.query<{ user_id: string }>(
      `update platform.users u set state = 'disabled', password_hash = null, updated_at = $2
       where state = 'active' and customer_id is null and coalesce(last_login_at, updated_at) < $1
         and (not 'administrator' = any(roles) or exists (
           select 1 from platform.users o where o.state = 'active'
             and 'administrator' = any(o.roles)
             and coalesce(o.last_login_at, o.updated_at) >= $1))
       returning user_id`,
      [before, now],
    );
    for (const { user_id: staffId } of rows) {
      await endSessions(tx, staffId);
      audit({
        bucket: FIRM,
        actor: systemActor('unused-accounts'),
        action: 'staff.disable',
        subject: `staff:${staffId}`,
        result: 'done',
        detail: { reason: 'unused', days: unusedDaysMax },
      });
    }
    return rows.map((row) => row.user_id);
  });
  for (const staffId of staffIds) auth.forgetIdentity(staffId);
  return staffIds;
}
