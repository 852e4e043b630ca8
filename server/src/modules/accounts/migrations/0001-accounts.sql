create schema if not exists accounts;

-- Layer 3: where a customer's money stands.
create table accounts.asset_accounts (
  bucket int2 not null check (bucket between 0 and 255),
  asset_account_no text not null check (asset_account_no ~ '^[0-9A-F]{2}[0-9A-Z]{12}$'),
  customer_id text not null,
  purpose text not null check (purpose in ('main', 'wealth')),
  currency text not null check (currency = 'CNY'),
  status text not null check (status in ('active', 'frozen', 'closed')),
  bank_code text not null,
  bank_account_cipher bytea not null,
  bank_account_masked text not null,
  opened_at timestamptz not null,
  version int4 not null default 1,
  primary key (bucket, asset_account_no)
);
create unique index asset_accounts_purpose on accounts.asset_accounts (bucket, customer_id, purpose)
  where status <> 'closed';

-- Layer 4: our number with one registrar, and the registrar's account once it has answered.
create table accounts.trading_accounts (
  bucket int2 not null check (bucket between 0 and 255),
  trading_account_no text not null check (trading_account_no ~ '^[0-9A-F]{2}[0-9A-Z]{15}$'),
  customer_id text not null,
  asset_account_no text not null,
  registrar_code text not null,
  ta_account_id text check (length(ta_account_id) between 1 and 12),
  status text not null check (status in ('opening', 'active', 'rejected', 'closing', 'closed')),
  opened_at timestamptz not null,
  version int4 not null default 1,
  primary key (bucket, trading_account_no),
  check (status not in ('active', 'closing') or ta_account_id is not null)
);
create unique index trading_accounts_live
  on accounts.trading_accounts (bucket, customer_id, registrar_code) where status <> 'closed';

-- Every change of either layer, numbered by the account's version.
create table accounts.account_events (
  bucket int2 not null,
  account_no text not null,
  seq int4 not null,
  layer text not null check (layer in ('asset', 'trading')),
  event text not null,
  from_status text,
  to_status text not null,
  reason text not null,
  actor text not null,
  at timestamptz not null,
  primary key (bucket, account_no, seq)
);
select platform.make_append_only('accounts.account_events');

-- Balances, kept in the account's normal direction; re-derived from postings by the check M4.
-- BETWEEN also refuses what CHECK (x >= 0) would let through in other number types.
create table accounts.cash_accounts (
  bucket int2 not null check (bucket between 0 and 255),
  account_code text not null,
  class text not null check (class in ('client', 'firm')),
  kind text not null check (kind in ('bank', 'inTransit', 'income', 'customerCash')),
  normal text not null check (normal in ('debit', 'credit')),
  asset_account_no text,
  currency text not null check (currency = 'CNY'),
  balance int8 not null default 0
    check (balance between -99999999999999999 and 99999999999999999),
  frozen int8 not null default 0 check (frozen between 0 and 99999999999999999),
  primary key (bucket, account_code),
  check (left(account_code, 2) = case class when 'client' then 'C:' else 'F:' end),
  check (kind <> 'customerCash' or account_code = 'C:CASH:' || asset_account_no),
  check ((kind = 'customerCash') = (asset_account_no is not null)),
  constraint cash_never_overdrawn check (kind <> 'customerCash' or frozen <= balance)
);

-- The house accounts once per bucket, so that no row serialises the whole firm.
insert into accounts.cash_accounts (bucket, account_code, class, kind, normal, currency)
select bucket, code, class, kind, normal, 'CNY'
from generate_series(0, 255) as bucket,
  (values
    ('C:BANK', 'client', 'bank', 'debit'),
    ('C:PURCHASE', 'client', 'inTransit', 'credit'),
    ('C:REDEEM-DUE', 'client', 'inTransit', 'debit'),
    ('C:REDEEM', 'client', 'inTransit', 'credit'),
    ('C:DIVIDEND-DUE', 'client', 'inTransit', 'debit'),
    ('C:DIVIDEND', 'client', 'inTransit', 'credit'),
    ('C:REFUND-DUE', 'client', 'inTransit', 'debit'),
    ('C:REFUND', 'client', 'inTransit', 'credit'),
    ('F:BANK', 'firm', 'bank', 'debit'),
    ('F:FEE-DUE', 'firm', 'inTransit', 'debit'),
    ('F:FEE', 'firm', 'income', 'credit')
  ) as chart(code, class, kind, normal);

