-- A freeze that falls short fails in the database itself, so that the commit need not wait for its
-- answer. What it says becomes the refusal: the first account or holding that has too little.
create function accounts.expect_cash(moved int8, buckets int2[], numbers text[], amounts int8[])
returns void language plpgsql as $$
declare
  short jsonb;
begin
  if moved = cardinality(buckets) then return; end if;
  select jsonb_build_object('assetAccountNo', t.number, 'amount', t.amount::text,
           'available', (c.balance - c.frozen)::text)
    into short
  from unnest(buckets, numbers, amounts) as t(bucket, number, amount)
  left join accounts.cash_accounts c
    on c.bucket = t.bucket and c.account_code = 'C:CASH:' || t.number
  where c.bucket is null or c.balance - c.frozen < t.amount
  limit 1;
  raise exception 'cash is short' using errcode = 'CA003', detail = coalesce(short, '{}')::text;
end
$$;

create function accounts.expect_units(moved int8, buckets int2[], numbers text[], funds text[],
  classes text[], wanted int8[])
returns void language plpgsql as $$
declare
  short jsonb;
begin
  if moved = cardinality(buckets) then return; end if;
  select jsonb_build_object('tradingAccountNo', t.number, 'fundCode', t.fund,
           'units', t.units::text, 'available', coalesce(h.units - h.frozen, 0)::text)
    into short
  from unnest(buckets, numbers, funds, classes, wanted) as t(bucket, number, fund, class, units)
  left join accounts.holdings h on h.bucket = t.bucket and h.trading_account_no = t.number
    and h.fund_code = t.fund and h.share_class = t.class
  where h.bucket is null or h.units - h.frozen < t.units
  limit 1;
  raise exception 'units are short' using errcode = 'CA003', detail = coalesce(short, '{}')::text;
end
$$;

-- An order asks for the holding of its customer in its fund.
drop index accounts.holdings_customer;
create index holdings_customer on accounts.holdings (bucket, customer_id, fund_code);
