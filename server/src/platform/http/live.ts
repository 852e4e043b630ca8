/**
 * Live answers: server-sent events that tell a page how something stands, whenever it changes. The
 * state is read from the database, so it does not matter which process changes it; pages that watch
 * the same thing share one reading. A stream ends with its session, when the server stops, and when
 * what it watches is finished.
 */
import { AppError } from '@cairn/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** What a stream tells. */
export interface LiveSource<T> {
  /** The same for streams that tell the same. */
  readonly key: string;
  read(): Promise<T>;
  /** Whether nothing will change any more after this state. */
  isFinal(state: T): boolean;
}

const READ_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const SESSION_MS = 4_000;
const STREAMS_MAX = 400;
/** A page that reads nothing of what it is told is let go. */
const UNREAD_BYTES_MAX = 4_194_304;
/** In one process. */
export const STREAMS_PER_USER_MAX = 8;

interface Reading {
  readonly at: number;
  readonly state: Promise<unknown>;
}

/** The open streams of one application. */
export class LiveStreams {
  private readonly readings = new Map<string, Reading>();
  private readonly open = new Map<string, number>();
  private count = 0;
  private isStopping = false;

  /** Ends every stream at its next look. */
  stop(): void {
    this.isStopping = true;
  }

  get isStopped(): boolean {
    return this.isStopping;
  }

  /** Takes a place for a user. TOO_MANY_STREAMS. */
  enter(userId: string): void {
    const own = this.open.get(userId) ?? 0;
    if (this.count >= STREAMS_MAX || own >= STREAMS_PER_USER_MAX) {
      throw new AppError('TOO_MANY_STREAMS', { retryAfterSeconds: 5 });
    }
    this.open.set(userId, own + 1);
    this.count += 1;
  }

  /** Gives the place back. */
  leave(userId: string): void {
    const own = (this.open.get(userId) ?? 1) - 1;
    if (own <= 0) this.open.delete(userId);
    else this.open.set(userId, own);
    this.count -= 1;
  }

  /** The state now, or a reading of less than a second ago. */
  async read<T>(source: LiveSource<T>): Promise<T> {
    const known = this.readings.get(source.key);
    if (known !== undefined && performance.now() - known.at < READ_MS * 0.9) {
      return (await known.state) as T;
    }
    const state = source.read();
    this.readings.set(source.key, { at: performance.now(), state });
    // Nobody waits for a reading whose stream has ended; it must not end the process.
    state.catch(() => this.readings.delete(source.key));
    return state;
  }

  /** Forgets the reading of something that nobody watches any more. */
  forget(key: string): void {
    this.readings.delete(key);
  }
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });

/**
 * Answers a request with the states of a source: `event: state` with the state as JSON at once and
 * after each change, a comment every quarter of a minute, and `event: end` with the reason
 * `final`, `session` or `stopping` before it closes. TOO_MANY_STREAMS.
 */
export async function sendLive<T>(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  source: LiveSource<T>,
): Promise<void> {
  const { live } = app;
  const userId = request.actor.id;
  // The first reading may be refused as any other answer.
  const first = await live.read(source);
  live.enter(userId);
  const gone = new AbortController();
  request.raw.on('close', () => gone.abort());
  reply.raw.on('close', () => gone.abort());
  reply.hijack();
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  reply.raw.writeHead(200, {
    ...Object.fromEntries(headers),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // A connection that idles after its stream would hold up a server that stops.
    connection: 'close',
  });
  try {
    await stream(app, request, reply, { source, first, signal: gone.signal });
  } catch (error) {
    request.log.error({ err: error, reqId: request.id }, 'a live stream failed');
  } finally {
    live.leave(userId);
    live.forget(source.key);
    reply.raw.end();
  }
}

async function stream<T>(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  of: { source: LiveSource<T>; first: T; signal: AbortSignal },
): Promise<void> {
  const { source, signal } = of;
  const { raw } = reply;
  const send = (event: string, data: unknown) =>
    raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  let state = of.first;
  let told = '';
  let spokeAt = performance.now();
  let askedAt = performance.now();
  while (!signal.aborted && raw.writableLength < UNREAD_BYTES_MAX) {
    const text = JSON.stringify(state);
    if (text !== told) {
      send('state', state);
      told = text;
      spokeAt = performance.now();
    }
    if (source.isFinal(state)) return void send('end', { reason: 'final' });
    if (app.live.isStopped) return void send('end', { reason: 'stopping' });
    if (performance.now() - spokeAt > HEARTBEAT_MS) {
      raw.write(': still here\n\n');
      spokeAt = performance.now();
    }
    await wait(READ_MS, signal);
    if (performance.now() - askedAt > SESSION_MS) {
      askedAt = performance.now();
      const admitted = await app.auth.identify(request.token, false);
      if (admitted === undefined) return void send('end', { reason: 'session' });
    }
    state = await app.live.read(source);
  }
}
