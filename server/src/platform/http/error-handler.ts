import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '@cairn/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { malformedJson, malformedRequest } from './malformed.ts';
import { nextTraceId } from './trace.ts';
import type { App } from './app.ts';
import type { Catalog } from './catalog.ts';
import { problemOf } from './problem.ts';
import { Refusals } from './refusals.ts';
import type { MethodTable } from './routes.ts';
import { ValidationError } from './validation.ts';

const MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** Every error becomes problem details; unknown paths 404, known paths with another method 405. */
export function installErrors(app: App, methods: MethodTable): void {
  const refusals = new Refusals();
  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof AppError && error.code === 'OVERLOADED') await refusals.turn();
    return answerError(app.catalog, error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = methods.methodsFor(path);
    if (allowed.length === 0 || allowed.includes(request.method)) {
      return answerError(app.catalog, new AppError('NOT_FOUND'), request, reply);
    }
    reply.header('allow', allowed.join(', '));
    const error = new AppError('METHOD_NOT_ALLOWED', { method: request.method });
    return answerError(app.catalog, error, request, reply);
  });
}

/** Sends the problem of an error. What no table knows is logged and answered as INTERNAL. */
export function answerError(
  catalog: Catalog,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = knownError(error);
  const row = known === undefined ? undefined : catalog.errors.get(known.code);
  if (row === undefined || row[0] === 500) {
    request.log.error(
      { err: error, reqId: request.id, route: request.routeOptions?.url },
      'request failed',
    );
  }
  const { problem, retryAfterSeconds } = problemOf(
    catalog,
    known ?? new AppError('INTERNAL'),
    request.id,
  );
  // An address that cannot be routed is answered before the first hook.
  reply.header('x-request-id', request.id);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  // A text, so that no response schema of the route cuts it.
  return reply.code(problem.status).type(MEDIA_TYPE).send(JSON.stringify(problem));
}

const FRAMEWORK: Readonly<Record<string, () => AppError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new AppError('BODY_TOO_LARGE'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new AppError('MEDIA_TYPE_UNSUPPORTED', { accepted: 'application/json' }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformedJson('empty'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => malformedRequest('length'),
  FST_ERR_BAD_URL: () => malformedRequest('address'),
  // No id is that long, so it is nobody’s.
  FST_ERR_MAX_PARAM_LENGTH: () => new AppError('NOT_FOUND'),
  // The method QUERY must have a body; no address of ours takes the method.
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: () => new AppError('METHOD_NOT_ALLOWED', { method: 'QUERY' }),
};

// What PostgreSQL says when a value passed our checks and still cannot be kept.
const DATABASE: Readonly<Record<string, () => AppError>> = {
  '22021': () => new AppError('TEXT_NOT_STORABLE'),
  '22P05': () => new AppError('TEXT_NOT_STORABLE'),
  '22003': () => new AppError('NUMBER_OUT_OF_RANGE'),
  '53100': () => new AppError('DATABASE_FULL', { retryAfterSeconds: 30 }),
  '40001': () => new AppError('DATABASE_CONFLICT'),
  '40P01': () => new AppError('DATABASE_CONFLICT'),
  '57P01': () => new AppError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 2 }),
  '53300': () => new AppError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 2 }),
};

const noStorage = () => new AppError('STORAGE_UNAVAILABLE', { retryAfterSeconds: 30 });

// What the machine says when a file cannot be written: the disk is full, read-only, or broken.
const DISK: Readonly<Record<string, () => AppError>> = {
  ENOSPC: noStorage,
  EDQUOT: noStorage,
  EROFS: noStorage,
  EIO: noStorage,
};

function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof ValidationError) return error.appError;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (FRAMEWORK[code] ?? DATABASE[code] ?? DISK[code])?.();
}

const CLIENT: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Answers bytes that never became a request, and closes the connection. */
export function answerClientError(
  catalog: Catalog,
  error: NodeJS.ErrnoException,
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const code = CLIENT[error.code ?? ''];
  const refusal = code === undefined ? malformedRequest('notHttp') : new AppError(code);
  const { problem } = problemOf(catalog, refusal, nextTraceId());
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `content-type: ${MEDIA_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
