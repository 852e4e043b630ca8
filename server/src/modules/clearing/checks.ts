/** Invariants of files and confirmations, re-derived from facts (`cairn check`). */
import { type Check, findViolations } from '../../platform/check.ts';
import { answeredInTime, bankBalances, heldAtRegistrar } from './counterparty-checks.ts';

/** O3: every order of a day that was cut off went out in exactly one file, and no other did. */
const sentOnce: Check = {
  id: 'O3',
  title: 'Every accepted order of a cut-off day is in exactly one outbound file of its day',
  titleZh: '已截止日的每笔有效申请恰好出现在当日一个外发文件中',
  run: (sql) =>
    findViolations(
      sql,
      `with closed as (
         select distinct party, file_date from clearing.files
         where direction = 'out' and file_type = 'OFI'),
       outgoing as (
         select bucket, order_id, count(*) as times from trading.order_events
         where to_state = 'sent' group by bucket, order_id)
       select 'order:' || o.order_id as subject, o.state, o.trade_date,
         coalesce(s.times, 0) as sent
       from trading.orders o
       join closed c on c.party = o.registrar_code and c.file_date = o.trade_date
       left join outgoing s on s.bucket = o.bucket and s.order_id = o.order_id
       where coalesce(s.times, 0)
         <> case when o.state in ('refused', 'cancelled') then 0 else 1 end`,
    ),
};

/** O3, the other side: the records that files say they hold are the orders that were sent. */
const fileCounts: Check = {
  id: 'O3-files',
  title: 'The records of each day’s application files are the orders sent that day',
  titleZh: '每日申请文件的记录数等于当日已发送申请数',
  run: (sql) =>
    findViolations(
      sql,
      `with sent as (
         select o.registrar_code as party, o.trade_date as file_date, count(*) as orders
         from trading.orders o join trading.order_events e on e.bucket = o.bucket
           and e.order_id = o.order_id and e.to_state = 'sent'
         group by 1, 2),
       filed as (
         select party, file_date, sum(records) as records from clearing.files
         where direction = 'out' and file_type = '03' and state <> 'refused' group by 1, 2)
       select 'file:03/' || coalesce(s.party, f.party) || '/' || coalesce(s.file_date, f.file_date)
           as subject, coalesce(s.orders, 0) as orders, coalesce(f.records, 0) as records
       from sent s full join filed f on f.party = s.party and f.file_date = s.file_date
       where coalesce(s.orders, 0) <> coalesce(f.records, 0)`,
    ),
};

/** SH3: every movement of units comes from exactly one applied record of a registrar. */
const movementsConfirmed: Check = {
  id: 'SH3-confirmed',
  title: 'Every movement of units stands on one applied confirmation, and each on its movement',
  titleZh: '每笔份额变动对应一条已入账确认，反之亦然',
  run: (sql) =>
    findViolations(
      sql,
      `with booked as (
         select bucket, registrar_code, ta_serial, business_code, confirm_date,
           case when business_code = '124' then -confirmed_units else confirmed_units end as units
         from clearing.confirmations
         where state = 'applied' and return_code = '0000' and confirmed_units <> 0
           and business_code in ('122', '124', '130')
         union all
         select bucket, registrar_code, ta_serial, business_code, confirm_date, reinvested_units
         from clearing.distributions where state = 'applied' and reinvested_units <> 0
           and dividend_method = '0')
       select 'movement:' || coalesce(b.registrar_code || '/' || b.ta_serial,
           m.registrar_code || '/' || m.ta_serial) as subject,
         b.units as confirmed, m.units as moved
       from booked b full join accounts.holding_movements m on m.bucket = b.bucket
         and m.registrar_code = b.registrar_code and m.ta_serial = b.ta_serial
         and m.business_code = b.business_code and m.confirm_date = b.confirm_date
       where b.units is distinct from m.units`,
    ),
};

/**
 * SH4: what was booked agrees with units × NAV and fee within the tolerance. A redemption is rounded
 * lot by lot, so it may be off by half a fen for each lot that there was to take from.
 */
const amountsAgree: Check = {
  id: 'SH4',
  title: 'Applied confirmations: amount = units × NAV ± fee within the tolerance',
  titleZh: '已入账确认：金额 = 份额 × 净值 ± 费用，在容差内',
  run: (sql) =>
    findViolations(
      sql,
      `select 'confirmation:' || bucket || '/' || file_id || '/' || record_no as subject,
         business_code, confirmed_amount, confirmed_units, nav, charge
       from (
         select c.*, abs(confirmed_amount + case business_code when '122' then -charge else charge end
             - round(confirmed_units::numeric * nav / 100000000)) as off_by
         from clearing.confirmations c
         where state = 'applied' and return_code = '0000' and business_code in ('122', '124')
           and stated_by is null) as a
       where off_by > 1 and off_by > case business_code
         when '122' then 1 + ceil(nav::numeric / 100000000)
         else 1 + (select ceil(count(*) / 2.0) from accounts.lots l where l.bucket = a.bucket
           and l.trading_account_no = a.trading_account_no and l.fund_code = a.fund_code
           and l.share_class = a.share_class and l.confirm_date <= a.confirm_date) end`,
    ),
};

