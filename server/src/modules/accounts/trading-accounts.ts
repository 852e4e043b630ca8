/** Layer four: trading accounts, our number of a customer with one registrar. */
import type { Instant } from '@cairn/kernel';
import { bucketedId } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import { type AccountEvent, recordEvents } from './account-events.ts';
import { loadCash } from './cash.ts';
import {
  findNextTradingStatus,
  type TradingAccountEvent,
  type TradingAccountStatus,
} from './domain/account-states.ts';
import type { BatchOutcome, Refused } from './outcome.ts';

/** A trading account to open with one registrar, paid from one asset account. */
export interface OpenTradingAccount {
  readonly bucket: number;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly registrarCode: string;
}

/** One trading account; `taAccountId` is the registrar's account, known once it has confirmed. */
export interface TradingAccount {
  readonly bucket: number;
  readonly tradingAccountNo: string;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly registrarCode: string;
  readonly taAccountId: string | undefined;
  readonly status: TradingAccountStatus;
  readonly openedAt: Instant;
  readonly version: number;
}

interface TradingAccountRow {
  bucket: number;
  trading_account_no: string;
  customer_id: string;
  asset_account_no: string;
  registrar_code: string;
  ta_account_id: string | null;
  status: TradingAccountStatus;
  opened_at: Instant;
  version: number;
}

const COLUMNS = `t.bucket, t.trading_account_no, t.customer_id, t.asset_account_no,
  t.registrar_code, t.ta_account_id, t.status, t.opened_at, t.version`;

function accountOf(row: TradingAccountRow): TradingAccount {
  return {
    bucket: row.bucket,
    tradingAccountNo: row.trading_account_no,
    customerId: row.customer_id,
    assetAccountNo: row.asset_account_no,
    registrarCode: row.registrar_code,
    taAccountId: row.ta_account_id ?? undefined,
    status: row.status,
    openedAt: row.opened_at,
    version: row.version,
  };
}

/** Every trading account of the customers, closed ones included, oldest first. One query. */
export async function loadTradingAccountsOf(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly customerId: string }[],
): Promise<TradingAccount[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<TradingAccountRow>(
    `select ${COLUMNS} from accounts.trading_accounts t
     join (select distinct * from unnest($1::int2[], $2::text[]) as u(bucket, customer_id)) as k
       on t.bucket = k.bucket and t.customer_id = k.customer_id
     order by t.opened_at, t.trading_account_no`,
    [keys.map((key) => key.bucket), keys.map((key) => key.customerId)],
  );
  return rows.map(accountOf);
}

/** Trading accounts by number; unknown numbers are absent. One query. */
export async function loadTradingAccounts(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly tradingAccountNo: string }[],
): Promise<Map<string, TradingAccount>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<TradingAccountRow>(
    `select ${COLUMNS} from accounts.trading_accounts t
     join unnest($1::int2[], $2::text[]) as k(bucket, trading_account_no)
       on t.bucket = k.bucket and t.trading_account_no = k.trading_account_no`,
    [keys.map((key) => key.bucket), keys.map((key) => key.tradingAccountNo)],
  );
  return new Map(rows.map((row) => [row.trading_account_no, accountOf(row)]));
}

/**
 * Opens trading accounts in state 'opening'; the registrar's answer comes by
 * `confirmTradingAccounts`. One that the registrar rejected before is applied for again under its
 * old number. Refusals: TRADING_ACCOUNT_EXISTS (a live one stands with this registrar),
 * ASSET_ACCOUNT_NOT_FOUND, ASSET_ACCOUNT_NOT_ACTIVE. Writes accounts, events and audit records.
 */
