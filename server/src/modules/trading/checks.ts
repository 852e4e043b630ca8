/**
 * Invariants of orders that `cairn check` re-derives from facts: O1 states, O2 sums, O4 numbers, O5
 * trade dates, and the join of open orders with what they froze (M3). Each returns its first
 * hundred violations.
 */
import {
  epochMsOf,
  houseCutOffOn,
  type Instant,
  instantFromEpochMs,
  type LocalDate,
  shanghaiDate,
  type TradingCalendar,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Check, Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';
import { type CutOffHistory, loadCutOffHistory } from '../products/index.ts';
import { checkEvidence } from '../suitability/index.ts';
import { orderIdFor } from './domain/order-identity.ts';
import { computeTermsDate, computeTradeDate } from './domain/trade-date.ts';
import { loadProductFacts } from './proof.ts';
import { scopeCheck } from './scope-checks.ts';
import { traceChecks } from './trace-checks.ts';

const VIOLATIONS_MAX = 100;

interface Subject {
  order_id: string;
  problem: string;
}

function violationsOf(rows: readonly Subject[]): Violation[] {
  return rows.map(({ order_id, ...detail }) => ({ subject: `order:${order_id}`, detail }));
}

/** O1: events number from 1, follow one another legally, and end where the row stands. */
async function findBadHistories(sql: Sql): Promise<Violation[]> {
  const rows = await sql.query<Subject>(
    `with subjects as (
       select bucket, order_id, business_code, state, version from trading.orders
       union all
       select bucket, application_id, business_code, state, version
       from trading.account_applications),
     steps as (
       select e.bucket, e.order_id, e.seq, e.from_state, e.to_state,
         lag(e.to_state, 1, 'new') over w as came_from, row_number() over w as n
       from trading.order_events e window w as (partition by e.bucket, e.order_id order by e.seq)),
     broken as (
       select s.order_id, 'step ' || s.seq || ' from ' || s.from_state || ' to ' || s.to_state
         || ' does not follow' as problem
       from steps s left join subjects o on o.bucket = s.bucket and o.order_id = s.order_id
       left join trading.order_transitions t on t.business_code = o.business_code
         and t.from_state = s.from_state and t.to_state = s.to_state
       where o.order_id is null or t.from_state is null or s.seq <> s.n
         or s.from_state <> s.came_from
       union all
       select o.order_id, 'stands at ' || o.state || ', its events say '
         || coalesce(e.to_state, 'nothing')
       from subjects o left join trading.order_events e
         on e.bucket = o.bucket and e.order_id = o.order_id and e.seq = o.version
       where e.to_state is distinct from o.state
         or exists (select 1 from trading.order_events f where f.bucket = o.bucket
           and f.order_id = o.order_id and f.seq > o.version))
     select order_id, problem from broken order by order_id limit $1`,
    [VIOLATIONS_MAX],
  );
  return violationsOf(rows);
}

/** O2: never more confirmed than applied for, nothing confirmed before an answer. */
async function findOverConfirmed(sql: Sql): Promise<Violation[]> {
  const rows = await sql.query<Subject>(
    `select order_id, 'confirmed ' || confirmed_amount || ' fen and ' || confirmed_units
       || ' hundredths of a unit against ' || coalesce(amount, units, 0) || ' applied' as problem
     from trading.orders
     where confirmed_amount > amount or confirmed_units > units
       or (state in ('refused', 'accepted', 'cancelled', 'sent')
         and (confirmed_amount <> 0 or confirmed_units <> 0 or fee <> 0))
     order by order_id limit $1`,
    [VIOLATIONS_MAX],
  );
  return violationsOf(rows);
}

const PAGE = 5_000;

/** O4: the order id is the one of its customer and client order number, in the right bucket. */
async function findForeignIds(sql: Sql): Promise<Violation[]> {
  const found: Violation[] = [];
  let after: [number, string] = [-1, ''];
  for (;;) {
    const rows = await sql.query<{
      bucket: number;
      order_id: string;
      customer_id: string;
      client_order_no: string;
    }>(
      `select bucket, order_id, customer_id, client_order_no from trading.orders
       where (bucket, order_id) > ($1::int2, $2::text) order by bucket, order_id limit $3`,
      [...after, PAGE],
    );
    for (const row of rows) {
      const bucket = bucketOf(row.customer_id);
      const orderId = orderIdFor(bucket, row.customer_id, row.client_order_no);
      if (row.bucket === bucket && row.order_id === orderId) continue;
      found.push({ subject: `order:${row.order_id}`, detail: { problem: `should be ${orderId}` } });
    }
    const last = rows.at(-1);
    if (last !== undefined) after = [last.bucket, last.order_id];
    if (rows.length < PAGE || found.length >= VIOLATIONS_MAX) return found.slice(0, VIOLATIONS_MAX);
  }
}

interface Dated {
  bucket: number;
  order_id: string;
  fund_code: string | null;
  trade_date: LocalDate;
  accepted_at: Instant;
  after_cut_off_date: LocalDate | null;
  not_before_date: LocalDate | null;
}

/** `not_before_date` is the day of the account's own application when the order waited for it. */
const DATED = `select o.bucket, o.order_id, o.fund_code, o.trade_date, o.accepted_at,
    o.after_cut_off_date,
    (select max(a.trade_date) from trading.account_applications a
     where a.bucket = o.bucket and a.trading_account_no = o.trading_account_no
       and a.accepted_at <= o.accepted_at and a.trade_date >= o.trade_date) as not_before_date
  from trading.orders o where (o.bucket, o.order_id) > ($1::int2, $2::text)
  order by o.bucket, o.order_id limit $3`;

const DATED_APPLICATIONS = `select a.bucket, a.application_id as order_id, null as fund_code,
    a.trade_date, a.accepted_at, a.after_cut_off_date, null::date as not_before_date
  from trading.account_applications a where (a.bucket, a.application_id) > ($1::int2, $2::text)
  order by a.bucket, a.application_id limit $3`;

interface CutOffRow {
  trade_date: LocalDate;
  cut_at: Instant;
}

/** The days cut off, in the order of the clock; each is later than those cut off before it. */
class CutOffs {
  readonly #rows: readonly CutOffRow[];
  readonly #dates: ReadonlySet<string>;

  constructor(rows: readonly CutOffRow[]) {
    this.#rows = rows;
    this.#dates = new Set(rows.map((row) => row.trade_date));
  }

  has(date: LocalDate): boolean {
    return this.#dates.has(date);
  }

  /** The last day cut off strictly before the instant, which an order of that instant must have seen. */
  before(at: Instant): LocalDate | undefined {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.cut_at ?? at) < at) low = middle + 1;
      else high = middle;
    }
    return this.#rows[low - 1]?.trade_date;
  }
}

