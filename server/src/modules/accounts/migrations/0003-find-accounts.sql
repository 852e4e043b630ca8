-- A customer is found by his fund account at a registrar, which tells no bucket.
create index trading_accounts_by_fund_account on accounts.trading_accounts (ta_account_id)
  where ta_account_id is not null;
