/** Loads what one batch of orders is decided on: about one statement per kind of fact. */
import {
  type Instant,
  type LocalDate,
  shanghaiDate,
  type TradingCalendar,
  type Units,
} from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import {
  type CashFact,
  holdingKeyOf,
  loadCash,
  loadHoldings,
  loadLiveTradingAccountsOf,
  type TradingAccount,
} from '../accounts/index.ts';
import type { CustomerFact } from '../customers/index.ts';
import { type FundTerms, type TermsBook, termsOn } from '../products/index.ts';
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

type TermsByDate = ReadonlyMap<LocalDate, TermsBook>;

/** What a batch needs before anything else; asked for together with what others need. */
export interface FirstFacts {
  readonly lastCutOffDate: LocalDate | undefined;
  readonly trading: readonly TradingAccount[];
  /** Terms of the two days that an order can fall on, unless earlier cut-offs push it further. */
  readonly books: TermsByDate;
}

/** The first flight of a batch: no statement of it waits for another. */
export async function loadFirstFacts(
  sql: Sql,
  now: Instant,
  calendar: TradingCalendar,
  orders: readonly BucketedOrder[],
): Promise<FirstFacts> {
  const customers = new Map(orders.map(({ bucket, order }) => [order.customerId, bucket]));
  const keys = [...customers].map(([customerId, bucket]) => ({ bucket, customerId }));
  const today = calendar.tradingDayOnOrAfter(shanghaiDate(now));
  const [lastCutOffDate, trading, books] = await Promise.all([
    findLastCutOff(sql),
    loadLiveTradingAccountsOf(sql, keys),
    termsOn(sql, today < calendar.last ? [today, calendar.nextTradingDay(today)] : [today]),
  ]);
  return { lastCutOffDate, trading, books };
}

function accountsOf(
  trading: readonly TradingAccount[],
  cash: ReadonlyMap<string, CashFact>,
  applied: ReadonlyMap<string, LocalDate>,
): Map<string, AccountSnapshot> {
  return new Map(
    trading.map((account) => [
      accountKey(account.customerId, account.registrarCode),
      {
        tradingAccountNo: account.tradingAccountNo,
        assetAccountNo: account.assetAccountNo,
        status: account.status,
        assetAccountStatus: cash.get(account.assetAccountNo)?.status ?? 'unknown',
        applicationDate: applied.get(account.tradingAccountNo),
      },
    ]),
  );
}

type Holdings = Map<string, { readonly units: Units; readonly frozen: Units }>;

async function loadPositions(
  sql: Sql,
  orders: readonly BucketedOrder[],
  trading: readonly TradingAccount[],
  terms: (fundCode: string) => FundTerms | undefined,
): Promise<Holdings> {
  const accounts = new Map(
    trading.map((account) => [accountKey(account.customerId, account.registrarCode), account]),
  );
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
 * Loads the snapshot of a batch in one more flight. `customers` are the facts of every customer in
 * it; the caller holds the locks of their buckets.
 */
export async function loadSnapshot(
  sql: Sql,
  now: Instant,
  calendar: TradingCalendar,
  orders: readonly BucketedOrder[],
  customers: ReadonlyMap<string, CustomerFact>,
  { lastCutOffDate, trading, books }: FirstFacts,
): Promise<Snapshot> {
  const termsDate = computeTermsDate(calendar, { now, lastCutOffDate });
  const mayRoll = shanghaiDate(now) === termsDate && termsDate < calendar.last;
  // Past its cut-off a fund's order belongs to the next day; funds differ, so both are loaded.
  const tradeDates = mayRoll ? [termsDate, calendar.nextTradingDay(termsDate)] : [termsDate];
  const known = await addTerms(sql, books, tradeDates);
  const termsOn = (date: LocalDate, fundCode: string) => known.get(date)?.get(fundCode);
  const fundOf = (fundCode: string) => termsOn(termsDate, fundCode);
  const numbers = [...new Set(trading.map((account) => account.assetAccountNo))];
  const opening = trading.filter((account) => account.status === 'opening');
  const [cash, holdings, applied] = await Promise.all([
    loadCash(sql, [...new Set(orders.map(({ bucket }) => bucket))], numbers),
    loadPositions(sql, orders, trading, fundOf),
    loadApplicationDates(sql, opening),
  ]);
  // An account that is still being opened may push its orders to the day of its application.
  const allDates = [...new Set([...tradeDates, ...applied.values()])];
  const all = await addTerms(sql, known, allDates);
  return {
    now,
    calendar,
    lastCutOffDate,
    customers,
    accounts: accountsOf(trading, cash, applied),
    cash: new Map([...cash].map(([number, fact]) => [number, fact.available])),
    holdings,
    dayPurchased: await loadLimited(sql, orders, fundOf, allDates),
    termsOn: (date, fundCode) => all.get(date)?.get(fundCode),
  };
}

async function addTerms(
  sql: Sql,
  books: TermsByDate,
  dates: readonly LocalDate[],
): Promise<TermsByDate> {
  const missing = dates.filter((date) => !books.has(date));
  return missing.length === 0 ? books : new Map([...books, ...(await termsOn(sql, missing))]);
}

/** What buyers of funds with a daily limit already bought on the dates. */
function loadLimited(
  sql: Sql,
  orders: readonly BucketedOrder[],
  fundOf: (fundCode: string) => FundTerms | undefined,
  dates: readonly LocalDate[],
) {
  const limited = orders.filter(
    ({ order }) => isBuy(order) && (fundOf(order.fundCode)?.dayMaxPurchase ?? 0n) > 0n,
  );
  const buyers = new Map(limited.map(({ bucket, order }) => [order.customerId, bucket]));
  const keys = [...buyers].map(([customerId, bucket]) => ({ bucket, customerId }));
  return loadDayPurchases(sql, keys, dates);
}