-- The journal. Debit positive, credit negative, in fen.
create table accounts.postings (
  bucket int2 not null,
  entry_id text not null,
  line int2 not null check (line >= 1),
  account_code text not null,
  currency text not null check (currency = 'CNY'),
  amount int8 not null
    check (amount <> 0 and amount between -99999999999999999 and 99999999999999999),
  kind text not null,
  ref text not null,
  business_date date not null,
  reverses text,
  posted_at timestamptz not null,
  primary key (bucket, entry_id, line)
);
create index postings_account
  on accounts.postings (bucket, account_code, posted_at, entry_id, line);
-- What was booked after a day is taken back when that day is reconciled.
create index postings_by_day on accounts.postings (business_date);
create unique index postings_reversed_once on accounts.postings (bucket, reverses)
  where reverses is not null and line = 1;
-- Days are written in order, so a block-range index finds "after this day" at almost no cost.
create index postings_day on accounts.postings using brin (business_date);
select platform.make_append_only('accounts.postings');

-- An entry is written whole in one statement (lines 1 to n), sums to zero in one currency and
-- keeps customer money apart from the firm's.
create function accounts.refuse_bad_entries() returns trigger language plpgsql as $$
declare
  bad text;
begin
  select entry_id into bad from new_postings
  group by bucket, entry_id
  having sum(amount) <> 0
    or count(distinct currency) <> 1
    or count(distinct left(account_code, 1)) <> 1
    or min(line) <> 1
    or max(line) <> count(*)
  limit 1;
  if bad is not null then
    raise exception 'entry % is not whole, not balanced or mixes customer and firm money', bad
      using errcode = 'CA002';
  end if;
  return null;
end
$$;
create trigger entries_balance after insert on accounts.postings
  referencing new table as new_postings
  for each statement execute function accounts.refuse_bad_entries();

-- Cash set aside for an order; open_amount is what is still set aside.
create table accounts.cash_holds (
  bucket int2 not null,
  ref text not null,
  asset_account_no text not null,
  amount int8 not null check (amount between 1 and 99999999999999999),
  open_amount int8 not null check (open_amount between 0 and amount),
  held_at timestamptz not null,
  released_at timestamptz,
  primary key (bucket, ref),
  check ((open_amount = 0) = (released_at is not null))
);
create index cash_holds_open on accounts.cash_holds (bucket, asset_account_no)
  where open_amount > 0;

-- Holdings by trading account, fund and share class.
create table accounts.holdings (
  bucket int2 not null check (bucket between 0 and 255),
  trading_account_no text not null,
  fund_code text not null,
  share_class text not null,
  customer_id text not null,
  units int8 not null default 0 check (units between 0 and 99999999999999999),
  frozen int8 not null default 0 check (frozen between 0 and 99999999999999999),
  lot_count int4 not null default 0 check (lot_count >= 0),
  dividend_method text not null check (dividend_method in ('0', '1')),
  primary key (bucket, trading_account_no, fund_code, share_class),
  constraint units_never_oversold check (frozen <= units)
);
create index holdings_customer on accounts.holdings (bucket, customer_id);

create table accounts.unit_holds (
  bucket int2 not null,
  ref text not null,
  trading_account_no text not null,
  fund_code text not null,
  share_class text not null,
  units int8 not null check (units between 1 and 99999999999999999),
  open_units int8 not null check (open_units between 0 and units),
  held_at timestamptz not null,
  released_at timestamptz,
  primary key (bucket, ref),
  check ((open_units = 0) = (released_at is not null))
);
create index unit_holds_open
  on accounts.unit_holds (bucket, trading_account_no, fund_code, share_class)
  where open_units > 0;

