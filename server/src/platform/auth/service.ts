import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config.ts';
import type { CipherTable } from '../rekey.ts';
import type { World } from '../world.ts';
import type { Channel, SessionFacts, SessionStage } from './sessions.ts';
import { Nonces } from './nonces.ts';
import type { SigningAlgorithm, SigningKey } from './signatures.ts';
import { tokenDigest, tokenDigestText, tokenKind } from './tokens.ts';

/** Who a token belongs to: an actor without the request. */
export type Identity = Pick<Actor, 'kind' | 'id' | 'roles' | 'branchCode' | 'customerId'>;

/** Whose token it is, and its session; partner keys have none, and may sign what they send. */
export interface Admitted {
  readonly identity: Identity;
  readonly signing?: SigningKey;
  readonly session?: SessionFacts;
}

interface Known {
  readonly admitted: Admitted;
  /** Monotonic milliseconds until which the database need not be asked again. */
  readonly freshUntilMs: number;
  /** When the session ends by idling or age; undefined for partner keys. */
  readonly endsAt: Instant | undefined;
}

/** Another process may end a session or revoke a key; this one notices within so long. */
export const IDENTITY_FRESH_MS = 2_000;
const KNOWN_MAX = 10_000;
const TOUCH_MS = 60_000;

/**
 * Knows whose token it is. A token seen in the last two seconds is answered from memory, keyed by
 * its digest; this process's own logouts, role changes and revocations take effect at once.
 */
export class AuthService {
  readonly world: World;
  readonly settings: Settings;
  /** The clock of sessions, locks and codes. */
  readonly clock: Clock;
  /** The nonces of signed requests. */
  readonly nonces: Nonces;
  private readonly known = new Map<string, Known>();

  constructor(world: World, settings: Settings, clock: Clock) {
    this.world = world;
    this.settings = settings;
    this.clock = clock;
    this.nonces = new Nonces(world.db, settings);
  }

  /**
   * Whose a token is, from memory; undefined when the database must be asked. Where a fresh proof is
   * asked for, it must: memory may be older than one that was given to another process.
   */
  peek(token: string, isProofAsked = false): Admitted | undefined {
    const known = this.known.get(tokenDigestText(token));
    if (known === undefined || known.freshUntilMs < performance.now()) return undefined;
    if (known.endsAt !== undefined && known.endsAt <= this.clock.now()) return undefined;
    if (isProofAsked && !this.isProven(known.admitted.session)) return undefined;
    return known.admitted;
  }

  /**
   * Whose a token is, from the database; undefined when it is of nobody. `keepAlive` false leaves
   * the session's idle time running: a page that asks by itself is not a person at work.
   */
  async identify(token: string, keepAlive = true): Promise<Admitted | undefined> {
    const kind = tokenKind(token);
    if (kind === undefined) return undefined;
    const digest = tokenDigest(token);
    const found =
      kind === 'partner' ? await this.findKey(digest) : await this.findSession(digest, keepAlive);
    const name = tokenDigestText(token);
    this.known.delete(name);
    if (found === undefined) return undefined;
    this.remember(name, { ...found, freshUntilMs: performance.now() + IDENTITY_FRESH_MS });
    return found.admitted;
  }

  /** Whether the session's user proved not long ago to be the one, as this session was read. */
  private isProven(session: SessionFacts | undefined): boolean {
    return session !== undefined && this.provenUntil(session.provenAt) > this.clock.now();
  }

  /** STEP_UP_REQUIRED unless the user of this session proved not long ago to be the one. */
  assertProven(session: SessionFacts | undefined): void {
    if (this.isProven(session)) return;
    throw new AppError('STEP_UP_REQUIRED', { minutes: this.settings.stepUpMinutes });
  }

  /** The same of a token, where the request alone did not tell that it asks for a proof. */
  async assertTokenProven(token: string): Promise<void> {
    const admitted = this.peek(token, true) ?? (await this.identify(token));
    this.assertProven(admitted?.session);
  }

  /** Until when a proof given at an instant holds. */
  provenUntil(provenAt: Instant): Instant {
    return instantFromEpochMs(epochMsOf(provenAt) + this.settings.stepUpMinutes * 60_000);
  }

  /** Forgets one token. */
  forgetToken(token: string): void {
    this.known.delete(tokenDigestText(token));
  }

  /** Forgets every token of a staff user or partner key. */
  forgetIdentity(id: string): void {
    for (const [name, known] of this.known)
      if (known.admitted.identity.id === id) this.known.delete(name);
  }

