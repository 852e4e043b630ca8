/**
 * What stands before every handler, in this order: the server is not stopping and not overloaded,
 * the request is well formed, the caller is known, has a role for the route and does not ask too
 * often, the body is of a known kind, the request is signed where it must be. Nothing of a body is
 * read before the caller may send it.
 */
import { hash } from 'node:crypto';
import { AppError } from '@cairn/kernel';
import type {
  FastifyContextConfig,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
} from 'fastify';
import { assertOwnSite, cookieToken, SAFE_METHODS } from '../auth/cookie.ts';
import type { Admitted } from '../auth/service.ts';
import type { SessionFacts, SessionStage } from '../auth/sessions.ts';
import { checkSignature } from '../auth/signatures.ts';
import { withTimeLimit } from '../db/time-limit.ts';
import { assertMediaType, hasBody } from './bodies.ts';
import { CallerRate } from './caller-rate.ts';
import type { App } from './app.ts';
import { AttackSigns } from './attack-signs.ts';
import { cameToProbe } from './doors.ts';
import { malformedRequest } from './malformed.ts';
import { withinNetworks } from './networks.ts';
import { queryFault } from './query.ts';

const URL_LENGTH_MAX = 8_000;

/** What one gate remembers between requests. */
interface Limits {
  readonly people: CallerRate;
  readonly programs: CallerRate;
  /** Whether an address is one that administrators work from. */
  isForAdministrators(address: string): boolean;
  /** Whether an address is shown what is for operators and integrators. */
  isForOperations(address: string): boolean;
}