/** SH4, the exception: what was booked as a registrar states it was agreed to by two people. */
const statedByTwo: Check = {
  id: 'SH4-stated',
  title: 'Every record booked as its registrar states it has its approval by four eyes',
  titleZh: '按登记机构数据入账的每条记录均经双人复核',
  run: (sql) =>
    findViolations(
      sql,
      `select 'record:' || kind || ':' || bucket || '/' || file_id || '/' || record_no as subject,
         stated_by
       from (
         select 'confirmation' as kind, bucket, file_id, record_no, stated_by
         from clearing.confirmations where stated_by is not null
         union all
         select 'account', bucket, file_id, record_no, stated_by
         from clearing.account_confirmations where stated_by is not null
         union all
         select 'distribution', bucket, file_id, record_no, stated_by
         from clearing.distributions where stated_by is not null) as s
       where not exists (select 1 from platform.approvals a
         where a.approval_id = s.stated_by and a.kind = 'clearing.book-as-stated'
           and a.state = 'approved' and a.checker <> a.maker
           and a.payload::jsonb ->> 'exceptionId' in (select e.exception_id
             from clearing.exceptions e where e.subject = s.kind || ':' || s.bucket || '/'
               || s.file_id || '/' || s.record_no))`,
    ),
};

/**
 * SH5: units left a holding after everything that its registrar had confirmed on earlier days was
 * booked. Dividends may be told late, what two people had booked out of turn is their word, and the
 * clocks of two servers may differ by a little.
 */
const leftInTurn: Check = {
  id: 'SH5-turn',
  title: 'Units left each holding only after what was confirmed on earlier days was booked',
  titleZh: '份额转出前，该持仓更早确认的业务均已入账',
  run: (sql) =>
    findViolations(
      sql,
      `select 'movement:' || registrar_code || '/' || ta_serial as subject, confirm_date, posted_at,
         earlier_at
       from (
         select m.*, max(posted_at) filter (where business_code <> '143') over (
           partition by bucket, trading_account_no, fund_code, share_class order by confirm_date
           range between unbounded preceding and interval '1 day' preceding) as earlier_at
         from accounts.holding_movements m) as moved
       where kind = 'redemption' and earlier_at > posted_at + interval '1 minute' and not exists (
         select 1 from clearing.confirmations c
         where c.bucket = moved.bucket and c.ta_serial = moved.ta_serial
           and c.business_code = moved.business_code and c.stated_by is not null)`,
    ),
};

/** F2: a file's rows are all there or none: the registered count equals the rows kept. */
const filesWhole: Check = {
  id: 'F2',
  title: 'Every imported file has exactly the records that it announced',
  titleZh: '每个已导入文件的记录数与文件声明一致',
  run: (sql) =>
    findViolations(
      sql,
      `select 'file:' || f.file_id as subject, f.name, f.records, count(r.file_id) as kept
       from clearing.files f
       left join (
         select file_id from clearing.confirmations
         union all select file_id from clearing.account_confirmations
         union all select file_id from clearing.distributions) r on r.file_id = f.file_id
       where f.direction = 'in' and f.state = 'imported' and f.file_type in ('02', '04', '06')
       group by f.file_id, f.name, f.records having count(r.file_id) <> f.records`,
    ),
};

/** F1: no confirmation took effect from two files. */
const serialsOnce: Check = {
  id: 'F1',
  title: 'No registrar serial number was booked twice',
  titleZh: '没有登记机构流水号重复入账',
  run: (sql) =>
    findViolations(
      sql,
      `select 'serial:' || registrar_code || '/' || ta_serial as subject, count(*) as booked
       from (
         select bucket, registrar_code, ta_serial, business_code from clearing.confirmations
           where state = 'applied'
         union all
         select bucket, registrar_code, ta_serial, business_code from clearing.distributions
           where state = 'applied') t
       group by bucket, registrar_code, ta_serial, business_code having count(*) > 1`,
    ),
};

/** F5: days are closed in order, and nothing is booked on a closed day later. */
const daysInOrder: Check = {
  id: 'F5',
  title: 'Business days are closed in order and nothing is booked after the close',
  titleZh: '业务日按序关闭，关闭后无记账',
  async run(sql) {
    const late = await findViolations(
      sql,
      `select 'day:' || d.business_date as subject, d.closed_at, p.n as late
       from clearing.business_days d
       join (select business_date, max(posted_at) as last_at, count(distinct bucket) as n
             from accounts.postings group by business_date) p
         on p.business_date = d.business_date and p.last_at > d.closed_at
       where d.state = 'closed'`,
    );
    const early = await findViolations(
      sql,
      `select 'day:' || d.business_date as subject, d.closed_at
       from clearing.business_days d
       where d.state = 'closed' and exists (select 1 from clearing.business_days e
         where e.business_date < d.business_date
           and (e.state = 'open' or e.closed_at > d.closed_at))`,
    );
    return [...late, ...early];
  },
};

