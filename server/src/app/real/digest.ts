/**
 * One number for everything that a run decided: customers, money, units, orders, evidence, files
 * and what was reconciled. The same seed gives the same digest, cut short or not. Left out is what
 * differs between runs by design: ciphers (random), ids drawn from sequences, the audit chain and
 * the record of steps (both show that a step ran again), and the queue of events.
 */
import { createHash } from 'node:crypto';
import type { Sql } from '../../platform/db.ts';

// Each text answers one table's rows as text; ids of files are replaced by what the file is.
const FACTS: readonly (readonly [string, string])[] = [
  [
    'customers',
    `select row(customer_id, kind, certificate_masked, name_masked, branch_code, kyc_status, status,
       version) as r from customers.customers where bucket between 0 and 255`,
  ],
  [
    'profiles',
    `select row(customer_id, version, level, lowest, term, varieties, valid_until, from_at) as r
     from suitability.profile_versions where bucket between 0 and 255`,
  ],
  [
    'evidence',
    `select row(order_id, outcome, parameter_version, profile_version, rule_version, warning_id,
       input_digest) as r from suitability.evidence where bucket between 0 and 255`,
  ],
  [
    'trading accounts',
    `select row(trading_account_no, customer_id, asset_account_no, registrar_code, ta_account_id,
       status, version) as r from accounts.trading_accounts where bucket between 0 and 255`,
  ],
  [
    'cash',
    `select row(bucket, account_code, balance, frozen) as r from accounts.cash_accounts
     where bucket between 0 and 255`,
  ],
  [
    'postings',
    `select row(bucket, entry_id, line, account_code, amount, kind, business_date) as r
     from accounts.postings where bucket between 0 and 255`,
  ],
  [
    'transfers',
    `select row(transfer_id, direction, amount, state, business_date) as r
     from accounts.transfers where bucket between 0 and 255`,
  ],
  [
    'holdings',
    `select row(trading_account_no, fund_code, share_class, units, frozen, dividend_method) as r
     from accounts.holdings where bucket between 0 and 255`,
  ],
  [
    'lots',
    `select row(lot_id, source, confirm_date, sequence, units_original, units_left, cost_amount) as r
     from accounts.lots where bucket between 0 and 255`,
  ],
  [
    'movements',
    `select row(movement_id, units, kind, amount, cost_amount, ta_serial, confirm_date) as r
     from accounts.holding_movements where bucket between 0 and 255`,
  ],
  [
    'settlements',
    `select row(item_id, kind, amount, due_date, state, settled_date) as r
     from accounts.settlement_items where bucket between 0 and 255`,
  ],
  [
    'orders',
    `select row(order_id, business_code, fund_code, amount, units, dividend_method, trade_date,
       accepted_at, state, confirmed_amount, confirmed_units, fee, nav, confirm_date, version) as r
     from trading.orders where bucket between 0 and 255`,
  ],
  [
    'applications',
    `select row(application_id, business_code, trading_account_no, trade_date, state, version) as r
     from trading.account_applications where bucket between 0 and 255`,
  ],
  [
    'events',
    `select row(order_id, seq, from_state, to_state) as r
     from trading.order_events where bucket between 0 and 255`,
  ],
  [
    'confirmations',
    `select row(registrar_code, ta_serial, order_id, business_code, confirm_date, return_code,
       confirmed_amount, confirmed_units, nav, charge, agency_fee, state) as r
     from clearing.confirmations where bucket between 0 and 256`,
  ],
  [
    'distributions',
    `select row(registrar_code, ta_serial, confirm_date, cash_amount, reinvested_units, state) as r
     from clearing.distributions where bucket between 0 and 256`,
  ],
  [
    'files',
    `select row(direction, party, stream, file_type, file_date, name, sha256, records, state) as r
     from clearing.files`,
  ],
  ['breaks', 'select row(business_date, kind, subject, ours, theirs) as r from clearing.breaks'],
  ['exceptions', 'select row(business_date, code, subject, state) as r from clearing.exceptions'],
  ['days', 'select row(business_date, state, report) as r from clearing.business_days'],
  [
    'values',
    'select row(business_date, fund_code, units, nav, value) as r from clearing.fund_values',
  ],
  ['NAVs', 'select row(fund_code, nav_date, version, nav, accumulated) as r from products.navs'],
];

/** The digest of each kind of fact: how many rows, and a sum over their hashes in any order. */
export async function factDigests(
  sql: Sql,
): Promise<{ name: string; rows: bigint; digest: string }[]> {
  const digests: { name: string; rows: bigint; digest: string }[] = [];
  for (const [name, text] of FACTS) {
    const [row] = await sql.query<{ rows: bigint; digest: string }>(
      `select count(*) as rows,
         coalesce(sum(('x' || left(md5(r::text), 15))::bit(60)::int8), 0)::text as digest
       from (${text}) as facts`,
    );
    digests.push({ name, rows: row?.rows ?? 0n, digest: row?.digest ?? '' });
  }
  return digests;
}

/** One digest of everything, 16 characters. */
export async function digestOfRun(sql: Sql): Promise<string> {
  const text = (await factDigests(sql))
    .map(({ name, rows, digest }) => `${name} ${rows} ${digest}`)
    .join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
