-- The spine every module stands on: bucket locks with their audit heads, the audit chain, the
-- outbox and four-eyes approvals.

-- Append-only tables call this; facts are corrected by further facts, never edited.
create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table %.% is append-only', tg_table_schema, tg_table_name
    using errcode = 'CA001';
end
$$;

create function platform.make_append_only(target regclass) returns void language plpgsql as $$
begin
  execute format(
    'create trigger append_only before update or delete or truncate on %s
     for each statement execute function platform.refuse_change()', target);
end
$$;

-- One row per bucket. Locking the row serialises the bucket's writers across processes, and the
-- row carries the head of the bucket's audit chain, so one statement does both.
create table platform.buckets (
  bucket int2 primary key check (bucket between 0 and 256),
  audit_seq int8 not null default 0,
  audit_hash bytea not null default decode(repeat('00', 32), 'hex')
);
insert into platform.buckets (bucket) select generate_series(0, 256);

create table platform.audit (
  bucket int2 not null,
  seq int8 not null,
  at timestamptz not null,
  actor text not null,
  request_id text not null,
  source text not null,
  action text not null,
  subject text not null,
  result text not null check (result in ('done', 'refused')),
  -- Text, not jsonb: the hash is over these very bytes.
  detail text not null,
  hash bytea not null,
  primary key (bucket, seq)
);
create index audit_subject on platform.audit (subject);
create index audit_at on platform.audit (at);
select platform.make_append_only('platform.audit');

create table platform.outbox (
  event_id int8 generated always as identity primary key,
  bucket int2 not null,
  topic text not null,
  key text not null,
  payload jsonb not null,
  at timestamptz not null,
  delivered_at timestamptz
);
create index outbox_waiting on platform.outbox (event_id) where delivered_at is null;

create table platform.approvals (
  approval_id text primary key,
  kind text not null,
  subject text not null,
  payload text not null,
  payload_digest bytea not null,
  maker text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'expired')),
  checker text,
  decided_at timestamptz,
  reason text,
  check (checker is null or checker <> maker)
);
create index approvals_waiting on platform.approvals (requested_at) where state = 'waiting';

-- Small named facts of this installation: the demonstration clock, install id, seeds done.
create table platform.facts (
  name text primary key,
  value text not null,
  updated_at timestamptz not null
);
