create schema if not exists products;

-- One row. Every change of the catalogue draws a new token, so a cache keyed by it is never stale:
-- a number would be drawn again after a rollback, a token never is.
create table products.revision (
  id int2 primary key check (id = 1),
  revision int8 not null,
  token uuid not null default gen_random_uuid()
);

insert into products.revision (id, revision) values (1, 0);

create table products.funds (
  fund_code text primary key check (fund_code ~ '^[0-9A-Z]{6}$'),
  name text not null check (length(name) between 1 and 100),
  main_code text not null references products.funds (fund_code) deferrable initially deferred,
  class_name text not null check (class_name ~ '^[A-Z]{0,2}$'),
  share_class text not null check (share_class in ('0', '1')),
  registrar_code text not null check (registrar_code ~ '^[0-9A-Z]{2}$'),
  manager_name text not null,
  custodian_name text not null,
  fund_type text not null check (fund_type in (
    'equity', 'equityMixed', 'mixed', 'index', 'bond', 'shortBond', 'bondIndex', 'money',
    'certificateIndex', 'qdii', 'fof', 'commodity', 'etf')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  established_date date,
  sold boolean not null,
  created_at timestamptz not null,
  version int4 not null default 1
);

create table products.fund_parameters (
  fund_code text not null references products.funds (fund_code),
  version int4 not null check (version > 0),
  effective_date date not null,
  status text not null check (status in ('0', '1', '4', '5', '6', '8', '9')),
  risk_level int2 not null check (risk_level between 1 and 5),
  term text not null check (term in ('d0_90', 'd90_365', 'y1_3', 'y3_plus')),
  variety text not null check (variety in
    ('money', 'fixedIncome', 'mixed', 'equity', 'commodity', 'overseas', 'alternative')),
  min_first_purchase int8 not null check (min_first_purchase between 0 and 99999999999999999),
  min_next_purchase int8 not null check (min_next_purchase between 0 and 99999999999999999),
  purchase_step int8 not null check (purchase_step between 0 and 99999999999999999),
  max_purchase int8 not null check (max_purchase between 0 and 99999999999999999),
  day_max_purchase int8 not null check (day_max_purchase between 0 and 99999999999999999),
  min_redemption int8 not null check (min_redemption between 0 and 99999999999999999),
  redemption_step int8 not null check (redemption_step between 0 and 99999999999999999),
  min_holding int8 not null check (min_holding between 0 and 99999999999999999),
  confirm_days int2 not null check (confirm_days between 0 and 30),
  purchase_pay_days int2 not null check (purchase_pay_days between 0 and 60),
  redemption_cash_days int2 not null check (redemption_cash_days between 0 and 60),
  dividend_cash_days int2 not null check (dividend_cash_days between 0 and 60),
  units_rounding text not null check (units_rounding in ('halfUp', 'down')),
  holding_days_rule text not null check (holding_days_rule in ('applicationDate', 'confirmDate')),
  fee_rounding text not null check (fee_rounding in ('perLot', 'total')),
  default_dividend_method text not null check (default_dividend_method in ('0', '1')),
  service_fee_rate int8 not null check (service_fee_rate between 0 and 99999999),
  face_value int8 not null check (face_value between 1 and 99999999999999999),
  cut_off text not null check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]:00[.]000$'),
  offer_start date,
  offer_end date,
  recorded_at timestamptz not null,
  primary key (fund_code, version),
  check ((offer_start is null) = (offer_end is null)),
  check (offer_start <= offer_end)
);

create table products.fee_schedules (
  fund_code text not null references products.funds (fund_code),
  kind text not null check (kind in ('subscription', 'purchase', 'redemption')),
  version int4 not null check (version > 0),
  effective_date date not null,
  tiers jsonb not null check (jsonb_typeof(tiers) = 'array' and jsonb_array_length(tiers) > 0),
  recorded_at timestamptz not null,
  primary key (fund_code, kind, version)
);

-- The published rule on fees as data. A set of rows begins on one date and holds until the next
-- set; within the set in force every row whose item, fund type and class match applies.
create table products.fee_rules (
  rule_id text primary key,
  effective_date date not null,
  item text not null check (item in ('purchase', 'redemption', 'service')),
  fund_types text[] not null,
  charges_service_fee boolean,
  investor text not null check (investor in ('all', 'person', 'institution')),
  content jsonb not null,
  source_note text not null
);

create table products.navs (
  fund_code text not null references products.funds (fund_code),
  nav_date date not null,
  version int4 not null check (version > 0),
  nav int8 not null check (nav between 1 and 99999999999999999),
  accumulated int8 check (accumulated between 1 and 99999999999999999),
  source text not null,
  recorded_at timestamptz not null,
  primary key (fund_code, nav_date, version)
);

create index navs_by_date on products.navs (nav_date);

create table products.dividends (
  fund_code text not null references products.funds (fund_code),
  record_date date not null,
  version int4 not null check (version > 0),
  ex_date date not null,
  pay_date date not null,
  per_unit int8 not null check (per_unit between 1 and 99999999999999999),
  source text not null,
  recorded_at timestamptz not null,
  primary key (fund_code, record_date, version),
  check (record_date <= ex_date and ex_date <= pay_date)
);

create table products.splits (
  fund_code text not null references products.funds (fund_code),
  ex_date date not null,
  version int4 not null check (version > 0),
  ratio int8 not null check (ratio between 1 and 99999999999999999),
  source text not null,
  recorded_at timestamptz not null,
  primary key (fund_code, ex_date, version)
);

create table products.closed_days (
  fund_code text not null references products.funds (fund_code),
  closed_date date not null,
  version int4 not null check (version > 0),
  closed boolean not null,
  reason text not null,
  recorded_at timestamptz not null,
  primary key (fund_code, closed_date, version)
);

select platform.make_append_only('products.fund_parameters');

select platform.make_append_only('products.fee_schedules');

select platform.make_append_only('products.navs');

select platform.make_append_only('products.dividends');

select platform.make_append_only('products.splits');

select platform.make_append_only('products.closed_days');
