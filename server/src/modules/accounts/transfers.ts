/** Transfers between bank card and asset account: booked at once, told to the bank once a day. */
import { type Amount, amount, formatAmount, type Instant, type LocalDate } from '@cairn/kernel';
import { bucketedId, findBucketInId } from '@cairn/kernel/ids';
import { type Actor, maySee, seesEveryone } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { customersFor } from '../customers/index.ts';
import { type CashFact, loadCash } from './cash.ts';
import { house, MONEY_MAX } from './domain/chart.ts';
import {
  computeTransferDate,
  decideTransfers,
  type TransferDirection,
  transferEntry,
} from './domain/transfers.ts';
import { post } from './ledger.ts';

/** A transfer as asked for. `clientTransferNo` is the caller's, unique per customer for ever. */
export interface TransferCash {
  readonly assetAccountNo: string;
  readonly direction: TransferDirection;
  readonly amount: Amount;
  readonly clientTransferNo: string;
  /** The header Idempotency-Key of the request, when it came over HTTP. */
  readonly idempotencyKey: string | undefined;
}

/** A transfer as it stands in the books; a refused one stays refused. */
export interface Transfer extends TransferCash {
  readonly bucket: number;
  readonly transferId: string;
  readonly customerId: string;
  readonly state: 'posted' | 'refused';
  readonly refusal: TransferFault | undefined;
  readonly businessDate: LocalDate;
  readonly requestedAt: Instant;
}

