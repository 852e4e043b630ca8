-- What each consumer of events has done, per bucket: everything up to the event, and nothing after it.
create table platform.stream_positions (
  bucket int2 not null check (bucket between 0 and 256),
  consumer text not null,
  event_id int8 not null,
  primary key (bucket, consumer)
);

-- A consumer reads what is new of a bucket, in order.
create index outbox_of_bucket on platform.outbox (bucket, event_id);
