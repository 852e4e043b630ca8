-- A run of the day stops after its step when somebody asks for it; the next run begins without.
alter table clearing.business_days
  add column pause_asked_by text,
  add column pause_asked_at timestamptz;

-- The exceptions of one day or one owner, whatever their state, by pages.
create index exceptions_by_raised on clearing.exceptions (raised_at desc, exception_id);
