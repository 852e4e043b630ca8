/**
 * What administrators do with the accounts of staff. An account with the auditor duty is not theirs
 * alone: who runs the system must not silence who watches it (GB/T 22239, 8.1.5). There an act is
 * asked for, and carried out when compliance agrees.
 */
import { AppError, assert, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { type Actor, type Role, systemActor } from '../actor.ts';
import { type Approval, registerApproval, requestApproval } from '../approvals.ts';
import type { Sql, Tx } from '../db.ts';
import { FIRM, type Work, work } from '../work.ts';
import { isOfOneHand, ONE_HAND_DAYS } from './one-hand.ts';
import type { AuthService } from './service.ts';
import { endSessions } from './sessions.ts';
import {
  activationEnd,
  separateRoles,
  STAFF_COLUMNS,
  staffOf,
  type StaffRow,
  type StaffUser,
} from './staff.ts';
import { newToken, tokenDigest } from './tokens.ts';

const KIND = 'staff.auditor-account';

/** What became of an act: the user it left, or the approval that it waits for. */
export type ActOutcome = { readonly staff: StaffUser } | { readonly approvalId: string };

/** What is done. The digest is of a one-time code: bytes in hexadecimal. */
type What =
  | { readonly act: 'roles'; readonly roles: readonly Role[] }
  | { readonly act: 'disable' }
  | {
      readonly act: 'reset' | 'second-factor-reset';
      readonly codeDigest: string;
      readonly codeUntil: Instant;
    };

/** An act as it is carried out, now or as an approval keeps it; instants by the clock of sign-in. */
type Act = What & { readonly staffId: string; readonly at: Instant };

async function assertNotLastAdministrator(tx: Tx, staffId: string): Promise<void> {
  const others = await tx.query(
    `select 1 from platform.users where user_id <> $1 and state = 'active'
     and 'administrator' = any(roles) limit 1`,
    [staffId],
  );
  const mine = await tx.query(
    `select 1 from platform.users where user_id = $1 and state = 'active'
     and 'administrator' = any(roles)`,
    [staffId],
  );
  if (mine.length > 0 && others.length === 0) throw new AppError('STAFF_LAST_ADMINISTRATOR');
}

/** The columns that an act sets, from the third parameter on. */
function settingOf(act: Act): { readonly set: string; readonly values: readonly unknown[] } {
  if (act.act === 'roles') return { set: 'roles = $3::text[]', values: [act.roles] };
  if (act.act === 'disable') {
    return {
      set: `state = 'disabled', password_hash = null, activation_digest = null`,
      values: [],
    };
  }
  const set =
    act.act === 'reset'
      ? `state = 'pending', password_hash = null, activation_digest = $3, activation_expires_at = $4`
      : `totp_secret = null, totp_pending = null, recovery_digest = $3, recovery_expires_at = $4`;
  return { set, values: [Buffer.from(act.codeDigest, 'hex'), act.codeUntil] };
}

async function rolesOf(sql: Sql, staffId: string): Promise<readonly Role[]> {
  const [row] = await sql.query<{ roles: Role[] }>(
    'select roles from platform.users where user_id = $1 and customer_id is null',
    [staffId],
  );
  if (row === undefined) throw new AppError('STAFF_NOT_FOUND', { staffId });
  return row.roles;
}

/** Who does it, and the duties that he finds. */
interface By {
  readonly actor: Actor;
  readonly had: readonly Role[];
  /** The approval, and who asked for it. */
  readonly agreed?: { readonly approvalId: string; readonly askedBy: string };
}

/** Changes the user, ends the user's sessions and records it, with the duties that the user had. */
async function carryOut(
  { tx, audit }: Work,
  act: Act,
  { actor, had, agreed }: By,
): Promise<StaffUser> {
  const { staffId } = act;
  await assertNotLastAdministrator(tx, staffId);
  const { set, values } = settingOf(act);
  const [row] = await tx.query<StaffRow>(
    `update platform.users set ${set}, updated_at = $2
     where user_id = $1 and customer_id is null returning ${STAFF_COLUMNS}`,
    [staffId, act.at, ...values],
  );
  assert(row !== undefined, 'a user whose roles were read is there');
  await endSessions(tx, staffId);
  audit({
    bucket: FIRM,
    actor,
    action: `staff.${act.act}`,
    subject: `staff:${staffId}`,
    result: 'done',
    detail: { had, ...(act.act === 'roles' ? { roles: act.roles } : {}), ...agreed },
  });
  return staffOf(row);
}

/** Acts upon a user other than the actor; upon an auditor only asks for it. */
async function actOnStaff(
  auth: AuthService,
  actor: Actor,
  staffId: string,
  what: What,
): Promise<ActOutcome> {
  if (actor.kind === 'staff' && actor.id === staffId) throw new AppError('STAFF_OWN_ACCOUNT');
  const act: Act = { ...what, staffId, at: auth.clock.now() };
  const outcome = await work(auth.world, [FIRM], async (unit): Promise<ActOutcome> => {
    const had = await rolesOf(unit.tx, staffId);
    if (!had.includes('auditor')) return { staff: await carryOut(unit, act, { actor, had }) };
    const approvalId = await requestApproval(unit, {
      kind: KIND,
      subject: `staff:${staffId}`,
      payload: { ...act },
      maker: actor,
    });
    return { approvalId };
  });
  auth.forgetIdentity(staffId);
  return outcome;
}

/** What stands in the place of an act that waits. */
async function accountBefore(
  sql: Sql,
  { staffId }: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
  const [row] = await sql.query<StaffRow>(
    `select ${STAFF_COLUMNS} from platform.users where user_id = $1`,
    [staffId],
  );
  if (row === undefined) return undefined;
  const { userName, state, roles, hasSecondFactor } = staffOf(row);
  return { userName, state, roles, hasSecondFactor };
}

/** The act at the decision: it is done then, and its code lives from then. */
function actAt(decidedAt: Instant, { payload, requestedAt }: Approval): Act {
  const act = payload as unknown as Act;
  // Both by the business clock; what they are added to is by that of sign-in.
  const waitedMs = epochMsOf(decidedAt) - epochMsOf(requestedAt);
  const later = (at: Instant) => instantFromEpochMs(epochMsOf(at) + waitedMs);
  const at = later(act.at);
  return 'codeUntil' in act ? { ...act, at, codeUntil: later(act.codeUntil) } : { ...act, at };
}

async function carryOutApproved(
  unit: Work,
  _payload: Record<string, unknown>,
  approval: Approval,
): Promise<void> {
  const { approvalId, maker, checker, requestedAt } = approval;
  const act = actAt(unit.now, approval);
  assert(checker !== null, 'an approval is carried out by the decision');
  if (checker === `staff:${act.staffId}`) throw new AppError('STAFF_OWN_ACCOUNT');
  if (await isOfOneHand(unit.tx, { maker, checker, requestedAt, seq: null })) {
    throw new AppError('STAFF_ONE_HAND', { days: ONE_HAND_DAYS });
  }
  const actor = systemActor(`approval:${approvalId}`);
  const had = await rolesOf(unit.tx, act.staffId);
  await carryOut(unit, act, { actor, had, agreed: { approvalId, askedBy: maker } });
}

// The auditor only reads and administrators stand alone, so neither ever decides it.
registerApproval(KIND, {
  title: ['account of an auditor', '审计员账户'],
  roles: ['compliance'],
  before: accountBefore,
  execute: carryOutApproved,
  signsOut: ({ staffId }) => staffId as string,
});

/**
 * Gives a user other roles and ends the user's sessions; waits for approval when the user is an
 * auditor. STAFF_NOT_FOUND, STAFF_OWN_ACCOUNT, STAFF_ROLES_CONFLICT, STAFF_LAST_ADMINISTRATOR.
 */
export function changeRoles(
  auth: AuthService,
  actor: Actor,
  staffId: string,
  roles: readonly Role[],
): Promise<ActOutcome> {
  return actOnStaff(auth, actor, staffId, { act: 'roles', roles: separateRoles(roles) });
}

/**
 * Disables a user and ends the user's sessions; only a reset brings the user back. Waits for
 * approval when the user is an auditor. STAFF_NOT_FOUND, STAFF_OWN_ACCOUNT, STAFF_LAST_ADMINISTRATOR.
 */
export function disableStaff(
  auth: AuthService,
  actor: Actor,
  staffId: string,
): Promise<ActOutcome> {
  return actOnStaff(auth, actor, staffId, { act: 'disable' });
}

/** Makes a one-time code for an act; it is worth nothing before the act is carried out. */
async function actWithCode(
  auth: AuthService,
  actor: Actor,
  staffId: string,
  act: 'reset' | 'second-factor-reset',
): Promise<{ outcome: ActOutcome; code: string }> {
  const code = newToken();
  const codeDigest = Buffer.from(tokenDigest(code)).toString('hex');
  const codeUntil = activationEnd(auth, auth.clock.now());
  const outcome = await actOnStaff(auth, actor, staffId, { act, codeDigest, codeUntil });
  return { outcome, code };
}

/**
 * Takes a user's password away and answers a new one-time activation code: whoever resets never
 * learns the password that follows. Waits for approval when the user is an auditor.
 */
export async function resetStaff(
  auth: AuthService,
  actor: Actor,
  staffId: string,
): Promise<ActOutcome & { activationCode: string }> {
  const { outcome, code } = await actWithCode(auth, actor, staffId, 'reset');
  return { ...outcome, activationCode: code };
}

/**
 * Takes a user's second factor away, for a lost phone. The one-time recovery code must be shown,
 * beside the password, before another can be enrolled: the password alone is not enough. Waits for
 * approval when the user is an auditor.
 */
export async function resetSecondFactor(
  auth: AuthService,
  actor: Actor,
  staffId: string,
): Promise<ActOutcome & { recoveryCode: string }> {
  const { outcome, code } = await actWithCode(auth, actor, staffId, 'second-factor-reset');
  return { ...outcome, recoveryCode: code };
}