export async function openTradingAccounts(
  work: Work,
  actor: Actor,
  items: readonly OpenTradingAccount[],
): Promise<BatchOutcome<TradingAccount, OpenTradingAccount>> {
  const existing = await loadTradingAccountsOf(work.tx, items);
  const buckets = [...new Set(items.map((item) => item.bucket))];
  const assets = await loadCash(
    work.tx,
    buckets,
    items.map((item) => item.assetAccountNo),
  );
  const done: TradingAccount[] = [];
  const refused: Refused<OpenTradingAccount>[] = [];
  for (const item of items) {
    const { assetAccountNo, registrarCode } = item;
    const asset = assets.get(assetAccountNo);
    const same = existing.filter(
      (account) =>
        account.customerId === item.customerId && account.registrarCode === registrarCode,
    );
    const live = same.find((account) => account.status !== 'closed');
    if (asset === undefined || asset.customerId !== item.customerId) {
      refused.push({ item, code: 'ASSET_ACCOUNT_NOT_FOUND', details: { assetAccountNo } });
    } else if (asset.status !== 'active') {
      const details = { assetAccountNo, status: asset.status };
      refused.push({ item, code: 'ASSET_ACCOUNT_NOT_ACTIVE', details });
    } else if (live !== undefined && live.status !== 'rejected') {
      const details = { tradingAccountNo: live.tradingAccountNo, registrarCode };
      refused.push({ item, code: 'TRADING_ACCOUNT_EXISTS', details });
    } else {
      const account =
        live === undefined
          ? newAccount(item, same.length, work.now)
          : { ...live, assetAccountNo, status: 'opening' as const, version: live.version + 1 };
      existing.splice(0, existing.length, ...existing.filter((one) => one !== live), account);
      done.push(account);
    }
  }
  await writeOpenings(work, actor, done);
  return { done, refused };
}

function newAccount(item: OpenTradingAccount, ordinal: number, openedAt: Instant): TradingAccount {
  const { bucket, customerId, assetAccountNo, registrarCode } = item;
  const parts = [customerId, registrarCode, String(ordinal)];
  return {
    bucket,
    tradingAccountNo: bucketedId(bucket, 'trading', parts, 17),
    customerId,
    assetAccountNo,
    registrarCode,
    taAccountId: undefined,
    status: 'opening',
    openedAt,
    version: 1,
  };
}

async function writeOpenings(
  work: Work,
  actor: Actor,
  accounts: readonly TradingAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  await work.tx.query(
    `insert into accounts.trading_accounts (bucket, trading_account_no, customer_id,
       asset_account_no, registrar_code, status, opened_at, version)
     select bucket, trading_account_no, customer_id, asset_account_no, registrar_code, 'opening',
       $7::timestamptz, version
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int4[])
       as t(bucket, trading_account_no, customer_id, asset_account_no, registrar_code, version)
     on conflict (bucket, trading_account_no) do update
       set status = 'opening', version = excluded.version,
         asset_account_no = excluded.asset_account_no`,
    [
      accounts.map((account) => account.bucket),
      accounts.map((account) => account.tradingAccountNo),
      accounts.map((account) => account.customerId),
      accounts.map((account) => account.assetAccountNo),
      accounts.map((account) => account.registrarCode),
      accounts.map((account) => account.version),
      work.now,
    ],
  );
  const events = accounts.map((account) => ({
    bucket: account.bucket,
    accountNo: account.tradingAccountNo,
    seq: account.version,
    layer: 'trading' as const,
    event: account.version === 1 ? 'open' : 'reapply',
    fromStatus: account.version === 1 ? undefined : 'rejected',
    toStatus: account.status,
    reason: '',
  }));
  await recordEvents(work, actor, events);
  announce(work, actor, accounts, events);
}

function announce(
  work: Work,
  actor: Actor,
  accounts: readonly TradingAccount[],
  events: readonly AccountEvent[],
): void {
  const byNo = new Map(accounts.map((account) => [account.tradingAccountNo, account]));
  for (const event of events) {
    const account = byNo.get(event.accountNo);
    const customerId = account?.customerId ?? '';
    const registrarCode = account?.registrarCode ?? '';
    const { bucket, accountNo: tradingAccountNo, fromStatus: from, toStatus: to } = event;
    const detail = { customerId, registrarCode, from, to, reason: event.reason };
    const subject = `trading-account:${tradingAccountNo}`;
    const action = `accounts.trading-${event.event}`;
    work.audit({ bucket, actor, action, subject, result: 'done', detail });
    work.emit({
      bucket,
      topic: 'accounts.trading-account-changed',
      key: customerId,
      payload: { tradingAccountNo, registrarCode, from: from ?? null, to },
    });
  }
}

/** What the registrar answered to an opening: its account number, or why it refused. */
export interface TradingAccountAnswer {
  readonly bucket: number;
  readonly tradingAccountNo: string;
  /** The registrar's account (at most 12 characters); undefined when it rejected. */
  readonly taAccountId: string | undefined;
  readonly reason: string;
}

/**
 * Books the registrar's answers to openings: 'active' with its account number, or 'rejected'.
 * Refusals: TRADING_ACCOUNT_NOT_FOUND, ACCOUNT_TRANSITION_REFUSED (answered before).
 */