-- Units that were confirmed together. lot_id is the movement that brought them in.
create table accounts.lots (
  bucket int2 not null,
  lot_id text not null,
  trading_account_no text not null,
  fund_code text not null,
  share_class text not null,
  source text not null check (source in ('subscription', 'purchase', 'dividend', 'transfer')),
  confirm_date date not null,
  sequence int4 not null check (sequence >= 1),
  units_original int8 not null check (units_original between 1 and 99999999999999999),
  units_left int8 not null check (units_left between 0 and units_original),
  cost_amount int8 not null check (cost_amount between 0 and 99999999999999999),
  primary key (bucket, lot_id)
);
create unique index lots_holding
  on accounts.lots (bucket, trading_account_no, fund_code, share_class, sequence);

-- One row per confirmed change of a holding; its registrar record can never count twice (SH3).
create table accounts.holding_movements (
  bucket int2 not null,
  movement_id text not null,
  trading_account_no text not null,
  fund_code text not null,
  share_class text not null,
  units int8 not null check (units <> 0),
  kind text not null check (kind in
    ('subscription', 'purchase', 'reinvestment', 'transferIn', 'redemption', 'transferOut')),
  amount int8 not null check (amount between 0 and 99999999999999999),
  cost_amount int8 not null check (cost_amount between 0 and 99999999999999999),
  registrar_code text not null,
  ta_serial text not null check (ta_serial <> ''),
  business_code text not null,
  confirm_date date not null,
  ref text not null,
  posted_at timestamptz not null,
  primary key (bucket, movement_id),
  check ((units > 0) = (kind in ('subscription', 'purchase', 'reinvestment', 'transferIn')))
);
create unique index holding_movements_confirmation on accounts.holding_movements
  (bucket, registrar_code, ta_serial, business_code, confirm_date);
create index holding_movements_holding on accounts.holding_movements
  (bucket, trading_account_no, fund_code, share_class);
select platform.make_append_only('accounts.holding_movements');

-- Money between the customer's bank card and the broker. A refused transfer keeps its number too:
-- an id that failed stays failed.
create table accounts.transfers (
  bucket int2 not null,
  transfer_id text not null,
  customer_id text not null,
  asset_account_no text not null,
  direction text not null check (direction in ('in', 'out')),
  amount int8 not null check (amount between 1 and 99999999999999999),
  client_transfer_no text not null,
  idempotency_key text,
  state text not null check (state in ('posted', 'refused')),
  refusal jsonb,
  business_date date not null,
  requested_at timestamptz not null,
  primary key (bucket, transfer_id),
  check ((state = 'refused') = (refusal is not null))
);
create unique index transfers_client_no
  on accounts.transfers (bucket, customer_id, client_transfer_no);
create unique index transfers_idempotency_key
  on accounts.transfers (bucket, idempotency_key, customer_id) where idempotency_key is not null;
create index transfers_day on accounts.transfers (business_date, bucket) where state = 'posted';
select platform.make_append_only('accounts.transfers');

-- Days whose transfers went to the depository bank: later ones belong to a later day.
create table accounts.transfer_cut_offs (
  business_date date primary key,
  cut_at timestamptz not null
);
select platform.make_append_only('accounts.transfer_cut_offs');

-- Money decided and not yet moved.
create table accounts.settlement_items (
  bucket int2 not null,
  item_id text not null,
  kind text not null check (kind in ('purchase', 'redemption', 'dividend', 'refund', 'fee')),
  asset_account_no text,
  amount int8 not null check (amount between 1 and 99999999999999999),
  due_date date not null,
  state text not null check (state in ('open', 'settled')),
  ref text not null,
  recognised_date date not null,
  settled_date date,
  primary key (bucket, item_id),
  check ((kind = 'fee') = (asset_account_no is null)),
  check ((state = 'settled') = (settled_date is not null))
);
create index settlement_items_due on accounts.settlement_items (due_date, bucket)
  where state = 'open';
create index settlement_items_settled on accounts.settlement_items (settled_date)
  where state = 'settled';
