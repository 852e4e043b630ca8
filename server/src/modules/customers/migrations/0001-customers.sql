create schema if not exists customers;

-- One person, one customer: the keyed digest of kind, certificate type and number is claimed here in
-- a committed first step, in whatever order requests arrive. Keyed by the digest, not by bucket.
create table customers.identities (
  identity_digest bytea primary key check (octet_length(identity_digest) = 32),
  bucket int2 not null check (bucket between 0 and 255),
  customer_id text collate "C" not null unique,
  claimed_at timestamptz not null
);

create table customers.customers (
  bucket int2 not null check (bucket between 0 and 255),
  customer_id text collate "C" not null check (customer_id ~ '^C[0-9A-Z]{15}$'),
  kind char(1) not null check (kind in ('0', '1', '2')),
  identity_digest bytea not null,
  certificate_type char(1) not null,
  certificate_cipher bytea not null,
  certificate_masked text not null,
  certificate_valid_until date,
  name_cipher bytea not null,
  name_masked text not null,
  name_digest bytea not null,
  phone_cipher bytea not null,
  phone_masked text not null,
  phone_digest bytea not null,
  email_cipher bytea,
  email_masked text,
  address_cipher bytea,
  address_masked text,
  post_code text,
  birth_date_cipher bytea,
  birth_date_masked text,
  sex char(1) check (sex in ('1', '2')),
  civil_capacity text check (civil_capacity in ('full', 'limited', 'none')),
  representative_cipher bytea,
  representative_masked text,
  branch_code text not null,
  adviser_id text,
  investor_class text not null default 'ordinary'
    check (investor_class in ('ordinary', 'professional')),
  kyc_status text not null default 'pending'
    check (kyc_status in ('pending', 'verified', 'expired', 'rejected')),
  status text not null default 'active' check (status in ('active', 'frozen', 'closed')),
  opened_at timestamptz not null,
  opened_by text not null,
  version int4 not null default 1 check (version > 0),
  primary key (bucket, customer_id),
  check ((kind = '1') = (birth_date_cipher is not null)),
  check ((kind = '1') = (civil_capacity is not null)),
  check ((kind = '1') = (representative_cipher is null))
);
create index customers_by_id on customers.customers (customer_id);
create index customers_by_branch on customers.customers (branch_code, customer_id);
create index customers_by_phone on customers.customers (phone_digest);
create index customers_by_name on customers.customers (name_digest);
create index customers_by_masked_name on customers.customers (name_masked, customer_id);
create index customers_by_validity on customers.customers (certificate_valid_until)
  where certificate_valid_until is not null;

-- What changed, when and by whom; masked forms only, the clear text before a change is not kept here.
create table customers.customer_versions (
  bucket int2 not null,
  customer_id text collate "C" not null,
  version int4 not null,
  changed_at timestamptz not null,
  changed_by text not null,
  action text not null,
  reason text,
  changes jsonb not null,
  primary key (bucket, customer_id, version)
);
select platform.make_append_only('customers.customer_versions');
