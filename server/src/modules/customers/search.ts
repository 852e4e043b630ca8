/**
 * One box for every way of finding a customer: a part of the name, the whole or the end of phone and
 * certificate, an account, the beginning of a customer number. What can be found exactly stands
 * first; what is found by a part follows by pages.
 */
import { type Actor, maySee } from '../../platform/actor.ts';
import { cursorOf } from '../../platform/cursor.ts';
import type { Sql } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import { placeOfIdentity } from './commands.ts';
import { certificateTypesOf, CUSTOMER_KINDS } from './domain/certificate.ts';
import type { Match } from './domain/match.ts';
import { holdsText, pairsOf } from './domain/name-pairs.ts';
import { graphemesOf, nameKey } from './domain/text.ts';
import { pairDigest } from './name-index.ts';
import { afterOf } from './lists.ts';
import { type CustomerView, viewOf } from './queries.ts';
import {
  cipherContext,
  type CustomerKey,
  type CustomerRow,
  loadCustomers,
  nameDigest,
  phoneDigest,
} from './store.ts';

/** A customer found, and by what. */
export type Hit = CustomerView & { matchedBy: Match };

/** Finds customers by what a module above knows, such as an account number. */
export type Finder = (sql: Sql, text: string) => Promise<readonly CustomerKey[]>;

const finders: Finder[] = [];

/** Adds a way of finding customers; the application registers what the modules above know. */
export function registerFinder(finder: Finder): void {
  finders.push(finder);
}

const EXACT_MAX = 50;
const COUNT_MAX = 2_000;
const ID_PREFIX = /^C[0-9A-Z]{3,15}$/;
const TAIL = /^[0-9]{3}[0-9X]$/;

interface Found extends CustomerKey {
  readonly matchedBy: Match;
}

/**
 * Customers that a text finds and the actor may see. The first page begins with what is found
 * exactly. CUSTOMER_CURSOR_INVALID.
 */
export async function searchByText(
  world: World,
  actor: Actor,
  request: { text: string; limit: number; cursor?: string | undefined },
): Promise<{ customers: Hit[]; nextCursor: string | null }> {
  const text = request.text.trim();
  const after = afterOf(request.cursor);
  const exact = after === undefined ? await findExactly(world, text) : [];
  const first = await visibleHits(world.db, actor, exact);
  const part = await findByPart(world, actor, text, {
    limit: request.limit,
    after: after ?? '',
    without: new Set(first.map((hit) => hit.customerId)),
  });
  const last = part.isMore ? part.hits.at(-1)?.customerId : undefined;
  return {
    customers: [...first, ...part.hits],
    nextCursor: last === undefined ? null : cursorOf([last]),
  };
}

async function visibleHits(sql: Sql, actor: Actor, found: readonly Found[]): Promise<Hit[]> {
  const rows = await loadCustomers(sql, found);
  const seen = new Set<string>();
  return found.flatMap(({ customerId, matchedBy }) => {
    const row = rows.get(customerId);
    if (row === undefined || seen.has(customerId)) return [];
    if (!maySee(actor, { customerId, branchCode: row.branch_code })) return [];
    seen.add(customerId);
    return [{ ...viewOf(row), matchedBy }];
  });
}

/** What the whole text names: a number, a certificate, a phone, an account, a full name. */
async function findExactly(world: World, text: string): Promise<Found[]> {
  const upper = text.toUpperCase();
  const [byId, byCertificate, byDigest, byAccount] = await Promise.all([
    ID_PREFIX.test(upper) ? findByIdPrefix(world.db, upper) : [],
    findByCertificate(world, upper),
    findByDigest(world, text),
    Promise.all(finders.map((finder) => finder(world.db, upper))),
  ]);
  const accounts = byAccount
    .flat()
    .map(({ bucket, customerId }): Found => ({ bucket, customerId, matchedBy: 'account' }));
  return [...byId, ...byCertificate, ...accounts, ...byDigest].slice(0, EXACT_MAX);
}

async function findByIdPrefix(sql: Sql, prefix: string): Promise<Found[]> {
  const rows = await sql.query<{ bucket: number; customer_id: string }>(
    `select bucket, customer_id from customers.customers
     where starts_with(customer_id, $1) order by customer_id limit $2`,
    [prefix, EXACT_MAX],
  );
  return rows.map((row) => ({ ...keyOf(row), matchedBy: 'customerId' }));
}

const keyOf = (row: { bucket: number; customer_id: string }): CustomerKey => ({
  bucket: row.bucket,
  customerId: row.customer_id,
});

/** The number alone does not say of which kind it is: every kind of its form is looked for. */
async function findByCertificate(world: World, number: string): Promise<Found[]> {
  if (!/^[0-9A-Z\u4E00-\u9FFF-]{6,30}$/u.test(number)) return [];
  const places = CUSTOMER_KINDS.flatMap((kind) =>
    certificateTypesOf(kind).map((type) => placeOfIdentity(world, kind, type, number)),
  );
  const known = await loadCustomers(world.db, places);
  return places
    .filter(({ customerId }) => known.has(customerId))
    .map(({ bucket, customerId }) => ({ bucket, customerId, matchedBy: 'certificate' }));
}

async function findByDigest(world: World, text: string): Promise<Found[]> {
  const rows = await world.db.query<{ bucket: number; customer_id: string; by: Match }>(
    `select bucket, customer_id, 'phone' as by from customers.customers where phone_digest = $1
     union all
     select bucket, customer_id, 'name' as by from customers.customers where name_digest = $2
     order by customer_id limit $3`,
    [phoneDigest(world.secrets, text), nameDigest(world.secrets, text), EXACT_MAX],
  );
  return rows.map((row) => ({ ...keyOf(row), matchedBy: row.by }));
}

