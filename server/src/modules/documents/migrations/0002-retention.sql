-- How many days the files of a run are kept, by the day from which it holds. The first is what a new
-- house begins with; each next one is agreed to by two people.
create table documents.retentions (
  version int4 primary key check (version > 0),
  effective_date date not null,
  days int4 not null check (days between 1 and 36500),
  recorded_at timestamptz not null,
  recorded_by text not null
);
insert into documents.retentions values (1, '2000-01-01', 180, '2000-01-01T00:00:00Z', 'system:installation');
select platform.make_append_only('documents.retentions');

-- What a document was stays: for whom, when, how large and the digest of its bytes. From expired_at
-- on nobody gets the file; at removed_at its bytes are gone.
alter table documents.run_items add column expired_at timestamptz, add column removed_at timestamptz,
  add check (expired_at is null or state = 'done'),
  add check (removed_at is null or expired_at is not null);
create index run_items_kept on documents.run_items (finished_at)
  where state = 'done' and expired_at is null;
create index run_items_leaving on documents.run_items (expired_at)
  where expired_at is not null and removed_at is null;
create index run_items_by_file on documents.run_items (sha256) where expired_at is null;
