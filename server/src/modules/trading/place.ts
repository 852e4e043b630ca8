/** Accepting and refusing orders: load, decide each in arrival order, write, all in one work. */
import {
  type Finding,
  formatAmount,
  formatUnits,
  type Instant,
  type LocalDate,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, maySee } from '../../platform/actor.ts';
import type { TxOptions } from '../../platform/db.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { freezeCash, freezeUnits } from '../accounts/index.ts';
import { type CustomerFact, customersFor } from '../customers/index.ts';
import type { Evidence } from '../suitability/index.ts';
import { type Assessor, loadAssessor } from './assess.ts';
import { type Decision, OrderBook } from './domain/order-book.ts';
import type { Order, PlaceOrder } from './domain/order.ts';
import { digestRequest, orderIdFor } from './domain/order-identity.ts';
import { type FirstFacts, loadFirstFacts, loadSnapshot } from './snapshot.ts';
import { type EarlierOrder, insertOrders, isRepetition, loadEarlier } from './store.ts';

/** One order with who places it. */
export interface PlaceRequest {
  readonly actor: Actor;
  readonly order: PlaceOrder;
}

/** The answer to an order; the same for every repetition of the same request. */
export interface OrderReceipt {
  readonly orderId: string;
  readonly customerId: string;
  readonly clientOrderNo: string;
  readonly outcome: 'accepted' | 'refused';
  readonly tradeDate: LocalDate;
  readonly acceptedAt: Instant;
  /** Every reason of a refusal; the warnings of an acceptance. */
  readonly findings: readonly Finding[];
}

/** The outcome of one request of a batch. */
export type PlaceResult =
  | { readonly kind: 'decided'; readonly receipt: OrderReceipt; readonly isReplay: boolean }
  | {
      readonly kind: 'error';
      readonly code: 'CUSTOMER_NOT_FOUND' | 'IDEMPOTENCY_MISMATCH';
      readonly details: Readonly<Record<string, string>>;
    };

/** A request with its place: the bucket that its batch is gathered by, and its order id. */
export interface KeyedRequest extends PlaceRequest {
  readonly bucket: number;
  readonly orderId: string;
  readonly customerId: string;
}

/** Finds the place of a request. */
export function keyRequest(request: PlaceRequest): KeyedRequest {
  const { customerId, clientOrderNo } = request.order;
  const bucket = bucketOf(customerId);
  const orderId = orderIdFor(bucket, customerId, clientOrderNo);
  return { actor: request.actor, order: request.order, bucket, orderId, customerId };
}

/**
 * Places orders of one actor, in order; one transaction for all of them. Per order: accepted (cash
 * or units are frozen) or refused for good with every reason; the same client order number with the
 * same body answers as the first time (isReplay), with another body IDEMPOTENCY_MISMATCH and no
 * effect; a customer who is not there, or not the actor's to see, CUSTOMER_NOT_FOUND.
 */
export async function placeOrders(
  world: World,
  actor: Actor,
  orders: readonly PlaceOrder[],
): Promise<PlaceResult[]> {
  return await placeRequests(
    world,
    orders.map((order) => keyRequest({ actor, order })),
  );
}

/**
 * As `placeOrders`, for requests of several actors that are decided together (see Batcher). With
 * `flushLater` nobody may be told before what it is given.
 */
export async function placeRequests(
  world: World,
  requests: readonly KeyedRequest[],
  options: TxOptions = {},
): Promise<PlaceResult[]> {
  const buckets = requests.map(({ bucket }) => bucket);
  // Almost no request is a repetition, so nobody asks: the primary key tells, and only then are the
  // earlier answers loaded and the batch decided again.
  try {
    const fresh = (work: Work) => placeInside(world, work, requests, NONE_EARLIER);
    return await work(world, buckets, fresh, options);
  } catch (error) {
    if (!isRepetition(error)) throw error;
  }
  const careful = async (work: Work) =>
    placeInside(world, work, requests, await loadEarlier(work.tx, requests));
  return await work(world, buckets, careful, options);
}

const NONE_EARLIER: ReadonlyMap<string, EarlierOrder> = new Map();

async function placeInside(
  world: World,
  work: Work,
  requests: readonly KeyedRequest[],
  earlier: ReadonlyMap<string, EarlierOrder>,
): Promise<PlaceResult[]> {
  const [customers, first, assessor] = await Promise.all([
    customersFor(work.tx, requests),
    loadFirstFacts(work.tx, work.now, world.calendar, requests),
    loadAssessor(work.tx, work.now, requests),
  ]);
  const seen = new Set(earlier.keys());
  const fresh = requests.filter((request) => {
    if (seen.has(request.orderId) || !isVisible(request, customers)) return false;
    seen.add(request.orderId);
    return true;
  });
  const decisions = await decideFresh(world, work, fresh, customers, { first, assessor });
  const placedNow = new Set<KeyedRequest>(fresh);
  const answers = new Map<string, EarlierOrder>(earlier);
  for (const decision of decisions) answers.set(decision.order.orderId, answerOf(decision));
  return requests.map((request) => resultOf(request, customers, answers, placedNow.has(request)));
}