/** Installs the checks, the answer headers and the line and numbers of each answered request. */
export function installGate(app: App): void {
  const { settings } = app.auth;
  const { requestsMax, personRequestsPerMinute, keyRequestsPerMinute, refusalsPerMinute } =
    settings;
  const signs = new AttackSigns(refusalsPerMinute);
  const inHand = new InHand(requestsMax);
  const limits = {
    people: new CallerRate(personRequestsPerMinute),
    programs: new CallerRate(keyRequestsPerMinute),
    isForAdministrators: withinNetworks(settings.adminNetworks),
    isForOperations: withinNetworks(settings.operationsNetworks),
  };
  app.decorateRequest('actor');
  app.decorateRequest('session');
  app.decorateRequest('token', '');
  app.decorateRequest('idempotencyKey', '');
  app.decorateRequest('bodyDigest');
  app.addHook('onClose', () => app.auth.nonces.idle());
  app.addHook('onRequest', (request, reply, done) => {
    try {
      openAnswer(app, request, reply);
      inHand.enter(request, reply);
      assertWellFormed(request);
      assertShown(limits, request);
    } catch (error) {
      done(asError(error));
      return;
    }
    authenticate(app, limits, request, done);
  });
  // After the body was read, so that what the handler asks for is asked for within the limit.
  app.addHook('preHandler', (request, _reply, done) => {
    withTimeLimit(isReading(request) ? settings.readingSecondsMax * 1_000 : 0, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    recordAnswer(app, request, reply);
    watchRefusal(app, signs, request, reply);
    done();
  });
}

/** Searches for people post what they look for, so that no address shows it. */
function isReading({ method, routeOptions: { url = '' } }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || url.endsWith('/search');
}

const OPERATIONS = new Set(['/health', '/ready', '/metrics']);

/**
 * The requests that are worked on. Each waits for the database several times; when more wait than
 * it can serve soon, everybody's waits run out and nobody is served. So those beyond the limit are
 * told at once to come back.
 */
class InHand {
  readonly #max: number;
  #count = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Takes a place until the answer is out or the caller is gone. OVERLOADED. */
  enter(request: FastifyRequest, reply: FastifyReply): void {
    const { config, url = '' } = request.routeOptions;
    if (config.ownLimit === true || OPERATIONS.has(url)) return;
    if (this.#count >= this.#max) throw new AppError('OVERLOADED', { retryAfterSeconds: 1 });
    this.#count += 1;
    reply.raw.once('close', () => {
      this.#count -= 1;
    });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('not an error', { cause: error });
}

// What every answer tells a browser; a page that may load something says so itself. Browsers take
// the demand for TLS only over TLS.
const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"],
  ['referrer-policy', 'no-referrer'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
];

function openAnswer(app: App, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  reply.header('cache-control', 'no-store');
  for (const [name, value] of SECURITY_HEADERS) reply.header(name, value);
  if (!app.shutdown.isDraining) return;
  reply.header('connection', 'close');
  const { url } = request.routeOptions;
  if (url !== '/health' && url !== '/ready') throw new AppError('DRAINING');
}

/** Numbers of operation and the documentation: whoever may not see them finds nothing there. */
const INSIDE = /^\/(metrics|openapi\.json|docs(\/.*)?)$/;

function assertShown(limits: Limits, request: FastifyRequest): void {
  const { url = '' } = request.routeOptions;
  if (cameToProbe(request.raw.socket) && !OPERATIONS.has(url)) throw new AppError('NOT_FOUND');
  if (!INSIDE.test(url)) return;
  if (!limits.isForOperations(request.ip)) throw new AppError('NOT_FOUND');
}

const HOST = /^[A-Za-z0-9._:[\]-]{0,255}$/;
const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];

function assertWellFormed(request: FastifyRequest): void {
  if (request.url.length > URL_LENGTH_MAX) throw new AppError('URI_TOO_LONG');
  const fault = queryFault(request.query);
  if (fault !== undefined) throw malformedRequest(fault);
  const { rawHeaders } = request.raw;
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1 || !HOST.test(request.headers.host ?? '')) {
    throw malformedRequest('host');
  }
  for (const name of OVERRIDES) {
    if (request.headers[name] !== undefined)
      throw new AppError('METHOD_NOT_ALLOWED', { method: 'override' });
  }
}

/** A token and how it came: a browser adds a cookie by itself, a program never does. */
interface Credential {
  readonly token: string;
  readonly isCookie: boolean;
}

function authenticate(
  app: App,
  limits: Limits,
  request: FastifyRequest,
  done: HookHandlerDoneFunction,
): void {
  const credential = credentialOf(request);
  const admit = (admitted: Admitted | undefined) => {
    try {
      admitCaller(app, limits, request, credential, admitted);
      assertTurn(limits, request);
      assertMediaType(request);
      if (mustSign(app, request, admitted)) {
        takeSignature(app, request, admitted).then(
          () => done(),
          (error: unknown) => done(asError(error)),
        );
        return;
      }
    } catch (error) {
      done(asError(error));
      return;
    }
    done();
  };
  if (credential === undefined) {
    admit(undefined);
    return;
  }
  const isProofAsked = request.routeOptions.config.stepUp === true;
  const known = app.auth.peek(credential.token, isProofAsked);
  if (known !== undefined) {
    admit(known);
    return;
  }
  // A page that asks by itself says so: it does not keep the session alive.
  const keepAlive = request.headers['x-background'] === undefined;
  app.auth
    .identify(credential.token, keepAlive)
    .then(admit, (error: unknown) => done(asError(error)));
}

function credentialOf(request: FastifyRequest): Credential | undefined {
  const header = request.headers.authorization;
  if (header === undefined) {
    const token = cookieToken(request);
    return token === undefined ? undefined : { token, isCookie: true };
  }
  if (!/^bearer /i.test(header)) return undefined;
  const token = header.slice(7);
  return token.length <= 128 ? { token, isCookie: false } : undefined;
}

/** Each way in takes its own sessions: a cookie is worth nothing as a bearer, nor the reverse. */
function isRightWay(credential: Credential, { session }: Admitted): boolean {
  return (session?.channel === 'browser') === credential.isCookie;
}

function admitCaller(
  app: App,
  limits: Limits,
  request: FastifyRequest,
  credential: Credential | undefined,
  admitted: Admitted | undefined,
): void {
  const { config } = request.routeOptions;
  const isKnown =
    credential !== undefined && admitted !== undefined && isRightWay(credential, admitted);
  if (isKnown) {
    request.actor = { ...admitted.identity, requestId: request.id, from: request.ip };
    request.session = admitted.session;
    request.token = credential.token;
  }
  if (request.is404 || config.public === true) return;
  if (!isKnown) throw new AppError('UNAUTHENTICATED');
  const { settings } = app.auth;
  if (credential.isCookie) assertOwnSite(request, credential.token, settings.publicOrigin);
  if (!(config.roles ?? []).some((role) => admitted.identity.roles.includes(role)))
    throw new AppError('FORBIDDEN');
  assertNetwork(limits, request, admitted);
  if (config.firmWide === true && admitted.identity.branchCode !== undefined) {
    throw new AppError('FIRM_WIDE_ONLY');
  }
  if (admitted.session !== undefined) assertSession(app, config, admitted.session);
  if (config.idempotent === true) request.idempotencyKey = idempotencyKeyOf(request);
}

/** ADDRESS_NOT_ALLOWED for an administrator who comes from elsewhere than the house says. */
function assertNetwork(limits: Limits, request: FastifyRequest, { identity }: Admitted): void {
  if (!identity.roles.includes('administrator')) return;
  if (!limits.isForAdministrators(request.ip)) throw new AppError('ADDRESS_NOT_ALLOWED');
}

/** Whether a program has to sign the request: it changes something, and its key is for signing. */
function mustSign(app: App, request: FastifyRequest, admitted: Admitted | undefined): boolean {
  if (admitted === undefined || SAFE_METHODS.has(request.method) || request.is404) return false;
  if (admitted.signing !== undefined) return true;
  return admitted.identity.kind === 'partner' && app.auth.settings.partnerSignatures === 'required';
}

/** SIGNATURE_REQUIRED, SIGNATURE_REFUSED, SIGNATURE_REPLAYED; takes the nonce of a good one. */
async function takeSignature(
  app: App,
  request: FastifyRequest,
  admitted: Admitted | undefined,
): Promise<void> {
  const signing = admitted?.signing;
  if (signing === undefined) throw new AppError('SIGNATURE_REQUIRED');
  const { method, headers, originalUrl: url } = request;
  const message = { method, url, headers, hasBody: hasBody(request) };
  const accepted = checkSignature(signing, message, app.auth.clock.now());
  request.bodyDigest = accepted.bodyDigest;
  await app.auth.nonces.take(signing.keyId, accepted.nonce, accepted.expiresAtMs);
}

/** 429 for who asks too often; who is not known has limits of his own, where he signs in. */
function assertTurn({ people, programs }: Limits, request: FastifyRequest): void {
  const actor: FastifyRequest['actor'] | undefined = request.actor;
  if (actor === undefined) return;
  const wait = (actor.kind === 'partner' ? programs : people).take(`${actor.kind}:${actor.id}`);
  if (wait > 0) throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: wait });
}

