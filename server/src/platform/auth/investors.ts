/** Investors: customers who sign in for themselves, each bound to one customer for ever. */
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Actor } from '../actor.ts';
import type { Sql, Tx } from '../db.ts';
import { FIRM, work } from '../work.ts';
import type { AuthService } from './service.ts';
import { endSessions } from './sessions.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';

/** The access of a customer, as staff see it. */
export interface InvestorAccess {
  userId: string;
  userName: string;
  state: 'pending' | 'active' | 'disabled';
  createdAt: Instant;
  lastLoginAt: Instant | null;
  hasSecondFactor: boolean;
}

interface AccessRow {
  user_id: string;
  user_name: string;
  state: InvestorAccess['state'];
  created_at: Instant;
  last_login_at: Instant | null;
  has_second_factor: boolean;
}

const COLUMNS = `user_id, user_name, state, created_at, last_login_at,
  totp_secret is not null as has_second_factor`;

function accessOf(row: AccessRow): InvestorAccess {
  return {
    userId: row.user_id,
    userName: row.user_name,
    state: row.state,
    createdAt: row.created_at,
    lastLoginAt: row.last_login_at,
    hasSecondFactor: row.has_second_factor,
  };
}

/** The access of a customer; undefined when he was never invited. */
export async function findInvestorAccess(
  sql: Sql,
  customerId: string,
): Promise<InvestorAccess | undefined> {
  const [row] = await sql.query<AccessRow>(
    `select ${COLUMNS} from platform.users where customer_id = $1`,
    [customerId],
  );
  return row === undefined ? undefined : accessOf(row);
}

/** An access with the one-time code that sets its password; the code is answered once. */
export interface Invitation {
  access: InvestorAccess;
  activationCode: string;
}

function activationEnd(auth: AuthService, now: Instant): Instant {
  return instantFromEpochMs(epochMsOf(now) + auth.settings.activationHours * 3_600_000);
}

/**
 * Invites a customer to sign in under a user name. The caller has made sure that the actor may see
 * him. INVESTOR_EXISTS, STAFF_NAME_TAKEN.
 */
export async function inviteInvestor(
  auth: AuthService,
  actor: Actor,
  { customerId, userName }: { customerId: string; userName: string },
): Promise<Invitation> {
  const activationCode = newToken();
  const access = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    if ((await findInvestorAccess(tx, customerId)) !== undefined) {
      throw new AppError('INVESTOR_EXISTS', { customerId });
    }
    const now = auth.clock.now();
    const [row] = await tx.query<AccessRow>(
      `insert into platform.users (user_id, user_name, state, roles, customer_id,
         activation_digest, activation_expires_at, created_at, updated_at)
       values ($1, $2, 'pending', array['investor'], $3, $4, $5, $6, $6)
       on conflict (user_name) do nothing returning ${COLUMNS}`,
      [
        newId('I'),
        userName.toLowerCase(),
        customerId,
        tokenDigest(activationCode),
        activationEnd(auth, now),
        now,
      ],
    );
    if (row === undefined) throw new AppError('STAFF_NAME_TAKEN', { userName });
    audit({
      bucket: FIRM,
      actor,
      action: 'investor.invite',
      subject: `investor:${row.user_id}`,
      result: 'done',
      detail: { customerId },
    });
    return accessOf(row);
  });
  return { access, activationCode };
}

interface Change {
  readonly action: string;
  readonly set: string;
  readonly values: readonly unknown[];
}

async function changeAccess(
  auth: AuthService,
  actor: Actor,
  customerId: string,
  change: Change,
): Promise<InvestorAccess> {
  const access = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const [row] = await tx.query<AccessRow>(
      `update platform.users set ${change.set}, updated_at = $2 where customer_id = $1
       returning ${COLUMNS}`,
      [customerId, auth.clock.now(), ...change.values],
    );
    if (row === undefined) throw new AppError('INVESTOR_NOT_INVITED', { customerId });
    await endSessions(tx, row.user_id);
    const subject = `investor:${row.user_id}`;
    const { action } = change;
    audit({ bucket: FIRM, actor, action, subject, result: 'done', detail: { customerId } });
    return accessOf(row);
  });
  auth.forgetIdentity(access.userId);
  return access;
}

/** Takes password and second factor away and answers a new one-time code. INVESTOR_NOT_INVITED. */
export async function resetInvestor(
  auth: AuthService,
  actor: Actor,
  customerId: string,
): Promise<Invitation> {
  const activationCode = newToken();
  const access = await changeAccess(auth, actor, customerId, {
    action: 'investor.reset',
    set: `state = 'pending', password_hash = null, totp_secret = null, totp_pending = null,
      activation_digest = $3, activation_expires_at = $4`,
    values: [tokenDigest(activationCode), activationEnd(auth, auth.clock.now())],
  });
  return { access, activationCode };
}

/** Closes the access of a customer; only a reset opens it again. INVESTOR_NOT_INVITED. */
export function disableInvestor(
  auth: AuthService,
  actor: Actor,
  customerId: string,
): Promise<InvestorAccess> {
  return changeAccess(auth, actor, customerId, {
    action: 'investor.disable',
    set: `state = 'disabled', password_hash = null, activation_digest = null`,
    values: [],
  });
}

/** Closes the access of a customer who is closed, in the transaction of his closing. */
export async function closeInvestorAccess(tx: Tx, customerId: string, now: Instant): Promise<void> {
  const rows = await tx.query<{ user_id: string }>(
    `update platform.users set state = 'disabled', password_hash = null,
       activation_digest = null, updated_at = $2 where customer_id = $1 returning user_id`,
    [customerId, now],
  );
  for (const { user_id: userId } of rows) await endSessions(tx, userId);
}