function isVisible(request: KeyedRequest, customers: ReadonlyMap<string, CustomerFact>): boolean {
  return maySee(request.actor, customers.get(request.customerId));
}

function answerOf(decision: Decision<unknown>): EarlierOrder {
  const { order, findings, requestDigest } = decision;
  return {
    requestDigest,
    refused: order.state === 'refused',
    tradeDate: order.tradeDate,
    acceptedAt: order.acceptedAt,
    findings,
  };
}

function resultOf(
  request: KeyedRequest,
  customers: ReadonlyMap<string, CustomerFact>,
  answers: ReadonlyMap<string, EarlierOrder>,
  isNew: boolean,
): PlaceResult {
  const { orderId, customerId } = request;
  const { clientOrderNo } = request.order;
  const answer = answers.get(orderId);
  if (answer === undefined || !isVisible(request, customers)) {
    return { kind: 'error', code: 'CUSTOMER_NOT_FOUND', details: { customerId } };
  }
  if (!isNew && !digestRequestEquals(request.order, answer.requestDigest)) {
    return { kind: 'error', code: 'IDEMPOTENCY_MISMATCH', details: { clientOrderNo } };
  }
  const { tradeDate, acceptedAt, findings } = answer;
  const outcome = answer.refused ? 'refused' : 'accepted';
  return {
    kind: 'decided',
    receipt: { orderId, customerId, clientOrderNo, outcome, tradeDate, acceptedAt, findings },
    isReplay: !isNew,
  };
}

function digestRequestEquals(order: PlaceOrder, digest: Uint8Array): boolean {
  return Buffer.from(digest).equals(digestRequest(order));
}

async function decideFresh(
  world: World,
  work: Work,
  fresh: readonly KeyedRequest[],
  customers: ReadonlyMap<string, CustomerFact>,
  { first, assessor }: { first: FirstFacts; assessor: Assessor },
): Promise<Decision<Evidence>[]> {
  if (fresh.length === 0) return [];
  const { tx, now } = work;
  const snapshot = await loadSnapshot(tx, now, world.calendar, fresh, customers, first);
  const book = new OrderBook({ ...snapshot, assess: assessor.assess });
  const decisions = fresh.map((request) => book.decide(request, request.order));
  // First the orders: of a batch with a repetition, theirs is the error that is seen.
  insertOrders(tx, now, decisions);
  freeze(work, decisions);
  assessor.save(work, decisions);
  for (const [index, decision] of decisions.entries()) {
    const request = fresh[index];
    if (request !== undefined) report(work, request.actor, decision);
  }
  return decisions;
}

function freeze(work: Work, decisions: readonly Decision<unknown>[]): void {
  const accepted = decisions
    .map((decision) => decision.order)
    .filter((order) => order.state === 'accepted');
  freezeCash(
    work,
    accepted.flatMap((order) =>
      order.amount === undefined
        ? []
        : [
            {
              bucket: order.bucket,
              ref: order.orderId,
              assetAccountNo: order.assetAccountNo,
              amount: order.amount,
            },
          ],
    ),
  );
  freezeUnits(
    work,
    accepted.flatMap((order) => (order.units === undefined ? [] : [unitHold(order, order.units)])),
  );
}

function unitHold(order: Order, units: NonNullable<Order['units']>) {
  const { bucket, orderId: ref, tradingAccountNo, fundCode, shareClass } = order;
  return { bucket, ref, tradingAccountNo, fundCode, shareClass, units };
}

function report({ audit, emit }: Work, actor: Actor, decision: Decision<unknown>): void {
  const { order, findings } = decision;
  const { bucket, orderId, customerId, businessCode, fundCode, tradeDate } = order;
  const asked = {
    customerId,
    businessCode,
    fundCode,
    tradeDate,
    ...(order.amount === undefined ? {} : { amount: formatAmount(order.amount) }),
    ...(order.units === undefined ? {} : { units: formatUnits(order.units) }),
    ...(order.dividendMethod === undefined ? {} : { dividendMethod: order.dividendMethod }),
  };
  const accepted = order.state === 'accepted';
  audit({
    bucket,
    actor,
    action: 'orders.place',
    subject: `order:${orderId}`,
    result: accepted ? 'done' : 'refused',
    detail: {
      ...asked,
      clientOrderNo: order.clientOrderNo,
      ...(findings.length === 0 ? {} : { findings: findings.map((finding) => finding.code) }),
    },
  });
  if (!accepted) return;
  emit({ bucket, topic: 'trading.order-accepted', key: orderId, payload: { orderId, ...asked } });
}
