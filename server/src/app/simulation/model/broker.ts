/**
 * The second house: customers as plain values, changed by the answers that the first house gave. An
 * answer that was lost leaves two worlds, with and without its effect, and both are kept until
 * something that is read tells which it is. An answer that no world gives is a disagreement.
 */
import { book, Disagreement, settle } from './booking.ts';
import type { ModelMarket } from './market.ts';
import {
  type CancelReply,
  predictCancel,
  predictTransfer,
  type TransferReply,
  type TransferRequest,
} from './money.ts';
import { type OrderReply, predictOrder } from './place.ts';
import {
  type CustomerState,
  frozenCash,
  frozenUnits,
  type ModelFinding,
  type OrderRequest,
  textOf,
} from './state.ts';
import { Tally } from './tally.ts';
import type { TruthRecord } from './truth.ts';

/** What staff read of one order. */
export interface OrderSeen {
  readonly no: string;
  readonly state: string;
  readonly tradeDate: string;
  readonly acceptedAt: string;
  readonly confirmedAmount: bigint;
  readonly confirmedUnits: bigint;
  readonly fee: bigint;
}

/** What staff read of one customer. */
export interface CustomerSeen {
  readonly orders: readonly OrderSeen[];
  readonly cash: bigint;
  readonly frozen: bigint;
  /** By fund, of holdings with units. */
  readonly units: ReadonlyMap<string, { readonly units: bigint; readonly frozen: bigint }>;
  readonly accounts: ReadonlyMap<string, string>;
  readonly transfers: ReadonlyMap<string, string>;
}

type Guess = (state: CustomerState) => CustomerState;

export class Broker {
  readonly market: ModelMarket;
  /** How often more than one world was open, and how they were told apart. */
  readonly counts = { forks: 0, settledThere: 0, settledNot: 0 };
  /** What was booked and paid, as runs of the day count it. */
  readonly tally: Tally;
  readonly #worlds = new Map<string, readonly CustomerState[]>();
  readonly #told = new Map<string, string>();

  constructor(market: ModelMarket) {
    this.market = market;
    this.tally = new Tally(market);
  }

  customers(): string[] {
    return [...this.#worlds.keys()];
  }

  open(customer: string, state: CustomerState): void {
    this.#worlds.set(customer, [state]);
  }

  worldsOf(customer: string): readonly CustomerState[] {
    const worlds = this.#worlds.get(customer);
    if (worlds === undefined) throw new Error(`the model does not know ${customer}`);
    return worlds;
  }

  /** Every world of every customer. */
  worlds(): readonly (readonly CustomerState[])[] {
    return [...this.#worlds.values()];
  }

  /** The customer as he was read: worlds that are left after a reading differ in nothing read. */
  stateOf(customer: string): CustomerState {
    const [first] = this.worldsOf(customer);
    if (first === undefined) throw new Error(`${customer} has no world`);
    return first;
  }

  /** Something that staff did to a customer and that is known to have happened. */
  change(customer: string, how: Guess): void {
    this.#set(customer, this.worldsOf(customer).map(how));
  }

  /** What was answered once under a name, such as an id, is answered ever after. */
  same(what: string, said: string): void {
    const known = this.#told.get(what) ?? said;
    if (known !== said) throw new Disagreement(what, known, said);
    this.#told.set(what, said);
  }

  placed(order: OrderRequest, now: string, reply: OrderReply): void {
    this.#observe(
      order.customer,
      `order ${order.no}`,
      (state) => predictOrder(this.market, state, order, now),
      reply,
      sameOrderReply,
    );
  }

  transferred(request: TransferRequest, now: string, reply: TransferReply): void {
    this.#observe(
      request.customer,
      `transfer ${request.no}`,
      (state) => predictTransfer(this.market, state, request, now),
      reply,
    );
  }

  /** A cancellation that was answered at one of these instants. */
  cancelled(customer: string, no: string, times: readonly string[], reply: CancelReply): void {
    const before = this.worldsOf(customer);
    const kept = times.flatMap((now) =>
      before
        .map((state) => predictCancel(this.market, state, no, now))
        .filter((predicted) => sameCancelReply(predicted.reply, reply))
        .map(({ next }) => next),
    );
    if (kept.length === 0) {
      const said = before.map(
        (state) => predictCancel(this.market, state, no, times[0] ?? '').reply,
      );
      throw new Disagreement(`cancellation of ${no}`, said, reply);
    }
    this.#set(customer, kept);
  }

  /** The answer was lost: from here on there is a world in which it happened, at one of the times. */
  maybe(customer: string, guesses: readonly Guess[]): void {
    const worlds = this.worldsOf(customer);
    this.counts.forks += 1;
    this.#set(customer, [...worlds, ...guesses.flatMap((guess) => worlds.map(guess))]);
  }

  /** Orders of a trade date that are out of the house now. */
  sent(registrar: string, tradeDate: string): void {
    for (const customer of this.customers()) {
      this.change(customer, (state) => {
        const orders = [...state.orders].map(([no, order]): [string, typeof order] =>
          order.registrar === registrar &&
          order.tradeDate === tradeDate &&
          order.state === 'accepted'
            ? [no, { ...order, state: 'sent' }]
            : [no, order],
        );
        return { ...state, orders: new Map(orders) };
      });
    }
  }

  booked(record: TruthRecord): void {
    this.change(record.customer, (state) => book(state, record));
    this.tally.booked(record);
  }

  settledFor(customers: readonly string[], day: string): void {
    for (const customer of customers) this.change(customer, (state) => settle(state, day));
    this.tally.paid(customers, day);
  }

