/**
 * Sessions: what a token stands for. A session that still lacks something (the second factor, its
 * enrolment, a new password) is closed to everything but what supplies it; each step forward gives
 * it a new token, so that a token seen earlier is worth nothing later.
 */
import { randomBytes } from 'node:crypto';
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Actor } from '../actor.ts';
import type { Tx } from '../db.ts';
import { FIRM, work } from '../work.ts';
import type { AuthService } from './service.ts';
import { tokenDigest } from './tokens.ts';

/** What a session still lacks, or 'open' when it lacks nothing. */
export type SessionStage = 'secondFactor' | 'enrolment' | 'passwordChange' | 'open';
export const SESSION_STAGES: readonly SessionStage[] = [
  'secondFactor',
  'enrolment',
  'passwordChange',
  'open',
];

/** A browser keeps its token in a cookie that no script reads; a program sends it as a bearer. */
export type Channel = 'api' | 'browser';

/** The session of a request. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly channel: Channel;
  readonly stage: SessionStage;
  /** When the user last proved to be the one. */
  readonly provenAt: Instant;
}

/** Where a request came from. */
export interface RequestSource {
  readonly requestId: string;
  readonly from: string;
  readonly userAgent?: string;
}

const UNFINISHED_MINUTES = 10;
const USER_AGENT_LENGTH_MAX = 200;

function endOf(auth: AuthService, stage: SessionStage, now: Instant): Instant {
  const ms =
    stage === 'open' ? auth.settings.sessionHoursMax * 3_600_000 : UNFINISHED_MINUTES * 60_000;
  return instantFromEpochMs(epochMsOf(now) + ms);
}

/** Writes a session for a token and gives its latest end. */
export async function openSession(
  tx: Tx,
  auth: AuthService,
  session: {
    userId: string;
    token: string;
    stage: SessionStage;
    channel: Channel;
    source: Pick<RequestSource, 'from' | 'userAgent'>;
  },
): Promise<Instant> {
  const now = auth.clock.now();
  const expiresAt = endOf(auth, session.stage, now);
  await tx.query(
    `insert into platform.sessions (token_digest, session_id, user_id, channel, stage, created_at,
       last_seen_at, expires_at, proven_at, source, user_agent)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $6, $8, $9)`,
    [
      tokenDigest(session.token),
      `Z${randomBytes(10).toString('hex').toUpperCase()}`,
      session.userId,
      session.channel,
      session.stage,
      now,
      expiresAt,
      session.source.from,
      // Kept to tell one's own sessions apart, so only what is safe to show.
      (session.source.userAgent ?? '')
        .replaceAll(/[^\x20-\x7e]/g, '')
        .slice(0, USER_AGENT_LENGTH_MAX),
    ],
  );
  return expiresAt;
}

/** Moves a session to its next stage under a new token; gives its latest end. */
export async function advanceSession(
  tx: Tx,
  auth: AuthService,
  session: { sessionId: string; token: string; stage: SessionStage },
): Promise<Instant> {
  const now = auth.clock.now();
  const expiresAt = endOf(auth, session.stage, now);
  await tx.query(
    `update platform.sessions set token_digest = $2, stage = $3, expires_at = $4,
       last_seen_at = $5, proven_at = $5, wrong_codes = 0 where session_id = $1`,
    [session.sessionId, tokenDigest(session.token), session.stage, expiresAt, now],
  );
  return expiresAt;
}

/** Ends the sessions of a user, but the one named, in the transaction of the reason for it. */
export async function endSessions(tx: Tx, userId: string, except?: string): Promise<void> {
  await tx.query(
    'delete from platform.sessions where user_id = $1 and session_id is distinct from $2',
    [userId, except ?? null],
  );
}

/** A session as its owner sees it. */
export interface ListedSession {
  sessionId: string;
  channel: Channel;
  stage: SessionStage;
  createdAt: Instant;
  lastSeenAt: Instant;
  expiresAt: Instant;
  from: string;
  userAgent: string;
  isCurrent: boolean;
}

/** The sessions of a user that have not ended, the newest first. */
export async function listSessions(
  auth: AuthService,
  userId: string,
  currentId: string | undefined,
): Promise<ListedSession[]> {
  const now = auth.clock.now();
  const idleFrom = instantFromEpochMs(epochMsOf(now) - auth.settings.sessionIdleMinutes * 60_000);
  const rows = await auth.world.db.query<{
    session_id: string;
    channel: Channel;
    stage: SessionStage;
    created_at: Instant;
    last_seen_at: Instant;
    expires_at: Instant;
    source: string;
    user_agent: string;
  }>(
    `select session_id, channel, stage, created_at, last_seen_at, expires_at, source, user_agent
     from platform.sessions where user_id = $1 and expires_at > $2 and last_seen_at > $3
     order by created_at desc, session_id`,
    [userId, now, idleFrom],
  );
  return rows.map((row) => ({
    sessionId: row.session_id,
    channel: row.channel,
    stage: row.stage,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    from: row.source,
    userAgent: row.user_agent,
    isCurrent: row.session_id === currentId,
  }));
}

/** Ends one session of a user. SESSION_NOT_FOUND. */
export async function revokeSession(
  auth: AuthService,
  actor: Actor,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  await work(auth.world, [FIRM], async ({ tx, audit }) => {
    const ended = await tx.affected(
      'delete from platform.sessions where user_id = $1 and session_id = $2',
      [userId, sessionId],
    );
    if (ended === 0) throw new AppError('SESSION_NOT_FOUND', { sessionId });
    audit({
      bucket: FIRM,
      actor,
      action: 'auth.session-end',
      subject: `user:${userId}`,
      result: 'done',
      detail: { sessionId },
    });
  });
  auth.forgetIdentity(userId);
}
