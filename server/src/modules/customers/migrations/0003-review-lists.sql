-- Whom somebody has to look at, of a branch or of the firm, in order of ids.
create index customers_to_review on customers.customers (kyc_status, customer_id)
  where kyc_status in ('pending', 'expired') and status <> 'closed';
