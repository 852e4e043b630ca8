/** What the registrars' answers do to orders and applications, in batches of one work. */
import { add, amount, formatAmount, formatUnits, type LocalDate, units } from '@cairn/kernel';
import { systemActor } from '../../platform/actor.ts';
import type { Work } from '../../platform/work.ts';
import { confirmTradingAccounts, type HoldRelease, releaseHolds } from '../accounts/index.ts';
import { findApplications } from './day.ts';
import type { AccountApplication, Order } from './domain/order.ts';
import {
  decideOutcome,
  type HoldChange,
  type OrderOutcome,
  type OutcomeRefusal,
} from './domain/outcomes.ts';
import { isLegal, type OrderState } from './domain/states.ts';
import { keysOf, loadOrders, updateOrders } from './store.ts';

/** An answer that could not be applied, with why; nothing was changed by it. */
export interface RefusedOutcome<Item> {
  readonly item: Item;
  readonly code: OutcomeRefusal['code'];
  readonly details: Readonly<Record<string, string>>;
}

/** The orders after the answers, and the answers that fit no order. */
export interface OutcomesApplied<Done, Item> {
  readonly done: readonly Done[];
  readonly refused: readonly RefusedOutcome<Item>[];
}

interface Change {
  readonly before: OrderState;
  readonly after: Order;
  readonly detail: object;
}

/**
 * Applies confirmations in the order given and releases what the orders froze (all of it when the
 * order is no longer waiting, the confirmed units of a partial redemption), so that the caller can
 * then book the money and units in the same work. `done` has each order once, as it stands after
 * its last answer. Refused, without any effect: ORDER_UNKNOWN, OUTCOME_ILLEGAL,
 * OUTCOME_ABOVE_APPLIED.
 */
export async function applyOrderOutcomes(
  work: Work,
  outcomes: readonly OrderOutcome[],
): Promise<OutcomesApplied<Order, OrderOutcome>> {
  const orders = await loadOrders(work.tx, keysOf(outcomes.map((outcome) => outcome.orderId)));
  const done = new Map<string, Order>();
  const refused: RefusedOutcome<OrderOutcome>[] = [];
  // The n-th answer to one order goes into the n-th round: one statement changes a row once.
  const rounds: Change[][] = [];
  const answers = new Map<string, number>();
  const releases = new Map<string, HoldRelease>();
  for (const item of outcomes) {
    const order = orders.get(item.orderId);
    if (order === undefined) {
      refused.push({ item, code: 'ORDER_UNKNOWN', details: { orderId: item.orderId } });
      continue;
    }
    const decided = decideOutcome(order, item);
    if (!decided.ok) {
      refused.push({ item, ...decided.error });
      continue;
    }
    const { order: after, hold } = decided.value;
    const round = answers.get(item.orderId) ?? 0;
    answers.set(item.orderId, round + 1);
    rounds[round] = [
      ...(rounds[round] ?? []),
      { before: order.state, after, detail: detailOf(item) },
    ];
    mergeRelease(releases, after, hold);
    orders.set(item.orderId, after);
    done.set(item.orderId, after);
  }
  for (const changes of rounds) await updateOrders(work.tx, work.now, changes);
  await releaseHolds(work, [...releases.values()]);
  for (const order of done.values()) report(work, order);
  return { done: [...done.values()], refused };
}

function detailOf(outcome: OrderOutcome): object {
  return {
    ref: outcome.ref,
    confirmDate: outcome.confirmDate,
    confirmedAmount: formatAmount(outcome.confirmedAmount),
    confirmedUnits: formatUnits(outcome.confirmedUnits),
    fee: formatAmount(outcome.fee),
  };
}

/** Several answers to one order in one batch become one release. */
function mergeRelease(releases: Map<string, HoldRelease>, order: Order, hold: HoldChange): void {
  const { bucket, orderId: ref } = order;
  if (hold.kind === 'all') releases.set(ref, { bucket, ref });
  if (hold.kind !== 'part') return;
  const before = releases.get(ref);
  releases.set(ref, {
    bucket,
    ref,
    amount: add(before?.amount ?? amount(0n), hold.amount),
    units: add(before?.units ?? units(0n), hold.units),
  });
}

