/** What the server answers when it refuses, and what we say when it does not answer. */
import type { components } from './schema.ts';

export type ProblemBody = components['schemas']['Problem'];
export type WireFinding = NonNullable<ProblemBody['reasons']>[number];

/** A refusal of the server, or a failure on the way to it (then `body` is undefined). */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody | undefined;

  constructor(status: number, body: ProblemBody | undefined, options?: ErrorOptions) {
    super(body?.code ?? `HTTP ${status}`, options);
    this.name = 'Problem';
    this.status = status;
    this.body = body;
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
  return new Problem(response.status, isBody(body) ? body : undefined);
}

/** Any thrown value as a problem. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, undefined, { cause: error });
}
