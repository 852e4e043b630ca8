-- Days of the exchange calendar that were imported: those after the years that the program knows, and
-- corrections. The newest version of a day counts. A change draws a new token, by which every process
-- sees that its calendar is old.
create table platform.calendar_days (
  date date not null,
  version int4 not null check (version >= 1),
  is_open boolean not null,
  approval_id text not null,
  recorded_at timestamptz not null,
  primary key (date, version)
);
select platform.make_append_only('platform.calendar_days');

create table platform.calendar_revision (
  id int2 primary key check (id = 1),
  token uuid not null
);
insert into platform.calendar_revision (id, token) values (1, gen_random_uuid());
