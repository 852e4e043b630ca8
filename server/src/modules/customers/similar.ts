/**
 * Customers who may be one person under two certificates. Candidates come by the keyed digests of
 * name, phone and address; what is compared is the clear text, and only of those whom the reader may
 * see. Nobody is told that there is somebody in another branch.
 */
import { type Actor, maySee } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import { getVisible } from './changes.ts';
import { SIMILARITIES, type Similarity, similaritiesOf, type Traits } from './domain/similar.ts';
import { makeUpMissing } from './make-up.ts';
import { birthDateOf } from './profile-columns.ts';
import { type CustomerView, viewOf } from './queries.ts';
import {
  addressDigest,
  cipherContext,
  type CustomerRow,
  nameDigest,
  phoneDigest,
} from './store.ts';

/** A customer who looks like another one, and why. */
export type SimilarCustomer = CustomerView & { reasons: Similarity[] };

/** More namesakes than this are not compared. */
const CANDIDATES_MAX = 500;
const SHOWN_MAX = 50;
const BATCH = 500;

function clearOf(
  { secrets }: World,
  row: CustomerRow,
  column: 'name' | 'phone' | 'address',
): string | undefined {
  const cipher = row[`${column}_cipher`];
  return cipher === null
    ? undefined
    : secrets.decrypt(cipher, cipherContext(row.customer_id, column));
}

function traitsOf(world: World, row: CustomerRow): Traits {
  return {
    kind: row.kind,
    name: clearOf(world, row, 'name') ?? '',
    birthDate: birthDateOf(world, row),
    phone: clearOf(world, row, 'phone') ?? '',
    address: clearOf(world, row, 'address'),
  };
}

const strengthOf = ({ reasons }: SimilarCustomer): string =>
  SIMILARITIES.map((reason) => (reasons.includes(reason) ? '0' : '1')).join('');

/** Everybody whom the actor may see and who looks like these traits, the most alike first. */
export async function findSimilar(
  world: World,
  actor: Actor,
  traits: Traits,
  self?: string,
): Promise<SimilarCustomer[]> {
  const { secrets } = world;
  const { name, phone, address } = traits;
  const rows = await world.db.query<CustomerRow>(
    `select * from customers.customers
     where ((name_digest = $1 and kind = $4) or phone_digest = $2 or address_digest = $3)
       and customer_id <> $5 and ($6::text is null or branch_code = $6)
     order by customer_id limit $7`,
    [
      nameDigest(secrets, name),
      phoneDigest(secrets, phone),
      address === undefined ? null : addressDigest(secrets, address),
      traits.kind,
      self ?? '',
      actor.branchCode ?? null,
      CANDIDATES_MAX,
    ],
  );
  return rows
    .filter((row) => maySee(actor, { customerId: row.customer_id, branchCode: row.branch_code }))
    .map((row) => ({ ...viewOf(row), reasons: similaritiesOf(traits, traitsOf(world, row)) }))
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((a, b) => (strengthOf(a) < strengthOf(b) ? -1 : 1))
    .slice(0, SHOWN_MAX);
}

/** Customers who look like one that is there. CUSTOMER_NOT_FOUND. */
export async function listSimilar(
  world: World,
  actor: Actor,
  customerId: string,
): Promise<SimilarCustomer[]> {
  const row = await getVisible(world.db, actor, customerId);
  return findSimilar(world, actor, traitsOf(world, row), customerId);
}

async function loadWithoutDigest(sql: Sql): Promise<CustomerRow[]> {
  return sql.query<CustomerRow>(
    `select * from customers.customers
     where address_cipher is not null and address_digest is null order by customer_id limit $1`,
    [BATCH],
  );
}

/** Makes up the address digests of customers that have none yet; answers how many it made up. */
export async function indexMissingAddresses(world: World): Promise<number> {
  return makeUpMissing(world, loadWithoutDigest, (tx, rows) =>
    tx.query(
      `update customers.customers c set address_digest = t.digest
       from unnest($1::int2[], $2::text[], $3::bytea[]) as t(bucket, customer_id, digest)
       where c.bucket = t.bucket and c.customer_id = t.customer_id`,
      [
        rows.map((row) => row.bucket),
        rows.map((row) => row.customer_id),
        rows.map((row) => addressDigest(world.secrets, clearOf(world, row, 'address') ?? '')),
      ],
    ),
  );
}