  private remember(name: string, known: Known): void {
    if (this.known.size >= KNOWN_MAX) {
      const [oldest] = this.known.keys();
      if (oldest !== undefined) this.known.delete(oldest);
    }
    this.known.set(name, known);
  }

  private async findKey(digest: Uint8Array): Promise<Omit<Known, 'freshUntilMs'> | undefined> {
    const [row] = await this.world.db.query<KeyRow>(
      `select key_id, roles, branch_code, signing_algorithm, signing_secret
       from platform.partner_keys where key_digest = $1 and revoked_at is null`,
      [digest],
    );
    if (row === undefined) return undefined;
    const { key_id: id, roles, branch_code: branchCode } = row;
    const identity = identityOf({ kind: 'partner', id, roles, branchCode });
    const signing = this.signingOf(row);
    return {
      admitted: signing === undefined ? { identity } : { identity, signing },
      endsAt: undefined,
    };
  }

  private signingOf(row: KeyRow): SigningKey | undefined {
    const { key_id: keyId, signing_algorithm: algorithm, signing_secret: cipher } = row;
    if (algorithm === null || cipher === null) return undefined;
    return {
      keyId,
      algorithm,
      secret: this.world.secrets.decrypt(cipher, signingContext(keyId)),
    };
  }

  private async findSession(
    digest: Uint8Array,
    keepAlive: boolean,
  ): Promise<Omit<Known, 'freshUntilMs'> | undefined> {
    const [row] = await this.world.db.query<SessionRow>(
      `select s.user_id, s.session_id, s.channel, s.stage, s.proven_at, s.last_seen_at, s.expires_at,
         u.roles, u.branch_code, u.customer_id
       from platform.sessions s join platform.users u using (user_id)
       where s.token_digest = $1 and u.state = 'active'`,
      [digest],
    );
    if (row === undefined) return undefined;
    const now = this.clock.now();
    if (this.endOf(row.last_seen_at, row.expires_at) <= now) return undefined;
    if (keepAlive && epochMsOf(now) - epochMsOf(row.last_seen_at) > TOUCH_MS) {
      await this.world.db.affected(
        'update platform.sessions set last_seen_at = $2 where token_digest = $1 and last_seen_at < $2',
        [digest, now],
      );
    }
    const seenAt = keepAlive ? now : row.last_seen_at;
    return { admitted: admittedOf(row), endsAt: this.endOf(seenAt, row.expires_at) };
  }

  private endOf(lastSeenAt: Instant, expiresAt: Instant): Instant {
    const idleEnd = instantFromEpochMs(
      epochMsOf(lastSeenAt) + this.settings.sessionIdleMinutes * 60_000,
    );
    return idleEnd < expiresAt ? idleEnd : expiresAt;
  }
}

interface KeyRow {
  key_id: string;
  roles: Role[];
  branch_code: string | null;
  signing_algorithm: SigningAlgorithm | null;
  signing_secret: Uint8Array | null;
}

/** What the secret that a partner key signs with is encrypted for. */
export function signingContext(keyId: string): string {
  return `platform.partner_keys/${keyId}/signing`;
}

/** The ciphertexts of partner keys. */
export const partnerKeyCiphers: CipherTable = {
  table: 'platform.partner_keys',
  key: [['key_id', 'text']],
  columns: { signing_secret: ({ key_id: keyId = '' }) => signingContext(keyId) },
};

interface SessionRow {
  user_id: string;
  session_id: string;
  channel: Channel;
  stage: SessionStage;
  proven_at: Instant;
  last_seen_at: Instant;
  expires_at: Instant;
  roles: Role[];
  branch_code: string | null;
  customer_id: string | null;
}

function admittedOf(row: SessionRow): Admitted {
  const who = { id: row.user_id, roles: row.roles, branchCode: row.branch_code };
  return {
    identity:
      row.customer_id === null
        ? identityOf({ kind: 'staff', ...who })
        : { ...identityOf({ kind: 'investor', ...who }), customerId: row.customer_id },
    session: {
      sessionId: row.session_id,
      channel: row.channel,
      stage: row.stage,
      provenAt: row.proven_at,
    },
  };
}

function identityOf(who: {
  kind: 'staff' | 'investor' | 'partner';
  id: string;
  roles: readonly Role[];
  branchCode: string | null;
}): Identity {
  const { kind, id, roles, branchCode } = who;
  return branchCode === null ? { kind, id, roles } : { kind, id, roles, branchCode };
}
