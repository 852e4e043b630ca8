/** Layer three: asset accounts, each with its bank card and its cash. */
import { AppError, type Instant } from '@cairn/kernel';
import { bucketedId } from '@cairn/kernel/ids';
import { type Actor, actorName } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import type { CipherTable } from '../../platform/rekey.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Work } from '../../platform/work.ts';
import { type AccountEvent, recordEvents } from './account-events.ts';
import {
  type AssetAccountEvent,
  type AssetAccountStatus,
  findNextAssetStatus,
} from './domain/account-states.ts';
import { cashAccountCode } from './domain/chart.ts';
import type { BatchOutcome, Refused } from './outcome.ts';

/** 'main': the settlement account; 'wealth': a sub-account that keeps fund money apart (理财子账户). */
export type AssetAccountPurpose = 'main' | 'wealth';

/** An asset account to open, with the bank card it is bound to (6 to 32 digits, in clear). */
export interface OpenAssetAccount {
  readonly bucket: number;
  readonly customerId: string;
  readonly purpose: AssetAccountPurpose;
  readonly bankCode: string;
  readonly bankAccountNo: string;
}

/** One asset account; the bank card only masked. */
export interface AssetAccount {
  readonly bucket: number;
  readonly assetAccountNo: string;
  readonly customerId: string;
  readonly purpose: AssetAccountPurpose;
  readonly currency: 'CNY';
  readonly status: AssetAccountStatus;
  readonly bankCode: string;
  readonly bankAccountMasked: string;
  readonly openedAt: Instant;
  readonly version: number;
}

/** A bank card as people may see it: the last four digits. */
export function maskBankAccount(bankAccountNo: string): string {
  return `****${bankAccountNo.slice(-4)}`;
}

/**
 * Opens asset accounts for customers that the caller has checked. A customer has at most one live
 * account for each purpose: refusal ASSET_ACCOUNT_EXISTS names it. Numbers are computed, so a
 * repeated batch meets its own rows. Writes accounts, ledger accounts, events and audit records.
 */
export async function openAssetAccounts(
  work: Work,
  secrets: Secrets,
  actor: Actor,
  items: readonly OpenAssetAccount[],
): Promise<BatchOutcome<AssetAccount, OpenAssetAccount>> {
  const existing = await loadAssetAccountsOf(work.tx, items);
  const done: AssetAccount[] = [];
  const refused: Refused<OpenAssetAccount>[] = [];
  for (const item of items) {
    const same = existing.filter(
      (account) => account.customerId === item.customerId && account.purpose === item.purpose,
    );
    const live = same.find((account) => account.status !== 'closed');
    if (live !== undefined) {
      const details = { assetAccountNo: live.assetAccountNo, purpose: item.purpose };
      refused.push({ item, code: 'ASSET_ACCOUNT_EXISTS', details });
      continue;
    }
    const account = newAccount(item, same.length, work.now);
    existing.push(account);
    done.push(account);
  }
  const opened = new Map(done.map((account) => [keyOf(account), account]));
  const sources = items.filter((item) => opened.has(keyOf(item)));
  await insertAccounts(work, secrets, done, sources);
  await recordEvents(work, actor, done.map(openingOf));
  for (const account of done) {
    const { bucket, assetAccountNo, customerId, purpose } = account;
    const subject = `asset-account:${assetAccountNo}`;
    const detail = { customerId, purpose };
    work.audit({ bucket, actor, action: 'accounts.open', subject, result: 'done', detail });
    work.emit({
      bucket,
      topic: 'accounts.asset-account-opened',
      key: customerId,
      payload: { assetAccountNo, customerId, purpose },
    });
  }
  return { done, refused };
}

function keyOf(item: { customerId: string; purpose: string }): string {
  return `${item.customerId}/${item.purpose}`;
}

function newAccount(item: OpenAssetAccount, ordinal: number, openedAt: Instant): AssetAccount {
  const { bucket, customerId, purpose, bankCode, bankAccountNo } = item;
  return {
    bucket,
    assetAccountNo: bucketedId(bucket, 'asset', [customerId, purpose, String(ordinal)], 14),
    customerId,
    purpose,
    currency: 'CNY',
    status: 'active',
    bankCode,
    bankAccountMasked: maskBankAccount(bankAccountNo),
    openedAt,
    version: 1,
  };
}