/** Servers agree on the time to less than this: what lies so near may be just before or after. */
const CLOCKS_AGREE_MS = 1_000;

function expectedDate(
  calendar: TradingCalendar,
  row: Dated,
  history: CutOffHistory,
  knownAt: Instant,
): LocalDate {
  const bounds = { now: row.accepted_at, lastCutOffDate: row.after_cut_off_date ?? undefined };
  const date = computeTermsDate(calendar, bounds);
  const own = row.fund_code === null ? undefined : history.find(row.fund_code, date, knownAt);
  const house = houseCutOffOn(row.fund_code === null ? shanghaiDate(row.accepted_at) : date);
  return computeTradeDate(calendar, {
    ...bounds,
    cutOff: own ?? house,
    notBeforeDate: row.not_before_date ?? undefined,
  });
}

function findDateFault(
  calendar: TradingCalendar,
  row: Dated,
  cutOffs: CutOffs,
  history: CutOffHistory,
): string | undefined {
  const seen = row.after_cut_off_date;
  if (seen !== null && !cutOffs.has(seen)) return `says that ${seen} was cut off, which it was not`;
  const acceptedMs = epochMsOf(row.accepted_at);
  const mustHaveSeen = cutOffs.before(instantFromEpochMs(acceptedMs - CLOCKS_AGREE_MS));
  if (mustHaveSeen !== undefined && (seen === null || seen < mustHaveSeen)) {
    return `did not see the cut-off of ${mustHaveSeen}`;
  }
  const expected = [0, -CLOCKS_AGREE_MS, CLOCKS_AGREE_MS].map((ms) =>
    expectedDate(calendar, row, history, instantFromEpochMs(acceptedMs + ms)),
  );
  return expected.includes(row.trade_date)
    ? undefined
    : `stands on ${row.trade_date}, clock and calendar say ${expected[0]}`;
}

