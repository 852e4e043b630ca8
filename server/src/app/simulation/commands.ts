/** What clients do to the house: each act with how the model hears of its answer. */
import { amount, type Instant } from '@cairn/kernel';
import { transferCash } from '../../modules/accounts/index.ts';
import { cancelOrders, placeOrders } from '../../modules/trading/index.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import { playOperator } from '../sandbox/house.ts';
import type { Outcome } from './house.ts';
import { Disagreement } from './model/booking.ts';
import type { Broker } from './model/broker.ts';
import type { TransferRequest } from './model/money.ts';
import { predictOrder } from './model/place.ts';
import type { CustomerState } from './model/state.ts';
import { predictCancel, predictTransfer } from './model/money.ts';
import type { Client } from './people.ts';
import type { Probes } from './probes.ts';
import { type Asked, cancelReply, orderReply, transferReply } from './wire.ts';

/** One act of a client, or of staff for one. */
export interface Command {
  readonly name: string;
  readonly customers: readonly string[];
  run(world: DayWorld): Promise<unknown>;
  /** Tells the model what came of it. */
  tell(outcome: Outcome<unknown>): void;
}

type Guess = (state: CustomerState) => CustomerState;

const timesOf = ({ from, to }: { from: Instant; to: Instant }): Instant[] =>
  from === to ? [from] : [from, to];

/** What is decided anew is decided between the asking and the answer. */
function within(what: string, { from, to }: { from: Instant; to: Instant }, at: string): void {
  if (at < from || at > to) throw new Disagreement(what, `decided ${from} to ${to}`, at);
}

/** An order whose answer was lost has no instant yet. */
function unread(state: CustomerState, next: CustomerState, no: string): CustomerState {
  const order = next.orders.get(no);
  if (order === undefined || state.orders.has(no)) return next;
  return { ...next, orders: new Map(next.orders).set(no, { ...order, acceptedAt: undefined }) };
}

/** Places orders together; all of them are decided or none. */
export function placeCommand(broker: Broker, probes: Probes, asked: readonly Asked[]): Command {
  const customers = [...new Set(asked.map(({ model }) => model.customer))];
  const own = (customer: string) => asked.filter(({ model }) => model.customer === customer);
  const guessAt =
    (customer: string, now: Instant): Guess =>
    (state) =>
      own(customer).reduce((before, { model }) => {
        const { next } = predictOrder(broker.market, before, model, now);
        return unread(before, next, model.no);
      }, state);
  return {
    name: 'place',
    customers,
    run: (world) =>
      placeOrders(
        world,
        playOperator,
        asked.map(({ house }) => house),
      ),
    tell(outcome) {
      if (outcome.kind === 'unknown') {
        for (const customer of customers) {
          broker.maybe(
            customer,
            timesOf(outcome).map((now) => guessAt(customer, now)),
          );
        }
      } else if (outcome.kind === 'reply') {
        const results = outcome.value as Awaited<ReturnType<typeof placeOrders>>;
        for (const [index, one] of asked.entries()) {
          const { model } = one;
          const result = results[index];
          if (result === undefined) throw new Error(`no answer to order ${model.no}`);
          const { reply, at } = orderReply(one, result);
          if (!reply.isReplay) within(`order ${model.no}`, outcome, at);
          broker.placed(model, at, reply);
          probes.reach(`order ${reply.isReplay ? 'again, ' : ''}${reply.outcome}`);
          for (const { code } of reply.isReplay ? [] : reply.findings)
            probes.reach(`reason ${code}`);
        }
      }
    },
  };
}

/** Moves money between bank card and account. */
export function transferCommand(
  broker: Broker,
  probes: Probes,
  client: Client,
  request: TransferRequest,
): Command {
  const { customer, no, direction } = request;
  const { assetAccountNo } = client;
  return {
    name: 'transfer',
    customers: [customer],
    run: (world) =>
      transferCash(world, playOperator, [
        {
          assetAccountNo,
          direction,
          amount: amount(request.amount),
          clientTransferNo: no,
          idempotencyKey: undefined,
        },
      ]),
    tell(outcome) {
      if (outcome.kind === 'unknown') {
        const guesses = timesOf(outcome).map(
          (now): Guess =>
            (state) =>
              predictTransfer(broker.market, state, request, now).next,
        );
        broker.maybe(customer, guesses);
      } else if (outcome.kind === 'reply') {
        const [result] = outcome.value as Awaited<ReturnType<typeof transferCash>>;
        if (result === undefined) throw new Error(`no answer to transfer ${no}`);
        const { reply, at, told } = transferReply(request, result);
        if (!reply.repeated) within(`transfer ${no}`, outcome, at);
        broker.transferred(request, at, reply);
        if (told !== '') broker.same(`transfer ${no} of ${customer}`, told);
        const again = reply.repeated ? 'again, ' : '';
        probes.reach(`transfer ${direction} ${again}${reply.refusal ?? reply.outcome}`);
      }
    },
  };
}

/** Takes an order back. */
export function cancelCommand(
  broker: Broker,
  probes: Probes,
  customer: string,
  order: { readonly no: string; readonly id: string },
): Command {
  return {
    name: 'cancel',
    customers: [customer],
    run: (world) => cancelOrders(world, playOperator, [order.id]),
    tell(outcome) {
      if (outcome.kind === 'unknown') {
        const guesses = timesOf(outcome).map(
          (now): Guess =>
            (state) =>
              predictCancel(broker.market, state, order.no, now).next,
        );
        broker.maybe(customer, guesses);
      } else if (outcome.kind === 'reply') {
        const [result] = outcome.value as Awaited<ReturnType<typeof cancelOrders>>;
        if (result === undefined) throw new Error(`no answer to the cancellation of ${order.no}`);
        const known = broker.worldsOf(customer).find(({ orders }) => orders.has(order.no));
        const reply = cancelReply(known?.orders.get(order.no), result);
        broker.cancelled(customer, order.no, timesOf(outcome), reply);
        probes.reach(`cancel ${reply}`);
      }
    },
  };
}
