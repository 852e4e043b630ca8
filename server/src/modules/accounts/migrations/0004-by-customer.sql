-- The accounts of a customer are looked for with every order and every view. Without these all
-- accounts of his bucket were read each time: 400 of 100,000 customers.
create index asset_accounts_of_customer on accounts.asset_accounts (bucket, customer_id);
create index trading_accounts_of_customer on accounts.trading_accounts (bucket, customer_id);
