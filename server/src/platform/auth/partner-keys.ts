import { AppError, type Instant } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import { FIRM, work } from '../work.ts';
import type { AuthService } from './service.ts';
import { newId, newPartnerKey, tokenDigest } from './tokens.ts';

/** A partner key without its secret. */
export interface PartnerKey {
  keyId: string;
  name: string;
  roles: Role[];
  branchCode?: string;
  createdAt: Instant;
  revokedAt?: Instant;
}

interface KeyRow {
  key_id: string;
  name: string;
  roles: Role[];
  branch_code: string | null;
  created_at: Instant;
  revoked_at: Instant | null;
}

const COLUMNS = 'key_id, name, roles, branch_code, created_at, revoked_at';

function keyOf(row: KeyRow): PartnerKey {
  return {
    keyId: row.key_id,
    name: row.name,
    roles: row.roles,
    ...(row.branch_code === null ? {} : { branchCode: row.branch_code }),
    createdAt: row.created_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}

/** All partner keys, newest last, revoked ones included. */
export async function listPartnerKeys(auth: AuthService): Promise<PartnerKey[]> {
  const rows = await auth.world.db.query<KeyRow>(
    `select ${COLUMNS} from platform.partner_keys order by created_at, key_id`,
  );
  return rows.map(keyOf);
}

/** Issues a key. It is answered once; only its SHA-256 is stored. */
export async function createPartnerKey(
  auth: AuthService,
  actor: Actor,
  input: { name: string; roles: readonly Role[]; branchCode?: string },
): Promise<{ partnerKey: PartnerKey; key: string }> {
  const key = newPartnerKey();
  const roles = [...new Set(input.roles)].sort();
  const partnerKey = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const keyId = newId('K');
    const rows = await tx.query<KeyRow>(
      `insert into platform.partner_keys (key_id, key_digest, name, roles, branch_code, created_at)
       values ($1, $2, $3, $4::text[], $5, $6) returning ${COLUMNS}`,
      [keyId, tokenDigest(key), input.name, roles, input.branchCode ?? null, auth.clock.now()],
    );
    const detail = { roles, branchCode: input.branchCode ?? null };
    const subject = `partnerKey:${keyId}`;
    audit({ bucket: FIRM, actor, action: 'partnerKeys.create', subject, result: 'done', detail });
    return rows.map(keyOf)[0];
  });
  if (partnerKey === undefined) throw new Error('the inserted key was not returned');
  return { partnerKey, key };
}

/** Revokes a key: at once in this process, within two seconds in others. PARTNER_KEY_NOT_FOUND. */
export async function revokePartnerKey(
  auth: AuthService,
  actor: Actor,
  keyId: string,
): Promise<void> {
  await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const changed = await tx.affected(
      'update platform.partner_keys set revoked_at = $2 where key_id = $1 and revoked_at is null',
      [keyId, auth.clock.now()],
    );
    if (changed !== 1) throw new AppError('PARTNER_KEY_NOT_FOUND', { keyId });
    const subject = `partnerKey:${keyId}`;
    audit({
      bucket: FIRM,
      actor,
      action: 'partnerKeys.revoke',
      subject,
      result: 'done',
      detail: {},
    });
  });
  auth.forgetIdentity(keyId);
}
