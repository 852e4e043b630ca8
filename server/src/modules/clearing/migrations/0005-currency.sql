-- The currency that a record names (GB/T 12406, three digits); empty where the file says none. What
-- is in the books is yuan, so a record in another currency is kept as it is and never booked.
alter table clearing.confirmations add column currency text not null default '';
alter table clearing.distributions add column currency text not null default '';