function openingOf(account: AssetAccount): AccountEvent {
  return {
    bucket: account.bucket,
    accountNo: account.assetAccountNo,
    seq: 1,
    layer: 'asset',
    event: 'open',
    fromStatus: undefined,
    toStatus: account.status,
    reason: '',
  };
}

async function insertAccounts(
  work: Work,
  secrets: Secrets,
  accounts: readonly AssetAccount[],
  items: readonly OpenAssetAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  const cards = new Map(items.map((item) => [keyOf(item), item.bankAccountNo]));
  const buckets = accounts.map((account) => account.bucket);
  const numbers = accounts.map((account) => account.assetAccountNo);
  await work.tx.query(
    `insert into accounts.asset_accounts (bucket, asset_account_no, customer_id, purpose, currency,
       status, bank_code, bank_account_cipher, bank_account_masked, opened_at)
     select bucket, asset_account_no, customer_id, purpose, 'CNY', 'active', bank_code, cipher,
       masked, $8::timestamptz
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[],
       $7::text[]) as t(bucket, asset_account_no, customer_id, purpose, bank_code, cipher, masked)`,
    [
      buckets,
      numbers,
      accounts.map((account) => account.customerId),
      accounts.map((account) => account.purpose),
      accounts.map((account) => account.bankCode),
      accounts.map((account) =>
        secrets.encrypt(cards.get(keyOf(account)) ?? '', bankContext(account.assetAccountNo)),
      ),
      accounts.map((account) => account.bankAccountMasked),
      work.now,
    ],
  );
  await work.tx.query(
    `insert into accounts.cash_accounts
       (bucket, account_code, class, kind, normal, asset_account_no, currency)
     select bucket, account_code, 'client', 'customerCash', 'credit', asset_account_no, 'CNY'
     from unnest($1::int2[], $2::text[], $3::text[]) as t(bucket, account_code, asset_account_no)`,
    [buckets, numbers.map(cashAccountCode), numbers],
  );
}

function bankContext(assetAccountNo: string): string {
  return `accounts.asset_accounts:${assetAccountNo}:bank_account`;
}

/** The ciphertexts of asset accounts. */
export const accountCiphers: CipherTable = {
  table: 'accounts.asset_accounts',
  key: [
    ['bucket', 'int2'],
    ['asset_account_no', 'text'],
  ],
  columns: { bank_account_cipher: ({ asset_account_no: no = '' }) => bankContext(no) },
};

interface AssetAccountRow {
  bucket: number;
  asset_account_no: string;
  customer_id: string;
  purpose: AssetAccountPurpose;
  status: AssetAccountStatus;
  bank_code: string;
  bank_account_masked: string;
  opened_at: Instant;
  version: number;
}

const COLUMNS = `a.bucket, a.asset_account_no, a.customer_id, a.purpose, a.status, a.bank_code,
  a.bank_account_masked, a.opened_at, a.version`;

function accountOf(row: AssetAccountRow): AssetAccount {
  return {
    bucket: row.bucket,
    assetAccountNo: row.asset_account_no,
    customerId: row.customer_id,
    purpose: row.purpose,
    currency: 'CNY',
    status: row.status,
    bankCode: row.bank_code,
    bankAccountMasked: row.bank_account_masked,
    openedAt: row.opened_at,
    version: row.version,
  };
}

/** Every asset account of the customers, closed ones included, oldest first. */
export async function loadAssetAccountsOf(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly customerId: string }[],
): Promise<AssetAccount[]> {
  const rows = await sql.query<AssetAccountRow>(
    `select ${COLUMNS} from accounts.asset_accounts a
     where a.bucket = any($1::int2[]) and a.customer_id = any($2::text[])
     order by a.opened_at, a.asset_account_no`,
    [[...new Set(keys.map((key) => key.bucket))], keys.map((key) => key.customerId)],
  );
  return rows.map(accountOf);
}

