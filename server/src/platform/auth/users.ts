/** The rows of those who sign in, as the programs of this folder read them. */
import { epochMsOf, type Instant } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import type { CipherTable } from '../rekey.ts';
import type { Sql } from '../db.ts';
import type { AuthService } from './service.ts';
import type { RequestSource, SessionStage } from './sessions.ts';

/** One user with everything that decides about signing in. */
export interface UserRow {
  user_id: string;
  user_name: string;
  state: 'pending' | 'active' | 'disabled';
  roles: Role[];
  branch_code: string | null;
  customer_id: string | null;
  password_hash: string | null;
  totp_secret: Uint8Array | null;
  totp_pending: Uint8Array | null;
  totp_step: bigint | null;
  recovery_digest: Uint8Array | null;
  recovery_expires_at: Instant | null;
  password_changed_at: Instant | null;
  last_login_at: Instant | null;
  updated_at: Instant;
}

const COLUMNS = `user_id, user_name, state, roles, branch_code, customer_id, password_hash,
  totp_secret, totp_pending, totp_step, recovery_digest, recovery_expires_at, password_changed_at,
  last_login_at, updated_at`;

/** The user of a name in lower case. */
export async function findUserByName(sql: Sql, userName: string): Promise<UserRow | undefined> {
  const [row] = await sql.query<UserRow>(
    `select ${COLUMNS} from platform.users where user_name = $1`,
    [userName],
  );
  return row;
}

/** The user of an id. */
export async function findUser(sql: Sql, userId: string): Promise<UserRow | undefined> {
  const [row] = await sql.query<UserRow>(
    `select ${COLUMNS} from platform.users where user_id = $1`,
    [userId],
  );
  return row;
}

/** Whether a user is a customer who signs in for himself. */
export function isInvestor(row: Pick<UserRow, 'customer_id'>): boolean {
  return row.customer_id !== null;
}

/** The user as an actor. */
export function actorOf(row: UserRow, { requestId, from }: RequestSource): Actor {
  return {
    kind: isInvestor(row) ? 'investor' : 'staff',
    id: row.user_id,
    roles: row.roles,
    requestId,
    from,
    ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
  };
}

/** The name of a user in audit records. */
export function subjectOf(row: Pick<UserRow, 'user_id' | 'customer_id'>): string {
  return `${isInvestor(row) ? 'investor' : 'staff'}:${row.user_id}`;
}

const DAY_MS = 86_400_000;

/** Whether a member of staff has been away for longer than an account may rest. */
export function isUnused(auth: AuthService, row: UserRow, now: Instant): boolean {
  const { unusedDaysMax } = auth.settings;
  if (unusedDaysMax === 0 || isInvestor(row)) return false;
  const usedAt = row.last_login_at ?? row.updated_at;
  return epochMsOf(now) - epochMsOf(usedAt) > unusedDaysMax * DAY_MS;
}

/** What a user must still do, in this order, before a session is open. */
export function stageOf(
  auth: AuthService,
  row: UserRow,
  proven: { secondFactor: boolean },
  now: Instant,
): SessionStage {
  if (!proven.secondFactor) {
    if (row.totp_secret !== null) return 'secondFactor';
    // The second factor is a rule for staff; an investor may have one.
    if (!isInvestor(row)) return 'enrolment';
  }
  return isPasswordOld(auth, row, now) ? 'passwordChange' : 'open';
}

function isPasswordOld(auth: AuthService, row: UserRow, now: Instant): boolean {
  const { passwordDaysMax } = auth.settings;
  if (passwordDaysMax === 0 || row.password_changed_at === null) return false;
  return epochMsOf(now) - epochMsOf(row.password_changed_at) > passwordDaysMax * DAY_MS;
}

/** The ciphertexts of users. */
export const userCiphers: CipherTable = {
  table: 'platform.users',
  key: [['user_id', 'text']],
  columns: {
    totp_secret: ({ user_id: userId = '' }) => totpContext(userId),
    totp_pending: ({ user_id: userId = '' }) => totpContext(userId),
  },
};

/** The context that an encrypted second-factor secret is bound to. */
export function totpContext(userId: string): string {
  return `platform.users/${userId}/totp`;
}
