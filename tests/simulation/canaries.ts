/**
 * Seeded bugs. Each changes one statement of the house, as a slip of its author would have. The
 * simulation must find each.
 */
import type { Canary } from './sabotage.ts';

export const CANARIES: readonly Canary[] = [
  {
    invariant: 'M3',
    bug: 'a hold freezes a fen less than it says',
    in: 'update accounts.cash_accounts a set frozen = a.frozen + t.amount',
    from: 'a.frozen + t.amount',
    to: 'a.frozen + t.amount - 1',
  },
  {
    invariant: 'M4',
    bug: 'a balance gets a fen more than its postings',
    in: `set balance = a.balance + case a.normal when 'debit'`,
    from: `else -t.amount end`,
    to: `else -t.amount + 1 end`,
  },
  {
    invariant: 'M9',
    bug: 'fees that were paid are owed again when the day is closed',
    in: `update clearing.business_days set state = 'closed'`,
    from: 'update clearing.business_days',
    to: `with again as (update accounts.settlement_items set state = 'open', settled_date = null
       where kind = 'fee' and state = 'settled')
     update clearing.business_days`,
  },
  {
    invariant: 'SH2',
    bug: 'a redemption freezes a hundredth of a unit less',
    in: 'update accounts.holdings h set frozen = h.frozen + t.units',
    from: 'h.frozen + t.units',
    to: 'h.frozen + t.units - 1',
  },
  {
    invariant: 'O1',
    bug: 'a refused order leaves no event',
    in: 'insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at)',
    from: `accepted_at from placed`,
    to: `accepted_at from placed where state <> 'refused'`,
  },
  {
    invariant: 'O2',
    bug: 'a confirmation counts a fen too much',
    in: 'update trading.orders o set state = t.state, confirmed_amount',
    from: 'confirmed_amount = t.confirmed_amount',
    to: 'confirmed_amount = t.confirmed_amount + 1',
  },
  {
    invariant: 'O3',
    bug: 'a file leaves an order out',
    in: `o.state not in ('refused', 'cancelled')\n     order by o.order_id`,
    from: 'order by o.order_id',
    to: 'order by o.order_id offset 1',
  },
  {
    invariant: 'O4',
    bug: 'an earlier request is not remembered',
    in: "select o.order_id, o.request_digest, o.state = 'refused' as refused",
    found: /duplicate key value violates unique constraint "orders_pkey"/,
  },
  {
    invariant: 'limits',
    bug: 'what was bought today is forgotten',
    in: 'select o.trading_account_no, o.fund_code, o.trade_date, sum(o.amount)',
    found: /the model says .*"ABOVE_DAY_MAXIMUM".*, the house says (?!.*"ABOVE_DAY_MAXIMUM")/,
  },
  {
    invariant: 'A2',
    bug: 'every seventh audit record is not written',
    in: 'insert into platform.audit',
    from: 'as t(bucket, seq, actor, request_id, source, action, subject, result, detail, hash)',
    to: `as t(bucket, seq, actor, request_id, source, action, subject, result, detail, hash)
         where seq % 7 <> 3`,
  },
  {
    invariant: 'SH5',
    bug: 'a lot begins with a hundredth of a unit less',
    in: 'insert into accounts.lots',
    from: '$10::int8[], $11::int8[])',
    to: '(select array_agg(u - 1) from unnest($10::int8[]) u), $11::int8[])',
  },
  {
    invariant: 'M1',
    bug: 'the first line of an entry is a fen too large',
    in: 'insert into accounts.postings',
    from: `'CNY', amount, kind`,
    to: `'CNY', case line when 1 then amount + 1 else amount end, kind`,
    found: /entry transfer:\S+ is not whole, not balanced or mixes/,
  },
  {
    invariant: 'M2',
    bug: 'what is frozen counts as free',
    in: 'a.status as asset_status, c.balance - c.frozen as available',
    from: 'c.balance - c.frozen as available',
    to: 'c.balance as available',
    found: /the model says .*"CASH_SHORT".*, the house says (?!.*"CASH_SHORT")/,
  },
  {
    invariant: 'M5',
    bug: 'a withdrawal is taken from the bank account of the firm',
    in: 'insert into accounts.postings',
    from: 'select bucket, entry_id, line, account_code,',
    to: `select bucket, entry_id, line,
         case when line = 1 then 'F' || substr(account_code, 2) else account_code end,`,
    found: /entry transfer:\S+ is not whole, not balanced or mixes customer and firm money/,
  },
  {
    invariant: 'M6',
    bug: 'postings may be changed',
    setUp: 'alter table accounts.postings disable trigger append_only',
  },
  {
    invariant: 'SH1',
    bug: 'a later purchase adds a hundredth of a unit more',
    in: 'update accounts.holdings h set units = h.units + t.units',
    from: 'h.units + t.units',
    to: 'h.units + t.units + 1',
  },
  {
    invariant: 'SH3',
    bug: 'a movement stands on a record that nobody sent',
    in: 'insert into accounts.holding_movements',
    from: '$11::text[]',
    to: `(select array_agg(x || 'X') from unnest($11::text[]) x)`,
  },
  {
    invariant: 'SH4',
    bug: 'any difference in an amount or a fee is within the tolerance',
    in: 'select content from clearing.rules',
    from: 'select content',
    to: `select content || '{"amountTolerance": "9999.00", "feeTolerance": "9999.00"}' as content`,
    habits: { wrongRecord: 1 },
  },
  {
    invariant: 'O5',
    // In the morning the next repetition would tell; after the cut-off the trade date is wrong first.
    bug: 'an instant in the afternoon is kept in another time zone',
    in: 'insert into trading.orders (bucket',
    from: '$23::timestamptz',
    to: `$23::timestamptz - case
         when ($23::timestamptz at time zone 'Asia/Shanghai')::time < '14:00' then interval '0'
         else interval '8 hours' end`,
  },
  {
    invariant: 'O6',
    bug: 'the evidence names the profile before the one that was judged',
    in: 'insert into suitability.evidence',
    from: 'variety, profile_version, rule_version, warning_id, warning_confirmed_at, outcome,\n       findings::jsonb',
    to: 'variety, profile_version + 1, rule_version, warning_id, warning_confirmed_at, outcome,\n       findings::jsonb',
  },
  {
    invariant: 'F1',
    bug: 'serial numbers lose what tells them apart',
    copy: {
      table: 'clearing.confirmations',
      change: (row) => ({ ...row, ta_serial: '1' }),
    },
    // The house takes the second for a repetition and sets it aside; the model waits for it.
    found:
      /counts of confirm of .* the model says trades \d+, exceptions 0, the house .*exceptions [1-9]/,
  },
  {
    invariant: 'F2',
    bug: 'the second record of a file is left out',
    copy: {
      table: 'clearing.confirmations',
      change: (row, n) => (n === 1 ? undefined : row),
    },
  },
  {
    invariant: 'F5',
    bug: 'a day is closed as of yesterday',
    in: `update clearing.business_days set state = 'closed'`,
    from: 'closed_at = greatest($2::timestamptz, $3::timestamptz)',
    to: `closed_at = greatest($2::timestamptz, $3::timestamptz) - interval '1 day'`,
  },
  {
    invariant: 'E1',
    bug: 'events of every second bucket are lost',
    in: 'insert into platform.outbox',
    from: 'as t(bucket, topic, key, payload)',
    to: 'as t(bucket, topic, key, payload) where bucket % 2 = 0',
  },
  {
    invariant: 'A1',
    bug: 'audit records name another order',
    in: 'insert into platform.audit',
    from: 'action, subject, result, detail, hash\n     from',
    to: `action, case action when 'orders.place' then 'order:0' else subject end, result, detail, hash
     from`,
  },
  {
    invariant: 'T1',
    bug: 'a server goes by its own clock alone',
    in: 'select bucket, audit_seq, audit_hash, last_at',
    from: 'last_at',
    to: 'null::timestamptz as last_at',
    habits: { skewMs: 300, clockJump: 0.5 },
  },
  {
    invariant: 'M7',
    bug: 'what leaves a lot costs a fen more than its share',
    in: 'insert into accounts.holding_movements',
    from: '$9::int8[]',
    to: `(select array_agg(case when u < 0 then c + 1 else c end)
          from unnest($6::int8[], $9::int8[]) as x(u, c))`,
  },
  {
    invariant: 'M8',
    bug: 'events carry amounts as numbers',
    in: 'insert into platform.outbox',
    from: 'payload::jsonb,',
    to: `regexp_replace(payload, '"amount":"([0-9.]+)"', '"amount":\\1')::jsonb,`,
  },
  {
    invariant: 'F3',
    bug: 'a lot stands on the day on which its file came',
    in: 'insert into accounts.lots',
    from: '$7::date[]',
    to: `(select array_agg(greatest(d, (select max(business_date) from clearing.business_days)))
          from unnest($7::date[]) d)`,
    habits: { parcels: { late: 0.6 }, asksAgain: 0 },
  },
  {
    invariant: 'F4',
    bug: 'a report says when it was made',
    in: 'update clearing.business_days set report',
    from: 'report = $2::jsonb',
    to: `report = $2::jsonb || jsonb_build_object('madeAt', clock_timestamp()::text)`,
  },
  {
    invariant: 'F6',
    bug: 'a file lists its orders as the database likes',
    in: `o.state not in ('refused', 'cancelled')\n     order by o.order_id`,
    from: 'order by o.order_id',
    to: 'order by random()',
  },
  {
    invariant: 'E2',
    bug: 'a consumer does not note what it has done',
    in: 'update platform.stream_positions p set event_id',
  },
  {
    invariant: 'E3',
    // From the second day on: on the first there is no yesterday to fall behind.
    bug: 'a consumer notes its first event instead of its last',
    in: 'update platform.stream_positions p set event_id',
    from: 'set event_id = d.event_id',
    to: `set event_id = case when (select count(*) from clearing.business_days) > 1
           then 1 else d.event_id end`,
  },
  {
    invariant: 'A3',
    bug: 'an approval names another checker than the one who decided',
    in: 'update platform.approvals set state = $2, checker = $3',
    from: 'checker = $3',
    to: `checker = $3 || '.deputy'`,
  },
  {
    invariant: 'A4',
    bug: 'every customer is of the first branch',
    in: 'c.certificate_valid_until, c.branch_code, c.civil_capacity',
    from: 'c.branch_code',
    to: `'B01' as branch_code`,
    habits: { strangers: 1 },
  },
  {
    invariant: 'A4',
    bug: 'an order hangs on an account that is not its customer’s',
    in: 'insert into trading.orders (bucket',
    from: `business_code,\n         asset_account_no,`,
    to: `business_code, asset_account_no || 'X',`,
  },
  {
    invariant: 'A5',
    bug: 'holds that are over are tidied away',
    in: `update clearing.business_days set state = 'closed'`,
    from: 'update clearing.business_days',
    to: `with tidied as (delete from accounts.cash_holds where open_amount = 0)
     update clearing.business_days`,
  },
  {
    invariant: 'A6',
    bug: 'whoever gets an account may read the audit beside',
    setUp: `do $$ declare c name; begin
      for c in select conname from pg_constraint
        where conrelid = 'platform.users'::regclass and contype = 'c' loop
        execute format('alter table platform.users drop constraint %I', c);
      end loop; end $$`,
    in: 'insert into platform.users (user_id, user_name, state, roles',
    from: '$3::text[]',
    to: `$3::text[] || 'auditor'::text`,
  },
  {
    invariant: 'R1',
    bug: 'a commit is acknowledged and undone',
    forgets: 'insert into trading.orders (bucket',
  },
  {
    invariant: 'R2',
    bug: 'a day is run though another run has it',
    in: 'select run_owner, run_since, run_seen_at from clearing.business_days',
    habits: { secondRunner: 1 },
  },
  {
    invariant: 'K1',
    bug: 'breaks are not put on the list',
    in: 'insert into clearing.exceptions',
    from: 'role, customer)\n     on conflict',
    to: `role, customer) where code not like '%_BREAK'
     on conflict`,
    habits: { registrar: { holdingOff: 0.5, statementBreak: 0.5 } },
  },
  {
    invariant: 'L1',
    bug: 'a consumer passes over every second bucket',
    in: 'o.event_id <= k.wanted',
    from: 'o.event_id > k.done',
    to: 'o.event_id > k.done and k.bucket % 2 = 0',
  },
  {
    invariant: 'L2',
    bug: 'a server takes in whatever comes',
    habits: { rush: 1, queueMax: 1_000 },
  },
];
