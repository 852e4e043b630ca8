/** What the server answers when it refuses, and what we say when it does not answer. */
import type { components } from './schema.ts';

export type ProblemBody = components['schemas']['Problem'];
export type WireFinding = NonNullable<ProblemBody['reasons']>[number];

/** A refusal of the server, or a failure on the way to it (then `body` is undefined). */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody | undefined;
  /** When the server asks to come again, in seconds. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    body: ProblemBody | undefined,
    options: ErrorOptions & { retryAfterSeconds?: number } = {},
  ) {
    super(body?.code ?? `HTTP ${status}`, options);
    this.name = 'Problem';
    this.status = status;
    this.body = body;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The stable code; 'OFFLINE' when nothing answered. */
  get code(): string {
    return this.body?.code ?? (this.status === 0 ? 'OFFLINE' : `HTTP_${this.status}`);
  }
}

const isBody = (value: unknown): value is ProblemBody =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;

/** The problem in an answer whose body may be anything, such as a page of some proxy. */
export function problemOf(response: Response, body: unknown): Problem {
  const seconds = /^\d{1,5}$/.exec(response.headers.get('retry-after') ?? '')?.[0];
  const options = seconds === undefined ? {} : { retryAfterSeconds: Number.parseInt(seconds, 10) };
  return new Problem(response.status, isBody(body) ? body : undefined, options);
}

/** Any thrown value as a problem. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, undefined, { cause: error });
}

/**
 * What a failure is to a reader. `refused`: the server says why in words. `fields`: it took offence
 * at something that was typed.
 */
export type FailureKind =
  | 'offline'
  | 'busy'
  | 'broken'
  | 'forbidden'
  | 'missing'
  | 'fields'
  | 'refused';

/** Failures on the way or in the server, which nothing that the reader did has caused. */
export type Outage = Extract<FailureKind, 'offline' | 'busy' | 'broken'>;

export function isOutage(kind: FailureKind): kind is Outage {
  return kind === 'offline' || kind === 'busy' || kind === 'broken';
}

const FIELD_CODES = new Set(['REQUEST_INVALID', 'VALUE_REFUSED']);

/** What a failure is to a reader. */
export function kindOf({ status, code, body }: Problem): FailureKind {
  if (status === 0) return 'offline';
  if (status === 429 || status === 503) return 'busy';
  if (body === undefined || status >= 500) return 'broken';
  if (FIELD_CODES.has(code)) return 'fields';
  if (status === 403) return 'forbidden';
  return status === 404 ? 'missing' : 'refused';
}

/** The same of something that was only read: nothing was typed, so the address is wrong. */
export function kindOfRead(problem: Problem): Exclude<FailureKind, 'fields'> {
  const kind = kindOf(problem);
  return kind === 'fields' ? 'missing' : kind;
}
