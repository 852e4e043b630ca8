/** What is not booked yet about the holdings that records move: see `domain/turn.ts`. */
import { addDays, type LocalDate } from '@cairn/kernel';
import type { Tx } from '../../../platform/db.ts';
import { type HoldingKey, holdingKeyOf } from '../../accounts/index.ts';
import { dividendsOn } from '../../products/index.ts';
import type { Outstanding } from '../domain/turn.ts';

/** The holding that a record moves, and at which registrar. */
type HeldRecord = HoldingKey & { readonly registrarCode: string };

interface Row {
  bucket: number;
  trading_account_no: string;
  fund_code: string;
  share_class: string;
  order_id: string | null;
  ta_serial: string | null;
  unanswered_since: LocalDate | null;
  confirm_date: LocalDate | null;
  file_id: bigint | null;
  record_no: number | null;
}

// Orders are looked up by their customer, which is an index; a record that was voided keeps its
// order's place until another record of the same day answers it.
const FIND_OUTSTANDING = `
  with held as (
    select distinct k.*, t.customer_id
    from unnest($1::int2[], $2::text[], $3::text[], $4::text[])
      as k(bucket, trading_account_no, fund_code, share_class)
    join accounts.trading_accounts t
      on t.bucket = k.bucket and t.trading_account_no = k.trading_account_no)
  select h.bucket, h.trading_account_no, h.fund_code, h.share_class, o.order_id,
    null as ta_serial,
    case when o.state <> 'partlyConfirmed' then o.trade_date end as unanswered_since,
    r.confirm_date, r.file_id, r.record_no
  from held h
  cross join lateral (select * from trading.orders o
    where o.bucket = h.bucket and o.customer_id = h.customer_id
      and o.trading_account_no = h.trading_account_no and o.fund_code = h.fund_code
      and o.share_class = h.share_class and o.business_code in ('020', '022', '024')
      and o.state in ('sent', 'subscribed', 'partlyConfirmed')
    group by o.bucket, o.order_id) as o
  left join lateral (select distinct on (c.bucket, c.order_id) c.bucket, c.order_id,
      c.confirm_date, c.file_id, c.record_no
    from clearing.confirmations c
    where c.bucket = o.bucket and c.order_id = o.order_id and c.state in ('exception', 'void')
      and not exists (select 1 from clearing.confirmations a where a.bucket = o.bucket
        and a.order_id = o.order_id and a.confirm_date = c.confirm_date and a.state = 'applied')
    order by c.bucket, c.order_id, c.confirm_date, c.file_id, c.record_no) as r on true
  where o.state <> 'partlyConfirmed' or r.file_id is not null
  union all
  select h.bucket, h.trading_account_no, h.fund_code, h.share_class, null, d.ta_serial, null,
    d.confirm_date, d.file_id, d.record_no
  from held h
  join (select * from clearing.distributions where state = 'exception'
    union all select * from clearing.distributions where state = 'waiting') as d
    on d.bucket = h.bucket and d.trading_account_no = h.trading_account_no
      and d.fund_code = h.fund_code and d.share_class = h.share_class
  where d.dividend_method = '0' and not exists (
    select 1 from clearing.distributions a where a.bucket = d.bucket and a.ta_serial = d.ta_serial
      and a.state = 'applied')
  order by 1, 2, 3, 4, 8, 9, 10, 5`;

function outstandingOf(row: Row): Outstanding {
  const { order_id: orderId, confirm_date: confirmDate, file_id: fileId } = row;
  const place =
    confirmDate === null || fileId === null || row.record_no === null
      ? {}
      : { place: { confirmDate, fileId, recordNo: row.record_no } };
  if (orderId === null) return { what: `dividend ${row.ta_serial ?? ''}`, ...place };
  const since = row.unanswered_since === null ? {} : { unansweredSince: row.unanswered_since };
  return { what: `order ${orderId}`, orderId, ...since, ...place };
}

/** How many days after its record date a dividend may be told. */
const DIVIDEND_DAYS = 10;

/** Packages of confirmations that two people let pass and that never came. */
async function packagesNotHere(tx: Tx): Promise<{ registrarCode: string; date: LocalDate }[]> {
  const rows = await tx.query<{ business_date: LocalDate; subject: string }>(
    `select w.business_date, w.subject from clearing.waivers w
     where w.code = 'PACKAGE_MISSING' and w.subject like '%/confirmation' and not exists (
       select 1 from clearing.files f
       where f.direction = 'in' and f.stream = 'confirmation' and f.state = 'imported'
         and f.file_date = w.business_date
         and w.subject = 'missing:' || f.file_date || '/' || f.party || '/confirmation')
     order by 1, 2`,
  );
  return rows.map(({ business_date: date, subject }) => ({
    registrarCode: subject.split('/')[1] ?? '',
    date,
  }));
}

/** Missing packages that may hold reinvested dividends, by 'registrar/fund'. */
async function dividendsNotHere(tx: Tx): Promise<Map<string, Outstanding[]>> {
  const missing = new Map<string, Outstanding[]>();
  for (const { registrarCode, date } of await packagesNotHere(tx)) {
    const funds = new Set<string>();
    for (let ago = 0; ago <= DIVIDEND_DAYS; ago++) {
      for (const { fundCode } of await dividendsOn(tx, 'record', addDays(date, -ago))) {
        funds.add(fundCode);
      }
    }
    const place = { confirmDate: date, fileId: 0n, recordNo: 0 };
    for (const fundCode of funds) {
      const key = `${registrarCode}/${fundCode}`;
      missing.set(key, [...(missing.get(key) ?? []), { what: `package ${date}`, place }]);
    }
  }
  return missing;
}

/** What is not booked about the holdings of these records, by `holdingKeyOf`. */
export async function loadOutstanding(
  tx: Tx,
  records: readonly HeldRecord[],
): Promise<Map<string, Outstanding[]>> {
  const outstanding = new Map<string, Outstanding[]>();
  if (records.length === 0) return outstanding;
  const [rows, dividends] = await Promise.all([
    tx.query<Row>(FIND_OUTSTANDING, [
      records.map(({ bucket }) => bucket),
      records.map(({ tradingAccountNo }) => tradingAccountNo),
      records.map(({ fundCode }) => fundCode),
      records.map(({ shareClass }) => shareClass),
    ]),
    dividendsNotHere(tx),
  ]);
  const add = (key: string, some: readonly Outstanding[]) =>
    outstanding.set(key, [...(outstanding.get(key) ?? []), ...some]);
  for (const row of rows) {
    const key = holdingKeyOf({
      bucket: row.bucket,
      tradingAccountNo: row.trading_account_no,
      fundCode: row.fund_code,
      shareClass: row.share_class,
    });
    add(key, [outstandingOf(row)]);
  }
  const holdings = new Map(records.map((record) => [holdingKeyOf(record), record]));
  for (const [key, { registrarCode, fundCode }] of holdings) {
    const some = dividends.get(`${registrarCode}/${fundCode}`);
    if (some !== undefined) add(key, some);
  }
  return outstanding;
}
