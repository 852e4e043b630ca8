-- The bucket leads the key, as in every table that is cut by bucket. The number alone stays unique:
-- nobody but its identity gives it.
drop index platform.outbox_of_bucket;
alter table platform.outbox drop constraint outbox_pkey;
alter table platform.outbox add primary key (bucket, event_id);
