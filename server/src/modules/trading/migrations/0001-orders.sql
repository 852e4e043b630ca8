-- Orders and fund account applications, the events that explain them, and the days cut off.
create schema if not exists trading;

-- The life of every kind of order as data; the same rows stand in domain/states.ts.
create table trading.order_transitions (
  business_code char(3) not null,
  from_state text not null,
  to_state text not null,
  primary key (business_code, from_state, to_state)
);
insert into trading.order_transitions (business_code, from_state, to_state)
select code, step.from_state, step.to_state
from unnest(array['001', '008']) as code,
  (values ('new', 'accepted'), ('accepted', 'sent'), ('sent', 'confirmed'), ('sent', 'rejected'))
    as step(from_state, to_state);
insert into trading.order_transitions (business_code, from_state, to_state)
select code, step.from_state, step.to_state
from unnest(array['020', '022', '024', '029']) as code,
  (values ('new', 'accepted'), ('new', 'refused'), ('accepted', 'cancelled'), ('accepted', 'sent'),
    ('sent', 'rejected')) as step(from_state, to_state);
insert into trading.order_transitions (business_code, from_state, to_state) values
  ('020', 'sent', 'subscribed'),
  ('020', 'subscribed', 'confirmed'),
  ('020', 'subscribed', 'failed'),
  ('022', 'sent', 'confirmed'),
  ('022', 'sent', 'partlyConfirmed'),
  ('022', 'partlyConfirmed', 'partlyConfirmed'),
  ('022', 'partlyConfirmed', 'confirmed'),
  ('024', 'sent', 'confirmed'),
  ('024', 'sent', 'partlyConfirmed'),
  ('024', 'partlyConfirmed', 'partlyConfirmed'),
  ('024', 'partlyConfirmed', 'confirmed'),
  ('029', 'sent', 'confirmed');
select platform.make_append_only('trading.order_transitions');

-- The order id is computed from customer and client order number, so the primary key also keeps
-- that pair unique for ever; tradingChecks recomputes it.
create table trading.orders (
  bucket int2 not null check (bucket between 0 and 255),
  order_id text not null check (length(order_id) = 24),
  customer_id text not null,
  client_order_no text not null,
  request_digest bytea not null,
  business_code char(3) not null check (business_code in ('020', '022', '024', '029')),
  asset_account_no text not null,
  trading_account_no text not null,
  registrar_code text not null,
  fund_code text not null,
  share_class text not null,
  amount int8 check (amount between 1 and 99999999999999999),
  units int8 check (units between 1 and 99999999999999999),
  dividend_method char(1) check (dividend_method in ('0', '1')),
  discount_rate int8 not null check (discount_rate between 0 and 100000000),
  large_redemption_flag char(1) check (large_redemption_flag in ('0', '1')),
  warning_id text,
  channel char(1) not null check (channel between '0' and '5'),
  trade_date date not null,
  -- The last day that was cut off when this order was decided (O5).
  after_cut_off_date date,
  accepted_at timestamptz not null,
  state text not null,
  confirmed_amount int8 not null default 0
    check (confirmed_amount between 0 and 99999999999999999),
  confirmed_units int8 not null default 0 check (confirmed_units between 0 and 99999999999999999),
  fee int8 not null default 0 check (fee between 0 and 99999999999999999),
  nav int8 check (nav between 0 and 99999999999999999),
  confirm_date date,
  -- Every reason of a refusal, every warning of an acceptance.
  findings jsonb,
  version int4 not null default 1 check (version >= 1),
  primary key (bucket, order_id),
  check ((amount is not null) = (business_code in ('020', '022'))),
  check ((units is not null) = (business_code = '024')),
  check ((dividend_method is not null) = (business_code = '029')),
  check (state = 'refused' or (trading_account_no <> '' and registrar_code <> ''))
) with (fillfactor = 75);
create index orders_by_customer on trading.orders (bucket, customer_id, trade_date);
create index orders_by_day on trading.orders (trade_date, registrar_code);

-- Every change of state, of orders and of applications (order_id is then the application id).
create table trading.order_events (
  bucket int2 not null,
  order_id text not null,
  seq int4 not null check (seq >= 1),
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  detail jsonb,
  primary key (bucket, order_id, seq)
);
select platform.make_append_only('trading.order_events');

