/**
 * What stands before every handler, in this order: the request is well formed, the server is not
 * stopping, the caller is known and has a role for the route, the body is of a known kind. Nothing
 * of a body is read before the caller may send it.
 */
import { hash } from 'node:crypto';
import { AppError } from '@cairn/kernel';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Identity } from '../auth/service.ts';
import { assertMediaType } from './bodies.ts';
import type { App } from './app.ts';
import { malformedRequest } from './malformed.ts';
import { queryFault } from './query.ts';

const URL_LENGTH_MAX = 8_000;

/** Installs the checks, the answer headers and the line and numbers of each answered request. */
export function installGate(app: App): void {
  app.decorateRequest('actor');
  app.decorateRequest('idempotencyKey', '');
  app.addHook('onRequest', (request, reply, done) => {
    try {
      openAnswer(app, request, reply);
      assertWellFormed(request);
    } catch (error) {
      done(asError(error));
      return;
    }
    authenticate(app, request, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    recordAnswer(app, request, reply);
    done();
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('not an error', { cause: error });
}

function openAnswer(app: App, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  reply.header('cache-control', 'no-store');
  reply.header('x-content-type-options', 'nosniff');
  if (!app.shutdown.isDraining) return;
  reply.header('connection', 'close');
  const { url } = request.routeOptions;
  if (url !== '/health' && url !== '/ready') throw new AppError('DRAINING');
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

function authenticate(app: App, request: FastifyRequest, done: HookHandlerDoneFunction): void {
  const token = bearerToken(request);
  const admit = (identity: Identity | undefined) => {
    try {
      admitCaller(request, identity);
      assertMediaType(request);
    } catch (error) {
      done(asError(error));
      return;
    }
    done();
  };
  if (token === undefined) {
    admit(undefined);
    return;
  }
  const known = app.auth.peek(token);
  if (known !== undefined) {
    admit(known);
    return;
  }
  app.auth.identify(token).then(admit, (error: unknown) => done(asError(error)));
}

function bearerToken(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined || !/^bearer /i.test(header)) return undefined;
  const token = header.slice(7);
  return token.length <= 128 ? token : undefined;
}

function admitCaller(request: FastifyRequest, identity: Identity | undefined): void {
  const { config } = request.routeOptions;
  if (identity !== undefined) {
    request.actor = { ...identity, requestId: request.id, from: request.ip };
  }
  if (request.is404 || config.public === true) return;
  if (identity === undefined) throw new AppError('UNAUTHENTICATED');
  if (!(config.roles ?? []).some((role) => identity.roles.includes(role)))
    throw new AppError('FORBIDDEN');
  if (config.idempotent === true) request.idempotencyKey = idempotencyKeyOf(request);
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
