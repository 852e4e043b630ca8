-- Tasks that come back every so often: who runs one now, and when it is due again. One process at a
-- time holds a task; a holder that dies loses it when its lease ends.
create table platform.recurring_tasks (
  name text primary key,
  holder text not null,
  lease_until timestamptz not null,
  due_at timestamptz not null
);
