import { AppError, assert } from '@cairn/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Actor, ROLES, type Role } from '../actor.ts';
import type { App } from '../http/app.ts';
import { assertOwnOrigin, clearSessionCookie, csrfTokenOf, setSessionCookie } from './cookie.ts';
import {
  CodeBody,
  CurrentSession,
  Enrolment,
  EnrolmentBody,
  LoginBody,
  Me,
  PasswordBody,
  Proof,
  Session,
  SessionList,
  SessionPath,
  StepUpBody,
} from './contract.ts';
import { login, logout, type OpenedSession } from './login.ts';
import { changePassword } from './password-change.ts';
import {
  type Caller,
  confirmSecondFactor,
  enrolSecondFactor,
  stepUp,
  verifySecondFactor,
} from './second-factor.ts';
import {
  type Channel,
  listSessions,
  type RequestSource,
  revokeSession,
  SESSION_STAGES,
  type SessionFacts,
} from './sessions.ts';
import { findUser } from './users.ts';

const Nothing = Type.Null();
/** Whoever has a session: staff and investors. */
const USERS: readonly Role[] = ROLES.filter((role) => role !== 'partner');
const tags = ['auth'];

/** Where a request came from. */
export function sourceOf(request: FastifyRequest): RequestSource {
  const userAgent = request.headers['user-agent'];
  const source = { requestId: request.id, from: request.ip };
  return userAgent === undefined ? source : { ...source, userAgent };
}

/** The session of a request whose route is for sessions only. FORBIDDEN for a partner key. */
function sessionOf(request: FastifyRequest): SessionFacts {
  if (request.session === undefined) throw new AppError('FORBIDDEN');
  return request.session;
}

function callerOf(request: FastifyRequest): Caller {
  return { actor: request.actor, session: sessionOf(request), source: sourceOf(request) };
}

/** A session as its channel gets it: a program the token, a browser the cookie. */
function answerSession(reply: FastifyReply, opened: OpenedSession, channel: Channel) {
  const { token, ...rest } = opened;
  const staff = opened.roles.includes('investor') ? {} : { staffId: opened.userId };
  if (channel === 'api') return { ...rest, ...staff, token };
  setSessionCookie(reply, token);
  return { ...rest, ...staff, csrfToken: csrfTokenOf(token) };
}

function viewMe({ kind, id, roles, branchCode, customerId }: Actor) {
  return {
    kind,
    id,
    roles: [...roles],
    ...(branchCode === undefined ? {} : { branchCode }),
    ...(customerId === undefined ? {} : { customerId }),
  };
}

/** Logging in and out, and the caller's own sessions and password. */
export function sessionRoutes(app: App): void {
  const { auth } = app;
  const anyStage = { roles: USERS, stages: SESSION_STAGES };
  for (const [path, channel] of [
    ['/auth/login', 'api'],
    ['/auth/browser-login', 'browser'],
  ] as const) {
    app.post(
      path,
      {
        config: { public: true, action: 'auth.login' },
        schema: { tags, body: LoginBody, response: { 200: Session } },
      },
      async (request, reply) => {
        if (channel === 'browser') assertOwnOrigin(request, auth.settings.publicOrigin);
        const opened = await login(auth, request.body, channel, sourceOf(request));
        return answerSession(reply, opened, channel);
      },
    );
  }
  app.post(
    '/auth/logout',
    {
      config: { roles: ROLES, stages: SESSION_STAGES, action: 'auth.logout' },
      schema: { tags, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await logout(auth, request.actor, request.token);
      if (request.session?.channel === 'browser') clearSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/auth/me',
    { config: { roles: ROLES, action: 'auth.me' }, schema: { tags, response: { 200: Me } } },
    async ({ actor }) => viewMe(actor),
  );
  app.get(
    '/auth/session',
    {
      config: { ...anyStage, action: 'auth.session' },
      schema: { tags, response: { 200: CurrentSession } },
    },
    async (request) => viewCurrent(app, request),
  );
  ownSessionRoutes(app);
  app.post(
    '/auth/password',
    {
      config: { roles: USERS, stages: ['open', 'passwordChange'], action: 'auth.password-change' },
      schema: { tags, body: PasswordBody, response: { 200: Session } },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const opened = await changePassword(auth, caller, request.body);
      return answerSession(reply, opened, caller.session.channel);
    },
  );
}

async function viewCurrent(app: App, request: FastifyRequest) {
  const { auth } = app;
  const { sessionId, channel, stage, provenAt } = sessionOf(request);
  const user = await findUser(auth.world.db, request.actor.id);
  assert(user !== undefined, 'a session belongs to a user');
  return {
    sessionId,
    channel,
    stage,
    ...(channel === 'browser' ? { csrfToken: csrfTokenOf(request.token) } : {}),
    idleMinutes: auth.settings.sessionIdleMinutes,
    provenUntil: auth.provenUntil(provenAt),
    hasSecondFactor: user.totp_secret !== null,
    needsRecoveryCode: user.recovery_digest !== null,
    userName: user.user_name,
    user: viewMe(request.actor),
  };
}

function ownSessionRoutes(app: App): void {
  const { auth } = app;
  app.get(
    '/auth/sessions',
    {
      config: { roles: USERS, action: 'auth.sessions' },
      schema: { tags, response: { 200: SessionList } },
    },
    async (request) => ({
      sessions: await listSessions(auth, request.actor.id, sessionOf(request).sessionId),
    }),
  );
  app.delete(
    '/auth/sessions/:sessionId',
    {
      config: { roles: USERS, action: 'auth.session-end' },
      schema: { tags, params: SessionPath, response: { 204: Nothing } },
    },
    async (request, reply) => {
      const { actor, params } = request;
      await revokeSession(auth, actor, { userId: actor.id, sessionId: params.sessionId });
      return reply.code(204).send(null);
    },
  );
}

/** The second factor, and proving again before weighty acts. */
export function secondFactorRoutes(app: App): void {
  const { auth } = app;
  app.post(
    '/auth/second-factor/enrolment',
    {
      config: { roles: USERS, stages: ['enrolment', 'open'], stepUp: true, action: 'auth.enrol' },
      schema: { tags, body: EnrolmentBody, response: { 200: Enrolment } },
    },
    async (request) => enrolSecondFactor(auth, callerOf(request), request.body.recoveryCode),
  );
  for (const [path, stages, act] of [
    ['/auth/second-factor/confirmation', ['enrolment', 'open'], confirmSecondFactor],
    ['/auth/second-factor/verification', ['secondFactor', 'open'], verifySecondFactor],
  ] as const) {
    app.post(
      path,
      {
        config: { roles: USERS, stages, action: 'auth.second-factor' },
        schema: { tags, body: CodeBody, response: { 200: Session } },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const opened = await act(auth, caller, request.body.code);
        return answerSession(reply, opened, caller.session.channel);
      },
    );
  }
  app.post(
    '/auth/step-up',
    {
      config: { roles: USERS, action: 'auth.step-up' },
      schema: { tags, body: StepUpBody, response: { 200: Proof } },
    },
    async (request) => stepUp(auth, callerOf(request), request.body),
  );
}