  /** Compares a customer with what was read of him; what does not fit is no world any more. */
  read(customer: string, seen: CustomerSeen): void {
    const worlds = this.worldsOf(customer);
    const wrong: string[] = [];
    const kept = worlds.flatMap((state, place) => {
      const found = differencesOf(state, seen);
      if (found.length === 0) {
        if (worlds.length > 1) this.counts[place === 0 ? 'settledNot' : 'settledThere'] += 1;
        return [learn(state, seen)];
      }
      wrong.push(found.join('; '));
      return [];
    });
    if (kept.length === 0) throw new Disagreement(`customer ${customer}`, wrong, 'as read');
    this.#set(customer, kept);
  }

  #observe<R>(
    customer: string,
    what: string,
    predict: (state: CustomerState) => { reply: R; next: CustomerState },
    reply: R,
    isSame: (predicted: R, actual: R) => boolean = (a, b) =>
      JSON.stringify(a) === JSON.stringify(b),
  ): void {
    const predicted = this.worldsOf(customer).map(predict);
    const kept = predicted.filter((one) => isSame(one.reply, reply));
    if (kept.length === 0) {
      const said = predicted.map((one) => one.reply);
      throw new Disagreement(`${what} of ${customer}`, said.length === 1 ? said[0] : said, reply);
    }
    this.#set(
      customer,
      kept.map(({ next }) => next),
    );
  }

  #set(customer: string, worlds: readonly CustomerState[]): void {
    const [first] = worlds;
    const distinct =
      worlds.length === 1 && first !== undefined
        ? [first]
        : [...new Map(worlds.map((state) => [textOf(state), state])).values()];
    this.#worlds.set(customer, distinct);
  }
}

function sameFinding(predicted: ModelFinding, actual: ModelFinding | undefined): boolean {
  if (actual?.code !== predicted.code || actual.severity !== predicted.severity) return false;
  return Object.entries(predicted.facts).every(([name, fact]) => actual.facts[name] === fact);
}

function sameOrderReply(predicted: OrderReply, actual: OrderReply): boolean {
  return (
    predicted.outcome === actual.outcome &&
    predicted.isReplay === actual.isReplay &&
    predicted.tradeDate === actual.tradeDate &&
    (predicted.acceptedAt ?? actual.acceptedAt) === actual.acceptedAt &&
    predicted.findings.length === actual.findings.length &&
    predicted.findings.every((finding, place) => sameFinding(finding, actual.findings[place]))
  );
}

// While a day's files are made an order is cut off, then sent: either refusal may be given.
function sameCancelReply(predicted: CancelReply, actual: CancelReply): boolean {
  return (
    predicted === actual ||
    (predicted === 'CANCEL_AFTER_CUT_OFF' && actual === 'ORDER_NOT_CANCELLABLE sent')
  );
}

function orderDifferences(state: CustomerState, seen: CustomerSeen): string[] {
  const found: string[] = [];
  const read = new Map(seen.orders.map((order) => [order.no, order]));
  for (const [no, order] of state.orders) {
    const other = read.get(no);
    read.delete(no);
    if (other === undefined) {
      found.push(`order ${no} is not there`);
      continue;
    }
    const pairs: [string, unknown, unknown][] = [
      ['state', order.state, other.state],
      ['trade date', order.tradeDate, other.tradeDate],
      ['accepted at', order.acceptedAt ?? other.acceptedAt, other.acceptedAt],
      ['confirmed amount', order.confirmedAmount, other.confirmedAmount],
      ['confirmed units', order.confirmedUnits, other.confirmedUnits],
      ['fee', order.fee, other.fee],
    ];
    for (const [name, ours, theirs] of pairs) {
      if (ours !== theirs) found.push(`order ${no} ${name} ${String(ours)} / ${String(theirs)}`);
    }
  }
  for (const no of read.keys()) found.push(`order ${no} is not known to the model`);
  return found;
}

function differencesOf(state: CustomerState, seen: CustomerSeen): string[] {
  const found = orderDifferences(state, seen);
  const differ = (name: string, ours: unknown, theirs: unknown) => {
    if (ours !== theirs) found.push(`${name} ${String(ours)} / ${String(theirs)}`);
  };
  differ('cash', state.cash, seen.cash);
  differ('frozen', frozenCash(state), seen.frozen);
  for (const fund of new Set([...state.units.keys(), ...seen.units.keys()])) {
    const read = seen.units.get(fund);
    const units = state.units.get(fund) ?? 0n;
    differ(`units of ${fund}`, units, read?.units ?? 0n);
    if (units > 0n) differ(`frozen of ${fund}`, frozenUnits(state, fund), read?.frozen ?? 0n);
  }
  for (const registrar of new Set([...state.accounts.keys(), ...seen.accounts.keys()])) {
    const status = state.accounts.get(registrar)?.status;
    differ(`account at ${registrar}`, status, seen.accounts.get(registrar));
  }
  for (const no of new Set([...state.transfers.keys(), ...seen.transfers.keys()])) {
    differ(`transfer ${no}`, state.transfers.get(no)?.state, seen.transfers.get(no));
  }
  return found;
}

function learn(state: CustomerState, seen: CustomerSeen): CustomerState {
  const orders = new Map(state.orders);
  for (const { no, acceptedAt } of seen.orders) {
    const order = orders.get(no);
    if (order?.acceptedAt === undefined && order !== undefined) {
      orders.set(no, { ...order, acceptedAt });
    }
  }
  return { ...state, orders };
}
