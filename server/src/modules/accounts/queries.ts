/** What people and programs read about accounts: SQL to wire shape. */
import {
  type Amount,
  amount,
  AppError,
  formatAmount,
  formatPrice,
  formatUnits,
  type Instant,
  type LocalDate,
  negate,
  parseInstant,
  subtract,
} from '@cairn/kernel';
import { bucketOf, findBucketInId } from '@cairn/kernel/ids';
import type { Static } from 'typebox';
import { type Actor, maySee, seesEveryone } from '../../platform/actor.ts';
import { cutPage, type PageAsk, readTimeCursor } from '../../platform/cursor.ts';
import type { Sql } from '../../platform/db.ts';
import { customersFor, getCustomer } from '../customers/index.ts';
import { latestNavs } from '../products/index.ts';
import { type AssetAccount, getAssetAccount, loadAssetAccountsOf } from './asset-accounts.ts';
import { type CashFact, loadCash } from './cash.ts';
import type { AccountTree, AssetAccountView, Positions, PostingPage } from './contract.ts';
import { cashAccountCode } from './domain/chart.ts';
import type { EntryKind } from './domain/entries.ts';
import { computeValuation, sumValuations } from './domain/positions.ts';
import { loadPositions } from './positions.ts';
import { loadTradingAccountsOf, type TradingAccount } from './trading-accounts.ts';

/**
 * An asset account that the actor may see. AppError ASSET_ACCOUNT_NOT_FOUND, also for one of
 * another branch.
 */
export async function getVisibleAssetAccount(
  sql: Sql,
  actor: Actor,
  assetAccountNo: string,
): Promise<AssetAccount> {
  const bucket = findBucketInId(assetAccountNo);
  if (bucket === undefined) throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { assetAccountNo });
  const account = await getAssetAccount(sql, { bucket, assetAccountNo });
  if (seesEveryone(actor)) return account;
  const customers = await customersFor(sql, [account]);
  if (maySee(actor, customers.get(account.customerId))) return account;
  throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { assetAccountNo });
}

/** The four layers of one customer. AppError CUSTOMER_NOT_FOUND. */
export async function getAccountTree(
  sql: Sql,
  actor: Actor,
  customerId: string,
): Promise<Static<typeof AccountTree>> {
  const customer = await getCustomer(sql, actor, customerId);
  const key = { bucket: bucketOf(customerId), customerId };
  const { kind, nameMasked, status, certificateType, certificateMasked } = customer;
  return {
    identity: { certificateType, certificateMasked },
    customer: { customerId, kind, nameMasked, status },
    assetAccounts: await viewAccounts(sql, await loadAssetAccountsOf(sql, [key])),
  };
}

/** One asset account with its cash and trading accounts. AppError ASSET_ACCOUNT_NOT_FOUND. */
export async function getAccountView(
  sql: Sql,
  actor: Actor,
  assetAccountNo: string,
): Promise<Static<typeof AssetAccountView>> {
  const account = await getVisibleAssetAccount(sql, actor, assetAccountNo);
  const [view] = await viewAccounts(sql, [account]);
  if (view === undefined) throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { assetAccountNo });
  return view;
}

/** Asset accounts of any customers as people see them, in the order given. */
export async function viewAccounts(
  sql: Sql,
  accounts: readonly AssetAccount[],
): Promise<Static<typeof AssetAccountView>[]> {
  const cash = await loadCash(
    sql,
    accounts.map((account) => account.bucket),
    accounts.map((account) => account.assetAccountNo),
  );
  const trading = await loadTradingAccountsOf(sql, accounts);
  return accounts.map((account) => {
    const own = trading.filter((one) => one.assetAccountNo === account.assetAccountNo);
    return viewAccount(account, cash.get(account.assetAccountNo), own);
  });
}

function viewAccount(
  account: AssetAccount,
  cash: CashFact | undefined,
  trading: readonly TradingAccount[],
): Static<typeof AssetAccountView> {
  const { bucket: _bucket, version: _version, ...shown } = account;
  const none = amount(0n);
  return {
    ...shown,
    cash: {
      balance: formatAmount(cash?.balance ?? none),
      frozen: formatAmount(cash?.frozen ?? none),
      available: formatAmount(cash?.available ?? none),
    },
    tradingAccounts: trading.map((one) => ({
      tradingAccountNo: one.tradingAccountNo,
      registrarCode: one.registrarCode,
      ...(one.taAccountId === undefined ? {} : { taAccountId: one.taAccountId }),
      status: one.status,
      openedAt: one.openedAt,
    })),
  };
}