/** Whose the asset accounts are, by number; a number that is nobody's is left out. */
export async function findAssetAccountOwners(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly assetAccountNo: string }[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ asset_account_no: string; customer_id: string }>(
    `select a.asset_account_no, a.customer_id
     from unnest($1::int2[], $2::text[]) as k(bucket, asset_account_no)
     join accounts.asset_accounts a
       on a.bucket = k.bucket and a.asset_account_no = k.asset_account_no`,
    [keys.map((key) => key.bucket), keys.map((key) => key.assetAccountNo)],
  );
  return new Map(rows.map((row) => [row.asset_account_no, row.customer_id]));
}

/** One asset account. AppError ASSET_ACCOUNT_NOT_FOUND. */
export async function getAssetAccount(
  sql: Sql,
  key: { readonly bucket: number; readonly assetAccountNo: string },
): Promise<AssetAccount> {
  const rows = await sql.query<AssetAccountRow>(
    `select ${COLUMNS} from accounts.asset_accounts a
     where a.bucket = $1 and a.asset_account_no = $2`,
    [key.bucket, key.assetAccountNo],
  );
  const row = rows[0];
  const { assetAccountNo } = key;
  if (row === undefined) throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { assetAccountNo });
  return accountOf(row);
}

/** What shall happen to an asset account, and why. */
export interface AssetAccountChange {
  readonly bucket: number;
  readonly assetAccountNo: string;
  readonly event: AssetAccountEvent;
  readonly reason: string;
}

/**
 * Freezes, unfreezes or closes one asset account and returns it as it is then. A frozen account
 * takes money in and lets none out; orders are refused. AppError: ASSET_ACCOUNT_NOT_FOUND,
 * ACCOUNT_TRANSITION_REFUSED, ASSET_ACCOUNT_NOT_EMPTY (closing while money, holds, units, open
 * settlements or live trading accounts remain). Writes the event and the audit record.
 */
export async function changeAssetAccount(
  work: Work,
  actor: Actor,
  change: AssetAccountChange,
): Promise<AssetAccount> {
  const account = await getAssetAccount(work.tx, change);
  const { bucket, assetAccountNo, status } = account;
  const next = findNextAssetStatus(status, change.event);
  if (next === undefined) {
    const details = { accountNo: assetAccountNo, status, event: change.event };
    throw new AppError('ACCOUNT_TRANSITION_REFUSED', details);
  }
  if (change.event === 'close') await assertEmpty(work.tx, account);
  const version = account.version + 1;
  await work.tx.query(
    `update accounts.asset_accounts set status = $3, version = $4
     where bucket = $1 and asset_account_no = $2`,
    [bucket, assetAccountNo, next, version],
  );
  await recordEvents(work, actor, [
    {
      bucket,
      accountNo: assetAccountNo,
      seq: version,
      layer: 'asset',
      event: change.event,
      fromStatus: status,
      toStatus: next,
      reason: change.reason,
    },
  ]);
  const subject = `asset-account:${assetAccountNo}`;
  const detail = { from: status, to: next, reason: change.reason, by: actorName(actor) };
  work.audit({
    bucket,
    actor,
    action: `accounts.${change.event}`,
    subject,
    result: 'done',
    detail,
  });
  work.emit({
    bucket,
    topic: 'accounts.asset-account-changed',
    key: account.customerId,
    payload: { assetAccountNo, from: status, to: next },
  });
  return { ...account, status: next, version };
}

async function assertEmpty(sql: Sql, account: AssetAccount): Promise<void> {
  const { bucket, assetAccountNo } = account;
  const rows = await sql.query<{ remains: boolean }>(
    `select exists (select 1 from accounts.cash_accounts
         where bucket = $1 and account_code = 'C:CASH:' || $2::text
           and (balance <> 0 or frozen <> 0))
       or exists (select 1 from accounts.settlement_items
         where bucket = $1 and asset_account_no = $2 and state = 'open')
       or exists (select 1 from accounts.trading_accounts
         where bucket = $1 and asset_account_no = $2 and status not in ('closed', 'rejected'))
       as remains`,
    [bucket, assetAccountNo],
  );
  if (rows[0]?.remains === true) throw new AppError('ASSET_ACCOUNT_NOT_EMPTY', { assetAccountNo });
}
