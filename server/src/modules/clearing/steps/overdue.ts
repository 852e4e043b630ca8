/** Applications that the registrar should have answered and did not (M9: an alarm, not silence). */
import { addDays, type LocalDate, type TradingCalendar } from '@cairn/kernel';
import type { Sql } from '../../../platform/db.ts';
import { FIRM, work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import { termsAsOf } from '../../products/index.ts';
import { raiseExceptions } from '../exceptions.ts';

/** An application without its answer. */
export interface Overdue {
  readonly bucket: number;
  readonly customerId: string;
  readonly orderId: string;
  readonly registrarCode: string;
  readonly tradeDate: LocalDate;
  /** The date of the package that should have had the answer. */
  readonly dueDate: LocalDate;
}

interface SentRow {
  bucket: number;
  customer_id: string;
  order_id: string;
  registrar_code: string;
  fund_code: string | null;
  trade_date: LocalDate;
}

// Answers come within this many days; what is older was raised on its day.
const LOOK_BACK_DAYS = 40;
/** Account applications are answered on the next trading day. */
const ACCOUNT_CONFIRM_DAYS = 1;

/** The subject of the exception about an application without an answer. */
export const overdueSubject = (orderId: string): string => `order:${orderId}`;

async function loadSent(sql: Sql, from: LocalDate, before: LocalDate): Promise<SentRow[]> {
  return sql.query<SentRow>(
    `select o.bucket, o.customer_id, o.order_id, o.registrar_code, o.fund_code, o.trade_date
     from trading.orders o
     where o.trade_date >= $1 and o.trade_date < $2 and o.state = 'sent' and not exists (
       select 1 from clearing.confirmations c where c.bucket = o.bucket
         and c.order_id = o.order_id and c.state in ('waiting', 'exception'))
     union all
     select a.bucket, a.customer_id, a.application_id, a.registrar_code, null, a.trade_date
     from trading.account_applications a
     where a.trade_date >= $1 and a.trade_date < $2 and a.state = 'sent' and not exists (
       select 1 from clearing.account_confirmations c where c.bucket = a.bucket
         and c.application_id = a.application_id and c.state in ('waiting', 'exception'))
     order by order_id`,
    [from, before],
  );
}

/**
 * Applications whose answer was due up to the date and neither came nor waits among the exceptions.
 * An answer that is due lies in the package of the fund's confirmation day.
 */
export async function findOverdue(
  sql: Sql,
  calendar: TradingCalendar,
  date: LocalDate,
): Promise<Overdue[]> {
  const overdue: Overdue[] = [];
  for (const row of await loadSent(sql, addDays(date, -LOOK_BACK_DAYS), date)) {
    const terms =
      row.fund_code === null
        ? undefined
        : (await termsAsOf(sql, row.trade_date)).get(row.fund_code);
    const days = terms?.confirmDays ?? ACCOUNT_CONFIRM_DAYS;
    const dueDate = calendar.addTradingDays(row.trade_date, days);
    if (dueDate > date) continue;
    overdue.push({
      bucket: row.bucket,
      customerId: row.customer_id,
      orderId: row.order_id,
      registrarCode: row.registrar_code,
      tradeDate: row.trade_date,
      dueDate,
    });
  }
  return overdue;
}

/**
 * Raises an exception for each application that a package which is here should have answered. While
 * the package itself is missing, its own exception stands for all of them.
 */
export async function raiseOverdue(world: World, date: LocalDate): Promise<number> {
  const packages = await world.db.query<{ party: string; file_date: LocalDate }>(
    `select party, file_date from clearing.files
     where direction = 'in' and file_type = 'OFI' and state = 'imported' and file_date >= $1`,
    [addDays(date, -LOOK_BACK_DAYS)],
  );
  const here = new Set(packages.map((row) => `${row.party}/${row.file_date}`));
  const found = (await findOverdue(world.db, world.calendar, date)).filter((order) =>
    here.has(`${order.registrarCode}/${order.dueDate}`),
  );
  await work(world, [FIRM], ({ tx, now }) =>
    raiseExceptions(
      tx,
      now,
      found.map((order) => ({
        businessDate: order.dueDate,
        code: 'CONFIRMATION_OVERDUE',
        severity: 'approve',
        subject: overdueSubject(order.orderId),
        bucket: order.bucket,
        customerId: order.customerId,
        detail: { registrarCode: order.registrarCode, tradeDate: order.tradeDate },
        ownerRole: 'operations',
      })),
    ),
  );
  return found.length;
}
