-- A serial number counts once at its registrar, whoever's account it names, so it is looked up by
-- itself: a list of buckets times a list of serials would be a search for each pair.
drop index clearing.confirmations_by_serial;
drop index clearing.distributions_by_serial;
create index confirmations_by_serial on clearing.confirmations (ta_serial);
create index distributions_by_serial on clearing.distributions (ta_serial);

-- What is among the exceptions is summed every day; it is little, and the tables grow.
create index confirmations_exceptions on clearing.confirmations (bucket) where state = 'exception';
create index distributions_exceptions on clearing.distributions (bucket) where state = 'exception';