/** O5: every trade date follows from its instant, the calendar and the days already cut off. */
async function findBadDates(sql: Sql, calendar: TradingCalendar): Promise<Violation[]> {
  const found: Violation[] = [];
  const cutOffs = new CutOffs(
    await sql.query<CutOffRow>(
      'select trade_date, cut_at from trading.cut_offs order by cut_at, trade_date',
    ),
  );
  const history = await loadCutOffHistory(sql);
  for (const statement of [DATED, DATED_APPLICATIONS]) {
    let after: [number, string] = [-1, ''];
    for (;;) {
      const rows = await sql.query<Dated>(statement, [...after, PAGE]);
      for (const row of rows) {
        const problem = findDateFault(calendar, row, cutOffs, history);
        if (problem !== undefined) {
          found.push({ subject: `order:${row.order_id}`, detail: { problem } });
        }
      }
      const last = rows.at(-1);
      if (last !== undefined) after = [last.bucket, last.order_id];
      if (found.length >= VIOLATIONS_MAX) return found.slice(0, VIOLATIONS_MAX);
      if (rows.length < PAGE) break;
    }
  }
  return found;
}

/** M3: each waiting order holds exactly what it still needs, and nothing else is held for orders. */
async function findBadHolds(sql: Sql): Promise<Violation[]> {
  const rows = await sql.query<Subject>(
    `with needed as (
       select bucket, order_id,
         case when business_code in ('020', '022') then amount - confirmed_amount else 0 end as cash,
         case when business_code = '024' then units - confirmed_units else 0 end as parts
       from trading.orders
       where state in ('accepted', 'sent', 'partlyConfirmed') and business_code <> '029'),
     held as (
       select bucket, ref as order_id, sum(cash)::int8 as cash, sum(parts)::int8 as parts
       from (
         select bucket, ref, open_amount as cash, 0 as parts from accounts.cash_holds
         where open_amount > 0
         union all
         select bucket, ref, 0, open_units from accounts.unit_holds where open_units > 0) as open
       group by bucket, ref)
     select coalesce(n.order_id, h.order_id) as order_id,
       'needs ' || coalesce(n.cash, 0) || ' fen and ' || coalesce(n.parts, 0)
         || ' hundredths of a unit, holds ' || coalesce(h.cash, 0) || ' and '
         || coalesce(h.parts, 0) as problem
     from needed n full join held h on h.bucket = n.bucket and h.order_id = n.order_id
     where coalesce(n.cash, 0) <> coalesce(h.cash, 0)
       or coalesce(n.parts, 0) <> coalesce(h.parts, 0)
     order by 1 limit $1`,
    [VIOLATIONS_MAX],
  );
  return violationsOf(rows);
}

/** The checks of this module. */
export const tradingChecks: readonly Check[] = [
  {
    id: 'O1',
    title: 'Orders went only through legal states, as their events tell',
    titleZh: '订单状态只按允许的路径变化，并与事件一致',
    run: (sql) => findBadHistories(sql),
  },
  {
    id: 'O2',
    title: 'No order is confirmed for more than it asked',
    titleZh: '订单确认总量不超过申请量',
    run: (sql) => findOverConfirmed(sql),
  },
  {
    id: 'O4',
    title: 'A customer uses a client order number once for ever',
    titleZh: '同一客户的客户订单号永久唯一',
    run: (sql) => findForeignIds(sql),
  },
  {
    id: 'O5',
    title: 'Trade dates follow from clock, calendar and cut-offs',
    titleZh: '交易日由时钟、日历和截止决定',
    run: (sql, world) => findBadDates(sql, world.calendar),
  },
  checkEvidence(loadProductFacts),
  {
    id: 'M3-orders',
    title: 'Every waiting order has exactly its hold, and no hold is without one',
    titleZh: '每笔未完成订单恰有其冻结，且没有无主冻结',
    run: (sql) => findBadHolds(sql),
  },
  scopeCheck,
  ...traceChecks,
];
