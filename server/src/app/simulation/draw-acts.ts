/** Draws what clients do: sensible orders, orders on every limit, repetitions and second thoughts. */
import type { Random } from '@cairn/kernel';
import { cancelCommand, type Command, placeCommand, transferCommand } from './commands.ts';
import type { Broker } from './model/broker.ts';
import { type CustomerState, frozenCash, frozenUnits, type ModelOrder } from './model/state.ts';
import type { Client } from './people.ts';
import type { Probes } from './probes.ts';
import { ask, type Asked, type OrderWish } from './wire.ts';

const DEALING = ['000001', '000002', '000003', '000004', '000005'];
const DISCOUNTS = [100_000_000n, 100_000_000n, 10_000_000n, 40_000_000n];

const profileLevel = ({ profile }: CustomerState): number => profile?.level ?? 0;

export class ActDrawer {
  readonly #random: Random;
  readonly #broker: Broker;
  readonly #probes: Probes;
  readonly #clients: readonly Client[];
  /** Before the numbers that it gives, where several draw for the same clients. */
  readonly #prefix: string;
  /** What was asked, by customer and number, to be asked again. */
  readonly #asked = new Map<string, Asked>();
  #count = 0;

  constructor(
    random: Random,
    broker: Broker,
    probes: Probes,
    clients: readonly Client[],
    prefix = '',
  ) {
    this.#prefix = prefix;
    this.#random = random;
    this.#broker = broker;
    this.#probes = probes;
    this.#clients = clients;
  }

  /** One act of one client; `without` are customers who must be left alone. */
  draw(without: ReadonlySet<string> = new Set()): Command | undefined {
    const free = this.#clients.filter(({ customerId }) => !without.has(customerId));
    if (free.length === 0) return undefined;
    const client = this.#random.pick(free);
    const dice = this.#random.int(1, 100);
    if (dice <= 62) return this.#place(client, free);
    if (dice <= 72) return this.#again(client) ?? this.#place(client, free);
    if (dice <= 84) return this.#cancel(client) ?? this.#place(client, free);
    return this.#transfer(client);
  }

  /** One order of one client, to be put by whoever drew it. */
  drawOrder(): Asked {
    const client = this.#random.pick(this.#clients);
    return this.#ask(client, this.#wish(client));
  }

