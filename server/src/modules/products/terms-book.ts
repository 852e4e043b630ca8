/**
 * Terms for the hot path. A batch of orders asks once per transaction; while nothing has changed
 * that costs one read of one row, and the terms come out of memory. The cache is keyed by the token
 * that every change of the catalogue draws, not by a counter: after a rollback a counter would name
 * two different contents, and two databases of one process would share their counts.
 */
import { assert, type LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { type Catalogue, findTerms } from './domain/catalogue.ts';
import type { Fund, FundTerms } from './domain/terms.ts';
import { loadCatalogue } from './store.ts';

/** The terms of every fund on one date. */
export interface TermsBook {
  readonly date: LocalDate;
  /** Undefined: no such fund, or no parameters in force by that date. */
  get(fundCode: string): FundTerms | undefined;
  /** Every fund with terms on the date, by code. */
  all(): FundTerms[];
}

function createBook(catalogue: Catalogue, date: LocalDate): TermsBook {
  const known = new Map<string, FundTerms | undefined>();
  const get = (fundCode: string): FundTerms | undefined => {
    if (!known.has(fundCode)) known.set(fundCode, findTerms(catalogue, fundCode, date));
    return known.get(fundCode);
  };
  const all = () => {
    const codes = [...catalogue.funds.keys()].sort();
    return codes.flatMap((fundCode) => get(fundCode) ?? []);
  };
  return { date, get, all };
}

interface Cached {
  readonly catalogue: Catalogue;
  readonly books: Map<LocalDate, TermsBook>;
}

const CATALOGUES_MAX = 4;
const BOOKS_MAX = 8;
const READS_MAX = 5;
const cache = new Map<string, Cached>();

// A Map keeps the order of insertion, so the first key is the one unused for longest.
function keep<K, V>(map: Map<K, V>, key: K, value: V, sizeMax: number): V {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= sizeMax) break;
    map.delete(oldest);
  }
  return value;
}

async function readToken(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ token: string }>(
    'select token::text as token from products.revision where id = 1',
  );
  assert(row !== undefined, 'products.revision has its row');
  return row.token;
}

async function currentCatalogue(sql: Sql): Promise<Cached> {
  let token = await readToken(sql);
  for (let reads = 1; ; reads += 1) {
    const cached = cache.get(token);
    if (cached !== undefined) return keep(cache, token, cached, CATALOGUES_MAX);
    const catalogue = await loadCatalogue(sql);
    // Another transaction may have committed between the statements; then what was read is mixed.
    const after = await readToken(sql);
    if (after === token) return keep(cache, token, { catalogue, books: new Map() }, CATALOGUES_MAX);
    assert(reads < READS_MAX, 'the catalogue stands still long enough to be read');
    token = after;
  }
}

/**
 * The terms of all funds on a date, as this transaction sees them (its own uncommitted changes
 * included). One query of one row while the catalogue is unchanged.
 */
export async function termsAsOf(sql: Sql, date: LocalDate): Promise<TermsBook> {
  return bookOf(await currentCatalogue(sql), date);
}

/** As `termsAsOf` for several dates, still with one query. */
export async function termsOn(
  sql: Sql,
  dates: Iterable<LocalDate>,
): Promise<Map<LocalDate, TermsBook>> {
  const cached = await currentCatalogue(sql);
  return new Map([...new Set(dates)].map((date) => [date, bookOf(cached, date)]));
}

function bookOf({ catalogue, books }: Cached, date: LocalDate): TermsBook {
  return keep(books, date, books.get(date) ?? createBook(catalogue, date), BOOKS_MAX);
}

/** Every fund of the master by code, with or without terms, from the same cache. */
export async function fundsOf(sql: Sql): Promise<Fund[]> {
  const { catalogue } = await currentCatalogue(sql);
  return [...catalogue.funds.keys()].sort().flatMap((code) => catalogue.funds.get(code) ?? []);
}