interface PostingRow {
  entry_id: string;
  line: number;
  amount: bigint;
  kind: EntryKind;
  ref: string;
  business_date: LocalDate;
  reverses: string | null;
  posted_at: Instant;
}

const POSTING_PLACE = /^(\S+) (\d{1,4}) ([^\0\uFFFD]+)$/;

/**
 * The cash statement of an asset account, newest first. AppError ASSET_ACCOUNT_NOT_FOUND,
 * ACCOUNT_CURSOR_INVALID.
 */
export async function listPostings(
  sql: Sql,
  actor: Actor,
  assetAccountNo: string,
  { limit, cursor }: PageAsk,
): Promise<Static<typeof PostingPage>> {
  const account = await getVisibleAssetAccount(sql, actor, assetAccountNo);
  const place = readTimeCursor(cursor, parseInstant, 'ACCOUNT_CURSOR_INVALID', POSTING_PLACE);
  const [postedAt = null, line = null, entryId = null] = place;
  const rows = await sql.query<PostingRow>(
    `select entry_id, line, amount, kind, ref, business_date, reverses, posted_at
     from accounts.postings
     where bucket = $1 and account_code = $2
       and ($3::timestamptz is null or
         (posted_at, entry_id, line) < ($3::timestamptz, $4::text, $5::int2))
     order by posted_at desc, entry_id desc, line desc limit $6`,
    [account.bucket, cashAccountCode(assetAccountNo), postedAt, entryId, line, limit + 1],
  );
  const { shown, next } = cutPage(rows, limit, (row) => [row.posted_at, row.line, row.entry_id]);
  return {
    postings: shown.map((row) => ({
      entryId: row.entry_id,
      kind: row.kind,
      amount: formatAmount(negate(amount(row.amount))),
      ref: row.ref,
      businessDate: row.business_date,
      ...(row.reverses === null ? {} : { reverses: row.reverses }),
      postedAt: row.posted_at,
    })),
    ...next,
  };
}

/**
 * The holdings of an asset account at the latest NAVs on or before a date, with cost, value and
 * profit not yet realised; totals lack when a NAV lacks. AppError ASSET_ACCOUNT_NOT_FOUND.
 */
export async function getPositions(
  sql: Sql,
  actor: Actor,
  assetAccountNo: string,
  date: LocalDate,
): Promise<Static<typeof Positions>> {
  const account = await getVisibleAssetAccount(sql, actor, assetAccountNo);
  const all = await loadPositions(sql, [account]);
  const own = all.filter((position) => position.assetAccountNo === assetAccountNo);
  const navs = await latestNavs(
    sql,
    date,
    own.map((position) => position.fundCode),
  );
  const valued = own.map((position) => {
    const nav = navs.get(position.fundCode);
    return { position, nav, valuation: computeValuation(position, nav?.nav) };
  });
  const total = sumValuations(valued.map((one) => one.valuation));
  return {
    date,
    positions: valued.map(({ position, nav, valuation }) => ({
      tradingAccountNo: position.tradingAccountNo,
      registrarCode: position.registrarCode,
      fundCode: position.fundCode,
      shareClass: position.shareClass,
      units: formatUnits(position.units),
      frozen: formatUnits(position.frozen),
      available: formatUnits(subtract(position.units, position.frozen)),
      dividendMethod: position.dividendMethod,
      ...(nav === undefined ? {} : { nav: formatPrice(nav.nav), navDate: nav.navDate }),
      ...shownAmounts(valuation),
    })),
    ...shownAmounts(total),
  };
}

function shownAmounts(valuation: {
  readonly cost: Amount;
  readonly value: Amount | undefined;
  readonly profit: Amount | undefined;
}): { cost: string; value?: string; profit?: string } {
  const { cost, value, profit } = valuation;
  return {
    cost: formatAmount(cost),
    ...(value === undefined ? {} : { value: formatAmount(value) }),
    ...(profit === undefined ? {} : { profit: formatAmount(profit) }),
  };
}

/**
 * Whether a customer has no live asset account and no units left: the guard that customers asks
 * before it closes one. An asset account closes only when it is empty itself.
 */
export async function findOpenAccounts(
  sql: Sql,
  key: { readonly bucket: number; readonly customerId: string },
): Promise<{ empty: boolean }> {
  const rows = await sql.query<{ remains: boolean }>(
    `select exists (select 1 from accounts.asset_accounts
         where bucket = $1 and customer_id = $2 and status <> 'closed')
       or exists (select 1 from accounts.holdings
         where bucket = $1 and customer_id = $2 and units > 0) as remains`,
    [key.bucket, key.customerId],
  );
  return { empty: rows[0]?.remains !== true };
}