create table trading.account_applications (
  bucket int2 not null check (bucket between 0 and 255),
  application_id text not null check (length(application_id) = 24),
  business_code char(3) not null check (business_code in ('001', '008')),
  customer_id text not null,
  asset_account_no text not null,
  trading_account_no text not null,
  registrar_code text not null,
  ta_account_id text,
  trade_date date not null,
  after_cut_off_date date,
  accepted_at timestamptz not null,
  state text not null,
  confirm_date date,
  version int4 not null default 1 check (version >= 1),
  primary key (bucket, application_id),
  check (business_code = '001' or ta_account_id is not null)
) with (fillfactor = 75);
create index applications_by_account on trading.account_applications (bucket, trading_account_no);
create index applications_by_day on trading.account_applications (trade_date, registrar_code);

-- Days whose outbound files are closed. Written under the locks of all buckets, so that an order
-- either sees the cut-off or is seen by it.
create table trading.cut_offs (
  trade_date date primary key,
  cut_at timestamptz not null
);
select platform.make_append_only('trading.cut_offs');

-- O1: a state that the transitions do not allow never reaches the table.
create function trading.refuse_illegal_start() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select n.business_code, n.state into bad
  from (select distinct business_code, state from new_rows) n
  where not exists (
    select 1 from trading.order_transitions t
    where t.business_code = n.business_code and t.from_state = 'new' and t.to_state = n.state)
  limit 1;
  if found then
    raise exception 'an order of % cannot begin as %', bad.business_code, bad.state
      using errcode = 'CA002';
  end if;
  return null;
end
$$;

create function trading.refuse_illegal_step() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select s.business_code, s.from_state, s.to_state into bad
  from (
    select distinct o.business_code, o.state as from_state, n.state as to_state
    from new_rows n join old_rows o on o.bucket = n.bucket and o.order_id = n.order_id
  ) s
  where not exists (
    select 1 from trading.order_transitions t
    where t.business_code = s.business_code and t.from_state = s.from_state
      and t.to_state = s.to_state)
  limit 1;
  if found then
    raise exception 'an order of % cannot go from % to %', bad.business_code, bad.from_state,
      bad.to_state using errcode = 'CA002';
  end if;
  if (select count(*) from new_rows) <> (
    select count(*) from new_rows n join old_rows o
      on o.bucket = n.bucket and o.order_id = n.order_id and n.version = o.version + 1
      and (n.customer_id, n.client_order_no, n.request_digest, n.business_code, n.fund_code,
           n.share_class, n.trading_account_no, n.asset_account_no, n.trade_date, n.accepted_at)
        = (o.customer_id, o.client_order_no, o.request_digest, o.business_code, o.fund_code,
           o.share_class, o.trading_account_no, o.asset_account_no, o.trade_date, o.accepted_at)
      and n.amount is not distinct from o.amount and n.units is not distinct from o.units
      and n.dividend_method is not distinct from o.dividend_method) then
    raise exception 'what an order asked for never changes' using errcode = 'CA002';
  end if;
  return null;
end
$$;

create function trading.refuse_illegal_application_step() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select o.business_code, o.state as from_state, n.state as to_state into bad
  from new_rows n join old_rows o
    on o.bucket = n.bucket and o.application_id = n.application_id
  where not exists (
    select 1 from trading.order_transitions t
    where t.business_code = o.business_code and t.from_state = o.state and t.to_state = n.state)
  limit 1;
  if found then
    raise exception 'an application of % cannot go from % to %', bad.business_code,
      bad.from_state, bad.to_state using errcode = 'CA002';
  end if;
  return null;
end
$$;

create trigger legal_start after insert on trading.orders
  referencing new table as new_rows
  for each statement execute function trading.refuse_illegal_start();
create trigger legal_step after update on trading.orders
  referencing old table as old_rows new table as new_rows
  for each statement execute function trading.refuse_illegal_step();
create trigger kept before delete or truncate on trading.orders
  for each statement execute function platform.refuse_change();
create trigger legal_start after insert on trading.account_applications
  referencing new table as new_rows
  for each statement execute function trading.refuse_illegal_start();
create trigger legal_step after update on trading.account_applications
  referencing old table as old_rows new table as new_rows
  for each statement execute function trading.refuse_illegal_application_step();
create trigger kept before delete or truncate on trading.account_applications
  for each statement execute function platform.refuse_change();
