/** The index of name pairs: written beside the name, made up for what older programs wrote. */
import type { Sql, Tx } from '../../platform/db.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { World } from '../../platform/world.ts';
import { NAME_PAIRS_VERSION, pairsOf } from './domain/name-pairs.ts';
import { makeUpMissing } from './make-up.ts';
import { cipherContext, type CustomerKey } from './store.ts';

const DIGEST_BYTES = 8;
const BATCH = 500;

/** The keyed digest of a pair, cut to what tells pairs apart. */
export function pairDigest(secrets: Secrets, pair: string): Uint8Array {
  return secrets.digest(`pair:${pair}`).subarray(0, DIGEST_BYTES);
}

/** Writes the pairs of names, in the place of those that were there. */
export async function indexNames(
  tx: Tx,
  secrets: Secrets,
  rows: readonly (CustomerKey & { readonly name: string; readonly isNew: boolean })[],
): Promise<void> {
  const known = rows.filter((row) => !row.isNew).map((row) => row.customerId);
  if (known.length > 0) {
    await tx.query('delete from customers.name_pairs where customer_id = any($1::text[])', [known]);
  }
  const pairs = rows.flatMap(({ bucket, customerId, name }) =>
    pairsOf(name).map((pair) => ({ bucket, customerId, digest: pairDigest(secrets, pair) })),
  );
  if (pairs.length === 0) return;
  await tx.query(
    `insert into customers.name_pairs (pair_digest, customer_id, bucket)
     select pair_digest, customer_id, bucket
     from unnest($1::bytea[], $2::text[], $3::int2[]) as t(pair_digest, customer_id, bucket)`,
    [
      pairs.map((pair) => pair.digest),
      pairs.map((pair) => pair.customerId),
      pairs.map((pair) => pair.bucket),
    ],
  );
}

interface UnindexedRow {
  bucket: number;
  customer_id: string;
  name_cipher: Uint8Array;
}

async function loadUnindexed(sql: Sql): Promise<UnindexedRow[]> {
  return sql.query<UnindexedRow>(
    `select bucket, customer_id, name_cipher from customers.customers
     where name_pairs_version < $1 order by customer_id limit $2`,
    [NAME_PAIRS_VERSION, BATCH],
  );
}

/** Makes up the pairs of customers that have none yet; answers how many it made up. */
export async function indexMissingNames(world: World): Promise<number> {
  const { secrets } = world;
  return makeUpMissing(world, loadUnindexed, async (tx, rows) => {
    const named = rows.map((row) => ({
      bucket: row.bucket,
      customerId: row.customer_id,
      name: secrets.decrypt(row.name_cipher, cipherContext(row.customer_id, 'name')),
      isNew: false,
    }));
    await indexNames(tx, secrets, named);
    await tx.query(
      `update customers.customers set name_pairs_version = $3
       where bucket = any($1::int2[]) and customer_id = any($2::text[])`,
      [rows.map((row) => row.bucket), rows.map((row) => row.customer_id), NAME_PAIRS_VERSION],
    );
  });
}
