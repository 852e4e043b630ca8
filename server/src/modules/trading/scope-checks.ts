/** A4: what hangs on a customer hangs on that customer alone. */
import { type Check, findViolations } from '../../platform/check.ts';

// Each row names the customer it belongs to, and an account that must be the same customer's.
const STRANGE = `
  select 'order:' || o.order_id as subject, o.bucket, o.customer_id, a.customer_id as owner,
    o.asset_account_no as account
  from trading.orders o
  left join accounts.asset_accounts a
    on a.bucket = o.bucket and a.asset_account_no = o.asset_account_no
  where o.asset_account_no <> '' and a.customer_id is distinct from o.customer_id
  union all
  select 'order:' || o.order_id, o.bucket, o.customer_id, t.customer_id, o.trading_account_no
  from trading.orders o
  left join accounts.trading_accounts t
    on t.bucket = o.bucket and t.trading_account_no = o.trading_account_no
  where o.trading_account_no <> '' and t.customer_id is distinct from o.customer_id
  union all
  select 'application:' || p.application_id, p.bucket, p.customer_id, t.customer_id,
    p.trading_account_no
  from trading.account_applications p
  left join accounts.trading_accounts t
    on t.bucket = p.bucket and t.trading_account_no = p.trading_account_no
  where t.customer_id is distinct from p.customer_id
  union all
  select 'tradingAccount:' || t.trading_account_no, t.bucket, t.customer_id, a.customer_id,
    t.asset_account_no
  from accounts.trading_accounts t
  left join accounts.asset_accounts a
    on a.bucket = t.bucket and a.asset_account_no = t.asset_account_no
  where a.customer_id is distinct from t.customer_id
  union all
  select 'holding:' || h.trading_account_no || '/' || h.fund_code, h.bucket, h.customer_id,
    t.customer_id, h.trading_account_no
  from accounts.holdings h
  left join accounts.trading_accounts t
    on t.bucket = h.bucket and t.trading_account_no = h.trading_account_no
  where t.customer_id is distinct from h.customer_id
  union all
  select 'transfer:' || f.transfer_id, f.bucket, f.customer_id, a.customer_id, f.asset_account_no
  from accounts.transfers f
  left join accounts.asset_accounts a
    on a.bucket = f.bucket and a.asset_account_no = f.asset_account_no
  where a.customer_id is distinct from f.customer_id`;

/** A4: no order, account, holding or transfer of one customer hangs on an account of another. */
export const scopeCheck: Check = {
  id: 'A4',
  title: 'No order, account, holding or transfer hangs on an account of another customer',
  titleZh: '委托、账户、持有份额与转账均不挂在他人账户上',
  run: (sql) => findViolations(sql, STRANGE),
};
