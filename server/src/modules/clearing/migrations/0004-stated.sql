-- What a registrar states is booked as it stands when two members of staff say so: the approval.
alter table clearing.confirmations add column stated_by text;
alter table clearing.account_confirmations add column stated_by text;
alter table clearing.distributions add column stated_by text;

-- What differed in a booked record: within the tolerance, or as stated. Decimal texts.
create table clearing.differences (
  bucket int2 not null check (bucket between 0 and 256),
  kind text not null check (kind in ('confirmation', 'account', 'distribution')),
  file_id int8 not null references clearing.files,
  record_no int4 not null,
  code text not null,
  registrar_code text not null,
  business_date date not null,
  ours text,
  theirs text,
  how text not null check (how in ('tolerated', 'stated')),
  primary key (bucket, kind, file_id, record_no, code)
);
select platform.make_append_only('clearing.differences');
create index differences_by_day on clearing.differences (business_date);

-- The codes by which each registrar refuses an application, as it published them. The protocol's own
-- table is not public, so a code that is not here is not understood.
create table clearing.refusal_codes (
  registrar_code text not null,
  return_code text not null check (return_code ~ '^[0-9A-Z]{4}$' and return_code <> '0000'),
  effective_date date not null,
  message text not null check (message <> ''),
  message_zh text not null check (message_zh <> ''),
  approval_id text not null,
  primary key (registrar_code, return_code, effective_date)
);
select platform.make_append_only('clearing.refusal_codes');

-- Whose customer an exception or a break is about; empty for what concerns the firm.
alter table clearing.exceptions add column customer_id text;
alter table clearing.breaks add column customer_id text;
