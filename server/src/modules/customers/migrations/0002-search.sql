-- Finding customers by a part of their name. Names are encrypted; this keeps, for each two letters
-- that stand side by side in the comparison copy of a name, eight bytes of their keyed digest. What
-- a copy of the database gives away by it stands in docs/decisions.
create table customers.name_pairs (
  pair_digest bytea not null check (octet_length(pair_digest) = 8),
  customer_id text collate "C" not null,
  bucket int2 not null,
  primary key (pair_digest, customer_id)
);
create index name_pairs_by_customer on customers.name_pairs (customer_id);

-- Which rule made the pairs of a customer; 0: none yet. Rows of earlier programs are made up by a
-- task, because the key is not here.
alter table customers.customers add column name_pairs_version int2 not null default 0;
create index customers_without_pairs on customers.customers (customer_id)
  where name_pairs_version < 1;

-- The masked forms already show surname and last four places; an index lets them be searched.
create index customers_by_surname on customers.customers (left(name_masked, 1), customer_id);
create index customers_by_phone_tail on customers.customers (right(phone_masked, 4), customer_id);
create index customers_by_certificate_tail
  on customers.customers (right(certificate_masked, 4), customer_id);
