/**
 * The customers. On an ordinary day requests leave at the times a rate gives, whether or not earlier
 * ones have been answered, as people do; each latency counts from the time the request was due, so a
 * server that stalls is charged for everybody who waited. In a flood each connection asks again the
 * moment it has its answer, also when that was to come back later: however fast the server is, as
 * many requests as there are connections are with it at any time.
 */
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
  /** Its length; that of a flood counts from when its last connection was asked for. */
  readonly seconds: number;
  /** Requests a second; absent: a flood, at whose end everybody hangs up. */
  readonly rate?: number;
  /** Connections at most; further requests wait for one on the client's side. */
  readonly connections: number;
  /** Which share of requests is what, in the order they come; an order is the rest. */
  readonly reads: readonly Ask[];
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
/** Connections of a flood that are opened in one go: a caller that opens all would hear nobody. */
const OPENED_AT_ONCE = 200;
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

/** A way to the server, and whether those who took it have hung up. */
interface Way {
  readonly agent: Agent;
  isHungUp: boolean;
}

async function one(
  asking: Asking,
  way: Way,
  what: Ask,
  into: Answers,
  dueAt = performance.now(),
): Promise<void> {
  const { path, body } = wishOf(asking, what);
  try {
    const { status, text, hasRetryAfter } = await send(asking, way.agent, path, body);
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
    if (way.isHungUp) into.hungUp += 1;
    else into.count((error as { code?: string }).code ?? (error as Error).message);
  }
}

/** Asks for one thing and says how long the answer took and whether it was served. */
export async function probe(asking: Asking): Promise<{ ms: number; isServed: boolean }> {
  const agent = new Agent();
  const answers = new Answers();
  const startedAt = performance.now();
  await one(asking, { agent, isHungUp: false }, 'order', answers);
  agent.destroy();
  return { ms: performance.now() - startedAt, isServed: answers.served === 1 };
}

/**
 * Drives one phase; resolves when everything that was asked has been answered. Requests that find
 * every connection taken wait here: Node's agent searches its whole line for each one that leaves it.
 */
export async function drive(
  asking: Asking,
  phase: Phase,
  onTick: () => void = () => undefined,
): Promise<{ answers: Answers; asked: number; seconds: number }> {
  const { rate, connections, seconds, reads } = phase;
  const way: Way = { agent: new Agent({ keepAlive: true, scheduling: 'fifo' }), isHungUp: false };
  const answers = new Answers();
  const startedAt = performance.now();
  const passed = () => (performance.now() - startedAt) / 1_000;
  // When each request was due; those before `sent` have left.
  const dueAt: number[] = [];
  let sent = 0;
  const flight = { open: 0 };
  let begun = 0;
  const leave = () => {
    while (!way.isHungUp && flight.open < connections && sent < dueAt.length) {
      // Ten in a row: the reads of the phase, then orders.
      const what = reads[sent % 10] ?? 'order';
      flight.open += 1;
      void one(asking, way, what, answers, dueAt[sent++]).finally(() => {
        flight.open -= 1;
        if (rate === undefined && !way.isHungUp) dueAt.push(performance.now());
        leave();
      });
    }
  };
  const dueNow = () =>
    rate === undefined
      ? Math.min(connections, begun + OPENED_AT_ONCE)
      : Math.round(Math.min(passed(), seconds) * rate);
  // A flood lasts so long once all have come.
  let fromSeconds = 0;
  for (let isOver = false; !isOver; ) {
    if (rate === undefined && begun < connections) fromSeconds = passed();
    isOver = passed() - fromSeconds >= seconds;
    for (const due = dueNow(); begun < due; begun++) dueAt.push(performance.now());
    leave();
    onTick();
    await pause(TICK_MS);
  }
  if (rate === undefined) {
    way.isHungUp = true;
    answers.hungUp += dueAt.length - sent;
    way.agent.destroy();
  }
  while (flight.open > 0 || (!way.isHungUp && sent < dueAt.length)) {
    await pause(TICK_MS);
    onTick();
  }
  way.agent.destroy();
  return { answers, asked: dueAt.length, seconds: passed() };
}