/** Why a transfer was not made. */
export interface TransferFault {
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * The answer to one request: the transfer (posted or refused, and whether an earlier request made
 * it), or why nothing was recorded at all.
 */
export type TransferOutcome =
  | { readonly transfer: Transfer; readonly repeated: boolean }
  | { readonly fault: TransferFault };

/**
 * Books transfers in the order given; one answer per request. The same number with the same content
 * answers what it answered first and moves nothing. In `transfer.refusal`, for ever under that
 * number: CASH_INSUFFICIENT, ASSET_ACCOUNT_NOT_ACTIVE, BALANCE_LIMIT_EXCEEDED. In `fault`, with
 * nothing recorded: ASSET_ACCOUNT_NOT_FOUND (also an account of another branch), TRANSFER_AMOUNT_INVALID, TRANSFER_NO_REUSED
 * and TRANSFER_KEY_REUSED (the number, or the idempotency key, stands for other content).
 */
export async function transferCash(
  world: World,
  actor: Actor,
  requests: readonly TransferCash[],
): Promise<TransferOutcome[]> {
  const buckets = requests.flatMap((request) => findBucketInId(request.assetAccountNo) ?? []);
  return await work(world, buckets, (current) => runTransfers(current, world, actor, requests));
}

async function runTransfers(
  current: Work,
  world: World,
  actor: Actor,
  requests: readonly TransferCash[],
): Promise<TransferOutcome[]> {
  const { tx, now } = current;
  const cash = await loadVisibleCash(tx, actor, requests);
  const known = await loadKnown(tx, requests, cash);
  const businessDate = computeTransferDate(now, world.calendar, await findLastCutOff(tx));
  const fresh: Transfer[] = [];
  const plans = requests.map((request): TransferOutcome => {
    const fact = cash.get(request.assetAccountNo);
    const fault = findFault(request, fact);
    if (fault !== undefined || fact === undefined) return { fault: fault ?? notFound(request) };
    const transfer = newTransfer(request, fact, businessDate, now);
    const sameKey = known.byKey.get(keyOf(transfer) ?? '');
    if (sameKey !== undefined && sameKey.transferId !== transfer.transferId) {
      return { fault: { code: 'TRANSFER_KEY_REUSED', details: {} } };
    }
    const earlier = known.byId.get(transfer.transferId);
    if (earlier === undefined) {
      fresh.push(transfer);
      remember(known, transfer);
      return { transfer, repeated: false };
    }
    if (isSameContent(earlier, request)) return { transfer: earlier, repeated: true };
    const { clientTransferNo } = request;
    const code = sameKey === undefined ? 'TRANSFER_NO_REUSED' : 'TRANSFER_KEY_REUSED';
    return { fault: { code, details: { clientTransferNo } } };
  });
  const decided = await bookFresh(current, actor, fresh, cash);
  const byId = new Map(decided.map((transfer) => [transfer.transferId, transfer]));
  return plans.map((plan) =>
    'fault' in plan
      ? plan
      : { ...plan, transfer: byId.get(plan.transfer.transferId) ?? plan.transfer },
  );
}

async function bookFresh(
  current: Work,
  actor: Actor,
  fresh: readonly Transfer[],
  cash: ReadonlyMap<string, CashFact>,
): Promise<Transfer[]> {
  const decided = await decideFresh(current.tx, fresh, cash);
  await insertTransfers(current.tx, decided);
  const posted = decided.filter((transfer) => transfer.state === 'posted');
  await post(
    current,
    posted.map((transfer) => transferEntry(transfer, transfer.businessDate)),
  );
  report(current, actor, decided);
  return decided;
}

// A branch moves money of its own customers only; to it the others do not exist.
async function loadVisibleCash(
  sql: Sql,
  actor: Actor,
  requests: readonly TransferCash[],
): Promise<Map<string, CashFact>> {
  const numbers = requests.map((request) => request.assetAccountNo);
  const buckets = [...new Set(numbers.flatMap((no) => findBucketInId(no) ?? []))];
  const cash = await loadCash(sql, buckets, numbers);
  if (seesEveryone(actor)) return cash;
  const customers = await customersFor(sql, [...cash.values()]);
  return new Map([...cash].filter(([, fact]) => maySee(actor, customers.get(fact.customerId))));
}

interface KnownTransfers {
  readonly byId: Map<string, Transfer>;
  readonly byKey: Map<string, Transfer>;
}

function keyOf(transfer: Transfer): string | undefined {
  const { customerId, idempotencyKey } = transfer;
  return idempotencyKey === undefined ? undefined : `${customerId}/${idempotencyKey}`;
}

function remember(known: KnownTransfers, transfer: Transfer): void {
  known.byId.set(transfer.transferId, transfer);
  const key = keyOf(transfer);
  if (key !== undefined) known.byKey.set(key, transfer);
}

function notFound({ assetAccountNo }: TransferCash): TransferFault {
  return { code: 'ASSET_ACCOUNT_NOT_FOUND', details: { assetAccountNo } };
}

function findFault(request: TransferCash, fact: CashFact | undefined): TransferFault | undefined {
  if (request.amount <= 0n || request.amount > MONEY_MAX) {
    const details = { amountMax: formatAmount(MONEY_MAX) };
    return { code: 'TRANSFER_AMOUNT_INVALID', details };
  }
  return fact === undefined ? notFound(request) : undefined;
}

function newTransfer(
  request: TransferCash,
  fact: CashFact,
  businessDate: LocalDate,
  requestedAt: Instant,
): Transfer {
  const { bucket, customerId } = fact;
  return {
    ...request,
    bucket,
    transferId: transferIdOf(bucket, customerId, request.clientTransferNo),
    customerId,
    state: 'posted',
    refusal: undefined,
    businessDate,
    requestedAt,
  };
}

function transferIdOf(bucket: number, customerId: string, clientTransferNo: string): string {
  return bucketedId(bucket, 'transfer', [customerId, clientTransferNo], 24);
}

function isSameContent(a: TransferCash, b: TransferCash): boolean {
  return (
    a.assetAccountNo === b.assetAccountNo && a.direction === b.direction && a.amount === b.amount
  );
}

async function decideFresh(
  sql: Sql,
  fresh: readonly Transfer[],
  cash: ReadonlyMap<string, CashFact>,
): Promise<Transfer[]> {
  if (fresh.length === 0) return [];
  const rows = await sql.query<{ bucket: number; balance: bigint }>(
    `select bucket, balance from accounts.cash_accounts
     where bucket = any($1::int2[]) and account_code = $2`,
    [[...new Set(fresh.map((transfer) => transfer.bucket))], house.clientBank],
  );
  const bank = new Map(rows.map((row) => [row.bucket, amount(row.balance)]));
  const decisions = decideTransfers(fresh, cash, bank, formatAmount);
  return fresh.map((transfer, index): Transfer => {
    const refusal = decisions[index]?.refusal;
    return refusal === undefined ? transfer : { ...transfer, state: 'refused', refusal };
  });
}

async function insertTransfers(sql: Sql, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length === 0) return;
  await sql.query(
    `insert into accounts.transfers (bucket, transfer_id, customer_id, asset_account_no, direction,
       amount, client_transfer_no, idempotency_key, state, refusal, business_date, requested_at)
     select bucket, transfer_id, customer_id, asset_account_no, direction, amount,
       client_transfer_no, idempotency_key, state, refusal::jsonb, business_date, requested_at
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[],
       $7::text[], $8::text[], $9::text[], $10::text[], $11::date[], $12::timestamptz[])
       as t(bucket, transfer_id, customer_id, asset_account_no, direction, amount,
         client_transfer_no, idempotency_key, state, refusal, business_date, requested_at)`,
    [
      transfers.map((transfer) => transfer.bucket),
      transfers.map((transfer) => transfer.transferId),
      transfers.map((transfer) => transfer.customerId),
      transfers.map((transfer) => transfer.assetAccountNo),
      transfers.map((transfer) => transfer.direction),
      transfers.map((transfer) => transfer.amount),
      transfers.map((transfer) => transfer.clientTransferNo),
      transfers.map((transfer) => transfer.idempotencyKey ?? null),
      transfers.map((transfer) => transfer.state),
      transfers.map(({ refusal }) => (refusal === undefined ? null : JSON.stringify(refusal))),
      transfers.map((transfer) => transfer.businessDate),
      transfers.map((transfer) => transfer.requestedAt),
    ],
  );
}

