/**
 * Clients that act over HTTP, never give a command up, and write down what was acknowledged: the only
 * witness of what a house promised. From their notes alone follows what must stand in its books.
 */
import type { Investor } from '../../server/src/app/sandbox/investors.ts';
import { FUND } from '../../server/src/app/sandbox/order-stage.ts';

/** What the notes say of one customer: amounts in fen. */
export interface Account {
  readonly orders: Map<string, { readonly no: string; fen: bigint; isCancelled: boolean }>;
  /** By the client's number, what it moved. */
  readonly transfers: Map<string, bigint>;
}

/** The notes of all clients. */
export class AckLedger {
  readonly accounts = new Map<string, Account>();
  /** Answers that the contract does not foresee here, each with how often. */
  readonly surprises = new Map<string, number>();
  readonly statuses = new Map<number, number>();
  acknowledged = 0;
  repeated = 0;
  /** Ids of orders that were acknowledged since somebody last looked. */
  fresh: string[] = [];

  of(customerId: string): Account {
    let account = this.accounts.get(customerId);
    if (account === undefined) {
      account = { orders: new Map(), transfers: new Map() };
      this.accounts.set(customerId, account);
    }
    return account;
  }
}

interface Command {
  readonly path: string;
  readonly body: object | undefined;
  readonly no: string;
  note(answer: Record<string, unknown>): void;
  /** A refusal that says that it has happened before. */
  isDone?(problem: Record<string, unknown>): boolean;
}

/** Statuses that say: nothing is known to have happened, come again. */
const AGAIN = new Set([429, 503, 507]);
const ANSWER_MS = 4_000;
const BETWEEN_MS = 25;

/** Where the clients go; it may change while they work. */
export interface Counter {
  readonly urls: readonly string[];
  readonly key: string;
}

export class Clients {
  readonly ledger: AckLedger;
  readonly #counter: Counter;
  readonly #investors: readonly Investor[];
  #isOver = false;
  #isGivenUp = false;
  #number = 0;
  readonly #prefix: string;
  readonly #all: Promise<void>[];

  constructor(
    ledger: AckLedger,
    counter: Counter,
    investors: readonly Investor[],
    options: { readonly count: number; readonly prefix: string },
  ) {
    this.ledger = ledger;
    this.#counter = counter;
    this.#investors = investors;
    this.#prefix = options.prefix;
    this.#all = Array.from({ length: options.count }, (_, client) => this.#work(client));
  }

  /** Resolves when so many more commands were acknowledged; rejects when they are not in time. */
  async more(count: number, withinMs: number): Promise<void> {
    const goal = this.ledger.acknowledged + count;
    const end = performance.now() + withinMs;
    while (this.ledger.acknowledged < goal) {
      if (performance.now() > end) {
        const missing = goal - this.ledger.acknowledged;
        throw new Error(`${missing} of ${count} commands were not acknowledged in ${withinMs} ms`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** What waits for an answer, and what came last. */
  #open = new Map<string, string>();

  /** Commands that wait for their answer now. */
  get waiting(): number {
    return this.#open.size;
  }

  /** Takes no new command and waits until each has its answer. */
  async stop(withinMs: number): Promise<void> {
    this.#isOver = true;
    const late = new Promise<'late'>((resolve) => {
      setTimeout(() => resolve('late'), withinMs).unref();
    });
    const ended = await Promise.race([Promise.all(this.#all), late]);
    if (ended === 'late') {
      const open = [...this.#open].slice(0, 4).map(([no, last]) => `${no}: ${last}`);
      throw new Error(`no answer ${withinMs} ms after the fault: ${open.join('; ')}`);
    }
  }

  /** Stops with commands unanswered: the round has failed. */
  giveUp(): void {
    this.#isOver = true;
    this.#isGivenUp = true;
  }

  async #work(client: number): Promise<void> {
    while (!this.#isOver) {
      await this.#finish(client, this.#draw());
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  }

  /** Asks until there is an answer. */
  async #finish(client: number, command: Command): Promise<void> {
    const { urls } = this.#counter;
    for (let attempt = 0; !this.#isGivenUp; attempt += 1) {
      const url = urls[(client + attempt) % urls.length] ?? '';
      this.#open.set(command.no, `${attempt} attempts`);
      const isDone = await this.#ask(url, command).catch((error: unknown) => {
        const { cause = error } = error as { cause?: unknown };
        this.#open.set(command.no, `${attempt} attempts, ${String(cause)}`);
        return false;
      });
      if (isDone) {
        this.#open.delete(command.no);
        return;
      }
      this.ledger.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  }

  async #ask(url: string, { path, body, no, note, isDone }: Command): Promise<boolean> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        authorization: `Bearer ${this.#counter.key}`,
        'idempotency-key': no,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    const { status } = response;
    this.ledger.statuses.set(status, (this.ledger.statuses.get(status) ?? 0) + 1);
    if (AGAIN.has(status)) return false;
    if (response.ok || isDone?.(answer) === true) {
      note(answer);
      this.ledger.acknowledged += 1;
      return true;
    }
    const what = `${path.split('/')[1]} answered ${status} ${String(answer['code'])}`;
    this.ledger.surprises.set(what, (this.ledger.surprises.get(what) ?? 0) + 1);
    // A refusal is an answer; after a failure of the server it may still happen.
    return status < 500;
  }

  #draw(): Command {
    const n = this.#number++;
    const investor = this.#investors[n % this.#investors.length] as Investor;
    const no = `${this.#prefix}-${n}`;
    const account = this.ledger.of(investor.customerId);
    if (n % 10 === 3) return this.#transfer(investor, no, 'in');
    if (n % 10 === 6) return this.#transfer(investor, no, 'out');
    const open = n % 10 === 9 ? this.#cancellable(account) : undefined;
    return open === undefined ? this.#purchase(investor, no) : cancellation(account, open, no);
  }

  readonly #taken = new Set<string>();

  #cancellable(account: Account): string | undefined {
    const found = [...account.orders].find(
      ([id, { isCancelled }]) => !isCancelled && !this.#taken.has(id),
    );
    if (found !== undefined) this.#taken.add(found[0]);
    return found?.[0];
  }

  #purchase({ customerId }: Investor, no: string): Command {
    const { ledger } = this;
    const account = ledger.of(customerId);
    const fen = 1_000n + BigInt(this.#number % 977);
    const amount = `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
    return {
      path: '/orders',
      no,
      body: { kind: 'purchase', customerId, clientOrderNo: no, fundCode: FUND, amount },
      note({ orderId }) {
        account.orders.set(String(orderId), { no, fen, isCancelled: false });
        ledger.fresh.push(String(orderId));
      },
    };
  }

  #transfer({ customerId, assetAccountNo }: Investor, no: string, direction: 'in' | 'out') {
    const account = this.ledger.of(customerId);
    const fen = 100n + BigInt(this.#number % 89);
    const amount = `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
    return {
      path: '/cash-transfers',
      no,
      body: { assetAccountNo, direction, amount, clientTransferNo: no },
      note() {
        account.transfers.set(no, direction === 'in' ? fen : -fen);
      },
    };
  }
}

function cancellation(account: Account, orderId: string, no: string): Command {
  return {
    path: `/orders/${orderId}/cancellation`,
    no,
    body: undefined,
    note() {
      const order = account.orders.get(orderId);
      if (order !== undefined) order.isCancelled = true;
    },
    // The answer to the first attempt was lost: the order stands cancelled.
    isDone: ({ code, details, state }) =>
      code === 'ORDER_NOT_CANCELLABLE' &&
      JSON.stringify({ details, state }).includes('"cancelled"'),
  };
}
