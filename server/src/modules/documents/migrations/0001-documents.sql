create schema if not exists documents;

-- Documents for many customers, asked for at once. A run is the firm's own: what it made for whom
-- stands in its items, each of which a job makes, in any process.
create table documents.runs (
  run_id text primary key,
  kind text not null check (kind in ('statement', 'holdings')),
  format text not null check (format in ('pdf', 'xlsx')),
  language text not null check (language in ('zh', 'en')),
  from_date date,
  to_date date,
  purpose text not null,
  -- Whoever asked, and what he might see then: an item is made within it.
  requested_by text not null,
  roles text[] not null,
  branch_code text,
  requested_at timestamptz not null,
  items int not null check (items > 0),
  check ((from_date is null) = (to_date is null))
);
create index runs_of_one on documents.runs (requested_by, requested_at desc);

create table documents.run_items (
  run_id text not null references documents.runs,
  place int not null,
  customer_id text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  sha256 text,
  bytes int,
  failure text,
  finished_at timestamptz,
  primary key (run_id, place),
  check ((state = 'done') = (sha256 is not null)),
  check ((state = 'failed') = (failure is not null))
);