const OPEN_ONLY: readonly SessionStage[] = ['open'];
const STAGE_ZH: Readonly<Record<SessionStage, string>> = {
  secondFactor: '输入动态口令',
  enrolment: '绑定动态口令',
  passwordChange: '修改密码',
  open: '登录',
};

function assertSession(app: App, config: FastifyContextConfig, session: SessionFacts): void {
  const { stage } = session;
  if (!(config.stages ?? OPEN_ONLY).includes(stage)) {
    throw new AppError('SESSION_INCOMPLETE', { stage, stageZh: STAGE_ZH[stage] });
  }
  if (config.stepUp === true) app.auth.assertProven(session);
}

function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('IDEMPOTENCY_KEY_MISSING');
}

function recordAnswer(app: App, request: FastifyRequest, reply: FastifyReply): void {
  const { config, url } = request.routeOptions;
  const route = request.is404 ? 'unknown' : (url ?? 'unknown');
  app.metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
  if (app.log.level === 'silent') return;
  const line: Record<string, unknown> = {
    reqId: request.id,
    method: request.method,
    route,
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime * 100) / 100,
    from: request.ip,
  };
  const actor: FastifyRequest['actor'] | undefined = request.actor;
  if (actor !== undefined) line['actor'] = `${actor.kind}:${actor.id}`;
  if (config.action !== undefined) line['action'] = config.action;
  if (request.idempotencyKey !== '') {
    // The caller chose it and may have put anything in it; the digest is enough to find it again.
    line['idempotencyKeyDigest'] = hash('sha256', request.idempotencyKey, 'hex').slice(0, 16);
  }
  app.log.info(line, 'request');
}

/** Tells operators, once a minute and caller, of one who is refused what attackers are refused. */
function watchRefusal(
  app: App,
  signs: AttackSigns,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const actor: FastifyRequest['actor'] | undefined = request.actor;
  const caller = actor === undefined ? `address:${request.ip}` : `${actor.kind}:${actor.id}`;
  if (!signs.show(caller, reply.statusCode)) return;
  app.metrics.countAttackSign(actor?.kind ?? 'address');
  const line = { actor: caller, from: request.ip, status: reply.statusCode, reqId: request.id };
  app.log.warn({ ...line, route: request.routeOptions.url ?? 'unknown' }, 'signs of attack');
}