function report(current: Work, actor: Actor, transfers: readonly Transfer[]): void {
  for (const transfer of transfers) {
    const { bucket, transferId, assetAccountNo, direction, clientTransferNo, refusal } = transfer;
    const shown = formatAmount(transfer.amount);
    const detail = { assetAccountNo, direction, amount: shown, clientTransferNo };
    current.audit({
      bucket,
      actor,
      action: 'accounts.transfer-cash',
      subject: `transfer:${transferId}`,
      result: refusal === undefined ? 'done' : 'refused',
      detail: refusal === undefined ? detail : { ...detail, code: refusal.code },
    });
    if (refusal !== undefined) continue;
    current.emit({
      bucket,
      topic: 'accounts.cash-transferred',
      key: transfer.customerId,
      payload: { transferId, ...detail, businessDate: transfer.businessDate },
    });
  }
}

interface TransferRow {
  bucket: number;
  transfer_id: string;
  customer_id: string;
  asset_account_no: string;
  direction: TransferDirection;
  amount: bigint;
  client_transfer_no: string;
  idempotency_key: string | null;
  state: 'posted' | 'refused';
  refusal: TransferFault | null;
  business_date: LocalDate;
  requested_at: Instant;
}

const COLUMNS = `t.bucket, t.transfer_id, t.customer_id, t.asset_account_no, t.direction, t.amount,
  t.client_transfer_no, t.idempotency_key, t.state, t.refusal, t.business_date, t.requested_at`;

function transferOf(row: TransferRow): Transfer {
  return {
    bucket: row.bucket,
    transferId: row.transfer_id,
    customerId: row.customer_id,
    assetAccountNo: row.asset_account_no,
    direction: row.direction,
    amount: amount(row.amount),
    clientTransferNo: row.client_transfer_no,
    idempotencyKey: row.idempotency_key ?? undefined,
    state: row.state,
    refusal: row.refusal ?? undefined,
    businessDate: row.business_date,
    requestedAt: row.requested_at,
  };
}

async function loadKnown(
  sql: Sql,
  requests: readonly TransferCash[],
  cash: ReadonlyMap<string, CashFact>,
): Promise<KnownTransfers> {
  const keys = requests.flatMap((request) => {
    const fact = cash.get(request.assetAccountNo);
    if (fact === undefined) return [];
    const { bucket, customerId } = fact;
    const transferId = transferIdOf(bucket, customerId, request.clientTransferNo);
    return [{ bucket, transferId, idempotencyKey: request.idempotencyKey ?? null }];
  });
  const known: KnownTransfers = { byId: new Map(), byKey: new Map() };
  const rows = await sql.query<TransferRow>(
    `select ${COLUMNS} from accounts.transfers t
     where t.bucket = any($1::int2[])
       and (t.transfer_id = any($2::text[]) or t.idempotency_key = any($3::text[]))`,
    [
      keys.map((key) => key.bucket),
      keys.map((key) => key.transferId),
      keys.map((key) => key.idempotencyKey),
    ],
  );
  for (const row of rows) remember(known, transferOf(row));
  return known;
}

async function findLastCutOff(sql: Sql): Promise<LocalDate | undefined> {
  const rows = await sql.query<{ last: LocalDate | null }>(
    'select max(business_date) as last from accounts.transfer_cut_offs',
  );
  return rows[0]?.last ?? undefined;
}

/**
 * Closes a day for transfers: every later one belongs to a later day. Call it inside a work over
 * all buckets, so that no transfer is on its way. Closing a closed day changes nothing.
 */
export async function cutOffTransfers(current: Work, date: LocalDate): Promise<void> {
  await current.tx.query(
    `insert into accounts.transfer_cut_offs (business_date, cut_at) values ($1::date, $2::timestamptz)
     on conflict (business_date) do nothing`,
    [date, current.now],
  );
}

/**
 * The booked transfers of a day: what the depository bank is told. In the order in which they were
 * booked, so that money paid in is there when it is paid out again on the same day.
 */
export async function transfersOn(sql: Sql, date: LocalDate): Promise<Transfer[]> {
  const rows = await sql.query<TransferRow>(
    `select ${COLUMNS} from accounts.transfers t
     where t.business_date = $1::date and t.state = 'posted'
     order by t.requested_at, t.direction, t.bucket, t.transfer_id`,
    [date],
  );
  return rows.map(transferOf);
}