  /** Asks again for everything whose answer was lost, as a careful client does. */
  drawAgain(customer: string): Command | undefined {
    const own = [...this.#asked.values()].filter(({ model }) => model.customer === customer);
    const last = own.at(-1);
    return last === undefined ? undefined : placeCommand(this.#broker, this.#probes, [last]);
  }

  /** An order that needs a warning, as it is asked for without one; undefined for another customer. */
  drawUnsuited(warned: (client: Client, fund: string) => boolean) {
    for (const client of this.#random.shuffle(this.#clients)) {
      for (const fund of this.#random.shuffle(['000003', '000004', '000001'])) {
        if (warned(client, fund)) return { client, fund };
      }
    }
    return undefined;
  }

  /** Places a purchase with the warning that the customer confirmed. */
  insist(client: Client, fund: string, warning: string): Command {
    const wish = { no: this.#next('w'), kind: '022' as const, fund, amount: 100_000n, warning };
    return placeCommand(this.#broker, this.#probes, [this.#ask(client, wish)]);
  }

  #next(letter: string): string {
    this.#count += 1;
    return `${this.#prefix}${letter}${this.#count}`;
  }

  #stateOf({ customerId }: Client): CustomerState {
    const [state] = this.#broker.worldsOf(customerId);
    if (state === undefined) throw new Error(`no state of ${customerId}`);
    return state;
  }

  #ask(client: Client, wish: OrderWish): Asked {
    const asked = ask(client, wish);
    this.#asked.set(`${client.customerId} ${wish.no}`, asked);
    return asked;
  }

  #place(client: Client, free: readonly Client[]): Command {
    const count = this.#random.pick([1, 1, 1, 2, 4]);
    const asked = Array.from({ length: count }, (_, n) => {
      const who = n === 0 || this.#random.chance(0.5) ? client : this.#random.pick(free);
      return this.#ask(who, this.#wish(who));
    });
    return placeCommand(this.#broker, this.#probes, asked);
  }

  #wish(client: Client): OrderWish {
    const state = this.#stateOf(client);
    const held = [...state.units].filter(([, units]) => units > 0n).map(([fund]) => fund);
    const dice = this.#random.int(1, 100);
    if (held.length > 0 && dice <= 35) return this.#sale(state, this.#random.pick(held));
    if (held.length > 0 && dice <= 43) {
      const method = this.#random.pick(['0', '1'] as const);
      return { no: this.#next('d'), kind: '029', fund: this.#random.pick(held), method };
    }
    if (dice <= 55 && this.#isOffered(state)) return this.#subscription(state);
    if (dice <= 56) return { no: this.#next('x'), kind: '022', fund: '999999', amount: 10_000n };
    if (dice <= 57) return { no: this.#next('x'), kind: '024', fund: '000002', units: 10_000n };
    if (dice <= 58) return { no: this.#next('x'), kind: '029', fund: '000004', method: '0' };
    return this.#purchase(state);
  }

  /** Funds that a customer may buy, as far as he can tell; any when there is none. */
  #suited(state: CustomerState): readonly string[] {
    const { market } = this.#broker;
    const suited = DEALING.filter((fund) => {
      const terms = market.termsOn(fund, market.lastCutOff ?? '9999');
      const hasAccount = state.accounts.has(market.funds.get(fund)?.registrar ?? '');
      return hasAccount && terms !== undefined && terms.risk <= profileLevel(state);
    });
    return suited.length === 0 ? DEALING : suited;
  }

  #isOffered(state: CustomerState): boolean {
    const fund = this.#broker.market.funds.get('000005');
    const last = this.#broker.market.lastCutOff ?? '';
    const isOpen = fund?.offerEnd !== undefined && last < fund.offerEnd;
    return isOpen && (profileLevel(state) >= 2 || this.#random.chance(0.2));
  }

  #subscription(state: CustomerState): OrderWish {
    const fund = this.#random.pick(['000005', '000006']);
    return { no: this.#next('s'), kind: '020', fund, amount: this.#money(state) };
  }

  #purchase(state: CustomerState): OrderWish {
    const fund = this.#random.pick(this.#random.chance(0.85) ? this.#suited(state) : DEALING);
    const discount = this.#random.pick(DISCOUNTS);
    return { no: this.#next('b'), kind: '022', fund, amount: this.#money(state), discount };
  }

  /** An amount: mostly a sensible one, often one that lies on a limit or a fen beside it. */
  #money(state: CustomerState): bigint {
    const free = state.cash - frozenCash(state);
    const limits = [1_000n, 10_000n, 100_000n, 200_000n, 300_000n, 2_000_000n, 5_000_000n, free];
    const dice = this.#random.int(1, 10);
    if (dice <= 3) {
      const near = this.#random.pick(limits) + BigInt(this.#random.int(-1, 1));
      return near > 0n ? near : 1n;
    }
    const share = (free * BigInt(this.#random.int(1, 12))) / 100n;
    const round = this.#random.pick([1n, 100n, 10_000n]);
    const money = (share / round) * round;
    return money > 0n ? money : 10_000n;
  }

  #sale(state: CustomerState, fund: string): OrderWish {
    const free = (state.units.get(fund) ?? 0n) - frozenUnits(state, fund);
    const part = (free * BigInt(this.#random.int(5, 95))) / 100n;
    const near = free + BigInt(this.#random.int(-1, 1));
    const wanted = this.#random.pick([part, part, part, free, near]);
    const units = wanted > 0n ? wanted : 100n;
    const largeRedemptionFlag = this.#random.pick(['0', '1'] as const);
    return { no: this.#next('r'), kind: '024', fund, units, largeRedemptionFlag };
  }

  /** The same request again, or the same number with another body. */
  #again(client: Client): Command | undefined {
    const own = [...this.#asked.values()].filter(
      ({ model }) => model.customer === client.customerId,
    );
    if (own.length === 0) return undefined;
    const earlier = this.#random.pick(own);
    if (this.#random.chance(0.7)) return placeCommand(this.#broker, this.#probes, [earlier]);
    const { no } = earlier.model;
    const other = ask(client, { no, kind: '022', fund: '000001', amount: 123_456n });
    return placeCommand(this.#broker, this.#probes, [other]);
  }

  #cancel(client: Client): Command | undefined {
    const orders = [...this.#stateOf(client).orders.values()];
    const open = orders.filter(({ state }) => state === 'accepted');
    const from: readonly ModelOrder[] = open.length > 0 && this.#random.chance(0.8) ? open : orders;
    if (from.length === 0) return undefined;
    const order = this.#random.pick(from);
    return cancelCommand(this.#broker, this.#probes, client.customerId, order);
  }

  #transfer(client: Client): Command {
    const state = this.#stateOf(client);
    const known = [...state.transfers.values()].filter(({ no }) => no !== 'opening');
    if (known.length > 0 && this.#random.chance(0.25)) {
      const earlier = this.#random.pick(known);
      const amount = this.#random.chance(0.7) ? earlier.amount : earlier.amount + 1n;
      return this.#transferOf(client, { ...earlier, amount });
    }
    const direction = this.#random.pick(['in', 'out', 'out'] as const);
    return this.#transferOf(client, { no: this.#next('t'), direction, amount: this.#money(state) });
  }

  #transferOf(
    client: Client,
    { no, direction, amount }: { no: string; direction: 'in' | 'out'; amount: bigint },
  ): Command {
    const request = { customer: client.customerId, no, direction, amount };
    return transferCommand(this.#broker, this.#probes, client, request);
  }
}
