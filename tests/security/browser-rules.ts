/** Rules for what a browser gets from us and gives back; each answers what breaks it, in words. */
import type { App } from '../../server/src/platform/http/app.ts';

const YEAR_SECONDS = 31_536_000;
/** How long a stream may go on after its session has ended. */
const STREAM_MS_MAX = 8_000;

/** The headers of an answer as a test request gives them. */
export type AnswerHeaders = Readonly<Record<string, number | string | string[] | undefined>>;

const text = (headers: AnswerHeaders, name: string): string => String(headers[name] ?? '');

/** The directives of a policy by name, each with its sources. */
function directivesOf(policy: string): Map<string, readonly string[]> {
  const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name = '', ...sources]) => [name, sources]));
}

/** What a policy lets a page do that none of ours needs. */
export function policyFaults(policy: string): string[] {
  const directives = directivesOf(policy);
  const faults = ['default-src', 'base-uri', 'frame-ancestors']
    .filter((name) => directives.get(name)?.join(' ') !== "'none'")
    .map((name) => `${name} is not 'none'`);
  if ((directives.get('object-src') ?? directives.get('default-src'))?.join(' ') !== "'none'") {
    faults.push("object-src is not 'none'");
  }
  for (const name of ['script-src', 'style-src', 'connect-src']) {
    const foreign = (directives.get(name) ?? []).filter(
      (source) => !/^('self'|'none'|'nonce-[\w-]{22}')$/.test(source),
    );
    faults.push(...foreign.map((source) => `${name} allows ${source}`));
  }
  return faults;
}

/** What an answer does not forbid a browser. */
export function answerFaults(headers: AnswerHeaders): string[] {
  const faults = policyFaults(text(headers, 'content-security-policy'));
  const fixed = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
  for (const [name, value] of Object.entries(fixed)) {
    if (text(headers, name) !== value) faults.push(`${name} is not ${value}`);
  }
  const transport = text(headers, 'strict-transport-security');
  const seconds = Number(/max-age=(\d+)/.exec(transport)?.[1] ?? 0);
  if (seconds < YEAR_SECONDS) faults.push('TLS is demanded for less than a year');
  if (!/;\s*includeSubDomains/i.test(transport)) faults.push('TLS is not demanded below the host');
  return faults;
}

/** What is wrong with the cookie of a session. */
export function cookieFaults(cookie: string): string[] {
  const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim().toLowerCase());
  const faults = ['secure', 'httponly', 'samesite=strict', 'path=/']
    .filter((attribute) => !attributes.includes(attribute))
    .map((attribute) => `no ${attribute}`);
  if (!pair.startsWith('__host-')) faults.push('not bound to this host');
  if (attributes.some((attribute) => attribute.startsWith('domain='))) faults.push('has a domain');
  return faults;
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every operation of a program, as `POST /orders`, with an address that fits its form. */
export async function operationsOf(
  app: App,
): Promise<{ name: string; method: 'GET' | 'POST'; url: string }[]> {
  const { paths } = (await app.inject('/openapi.json')).json<ApiDocument>();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((key) => {
      const method = key.toUpperCase() as 'GET' | 'POST';
      return { name: `${method} ${path}`, method, url: path.replaceAll(/\{\w+\}/g, '1') };
    }),
  );
}

/**
 * The unsafe operations that a page of another site could cause: a browser sends the cookie with
 * them by itself, but not the text that only our pages know.
 */
export async function openDoors(app: App, cookie: string): Promise<string[]> {
  const doors: string[] = [];
  for (const { name, method, url } of await operationsOf(app)) {
    if (method === 'GET') continue;
    const headers = { host: 'localhost:8080', cookie };
    const reply = await app.inject({ method, url, headers });
    const isRefused = reply.statusCode === 403 && reply.body.includes('"CROSS_SITE_REFUSED"');
    if (!isRefused) doors.push(name);
  }
  return doors;
}

/** Where a stream of events is, and who may watch it. */
export interface Watched {
  readonly url: string;
  readonly cookie: string;
  /** Ends the session of the cookie. */
  logOut(): Promise<unknown>;
}

/** Whom a stream talks to that it must not, and whether it outlives its session. */
export async function streamFaults({ url, cookie, logOut }: Watched): Promise<string[]> {
  const faults: string[] = [];
  const open = async (headers: Record<string, string>) => {
    const stop = new AbortController();
    const reply = await fetch(url, { headers, signal: stop.signal });
    return { reply, stop };
  };
  const strangers: [string, Record<string, string>][] = [
    ['a page of another site', { cookie, origin: 'https://evil.example' }],
    ['who has no session', {}],
    ['a program with the token of a browser', { authorization: `Bearer ${cookie.split('=')[1]}` }],
  ];
  for (const [who, headers] of strangers) {
    const { reply, stop } = await open(headers);
    if (reply.ok) faults.push(`it talks to ${who}`);
    stop.abort();
  }
  const { reply, stop } = await open({ cookie });
  if (!reply.ok) return [...faults, `it does not talk to its own: ${reply.status}`];
  await logOut();
  const timer = setTimeout(() => stop.abort(), STREAM_MS_MAX);
  await reply.text().catch(() => faults.push('it outlives its session'));
  clearTimeout(timer);
  return faults;
}
