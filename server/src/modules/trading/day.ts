/** The business day's side of trading: cutting a day off, and what goes into its files. */
import { AppError, type Instant, type LocalDate } from '@cairn/kernel';
import { BUCKETS } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { cutOffTransfers } from '../accounts/index.ts';
import type { AccountApplication, Order } from './domain/order.ts';
import type { ApplicationCode, OrderState } from './domain/states.ts';
import { keysOf, ORDER_COLUMNS, type OrderRow, toOrder } from './store.ts';

/** A day that takes no more orders. */
export interface CutOff {
  readonly tradeDate: LocalDate;
  readonly cutAt: Instant;
}

const EVERY_BUCKET: readonly number[] = [...Array.from({ length: BUCKETS }, (_, i) => i), FIRM];

/**
 * Cuts a trade date off: from its commit on no order or bank transfer joins the day and none leaves
 * it, so its files can be made once. Holds every bucket for a moment, so that an order or cancellation in flight is
 * either before it or after it. Again for the same day: the first answer. AppError
 * DAY_ALREADY_PASSED when a later day was cut off before.
 */
export async function recordCutOff(
  world: World,
  actor: Actor,
  tradeDate: LocalDate,
): Promise<CutOff> {
  return await work(world, EVERY_BUCKET, async (current) => {
    const { tx, now, audit, emit } = current;
    const known = await findCutOff(tx, tradeDate);
    if (known !== undefined) return known;
    const later = await tx.query<{ trade_date: LocalDate }>(
      'select trade_date from trading.cut_offs where trade_date > $1::date order by 1 desc limit 1',
      [tradeDate],
    );
    const lastDate = later[0]?.trade_date;
    if (lastDate !== undefined) throw new AppError('DAY_ALREADY_PASSED', { tradeDate, lastDate });
    await tx.query(
      'insert into trading.cut_offs (trade_date, cut_at) values ($1::date, $2::timestamptz)',
      [tradeDate, now],
    );
    // The bank's instructions of the day close in the same instant.
    await cutOffTransfers(current, tradeDate);
    const subject = `day:${tradeDate}`;
    const detail = { tradeDate };
    audit({ bucket: FIRM, actor, action: 'day.cut-off', subject, result: 'done', detail });
    emit({ bucket: FIRM, topic: 'trading.day-cut-off', key: tradeDate, payload: detail });
    return { tradeDate, cutAt: now };
  });
}

/** When the day was cut off, or undefined while it still takes orders. */
export async function findCutOff(sql: Sql, tradeDate: LocalDate): Promise<CutOff | undefined> {
  const rows = await sql.query<{ trade_date: LocalDate; cut_at: Instant }>(
    'select trade_date, cut_at from trading.cut_offs where trade_date = $1::date',
    [tradeDate],
  );
  const row = rows[0];
  return row === undefined ? undefined : { tradeDate: row.trade_date, cutAt: row.cut_at };
}

/** What one registrar is sent for one day, each by id. */
export interface ToSend {
  /** Rows of file 01. */
  readonly applications: readonly AccountApplication[];
  /** Rows of file 03. */
  readonly orders: readonly Order[];
}

/**
 * Everything of a trade date that belongs to one registrar: all but refused and cancelled. After the
 * cut-off the answer is the same for ever but for the states, so a file can be made again byte by
 * byte (F6).
 */
export async function ordersToSend(
  sql: Sql,
  tradeDate: LocalDate,
  registrarCode: string,
): Promise<ToSend> {
  const orders = await sql.query<OrderRow>(
    `select ${ORDER_COLUMNS} from trading.orders o
     where o.trade_date = $1::date and o.registrar_code = $2
       and o.state not in ('refused', 'cancelled')
     order by o.order_id`,
    [tradeDate, registrarCode],
  );
  const applications = await sql.query<ApplicationRow>(
    `select ${APPLICATION_COLUMNS} from trading.account_applications a
     where a.trade_date = $1::date and a.registrar_code = $2
     order by a.application_id`,
    [tradeDate, registrarCode],
  );
  return { applications: applications.map(toApplication), orders: orders.map(toOrder) };
}

