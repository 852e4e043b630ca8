-- The business day as named steps, the files of every exchange, what registrars confirmed, what
-- did not match, and the daily reconciliation.
create schema if not exists clearing;

create table clearing.business_days (
  business_date date primary key,
  state text not null check (state in ('open', 'closed')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- Who is running steps of this day now; empty when nobody is.
  run_owner text,
  run_since timestamptz,
  report jsonb,
  check ((state = 'closed') = (closed_at is not null))
);
create unique index business_days_one_open on clearing.business_days (state) where state = 'open';

create table clearing.day_steps (
  business_date date not null references clearing.business_days,
  step text not null,
  state text not null check (state in ('running', 'done', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  run_no int4 not null default 1,
  actor text not null,
  counts jsonb not null default '{}',
  failure jsonb,
  primary key (business_date, step)
);

-- Checks that a second pair of eyes let pass on one day, such as a missing package.
create table clearing.waivers (
  business_date date not null,
  code text not null,
  subject text not null,
  approval_id text not null,
  at timestamptz not null,
  primary key (business_date, code, subject)
);
select platform.make_append_only('clearing.waivers');

-- Every file that crossed the house's border. The bytes are kept under sha256 in the file store.
create table clearing.files (
  file_id int8 generated always as identity primary key,
  direction text not null check (direction in ('in', 'out')),
  party text not null,
  stream text not null check (stream in ('application', 'confirmation', 'market', 'bank')),
  file_type text not null,
  file_date date not null,
  sequence int4 not null default 0,
  name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes int8 not null,
  records int8 not null,
  state text not null check (state in ('built', 'published', 'imported', 'refused')),
  reason jsonb,
  business_date date not null,
  at timestamptz not null
);
-- F1: a file takes effect once. Refused bytes may come again and be refused again.
create unique index files_effective on clearing.files
  (direction, party, stream, file_type, file_date, sequence) where state <> 'refused';
create index files_by_day on clearing.files (business_date);

-- What registrars confirmed (04), one row per record. Amounts in fen, units scale 2, NAV scale 8.
create table clearing.confirmations (
  bucket int2 not null check (bucket between 0 and 256),
  file_id int8 not null references clearing.files,
  record_no int4 not null,
  registrar_code text not null,
  ta_serial text not null,
  order_id text not null,
  business_code char(3) not null,
  confirm_date date not null,
  trade_date date not null,
  trading_account_no text not null,
  ta_account_id text not null,
  fund_code text not null,
  share_class text not null,
  return_code text not null,
  error_detail text not null,
  is_finished boolean not null,
  confirmed_amount int8 not null,
  confirmed_units int8 not null,
  nav int8 not null,
  charge int8 not null,
  agency_fee int8 not null,
  refund_amount int8 not null,
  interest int8 not null,
  interest_units int8 not null,
  state text not null check (state in ('waiting', 'applied', 'exception', 'void')),
  primary key (bucket, file_id, record_no)
);
create index confirmations_waiting on clearing.confirmations (bucket) where state = 'waiting';
create index confirmations_by_order on clearing.confirmations (bucket, order_id);

-- Account confirmations (02).
create table clearing.account_confirmations (
  bucket int2 not null check (bucket between 0 and 256),
  file_id int8 not null references clearing.files,
  record_no int4 not null,
  registrar_code text not null,
  ta_serial text not null,
  application_id text not null,
  business_code char(3) not null,
  confirm_date date not null,
  trading_account_no text not null,
  ta_account_id text not null,
  return_code text not null,
  error_detail text not null,
  state text not null check (state in ('waiting', 'applied', 'exception', 'void')),
  primary key (bucket, file_id, record_no)
);
create index account_confirmations_waiting on clearing.account_confirmations (bucket)
  where state = 'waiting';

-- Distributions (06).
create table clearing.distributions (
  bucket int2 not null check (bucket between 0 and 256),
  file_id int8 not null references clearing.files,
  record_no int4 not null,
  registrar_code text not null,
  ta_serial text not null,
  business_code char(3) not null,
  confirm_date date not null,
  record_date date not null,
  ex_date date not null,
  pay_date date not null,
  trading_account_no text not null,
  ta_account_id text not null,
  fund_code text not null,
  share_class text not null,
  return_code text not null,
  dividend_method char(1) not null,
  basis_units int8 not null,
  gross_amount int8 not null,
  cash_amount int8 not null,
  reinvested_units int8 not null,
  nav int8 not null,
  per_unit int8 not null,
  per_units int8 not null,
  state text not null check (state in ('waiting', 'applied', 'exception', 'void')),
  primary key (bucket, file_id, record_no)
);
create index distributions_waiting on clearing.distributions (bucket) where state = 'waiting';

-- Everything that did not match, with a reason and an owner. The row says where it stands; what
-- was done about it is appended to exception_events.
create table clearing.exceptions (
  exception_id text primary key,
  business_date date not null,
  code text not null,
  severity text not null check (severity in ('remind', 'approve', 'block')),
  subject text not null,
  bucket int2,
  detail jsonb not null,
  owner_role text not null,
  owner text,
  state text not null check (state in ('open', 'resolved')),
  raised_at timestamptz not null,
  resolved_at timestamptz
);
create index exceptions_open on clearing.exceptions (business_date, exception_id)
  where state = 'open';
create index exceptions_subject on clearing.exceptions (subject);

create table clearing.exception_events (
  exception_id text not null references clearing.exceptions,
  seq int4 not null,
  at timestamptz not null,
  actor text not null,
  event text not null check (event in ('raised', 'assigned', 'noted', 'retried', 'resolved')),
  note text not null,
  primary key (exception_id, seq)
);
select platform.make_append_only('clearing.exception_events');

-- Three columns that should be one number: ours, the registrar's (or the bank's), the customer's view.
create table clearing.breaks (
  business_date date not null,
  kind text not null check (kind in ('units', 'cash', 'bankTotal')),
  subject text not null,
  ours int8 not null,
  theirs int8 not null,
  customer_view int8 not null,
  class text not null,
  primary key (business_date, kind, subject)
);

create table clearing.fund_values (
  business_date date not null,
  fund_code text not null,
  units int8 not null,
  nav int8,
  nav_date date,
  value int8,
  primary key (business_date, fund_code)
);

-- Tolerances of the checks on confirmations, as dated data.
create table clearing.rules (
  effective_date date primary key,
  content jsonb not null,
  source text not null
);
insert into clearing.rules (effective_date, content, source) values
  ('1990-01-01', '{"amountTolerance": "0.01", "feeTolerance": "0.01", "unitsTolerance": "0.01", "navJumpFactor": "10"}',
   'sample: one smallest unit for a different rounding at the registrar');
select platform.make_append_only('clearing.rules');
