-- The last instant of each bucket: what is done later on it never stands earlier, whatever the clock
-- of the server that does it says.
alter table platform.buckets add column last_at timestamptz;

update platform.buckets b set last_at = a.at
from platform.audit a where a.bucket = b.bucket and a.seq = b.audit_seq;