function report(work: Work, order: Order): void {
  const { bucket, orderId, customerId, state, businessCode, fundCode } = order;
  const detail = { customerId, state, businessCode, fundCode };
  const actor = systemActor('registrar');
  const subject = `order:${orderId}`;
  work.audit({ bucket, actor, action: 'orders.outcome', subject, result: 'done', detail });
  const payload = { orderId, ...detail };
  work.emit({ bucket, topic: 'trading.order-outcome', key: orderId, payload });
}

/** The registrar's answer to one application of file 01. */
export interface AccountOutcome {
  readonly applicationId: string;
  readonly to: 'confirmed' | 'rejected';
  /** The registrar's account, when it confirmed. */
  readonly taAccountId?: string;
  readonly confirmDate: LocalDate;
  /** What tells it; kept in the event. */
  readonly ref: string;
}

/**
 * Applies answers to account applications and moves their trading accounts to 'active' or
 * 'rejected'. Refused, without any effect: ORDER_UNKNOWN, OUTCOME_ILLEGAL (answered before, never
 * sent, or confirmed without an account number).
 */
export async function applyAccountOutcomes(
  work: Work,
  outcomes: readonly AccountOutcome[],
): Promise<OutcomesApplied<AccountApplication, AccountOutcome>> {
  const applications = await findApplications(
    work.tx,
    outcomes.map((outcome) => outcome.applicationId),
  );
  const refused: RefusedOutcome<AccountOutcome>[] = [];
  const done: { application: AccountApplication; outcome: AccountOutcome }[] = [];
  for (const item of outcomes) {
    const { applicationId, to, taAccountId } = item;
    const application = applications.get(applicationId);
    if (application === undefined) {
      refused.push({ item, code: 'ORDER_UNKNOWN', details: { orderId: applicationId } });
      continue;
    }
    const { state, businessCode, version } = application;
    if (!isLegal(businessCode, state, to) || (to === 'confirmed' && taAccountId === undefined)) {
      const details = { orderId: applicationId, state, to };
      refused.push({ item, code: 'OUTCOME_ILLEGAL', details });
      continue;
    }
    const after: AccountApplication = {
      ...application,
      ...(taAccountId === undefined ? {} : { taAccountId }),
      state: to,
      version: version + 1,
    };
    applications.set(applicationId, after);
    done.push({ application: after, outcome: item });
  }
  await updateApplications(work, done);
  const actor = systemActor('registrar');
  await confirmTradingAccounts(
    work,
    actor,
    done.map(({ application, outcome }) => ({
      bucket: application.bucket,
      tradingAccountNo: application.tradingAccountNo,
      taAccountId: outcome.to === 'confirmed' ? outcome.taAccountId : undefined,
      reason: outcome.ref,
    })),
  );
  return { done: done.map(({ application }) => application), refused };
}

async function updateApplications(
  work: Work,
  changes: readonly { application: AccountApplication; outcome: AccountOutcome }[],
): Promise<void> {
  if (changes.length === 0) return;
  await work.tx.query(
    `with changed as (
       update trading.account_applications a set state = t.state, ta_account_id = t.ta_account_id,
         confirm_date = t.confirm_date, version = t.version
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::date[], $6::int4[],
         $7::text[])
         as t(bucket, application_id, state, ta_account_id, confirm_date, version, detail)
       where a.bucket = t.bucket
         and a.application_id = t.application_id
       returning a.bucket, a.application_id, a.version, a.state, t.detail)
     insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at, detail)
     select bucket, application_id, version, 'sent', state, $8::timestamptz, detail::jsonb
     from changed`,
    [
      changes.map(({ application }) => application.bucket),
      changes.map(({ application }) => application.applicationId),
      changes.map(({ application }) => application.state),
      changes.map(({ application }) => application.taAccountId ?? null),
      changes.map(({ outcome }) => outcome.confirmDate),
      changes.map(({ application }) => application.version),
      changes.map(({ outcome }) => JSON.stringify({ ref: outcome.ref })),
      work.now,
    ],
  );
}
