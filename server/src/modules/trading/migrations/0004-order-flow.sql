-- Orders as they come in, by day, fund and kind: kept by a consumer of events, in the bucket of the
-- customer like everything of his, and summed when read.
create table trading.order_flow (
  bucket int2 not null check (bucket between 0 and 255),
  trade_date date not null,
  fund_code text not null,
  business_code text not null,
  accepted int8 not null,
  cancelled int8 not null,
  amount int8 not null,
  units int8 not null,
  primary key (bucket, trade_date, fund_code, business_code)
);
create index order_flow_of_day on trading.order_flow (trade_date);
