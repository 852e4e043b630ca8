import { AppError, type Instant } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import { FIRM, work } from '../work.ts';
import { type AuthService, signingContext } from './service.ts';
import type { SigningAlgorithm } from './signatures.ts';
import { newId, newPartnerKey, newToken, tokenDigest } from './tokens.ts';

/** A partner key without its secret. */
export interface PartnerKey {
  keyId: string;
  name: string;
  roles: Role[];
  branchCode?: string;
  createdAt: Instant;
  revokedAt?: Instant;
  /** What its holder signs requests with; absent when he does not. */
  signingAlgorithm?: SigningAlgorithm;
}

interface KeyRow {
  key_id: string;
  name: string;
  roles: Role[];
  branch_code: string | null;
  created_at: Instant;
  revoked_at: Instant | null;
  signing_algorithm: SigningAlgorithm | null;
}

const COLUMNS = 'key_id, name, roles, branch_code, created_at, revoked_at, signing_algorithm';

function keyOf(row: KeyRow): PartnerKey {
  return {
    keyId: row.key_id,
    name: row.name,
    roles: row.roles,
    ...(row.branch_code === null ? {} : { branchCode: row.branch_code }),
    createdAt: row.created_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    ...(row.signing_algorithm === null ? {} : { signingAlgorithm: row.signing_algorithm }),
  };
}

/** All partner keys, newest last, revoked ones included. */
export async function listPartnerKeys(auth: AuthService): Promise<PartnerKey[]> {
  const rows = await auth.world.db.query<KeyRow>(
    `select ${COLUMNS} from platform.partner_keys order by created_at, key_id`,
  );
  return rows.map(keyOf);
}

/** A key just issued, with the secrets that are shown here and nowhere else. */
export interface IssuedKey {
  partnerKey: PartnerKey;
  key: string;
  /** What its holder signs requests with. */
  signingSecret?: string;
}

/** What is stored of the secret that a key signs with: it is needed in clear to check a signature. */
function signingOf(auth: AuthService, keyId: string, secret: string | undefined) {
  if (secret === undefined) return { algorithm: null, cipher: null };
  const { secrets } = auth.world;
  const algorithm: SigningAlgorithm = secrets.algorithms === 'chinese' ? 'hmac-sm3' : 'hmac-sha256';
  return { algorithm, cipher: secrets.encrypt(secret, signingContext(keyId)) };
}

/**
 * Issues a key, for good signed or not. Its secrets are answered once; of the key itself only the
 * SHA-256 is stored. PARTNER_KEY_UNSIGNED where every key must sign.
 */
export async function createPartnerKey(
  auth: AuthService,
  actor: Actor,
  input: { name: string; roles: readonly Role[]; branchCode?: string; isSigned?: boolean },
): Promise<IssuedKey> {
  const { isSigned = false, branchCode = null } = input;
  if (!isSigned && auth.settings.partnerSignatures === 'required') {
    throw new AppError('PARTNER_KEY_UNSIGNED');
  }
  const key = newPartnerKey();
  const signingSecret = isSigned ? newToken() : undefined;
  const roles = [...new Set(input.roles)].sort();
  const partnerKey = await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const keyId = newId('K');
    const { algorithm, cipher } = signingOf(auth, keyId, signingSecret);
    const rows = await tx.query<KeyRow>(
      `insert into platform.partner_keys (key_id, key_digest, name, roles, branch_code, created_at,
         signing_algorithm, signing_secret)
       values ($1, $2, $3, $4::text[], $5, $6, $7, $8) returning ${COLUMNS}`,
      [keyId, tokenDigest(key), input.name, roles, branchCode, auth.clock.now(), algorithm, cipher],
    );
    const detail = { roles, branchCode, isSigned };
    const subject = `partnerKey:${keyId}`;
    audit({ bucket: FIRM, actor, action: 'partnerKeys.create', subject, result: 'done', detail });
    return rows.map(keyOf)[0];
  });
  if (partnerKey === undefined) throw new Error('the inserted key was not returned');
  return signingSecret === undefined ? { partnerKey, key } : { partnerKey, key, signingSecret };
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