/** Which rows of a day were put into a file that is now published. */
export interface SentRows {
  readonly tradeDate: LocalDate;
  readonly registrarCode: string;
  /** Their buckets must be locked by the work. */
  readonly buckets: readonly number[];
  /** What went out, such as the file's name; kept in the events. */
  readonly ref: string;
}

/** Counts of what changed; zero when it was marked before. */
export interface SentCount {
  readonly applications: number;
  readonly orders: number;
}

/** Moves the accepted orders and applications of a day and registrar to 'sent'. */
export async function markSent(work: Work, sent: SentRows): Promise<SentCount> {
  const params = [
    sent.buckets,
    sent.tradeDate,
    sent.registrarCode,
    work.now,
    JSON.stringify({ ref: sent.ref }),
  ];
  const orders = await work.tx.affected(
    `with moved as (
       update trading.orders o set state = 'sent', version = o.version + 1
       where o.bucket = any($1::int2[]) and o.trade_date = $2::date and o.registrar_code = $3
         and o.state = 'accepted'
       returning o.bucket, o.order_id, o.version)
     insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at, detail)
     select bucket, order_id, version, 'accepted', 'sent', $4::timestamptz, $5::jsonb from moved`,
    params,
  );
  const applications = await work.tx.affected(
    `with moved as (
       update trading.account_applications a set state = 'sent', version = a.version + 1
       where a.bucket = any($1::int2[]) and a.trade_date = $2::date and a.registrar_code = $3
         and a.state = 'accepted'
       returning a.bucket, a.application_id, a.version)
     insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at, detail)
     select bucket, application_id, version, 'accepted', 'sent', $4::timestamptz, $5::jsonb
     from moved`,
    params,
  );
  return { applications, orders };
}

interface ApplicationRow {
  bucket: number;
  application_id: string;
  business_code: ApplicationCode;
  customer_id: string;
  asset_account_no: string;
  trading_account_no: string;
  registrar_code: string;
  ta_account_id: string | null;
  trade_date: LocalDate;
  accepted_at: Instant;
  state: OrderState;
  version: number;
}

const APPLICATION_COLUMNS = `a.bucket, a.application_id, a.business_code, a.customer_id,
  a.asset_account_no, a.trading_account_no, a.registrar_code, a.ta_account_id, a.trade_date,
  a.accepted_at, a.state, a.version`;

function toApplication(row: ApplicationRow): AccountApplication {
  return {
    bucket: row.bucket,
    applicationId: row.application_id,
    businessCode: row.business_code,
    customerId: row.customer_id,
    assetAccountNo: row.asset_account_no,
    tradingAccountNo: row.trading_account_no,
    registrarCode: row.registrar_code,
    ...(row.ta_account_id === null ? {} : { taAccountId: row.ta_account_id }),
    tradeDate: row.trade_date,
    acceptedAt: row.accepted_at,
    state: row.state,
    version: row.version,
  };
}

/** Applications by id; ids that are nobody's are absent. */
export async function findApplications(
  sql: Sql,
  applicationIds: readonly string[],
): Promise<Map<string, AccountApplication>> {
  const keys = keysOf(applicationIds);
  if (keys.length === 0) return new Map();
  const rows = await sql.query<ApplicationRow>(
    `select ${APPLICATION_COLUMNS}
     from unnest($1::int2[], $2::text[]) as t(bucket, application_id)
     join trading.account_applications a
       on a.bucket = t.bucket and a.application_id = t.application_id`,
    [keys.map((key) => key.bucket), keys.map((key) => key.orderId)],
  );
  return new Map(rows.map((row) => [row.application_id, toApplication(row)]));
}
