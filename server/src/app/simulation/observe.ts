/** What staff read of customers and of the exception list, in the words of the model. */
import type { DayWorld, ExceptionRow } from '../../modules/clearing/index.ts';
import { openExceptions } from '../../modules/clearing/index.ts';
import type { Sql } from '../../platform/db.ts';
import type { CustomerSeen, OrderSeen } from './model/broker.ts';
import type { Client } from './people.ts';

interface OrderRow {
  customer_id: string;
  no: string;
  state: string;
  trade_date: string;
  accepted_at: string;
  confirmed_amount: bigint;
  confirmed_units: bigint;
  fee: bigint;
}

const keysOf = (clients: readonly Client[]) => [
  [...new Set(clients.map(({ bucket }) => bucket))],
  clients.map(({ customerId }) => customerId),
];

async function readOrders(sql: Sql, clients: readonly Client[]): Promise<Map<string, OrderSeen[]>> {
  const rows = await sql.query<OrderRow>(
    `select customer_id, client_order_no as no, state, trade_date, accepted_at, confirmed_amount,
       confirmed_units, fee
     from trading.orders where bucket = any($1::int2[]) and customer_id = any($2::text[])`,
    keysOf(clients),
  );
  const orders = new Map<string, OrderSeen[]>();
  for (const row of rows) {
    const seen: OrderSeen = {
      no: row.no,
      state: row.state,
      tradeDate: row.trade_date,
      acceptedAt: row.accepted_at,
      confirmedAmount: row.confirmed_amount,
      confirmedUnits: row.confirmed_units,
      fee: row.fee,
    };
    orders.set(row.customer_id, [...(orders.get(row.customer_id) ?? []), seen]);
  }
  return orders;
}

async function readCash(sql: Sql, clients: readonly Client[]) {
  const rows = await sql.query<{ customer_id: string; balance: bigint; frozen: bigint }>(
    `select a.customer_id, c.balance, c.frozen from accounts.asset_accounts a
     join accounts.cash_accounts c
       on c.bucket = a.bucket and c.account_code = 'C:CASH:' || a.asset_account_no
     where a.bucket = any($1::int2[]) and a.customer_id = any($2::text[])`,
    keysOf(clients),
  );
  return new Map(rows.map((row) => [row.customer_id, row]));
}

async function readUnits(sql: Sql, clients: readonly Client[]) {
  const rows = await sql.query<{
    customer_id: string;
    fund_code: string;
    units: bigint;
    frozen: bigint;
  }>(
    `select customer_id, fund_code, sum(units)::int8 as units, sum(frozen)::int8 as frozen
     from accounts.holdings where bucket = any($1::int2[]) and customer_id = any($2::text[])
     group by customer_id, fund_code having sum(units) <> 0`,
    keysOf(clients),
  );
  return Map.groupBy(rows, (row) => row.customer_id);
}

async function readNamed(sql: Sql, text: string, clients: readonly Client[]) {
  const rows = await sql.query<{ customer_id: string; name: string; value: string }>(
    text,
    keysOf(clients),
  );
  return Map.groupBy(rows, (row) => row.customer_id);
}

const ACCOUNTS = `select customer_id, registrar_code as name, status as value
  from accounts.trading_accounts where bucket = any($1::int2[]) and customer_id = any($2::text[])`;
const TRANSFERS = `select customer_id, client_transfer_no as name, state as value
  from accounts.transfers where bucket = any($1::int2[]) and customer_id = any($2::text[])`;

/** Reads customers whole: orders, money, units, accounts and transfers. */
export async function readCustomers(
  sql: Sql,
  clients: readonly Client[],
): Promise<Map<string, CustomerSeen>> {
  const orders = await readOrders(sql, clients);
  const cash = await readCash(sql, clients);
  const units = await readUnits(sql, clients);
  const accounts = await readNamed(sql, ACCOUNTS, clients);
  const transfers = await readNamed(sql, TRANSFERS, clients);
  const named = (of: Map<string, { name: string; value: string }[]>, customer: string) =>
    new Map((of.get(customer) ?? []).map(({ name, value }) => [name, value]));
  return new Map(
    clients.map(({ customerId }) => {
      const money = cash.get(customerId);
      const held = (units.get(customerId) ?? []).map(
        (row): [string, { units: bigint; frozen: bigint }] => [
          row.fund_code,
          { units: row.units, frozen: row.frozen },
        ],
      );
      return [
        customerId,
        {
          orders: orders.get(customerId) ?? [],
          cash: money?.balance ?? 0n,
          frozen: money?.frozen ?? 0n,
          units: new Map(held),
          accounts: named(accounts, customerId),
          transfers: named(transfers, customerId),
        },
      ];
    }),
  );
}

/** An open exception about one record of a registrar, with the record's number. */
export interface RecordException {
  readonly exceptionId: string;
  readonly code: string;
  readonly serial: string;
}

/** The open exceptions; those about records with the numbers of their records. */
export async function readExceptions(
  world: DayWorld,
): Promise<{ all: ExceptionRow[]; records: RecordException[] }> {
  const all = await openExceptions(world.db);
  const records = all.flatMap((row): RecordException[] => {
    if (!/^(confirmation|account|distribution):/.test(row.subject)) return [];
    const serial = row.detail['taSerial'];
    if (typeof serial !== 'string') throw new Error(`exception ${row.exception_id} has no record`);
    return [{ exceptionId: row.exception_id, code: row.code, serial }];
  });
  return { all, records };
}

/** Exceptions of a day, open or not. */
export async function countExceptions(sql: Sql, date: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    'select count(*)::int as n from clearing.exceptions where business_date = $1',
    [date],
  );
  return row?.n ?? 0;
}

/** Lots left, oldest first, by customer and fund. */
export async function readLots(
  sql: Sql,
  clients: readonly Client[],
): Promise<Map<string, { date: string; units: bigint }[]>> {
  const rows = await sql.query<{
    customer_id: string;
    fund_code: string;
    confirm_date: string;
    units: bigint;
  }>(
    `select t.customer_id, l.fund_code, l.confirm_date, sum(l.units_left)::int8 as units
     from accounts.lots l join accounts.trading_accounts t
       on t.bucket = l.bucket and t.trading_account_no = l.trading_account_no
     where l.bucket = any($1::int2[]) and t.customer_id = any($2::text[]) and l.units_left > 0
     group by 1, 2, 3 order by 1, 2, 3`,
    keysOf(clients),
  );
  const lots = new Map<string, { date: string; units: bigint }[]>();
  for (const { customer_id: customer, fund_code: fund, confirm_date: date, units } of rows) {
    const key = `${customer} ${fund}`;
    lots.set(key, [...(lots.get(key) ?? []), { date, units }]);
  }
  return lots;
}