export async function confirmTradingAccounts(
  work: Work,
  actor: Actor,
  answers: readonly TradingAccountAnswer[],
): Promise<BatchOutcome<TradingAccount, TradingAccountChange>> {
  const changes = answers.map((answer): TradingAccountChange => {
    const { bucket, tradingAccountNo, taAccountId, reason } = answer;
    return taAccountId === undefined
      ? { bucket, tradingAccountNo, reason, event: 'reject' }
      : { bucket, tradingAccountNo, reason, event: 'confirm', taAccountId };
  });
  return await changeTradingAccounts(work, actor, changes);
}

/** One event of a trading account that exists; a confirmation brings the registrar's account. */
export type TradingAccountChange = {
  readonly bucket: number;
  readonly tradingAccountNo: string;
  readonly reason: string;
} & (
  | { readonly event: 'confirm'; readonly taAccountId: string }
  | { readonly event: Exclude<TradingAccountEvent, 'confirm' | 'reapply'> }
);

/**
 * Moves trading accounts along their table of states, in the order given. Refusals:
 * TRADING_ACCOUNT_NOT_FOUND, ACCOUNT_TRANSITION_REFUSED, TRADING_ACCOUNT_NOT_EMPTY (closing with
 * units). Writes accounts, events and audit records.
 */
export async function changeTradingAccounts(
  work: Work,
  actor: Actor,
  changes: readonly TradingAccountChange[],
): Promise<BatchOutcome<TradingAccount, TradingAccountChange>> {
  const accounts = await loadTradingAccounts(work.tx, changes);
  const holding = await loadAccountsWithUnits(work.tx, changes);
  const changed = new Map<string, TradingAccount>();
  const events: AccountEvent[] = [];
  const refused: Refused<TradingAccountChange>[] = [];
  for (const change of changes) {
    const { tradingAccountNo, event, reason } = change;
    const account = accounts.get(tradingAccountNo);
    if (account === undefined) {
      const details = { tradingAccountNo };
      refused.push({ item: change, code: 'TRADING_ACCOUNT_NOT_FOUND', details });
      continue;
    }
    const { bucket, status } = account;
    const next = findNextTradingStatus(status, event);
    if (next === undefined) {
      const details = { accountNo: tradingAccountNo, status, event };
      refused.push({ item: change, code: 'ACCOUNT_TRANSITION_REFUSED', details });
      continue;
    }
    if (event.endsWith('Close') && next !== 'active' && holding.has(tradingAccountNo)) {
      const details = { tradingAccountNo };
      refused.push({ item: change, code: 'TRADING_ACCOUNT_NOT_EMPTY', details });
      continue;
    }
    const seq = account.version + 1;
    const taAccountId = change.event === 'confirm' ? change.taAccountId : account.taAccountId;
    const after = { ...account, taAccountId, status: next, version: seq };
    accounts.set(tradingAccountNo, after);
    changed.set(tradingAccountNo, after);
    events.push({
      bucket,
      accountNo: tradingAccountNo,
      seq,
      layer: 'trading',
      event,
      fromStatus: status,
      toStatus: next,
      reason,
    });
  }
  const done = [...changed.values()];
  await updateAccounts(work, done);
  await recordEvents(work, actor, events);
  announce(work, actor, done, events);
  return { done, refused };
}

async function loadAccountsWithUnits(
  sql: Sql,
  changes: readonly TradingAccountChange[],
): Promise<Set<string>> {
  const closing = changes.filter((change) => change.event.endsWith('Close'));
  if (closing.length === 0) return new Set();
  const rows = await sql.query<{ trading_account_no: string }>(
    `select distinct trading_account_no from accounts.holdings
     where bucket = any($1::int2[]) and trading_account_no = any($2::text[]) and units > 0`,
    [closing.map((change) => change.bucket), closing.map((change) => change.tradingAccountNo)],
  );
  return new Set(rows.map((row) => row.trading_account_no));
}

async function updateAccounts(work: Work, accounts: readonly TradingAccount[]): Promise<void> {
  if (accounts.length === 0) return;
  await work.tx.query(
    `update accounts.trading_accounts a
     set status = t.status, ta_account_id = t.ta_account_id, version = t.version
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::int4[])
       as t(bucket, trading_account_no, status, ta_account_id, version)
     where a.bucket = t.bucket
       and a.trading_account_no = t.trading_account_no`,
    [
      accounts.map((account) => account.bucket),
      accounts.map((account) => account.tradingAccountNo),
      accounts.map((account) => account.status),
      accounts.map((account) => account.taAccountId ?? null),
      accounts.map((account) => account.version),
    ],
  );
}
