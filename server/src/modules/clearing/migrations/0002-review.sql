-- A runner says now and then that it is alive, so that one on another machine that fell silent
-- can be told from one that works long.
alter table clearing.business_days add column run_seen_at timestamptz;

-- File ids have no gaps: they are given in the transaction that registers the files, under the
-- firm's lock, so that a run that was killed and repeated names its files alike (F4).
alter table clearing.files alter column file_id drop identity;

-- A registrar's serial number is looked up before anything is booked on it.
create index confirmations_by_serial on clearing.confirmations (bucket, ta_serial);
create index distributions_by_serial on clearing.distributions (bucket, ta_serial);

-- Refused bytes are registered once a business day, however often the step runs.
create unique index files_refused_once on clearing.files (direction, party, name, sha256, business_date)
  where state = 'refused';
