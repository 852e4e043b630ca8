/** Loads what one batch of orders is decided on: about one statement per kind of fact. */
import {
  type Amount,
  type Instant,
  type LocalDate,
  shanghaiDate,
  type TradingCalendar,
  type Units,
} from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import {
  holdingKeyOf,
  loadCash,
  loadHoldings,
  loadLiveTradingAccountsOf,
} from '../accounts/index.ts';
import type { CustomerFact } from '../customers/index.ts';
import { type FundTerms, termsAsOf } from '../products/index.ts';
import {
  type AccountSnapshot,
  accountKey,
  holdingKey,
  type OrderSnapshot,
} from './domain/order-book.ts';
import { isBuy, type PlaceOrder } from './domain/order.ts';
import { computeTermsDate } from './domain/trade-date.ts';
import { findLastCutOff, loadApplicationDates, loadDayPurchases } from './store.ts';

/** An order with the bucket of its customer. */
export interface BucketedOrder {
  readonly bucket: number;
  readonly order: PlaceOrder;
}

/** Everything but suitability. */
export type Snapshot = Omit<OrderSnapshot<never, FundTerms>, 'assess'>;

type TermsByDate = ReadonlyMap<LocalDate, { get(fundCode: string): FundTerms | undefined }>;

async function loadTerms(sql: Sql, dates: Iterable<LocalDate>): Promise<TermsByDate> {
  const books = new Map<LocalDate, { get(fundCode: string): FundTerms | undefined }>();
  for (const date of new Set(dates)) books.set(date, await termsAsOf(sql, date));
  return books;
}

async function loadAccounts(
  sql: Sql,
  customers: ReadonlyMap<string, CustomerFact>,
): Promise<Map<string, AccountSnapshot>> {
  const accounts = await loadLiveTradingAccountsOf(sql, [...customers.values()]);
  const opening = accounts.filter((account) => account.status === 'opening');
  const dates = await loadApplicationDates(sql, opening);
  return new Map(
    accounts.map((account) => [
      accountKey(account.customerId, account.registrarCode),
      {
        tradingAccountNo: account.tradingAccountNo,
        assetAccountNo: account.assetAccountNo,
        status: account.status,
        assetAccountStatus: 'unknown',
        applicationDate: dates.get(account.tradingAccountNo),
      },
    ]),
  );
}

interface Funds {
  readonly cash: Map<string, Amount>;
  readonly accounts: Map<string, AccountSnapshot>;
}

/** Cash of the asset accounts that the trading accounts are paid from, and how those stand. */
async function loadFunds(
  sql: Sql,
  buckets: readonly number[],
  accounts: ReadonlyMap<string, AccountSnapshot>,
): Promise<Funds> {
  const numbers = [...new Set([...accounts.values()].map((account) => account.assetAccountNo))];
  const facts = await loadCash(sql, buckets, numbers);
  const cash = new Map([...facts].map(([number, fact]) => [number, fact.available]));
  const known = [...accounts].map(([key, account]): [string, AccountSnapshot] => [
    key,
    {
      ...account,
      assetAccountStatus: facts.get(account.assetAccountNo)?.status ?? account.assetAccountStatus,
    },
  ]);
  return { cash, accounts: new Map(known) };
}

type Holdings = Map<string, { readonly units: Units; readonly frozen: Units }>;

async function loadPositions(
  sql: Sql,
  orders: readonly BucketedOrder[],
  accounts: ReadonlyMap<string, AccountSnapshot>,
  terms: (fundCode: string) => FundTerms | undefined,
): Promise<Holdings> {
  const keys = orders.flatMap(({ bucket, order }) => {
    const fund = terms(order.fundCode);
    const account =
      fund === undefined
        ? undefined
        : accounts.get(accountKey(order.customerId, fund.registrarCode));
    if (fund === undefined || account === undefined) return [];
    const { tradingAccountNo } = account;
    return [{ bucket, tradingAccountNo, fundCode: order.fundCode, shareClass: fund.shareClass }];
  });
  const facts = await loadHoldings(sql, keys);
  const held: Holdings = new Map();
  for (const key of keys) {
    const fact = facts.get(holdingKeyOf(key));
    if (fact === undefined) continue;
    held.set(holdingKey(key.tradingAccountNo, key.fundCode, key.shareClass), fact);
  }
  return held;
}

/**
 * Loads the snapshot of a batch. `customers` are the facts of every customer in it; the caller holds
 * the locks of their buckets.
 */
export async function loadSnapshot(
  sql: Sql,
  now: Instant,
  calendar: TradingCalendar,
  orders: readonly BucketedOrder[],
  customers: ReadonlyMap<string, CustomerFact>,
): Promise<Snapshot> {
  const lastCutOffDate = await findLastCutOff(sql);
  const termsDate = computeTermsDate(calendar, { now, lastCutOffDate });
  // Past its cut-off a fund's order belongs to the next day; funds differ, so both are loaded.
  const mayRoll = shanghaiDate(now) === termsDate && termsDate < calendar.last;
  const applied = await loadAccounts(sql, customers);
  const later = [...applied.values()].flatMap((account) => account.applicationDate ?? []);
  const tradeDates = [
    ...new Set([termsDate, ...(mayRoll ? [calendar.nextTradingDay(termsDate)] : []), ...later]),
  ];
  const books = await loadTerms(sql, tradeDates);
  const termsOn = (date: LocalDate, fundCode: string) => books.get(date)?.get(fundCode);
  const buckets = [...new Set(orders.map(({ bucket }) => bucket))];
  const { cash, accounts } = await loadFunds(sql, buckets, applied);
  const fundOf = (fundCode: string) => termsOn(termsDate, fundCode);
  const holdings = await loadPositions(sql, orders, accounts, fundOf);
  const limited = orders.filter(
    ({ order }) => isBuy(order) && (fundOf(order.fundCode)?.dayMaxPurchase ?? 0n) > 0n,
  );
  const buyers = new Map(limited.map(({ bucket, order }) => [order.customerId, bucket]));
  const dayPurchased = await loadDayPurchases(
    sql,
    [...buyers].map(([customerId, bucket]) => ({ bucket, customerId })),
    tradeDates,
  );
  return {
    now,
    calendar,
    lastCutOffDate,
    customers,
    accounts,
    cash,
    holdings,
    dayPurchased,
    termsOn,
  };
}