/** On the last reconciled day the three columns agreed, or the break has its exception. */
const reconciled: Check = {
  id: 'SH1-reconciled',
  title: 'Units and cash agree with registrars and bank on the last reconciled day',
  titleZh: '最近对账日份额、资金与登记机构、银行一致',
  run: (sql) =>
    findViolations(
      sql,
      `select 'break:' || kind || '/' || subject as subject, business_date, ours, theirs,
         customer_view, class
       from clearing.breaks
       where business_date = (select max(business_date) from clearing.day_steps
                              where step = 'reconcile' and state = 'done')`,
    ),
};

/** M7: what was paid for a subscription is what was allotted and what is paid back; fees likewise. */
const partsAreWhole: Check = {
  id: 'M7-parts',
  title: 'Allotted and paid back are what was subscribed, and no part of a fee exceeds it',
  titleZh: '配售金额与退款之和等于认购金额，手续费的任何部分不超过手续费',
  run: (sql) =>
    findViolations(
      sql,
      `select 'confirmation:' || c.bucket || '/' || c.file_id || '/' || c.record_no as subject,
         o.amount as ordered, c.confirmed_amount, c.refund_amount, c.charge, c.agency_fee
       from clearing.confirmations c
       join trading.orders o on o.bucket = c.bucket and o.order_id = c.order_id
       where c.state = 'applied' and c.return_code = '0000' and c.stated_by is null
         and ((c.business_code = '130' and c.confirmed_amount + c.refund_amount <> o.amount)
           or (c.business_code in ('122', '124', '130')
             and c.agency_fee not between 0 and c.charge))`,
    ),
};

const SET_ASIDE = `
  select 'confirmation' as kind, bucket, file_id, record_no, state from clearing.confirmations
  union all
  select 'account', bucket, file_id, record_no, state from clearing.account_confirmations
  union all
  select 'distribution', bucket, file_id, record_no, state from clearing.distributions`;

/** K1: what does not match is on the list, and what is on the list does not match. */
const listedWhileOpen: Check = {
  id: 'K1',
  title: 'Every record set aside and every break is on the exception list, and nothing else is',
  titleZh: '每条未入账记录、每项差异均列入异常，且异常均有其事实',
  async run(sql) {
    const records = await findViolations(
      sql,
      `select coalesce(r.subject, e.subject) as subject, r.state, coalesce(e.open, 0) as open
       from (select kind || ':' || bucket || '/' || file_id || '/' || record_no as subject, state
             from (${SET_ASIDE}) as all_records where state in ('waiting', 'exception')) r
       full join (select subject, count(*) as open from clearing.exceptions
         where state = 'open' and subject ~ '^(confirmation|account|distribution):'
         group by subject) e on e.subject = r.subject
       where r.subject is null or (r.state = 'exception' and e.open is null)`,
    );
    const breaks = await findViolations(
      sql,
      `with last as (select max(business_date) as day from clearing.day_steps
         where step = 'reconcile' and state = 'done')
       select 'break:' || b.kind || '/' || b.subject as subject, b.business_date, b.class
       from clearing.breaks b join last on b.business_date = last.day
       where not exists (select 1 from clearing.exceptions e
         where e.subject = 'break:' || b.kind || '/' || b.subject
           and (e.state = 'open' or e.business_date = b.business_date))`,
    );
    return [...records, ...breaks];
  },
};

/** A3 of this module: what two people had to agree to, and did. */
const passedByTwo: Check = {
  id: 'A3-passed',
  title: 'Whatever was let pass, and every code of refusal, stands on its approval by four eyes',
  titleZh: '每项放行和每条拒绝代码均有其双人复核',
  run: (sql) =>
    findViolations(
      sql,
      `select what as subject, approval_id
       from (
         select 'waiver:' || business_date || '/' || code || '/' || subject as what, approval_id,
           case code when 'PACKAGE_MISSING' then 'clearing.waive'
             else 'clearing.accept-exceptions' end as kind, business_date::text as day
         from clearing.waivers
         union all
         select 'refusalCode:' || registrar_code || '/' || return_code, approval_id, null, null
         from clearing.refusal_codes) as s
       where not exists (select 1 from platform.approvals a
         where a.approval_id = s.approval_id and a.state = 'approved'
           and (s.kind is null or (a.kind = s.kind and a.payload::jsonb ->> 'businessDate' = s.day)))`,
    ),
};

/** Every invariant of this module. */
export const clearingChecks: readonly Check[] = [
  sentOnce,
  fileCounts,
  movementsConfirmed,
  amountsAgree,
  statedByTwo,
  leftInTurn,
  filesWhole,
  serialsOnce,
  daysInOrder,
  reconciled,
  heldAtRegistrar,
  bankBalances,
  answeredInTime,
  partsAreWhole,
  listedWhileOpen,
  passedByTwo,
];