interface PartPage {
  readonly limit: number;
  readonly after: string;
  readonly without: ReadonlySet<string>;
}

/** One page of what the text is a part of: name, or the last four of phone and certificate. */
async function findByPart(
  world: World,
  actor: Actor,
  text: string,
  page: PartPage,
): Promise<{ hits: Hit[]; isMore: boolean }> {
  const upper = text.toUpperCase();
  if (TAIL.test(upper))
    return collect(actor, page, (from) => loadTails(world.db, actor, upper, from));
  const letters = graphemesOf(nameKey(text));
  if (letters.length === 0) return { hits: [], isMore: false };
  if (letters.length === 1) {
    return collect(actor, page, (from) => loadSurname(world.db, actor, text, from));
  }
  const pairs = pairsOf(text).map((pair) => pairDigest(world.secrets, pair));
  const [driver, ...others] = await orderByRarity(world.db, pairs);
  if (driver === undefined) return { hits: [], isMore: false };
  const isRight = (row: CustomerRow) => {
    const context = cipherContext(row.customer_id, 'name');
    return holdsText(world.secrets.decrypt(row.name_cipher, context), text);
  };
  return collect(actor, page, async (from) => {
    const rows = await loadPairs(world.db, actor, { driver, others, from });
    // Pairs say that the letters stand in it, not that they stand in this order: the name says it.
    return rows.map((row) => ({ row, matchedBy: isRight(row) ? ('name' as const) : undefined }));
  });
}

interface Candidate {
  readonly row: CustomerRow;
  /** Undefined for a row that only looked like one. */
  readonly matchedBy: Match | undefined;
}

const CHUNK = 200;

/** Goes through candidates in the order of their ids until the page is full. */
async function collect(
  actor: Actor,
  { limit, after, without }: PartPage,
  load: (from: string) => Promise<readonly Candidate[]>,
): Promise<{ hits: Hit[]; isMore: boolean }> {
  const hits: Hit[] = [];
  let from = after;
  for (;;) {
    const candidates = await load(from);
    for (const { row, matchedBy } of candidates) {
      from = row.customer_id;
      const owner = { customerId: row.customer_id, branchCode: row.branch_code };
      if (matchedBy === undefined || without.has(from) || !maySee(actor, owner)) continue;
      if (hits.length === limit) return { hits, isMore: true };
      hits.push({ ...viewOf(row), matchedBy });
    }
    if (candidates.length < CHUNK) return { hits, isMore: false };
  }
}

async function loadTails(
  sql: Sql,
  { branchCode }: Actor,
  tail: string,
  from: string,
): Promise<Candidate[]> {
  const rows = await sql.query<CustomerRow & { by: Match }>(
    `select c.*, found.by from (
       select bucket, customer_id, min(by) as by from (
         (select bucket, customer_id, 'phone' as by from customers.customers
          where right(phone_masked, 4) = $1 and customer_id > $2
            and ($3::text is null or branch_code = $3) order by customer_id limit $4)
         union all
         (select bucket, customer_id, 'certificate' as by from customers.customers
          where right(certificate_masked, 4) = $1 and customer_id > $2
            and ($3::text is null or branch_code = $3) order by customer_id limit $4)) as both_ways
       group by bucket, customer_id order by customer_id limit $4) as found
     join customers.customers c
       on c.bucket = found.bucket and c.customer_id = found.customer_id
     order by c.customer_id`,
    [tail, from, branchCode ?? null, CHUNK],
  );
  return rows.map((row) => ({ row, matchedBy: row.by }));
}

async function loadSurname(
  sql: Sql,
  { branchCode }: Actor,
  letter: string,
  from: string,
): Promise<Candidate[]> {
  const rows = await sql.query<CustomerRow>(
    `select * from customers.customers
     where left(name_masked, 1) = any($1::text[]) and customer_id > $2
       and ($3::text is null or branch_code = $3)
     order by customer_id limit $4`,
    [[letter.toUpperCase(), letter.toLowerCase()], from, branchCode ?? null, CHUNK],
  );
  return rows.map((row) => ({ row, matchedBy: 'name' as const }));
}

/** The digests, the rarest first: it is walked, the others are only asked. */
async function orderByRarity(sql: Sql, digests: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const rows = await sql.query<{ digest: Uint8Array; n: bigint }>(
    `select d.digest, counted.n from unnest($1::bytea[]) as d(digest)
     cross join lateral (select count(*) as n from (
       select 1 from customers.name_pairs where pair_digest = d.digest limit $2) as few) as counted
     order by counted.n`,
    [digests, COUNT_MAX],
  );
  return rows.map((row) => row.digest);
}

async function loadPairs(
  sql: Sql,
  { branchCode }: Actor,
  wanted: { driver: Uint8Array; others: readonly Uint8Array[]; from: string },
): Promise<CustomerRow[]> {
  return sql.query<CustomerRow>(
    `select c.* from customers.name_pairs p
     join customers.customers c on c.bucket = p.bucket and c.customer_id = p.customer_id
     where p.pair_digest = $1 and p.customer_id > $2
       and ($4::text is null or c.branch_code = $4)
       and (select count(*) from customers.name_pairs o
            where o.pair_digest = any($3::bytea[]) and o.customer_id = p.customer_id)
         = cardinality($3::bytea[])
     order by p.customer_id limit $5`,
    [wanted.driver, wanted.from, wanted.others, branchCode ?? null, CHUNK],
  );
}
