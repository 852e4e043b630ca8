/** Loads what one batch of orders is decided on: about one statement per kind of fact. */
import { type Instant, type LocalDate, shanghaiDate, type TradingCalendar } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import {
  type DealingAccount,
  type HoldingFact,
  loadDealingAccountsOf,
  loadHoldingsOf,
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
  readonly accounts: readonly DealingAccount[];
  /** What the customers hold of the funds they deal in. */
  readonly holdings: readonly HoldingFact[];
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
  const positions = orders.map(({ bucket, order: { customerId, fundCode } }) => ({
    bucket,
    customerId,
    fundCode,
  }));
  const [lastCutOffDate, accounts, holdings, books] = await Promise.all([
    findLastCutOff(sql),
    loadDealingAccountsOf(sql, keys),
    loadHoldingsOf(sql, positions),
    termsOn(sql, today < calendar.last ? [today, calendar.nextTradingDay(today)] : [today]),
  ]);
  return { lastCutOffDate, accounts, holdings, books };
}

function accountsOf(
  accounts: readonly DealingAccount[],
  applied: ReadonlyMap<string, LocalDate>,
): Map<string, AccountSnapshot> {
  return new Map(
    accounts.map((account) => [
      accountKey(account.customerId, account.registrarCode),
      {
        tradingAccountNo: account.tradingAccountNo,
        assetAccountNo: account.assetAccountNo,
        status: account.status,
        assetAccountStatus: account.assetAccountStatus,
        applicationDate: applied.get(account.tradingAccountNo),
      },
    ]),
  );
}

/**
 * Completes the snapshot of a batch: nothing more is loaded unless an account is still being opened,
 * a fund has a daily limit or earlier cut-offs push the trade date. `customers` are the facts of
 * every customer in it; the caller holds the locks of their buckets.
 */
export async function loadSnapshot(
  sql: Sql,
  now: Instant,
  calendar: TradingCalendar,
  orders: readonly BucketedOrder[],
  customers: ReadonlyMap<string, CustomerFact>,
  { lastCutOffDate, accounts, holdings, books }: FirstFacts,
): Promise<Snapshot> {
  const termsDate = computeTermsDate(calendar, { now, lastCutOffDate });
  const mayRoll = shanghaiDate(now) === termsDate && termsDate < calendar.last;
  // Past its cut-off a fund's order belongs to the next day; funds differ, so both are loaded.
  const tradeDates = mayRoll ? [termsDate, calendar.nextTradingDay(termsDate)] : [termsDate];
  const known = await addTerms(sql, books, tradeDates);
  const termsOn = (date: LocalDate, fundCode: string) => known.get(date)?.get(fundCode);
  const fundOf = (fundCode: string) => termsOn(termsDate, fundCode);
  const opening = accounts.filter((account) => account.status === 'opening');
  const applied = await loadApplicationDates(sql, opening);
  // An account that is still being opened may push its orders to the day of its application.
  const allDates = [...new Set([...tradeDates, ...applied.values()])];
  const all = await addTerms(sql, known, allDates);
  return {
    now,
    calendar,
    lastCutOffDate,
    customers,
    accounts: accountsOf(accounts, applied),
    cash: new Map(accounts.map(({ assetAccountNo, available }) => [assetAccountNo, available])),
    holdings: new Map(
      holdings.map((held) => [
        holdingKey(held.tradingAccountNo, held.fundCode, held.shareClass),
        held,
      ]),
    ),
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
