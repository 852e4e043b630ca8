-- The warnings of a customer are shown by pages, the latest first.
create index warnings_of_one on suitability.warnings
  (bucket, customer_id, shown_at desc, warning_id);
