/** The invariants of money and units, re-derived from facts (`cairn check`). */
import type { Check, Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';

// Each statement returns at most a hundred rows: `subject`, and `detail` as a JSON object.
function sqlCheck(id: string, title: string, titleZh: string, ...statements: string[]): Check {
  return {
    id,
    title,
    titleZh,
    async run(sql: Sql): Promise<Violation[]> {
      const found: Violation[] = [];
      for (const statement of statements) {
        found.push(...(await sql.query<Row>(`${statement} limit 100`)));
      }
      return found.slice(0, 100);
    },
  };
}

type Row = Record<string, unknown> & Violation;

const entriesBalance = `
  select 'entry:' || entry_id as subject, jsonb_build_object('bucket', bucket,
    'currency', currency, 'difference', sum(amount)::text) as detail
  from accounts.postings group by bucket, entry_id, currency having sum(amount) <> 0`;

const nothingOverdrawn = `
  select 'account:' || account_code as subject, jsonb_build_object('bucket', bucket,
    'balance', balance::text, 'frozen', frozen::text) as detail
  from accounts.cash_accounts
  where kind = 'customerCash' and (balance - frozen < 0 or frozen < 0)`;

const frozenIsHeld = `
  select 'account:' || c.account_code as subject, jsonb_build_object('bucket', c.bucket,
    'frozen', c.frozen::text, 'held', coalesce(h.held, 0)::text) as detail
  from accounts.cash_accounts c
  left join (select bucket, asset_account_no, sum(open_amount) as held from accounts.cash_holds
    where open_amount > 0 group by bucket, asset_account_no) as h
    on h.bucket = c.bucket and h.asset_account_no = c.asset_account_no
  where c.frozen <> coalesce(h.held, 0)`;

const holdWithoutAccount = `
  select 'hold:' || h.ref as subject,
    jsonb_build_object('bucket', h.bucket, 'assetAccountNo', h.asset_account_no) as detail
  from accounts.cash_holds h
  left join accounts.cash_accounts c
    on c.bucket = h.bucket and c.account_code = 'C:CASH:' || h.asset_account_no
  where h.open_amount > 0 and c.account_code is null`;

const balancesRebuild = `
  select 'account:' || coalesce(c.account_code, p.account_code) as subject,
    jsonb_build_object('bucket', coalesce(c.bucket, p.bucket),
      'balance', coalesce(c.balance::text, 'missing'), 'rebuilt', coalesce(p.net, 0)::text) as detail
  from accounts.cash_accounts c
  full join (select bucket, account_code, sum(amount) as net from accounts.postings
    group by bucket, account_code) as p
    on p.bucket = c.bucket and p.account_code = c.account_code
  where c.account_code is null
    or c.balance <> case c.normal when 'debit' then 1 else -1 end * coalesce(p.net, 0)`;

const classesApart = `
  select 'entry:' || entry_id as subject, jsonb_build_object('bucket', bucket,
    'accounts', string_agg(account_code, ', ' order by line)) as detail
  from accounts.postings group by bucket, entry_id
  having count(distinct left(account_code, 2)) <> 1
    or bool_or(left(account_code, 2) not in ('C:', 'F:'))`;

const classesWhole = `
  select 'bucket:' || bucket || ':' || class as subject, jsonb_build_object('assets',
    (sum(balance) filter (where normal = 'debit'))::text, 'liabilities',
    (sum(balance) filter (where normal = 'credit'))::text) as detail
  from accounts.cash_accounts group by bucket, class
  having sum(case normal when 'debit' then balance else -balance end) <> 0`;

const journalIsSealed = `
  select 'table:' || name as subject, jsonb_build_object('missing', 'append-only trigger') as detail
  from unnest(array['accounts.postings', 'accounts.account_events', 'accounts.holding_movements',
    'accounts.transfers', 'accounts.transfer_cut_offs']) as name
  where not exists (select 1 from pg_trigger t where t.tgrelid = name::regclass
    and t.tgname = 'append_only' and t.tgenabled in ('O', 'A'))`;

const reversedOnce = `
  select 'entry:' || reverses as subject, jsonb_build_object('bucket', bucket,
    'reversals', string_agg(distinct entry_id, ', ')) as detail
  from accounts.postings where reverses is not null
  group by bucket, reverses having count(distinct entry_id) > 1`;

const reversalsCancel = `
  select 'entry:' || r.reverses as subject, jsonb_build_object('bucket', r.bucket, 'account',
    r.account_code, 'reversed', r.net::text, 'original', coalesce(o.net::text, 'missing')) as detail
  from (select bucket, reverses, account_code, sum(amount) as net from accounts.postings
    where reverses is not null group by bucket, reverses, entry_id, account_code) as r
  left join lateral (select sum(p.amount) as net from accounts.postings p
    where p.bucket = r.bucket and p.entry_id = r.reverses
      and p.account_code = r.account_code) as o on true
  where r.net + coalesce(o.net, 0) <> 0 or o.net is null`;

const inTransitIsOpen = `
  select 'account:' || c.account_code as subject, jsonb_build_object('bucket', c.bucket,
    'balance', c.balance::text, 'openItems', coalesce(i.amount, 0)::text) as detail
  from accounts.cash_accounts c
  left join (select bucket, kind, sum(amount) as amount from accounts.settlement_items
    where state = 'open' group by bucket, kind) as i
    on i.bucket = c.bucket and i.kind = case c.account_code
      when 'C:PURCHASE' then 'purchase' when 'F:FEE-DUE' then 'fee'
      when 'C:REDEEM' then 'redemption' when 'C:REDEEM-DUE' then 'redemption'
      when 'C:DIVIDEND' then 'dividend' when 'C:DIVIDEND-DUE' then 'dividend'
      when 'C:REFUND' then 'refund' when 'C:REFUND-DUE' then 'refund' end
  where c.kind = 'inTransit' and c.balance <> coalesce(i.amount, 0)`;

// A day is over for the books once something of a later day is posted.
const settledInTime = `
  select 'settlement:' || i.item_id as subject, jsonb_build_object('bucket', i.bucket,
    'kind', i.kind, 'dueDate', i.due_date::text, 'amount', i.amount::text) as detail
  from accounts.settlement_items i
  where i.state = 'open'
    and i.due_date < (select max(business_date) from accounts.postings where kind <> 'deposit'
      and kind <> 'withdrawal')`;

const unitsMoved = `
  select 'holding:' || coalesce(h.trading_account_no, m.trading_account_no) || '/' ||
      coalesce(h.fund_code, m.fund_code) as subject,
    jsonb_build_object('bucket', coalesce(h.bucket, m.bucket),
      'units', coalesce(h.units::text, 'missing'), 'moved', coalesce(m.units, 0)::text) as detail
  from accounts.holdings h
  full join (select bucket, trading_account_no, fund_code, share_class, sum(units) as units
    from accounts.holding_movements
    group by bucket, trading_account_no, fund_code, share_class) as m
    on m.bucket = h.bucket and m.trading_account_no = h.trading_account_no
      and m.fund_code = h.fund_code and m.share_class = h.share_class
  where h.units is null or h.units <> coalesce(m.units, 0)`;

const unitsFree = `
  select 'holding:' || trading_account_no || '/' || fund_code as subject,
    jsonb_build_object('bucket', bucket, 'units', units::text, 'frozen', frozen::text) as detail
  from accounts.holdings where frozen < 0 or frozen > units`;

const frozenUnitsAreHeld = `
  select 'holding:' || coalesce(h.trading_account_no, o.trading_account_no) || '/' ||
      coalesce(h.fund_code, o.fund_code) as subject,
    jsonb_build_object('bucket', coalesce(h.bucket, o.bucket),
      'frozen', coalesce(h.frozen, 0)::text, 'held', coalesce(o.units, 0)::text) as detail
  from accounts.holdings h
  full join (select bucket, trading_account_no, fund_code, share_class, sum(open_units) as units
    from accounts.unit_holds where open_units > 0
    group by bucket, trading_account_no, fund_code, share_class) as o
    on o.bucket = h.bucket and o.trading_account_no = h.trading_account_no
      and o.fund_code = h.fund_code and o.share_class = h.share_class
  where coalesce(h.frozen, 0) <> coalesce(o.units, 0)`;

const confirmedOnce = `
  select 'confirmation:' || registrar_code || '/' || ta_serial as subject,
    jsonb_build_object('businessCode', business_code, 'confirmDate', confirm_date::text,
      'movements', string_agg(movement_id, ', ' order by movement_id)) as detail
  from accounts.holding_movements
  group by registrar_code, ta_serial, business_code, confirm_date having count(*) > 1`;

const lotsAreUnits = `
  select 'holding:' || coalesce(h.trading_account_no, l.trading_account_no) || '/' ||
      coalesce(h.fund_code, l.fund_code) as subject,
    jsonb_build_object('bucket', coalesce(h.bucket, l.bucket),
      'units', coalesce(h.units, 0)::text, 'lots', coalesce(l.units, 0)::text) as detail
  from accounts.holdings h
  full join (select bucket, trading_account_no, fund_code, share_class, sum(units_left) as units
    from accounts.lots group by bucket, trading_account_no, fund_code, share_class) as l
    on l.bucket = h.bucket and l.trading_account_no = h.trading_account_no
      and l.fund_code = h.fund_code and l.share_class = h.share_class
  where coalesce(h.units, 0) <> coalesce(l.units, 0)`;

const lotsAreMovements = `
  select 'lot:' || coalesce(l.lot_id, m.movement_id) as subject,
    jsonb_build_object('bucket', coalesce(l.bucket, m.bucket),
      'units', coalesce(l.units_original::text, 'missing'),
      'cost', coalesce(l.cost_amount::text, 'missing'),
      'confirmed', coalesce(m.units::text, 'missing')) as detail
  from accounts.lots l
  full join (select * from accounts.holding_movements where units > 0) as m
    on m.bucket = l.bucket and m.movement_id = l.lot_id
  where l.lot_id is null or m.movement_id is null
    or l.units_original <> m.units or l.cost_amount <> m.cost_amount`;

// An earlier lot that still has units while a later one has lost some. A lot that came to the
// holding later with an earlier confirm date could not be taken first, so sequence decides too.
const firstInFirstOut = `
  select 'lot:' || late.lot_id as subject, jsonb_build_object('bucket', late.bucket,
    'consumedBefore', early.lot_id) as detail
  from accounts.lots late
  join accounts.lots early
    on early.bucket = late.bucket and early.trading_account_no = late.trading_account_no
      and early.fund_code = late.fund_code and early.share_class = late.share_class
      and early.sequence < late.sequence and early.confirm_date <= late.confirm_date
  where late.units_left < late.units_original and early.units_left > 0`;

// A part costs the difference of two rounded shares of its lot, so what left has cost the rounded
// share of all that left, however it was cut.
const costIsCutWhole = `
  select 'holding:' || coalesce(l.trading_account_no, m.trading_account_no) || '/' ||
      coalesce(l.fund_code, m.fund_code) as subject,
    jsonb_build_object('bucket', coalesce(l.bucket, m.bucket),
      'costOfLots', coalesce(l.cost, 0)::text, 'costOfParts', coalesce(m.cost, 0)::text) as detail
  from (select bucket, trading_account_no, fund_code, share_class,
      sum(round(cost_amount::numeric * (units_original - units_left) / units_original)) as cost
    from accounts.lots group by bucket, trading_account_no, fund_code, share_class) as l
  full join (select bucket, trading_account_no, fund_code, share_class, sum(cost_amount) as cost
    from accounts.holding_movements where units < 0
    group by bucket, trading_account_no, fund_code, share_class) as m
    on m.bucket = l.bucket and m.trading_account_no = l.trading_account_no
      and m.fund_code = l.fund_code and m.share_class = l.share_class
  where coalesce(l.cost, 0) <> coalesce(m.cost, 0)`;

/**
 * The checks of this module. M5 here is that no entry mixes customer money with the firm's and that
 * each book is whole by itself; the bank's statement is compared in clearing. M9 calls an item late
 * once business of a later day is booked.
 */
export const accountsChecks: readonly Check[] = [
  sqlCheck('M1', 'Debits equal credits in every entry', '每笔分录借贷相等', entriesBalance),
  sqlCheck('M2', 'No customer cash is overdrawn', '客户可用资金不为负', nothingOverdrawn),
  sqlCheck(
    'M3',
    'Frozen cash is the sum of open holds',
    '冻结资金等于有效冻结之和',
    frozenIsHeld,
    holdWithoutAccount,
  ),
  sqlCheck('M4', 'Balances rebuild from postings', '余额可由分录重建', balancesRebuild),
  sqlCheck(
    'M5',
    'Customer money and firm money never meet',
    '客户资金与自有资金分离',
    classesApart,
    classesWhole,
  ),
  sqlCheck(
    'M6',
    'Postings stand for ever; a reversal happens once and cancels its target',
    '分录不可更改；冲正至多一次且与原分录相抵',
    journalIsSealed,
    reversedOnce,
    reversalsCancel,
  ),
  sqlCheck(
    'M7',
    'What left a lot and what is left of it have cost what the lot cost, to the fen',
    '份额明细已转出部分与剩余部分的成本之和等于原成本，分毫不差',
    costIsCutWhole,
  ),
  sqlCheck(
    'M9',
    'In-transit money is open items, none of them late',
    '在途资金等于未结算事项且无逾期',
    inTransitIsOpen,
    settledInTime,
  ),
  sqlCheck('SH1', 'Units are the sum of confirmed changes', '份额等于确认变动之和', unitsMoved),
  sqlCheck(
    'SH2',
    'Frozen units are the sum of open holds and never above the holding',
    '冻结份额等于有效冻结之和且不超过持有份额',
    unitsFree,
    frozenUnitsAreHeld,
  ),
  sqlCheck('SH3', 'Each confirmation moves units once', '每条确认只变动一次份额', confirmedOnce),
  sqlCheck(
    'SH5',
    'Lots sum to the holding and leave first in, first out',
    '份额明细之和等于持有份额且先进先出',
    lotsAreUnits,
    lotsAreMovements,
    firstInFirstOut,
  ),
];
