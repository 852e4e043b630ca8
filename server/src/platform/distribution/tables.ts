/**
 * Where each table stands on a distributed PostgreSQL (Citus). Tables of customers are cut by their
 * bucket and lie together; what their rows or triggers refer to is copied to every node; everything
 * else stays on the coordinator, which is where every statement arrives. Each table of the schema
 * stands in exactly one of the lists: a test asks the migrated database.
 */

/** Cut by `bucket`, all in one co-location group, so that a bucket's rows lie on one node. */
export const BY_BUCKET: readonly string[] = [
  'customers.customers',
  'customers.notes',
  'customers.customer_versions',
  'accounts.asset_accounts',
  'accounts.trading_accounts',
  'accounts.account_events',
  'accounts.cash_accounts',
  'accounts.postings',
  'accounts.cash_holds',
  'accounts.holdings',
  'accounts.unit_holds',
  'accounts.lots',
  'accounts.holding_movements',
  'accounts.transfers',
  'accounts.settlement_items',
  'suitability.assessments',
  'suitability.profile_versions',
  'suitability.warnings',
  'suitability.confirmations',
  'suitability.evidence',
  'suitability.class_conversions',
  'suitability.answer_drafts',
  'trading.orders',
  'trading.order_events',
  'trading.account_applications',
  'trading.order_flow',
  'clearing.confirmations',
  'clearing.account_confirmations',
  'clearing.distributions',
  'clearing.differences',
  'platform.audit',
  'platform.outbox',
  'platform.stream_positions',
];

/** Copied to every node, with the reason. */
export const EVERYWHERE: Readonly<Record<string, string>> = {
  'clearing.files': 'records that are cut by bucket refer to their file',
  'trading.order_transitions':
    'the triggers of orders look up the legal steps where the order lies',
};

/** Kept on the coordinator, with the reason. */
export const ON_COORDINATOR: Readonly<Record<string, string>> = {
  'platform.buckets': 'its rows are the locks: many at once can only be locked in one place',
  'platform.migrations': 'what was applied to this database',
  'platform.facts': 'a few facts of the installation',
  'platform.approvals': 'decisions of two people, over all customers',
  'platform.users': 'user names and customers are unique over all buckets',
  'platform.sessions': 'found by a token, which tells no bucket',
  'platform.partner_keys': 'found by a key, which tells no bucket',
  'platform.partner_nonces': 'taken by a key, which tells no bucket',
  'platform.login_failures': 'found by a name, which tells no bucket',
  'platform.bootstrap': 'one row of the installation',
  'platform.recurring_tasks': 'one row per task, which is its lock',
  'platform.calendar_days': 'trading days, read whole and kept in memory',
  'platform.calendar_revision': 'one row, read with the locks',
  'customers.identities': 'one person is one customer, over all buckets',
  'customers.name_pairs': 'a part of a name tells no bucket',
  'customers.opening_drafts': 'a draft belongs to who writes it, before there is a customer',
  'products.revision': 'one row, read with the locks',
  'products.funds': 'products, read whole and kept in memory',
  'products.fund_parameters': 'products, read whole and kept in memory',
  'products.fee_schedules': 'products, read whole and kept in memory',
  'products.fee_rules': 'products, read whole and kept in memory',
  'products.navs': 'quotes by fund and day',
  'products.dividends': 'products, read whole and kept in memory',
  'products.splits': 'products, read whole and kept in memory',
  'products.closed_days': 'products, read whole and kept in memory',
  'accounts.transfer_cut_offs': 'one row per business day',
  'suitability.questionnaires': 'versions of questionnaires, kept in memory',
  'suitability.rules': 'versions of rules, kept in memory',
  'trading.cut_offs': 'one row per trade date',
  'clearing.business_days': 'one row per business day',
  'clearing.day_steps': 'the steps of a business day',
  'clearing.waivers': 'what was waived on a business day',
  'clearing.exceptions': 'one list of the firm, each found by its own id',
  'clearing.exception_events': 'the life of the exceptions',
  'clearing.breaks': 'the breaks of a business day',
  'clearing.fund_values': 'one row per fund and day',
  'clearing.rules': 'versions of rules',
  'clearing.refusal_codes': 'a table of codes',
  'clearing.reconciliations': 'one row per business day',
  'clearing.reconciliation_parts': 'parts of a business day',
  'documents.runs': 'asked for over all customers',
  'documents.run_items': 'the documents of a run, in its order',
  'documents.retentions': 'how long files are kept, versions of the firm',
};
