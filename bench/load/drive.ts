/**
 * The customers: requests leave at the times a rate gives, whether or not earlier ones have been
 * answered, as people do. Each latency counts from the time the request was due, so a server that
 * stalls is charged for everybody who waited.
 */
import { setMaxListeners } from 'node:events';
import { Agent, request as ask } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { FUND } from '../../server/src/app/sandbox/order-stage.ts';

/** What customers ask for. */
export type Ask = 'order' | 'assets' | 'orders';

export interface Asking {
  readonly port: number;
  readonly key: string;
  readonly customerIds: readonly string[];
  /** Distinguishes the order numbers of one run from those of another. */
  readonly run: string;
}

/** A stretch of the day. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  /** Requests a second. */
  readonly rate: number;
  /** Connections at most; further requests wait for one on the client's side. */
  readonly connections: number;
  /** Which share of requests is what, in the order they come; an order is the rest. */
  readonly reads: readonly Ask[];
  /** Whether those who have no answer at the end hang up instead of waiting for it. */
  readonly isHungUp?: true;
}

/** How the answers of a phase fell out. */
export class Answers {
  /** Milliseconds of answers that were served (2xx and refusals by rule, not shed). */
  readonly servedMs: number[] = [];
  /** Counts by class: '201', '503 OVERLOADED', 'ECONNRESET', … */
  readonly classes = new Map<string, number>();
  /** Answers 503 and 429 without Retry-After. */
  bareRefusals = 0;
  /** Callers who had no answer at the end of the phase and waited no longer. */
  hungUp = 0;
  readonly orderIds: string[] = [];

  count(name: string): void {
    this.classes.set(name, (this.classes.get(name) ?? 0) + 1);
  }

  get shed(): number {
    return (this.classes.get('503 OVERLOADED') ?? 0) + (this.classes.get('429') ?? 0);
  }

  get served(): number {
    return this.servedMs.length;
  }
}

const ANSWER_MS = 60_000;
const TICK_MS = 5;
let sequence = 0;

interface Reply {
  readonly status: number;
  readonly hasRetryAfter: boolean;
  readonly text: string;
}

function send(
  { port, key }: Asking,
  agent: Agent,
  path: string,
  body: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = ask(
      {
        host: '127.0.0.1',
        port,
        path,
        agent,
        method: body === undefined ? 'GET' : 'POST',
        timeout: ANSWER_MS,
        ...(signal === undefined ? {} : { signal }),
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined
            ? {}
            : {
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(body),
                'idempotency-key': `load-${sequence}`,
              }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            hasRetryAfter: response.headers['retry-after'] !== undefined,
            text,
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(body);
  });
}

function wishOf(asking: Asking, what: Ask): { path: string; body?: string } {
  const n = sequence++;
  const customerId = asking.customerIds[n % asking.customerIds.length] ?? '';
  if (what === 'assets') return { path: `/customers/${customerId}/assets` };
  if (what === 'orders') return { path: `/orders?customerId=${customerId}` };
  const body = {
    kind: 'purchase',
    customerId,
    clientOrderNo: `${asking.run}-${n}`,
    fundCode: FUND,
    amount: '100.00',
  };
  return { path: '/orders', body: JSON.stringify(body) };
}

const field = (text: string, name: string): string =>
  new RegExp(`"${name}":"([^"]*)"`).exec(text)?.[1] ?? '';

async function one(
  asking: Asking,
  agent: Agent,
  what: Ask,
  into: Answers,
  hangUp?: AbortSignal,
): Promise<void> {
  const dueAt = performance.now();
  const { path, body } = wishOf(asking, what);
  try {
    const { status, text, hasRetryAfter } = await send(asking, agent, path, body, hangUp);
    if (status === 503 || status === 429) {
      into.count(`${status} ${field(text, 'code')}`.trim());
      if (!hasRetryAfter) into.bareRefusals += 1;
      return;
    }
    into.count(status < 400 ? String(status) : `${status} ${field(text, 'code')}`);
    if (status >= 500) return;
    into.servedMs.push(performance.now() - dueAt);
    if (status === 201) into.orderIds.push(field(text, 'orderId'));
  } catch (error) {
    if (hangUp?.aborted === true) into.hungUp += 1;
    else into.count((error as { code?: string }).code ?? (error as Error).message);
  }
}

/** Asks for one thing and says how long the answer took and whether it was served. */
export async function probe(asking: Asking): Promise<{ ms: number; isServed: boolean }> {
  const agent = new Agent();
  const answers = new Answers();
  const startedAt = performance.now();
  await one(asking, agent, 'order', answers);
  agent.destroy();
  return { ms: performance.now() - startedAt, isServed: answers.served === 1 };
}

/** Drives one phase; resolves when everything that was asked has been answered. */
export async function drive(
  asking: Asking,
  phase: Phase,
  onTick: () => void = () => undefined,
): Promise<{ answers: Answers; asked: number; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: phase.connections, scheduling: 'fifo' });
  const answers = new Answers();
  const open = new Set<Promise<void>>();
  const hangUp = new AbortController();
  // Every request listens to it.
  setMaxListeners(0, hangUp.signal);
  const startedAt = performance.now();
  const total = Math.round(phase.rate * phase.seconds);
  let asked = 0;
  const isOver = () =>
    phase.isHungUp === true && performance.now() - startedAt > phase.seconds * 1_000;
  while (asked < total && !isOver()) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedAt) / 1_000) * phase.rate));
    for (; asked < due; asked++) {
      // Ten in a row: the reads of the phase, then orders.
      const what = phase.reads[asked % 10] ?? 'order';
      const answer = one(asking, agent, what, answers, hangUp.signal);
      open.add(answer);
      void answer.finally(() => open.delete(answer));
    }
    onTick();
    await pause(TICK_MS);
  }
  if (phase.isHungUp === true) hangUp.abort();
  while (open.size > 0) {
    await Promise.race([Promise.all(open), pause(100)]);
    onTick();
  }
  agent.destroy();
  return { answers, asked, seconds: (performance.now() - startedAt) / 1_000 };
}
