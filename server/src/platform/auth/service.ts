import { epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Actor, Role } from '../actor.ts';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config.ts';
import type { World } from '../world.ts';
import { tokenDigest, tokenDigestText, tokenKind } from './tokens.ts';

/** Who a token belongs to: an actor without the request. */
export type Identity = Pick<Actor, 'kind' | 'id' | 'roles' | 'branchCode'>;

interface Known {
  readonly identity: Identity;
  /** Monotonic milliseconds until which the database need not be asked again. */
  readonly freshUntilMs: number;
  /** When the session ends by idling or age; undefined for partner keys. */
  readonly endsAt: Instant | undefined;
}

// Another process may end a session or revoke a key; this one notices within two seconds.
const FRESH_MS = 2_000;
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
  private readonly known = new Map<string, Known>();

  constructor(world: World, settings: Settings, clock: Clock) {
    this.world = world;
    this.settings = settings;
    this.clock = clock;
  }

  /** The identity of a token from memory; undefined when the database must be asked. */
  peek(token: string): Identity | undefined {
    const known = this.known.get(tokenDigestText(token));
    if (known === undefined || known.freshUntilMs < performance.now()) return undefined;
    if (known.endsAt !== undefined && known.endsAt <= this.clock.now()) return undefined;
    return known.identity;
  }

  /** The identity of a token from the database; undefined when it is of nobody. */
  async identify(token: string): Promise<Identity | undefined> {
    const kind = tokenKind(token);
    if (kind === undefined) return undefined;
    const digest = tokenDigest(token);
    const found = kind === 'partner' ? await this.findKey(digest) : await this.findSession(digest);
    const name = tokenDigestText(token);
    this.known.delete(name);
    if (found === undefined) return undefined;
    this.remember(name, { ...found, freshUntilMs: performance.now() + FRESH_MS });
    return found.identity;
  }

  /** Forgets one token. */
  forgetToken(token: string): void {
    this.known.delete(tokenDigestText(token));
  }

  /** Forgets every token of a staff user or partner key. */
  forgetIdentity(id: string): void {
    for (const [name, known] of this.known) if (known.identity.id === id) this.known.delete(name);
  }

  private remember(name: string, known: Known): void {
    if (this.known.size >= KNOWN_MAX) {
      const [oldest] = this.known.keys();
      if (oldest !== undefined) this.known.delete(oldest);
    }
    this.known.set(name, known);
  }

  private async findKey(digest: Uint8Array): Promise<Omit<Known, 'freshUntilMs'> | undefined> {
    const [row] = await this.world.db.query<{
      key_id: string;
      roles: Role[];
      branch_code: string | null;
    }>(
      'select key_id, roles, branch_code from platform.partner_keys where key_digest = $1 and revoked_at is null',
      [digest],
    );
    if (row === undefined) return undefined;
    return {
      identity: identityOf('partner', row.key_id, row.roles, row.branch_code),
      endsAt: undefined,
    };
  }

  private async findSession(digest: Uint8Array): Promise<Omit<Known, 'freshUntilMs'> | undefined> {
    const [row] = await this.world.db.query<{
      staff_id: string;
      roles: Role[];
      branch_code: string | null;
      last_seen_at: Instant;
      expires_at: Instant;
    }>(
      `select s.staff_id, s.last_seen_at, s.expires_at, f.roles, f.branch_code
       from platform.sessions s join platform.staff f using (staff_id)
       where s.token_digest = $1 and f.state = 'active'`,
      [digest],
    );
    if (row === undefined) return undefined;
    const now = this.clock.now();
    if (this.endOf(row.last_seen_at, row.expires_at) <= now) return undefined;
    if (epochMsOf(now) - epochMsOf(row.last_seen_at) > TOUCH_MS) {
      await this.world.db.affected(
        'update platform.sessions set last_seen_at = $2 where token_digest = $1 and last_seen_at < $2',
        [digest, now],
      );
    }
    const identity = identityOf('staff', row.staff_id, row.roles, row.branch_code);
    return { identity, endsAt: this.endOf(now, row.expires_at) };
  }

  private endOf(lastSeenAt: Instant, expiresAt: Instant): Instant {
    const idleEnd = instantFromEpochMs(
      epochMsOf(lastSeenAt) + this.settings.sessionIdleMinutes * 60_000,
    );
    return idleEnd < expiresAt ? idleEnd : expiresAt;
  }
}

function identityOf(
  kind: 'staff' | 'partner',
  id: string,
  roles: readonly Role[],
  branchCode: string | null,
): Identity {
  return branchCode === null ? { kind, id, roles } : { kind, id, roles, branchCode };
}
