/**
 * The one door to the server: typed from its OpenAPI document. An answer is either the data or a
 * `Problem` that is thrown. The session lives in a cookie that no script can read; what changes
 * something carries beside it the text against requests that other sites forge.
 */
import createClient, { type Middleware } from 'openapi-fetch';
import { noteServerTime } from '../parts/time.ts';
import { asProblem, problemOf } from './problem.ts';
import type { paths } from './schema.ts';

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

let csrfToken: string | undefined;

/** Keeps what the server gave with the session; in memory only, a reload asks again. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

const proof: Middleware = {
  onRequest({ request }) {
    if (!UNSAFE.has(request.method)) return request;
    if (csrfToken !== undefined) request.headers.set('x-csrf-token', csrfToken);
    // Where an order or a transfer may be sent twice, the caller gives the key and keeps it.
    if (!request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID());
    }
    return request;
  },
  onResponse({ response }) {
    noteServerTime(response);
  },
};

/** The typed client; `ask` gives its data or throws. */
export const api = createClient<paths>({ baseUrl: '/', headers: { accept: 'application/json' } });
api.use(proof);

/** For what a page asks by itself: such a request does not keep the session alive. */
export const BACKGROUND = { 'x-background': '1' } as const;

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

interface Hooks {
  /** The server says that the session is over. */
  onEnd(): void;
  /** Proves again who sits there; false when he gave up. */
  stepUp(): Promise<boolean>;
}

let hooks: Hooks | undefined;

/** What happens around every call; the session sets it once. */
export function setHooks(given: Hooks): void {
  hooks = given;
}

async function attempt<Data>(call: () => Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>;
  try {
    answer = await call();
  } catch (error) {
    throw asProblem(error);
  }
  if (answer.response.ok) return answer.data as Data;
  throw problemOf(answer.response, answer.error);
}

/**
 * The data of an answer; throws `Problem` for a refusal and when nothing answers. When the act asks
 * for a fresh proof of who sits there, it is asked for and the call is made once more.
 */
export async function ask<Data>(call: () => Promise<Answer<Data>>): Promise<Data> {
  try {
    return await attempt(call);
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code === 'UNAUTHENTICATED') hooks?.onEnd();
    if (problem.code !== 'STEP_UP_REQUIRED') throw problem;
    if ((await hooks?.stepUp()) !== true) throw problem;
    return attempt(call);
  }
}
