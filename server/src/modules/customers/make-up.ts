/** Rows of an earlier program that lack what this one keeps beside them. */
import type { Sql, Tx } from '../../platform/db.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';

/**
 * Makes up what is missing, batch by batch, until `load` finds nothing more; answers how many rows.
 * Whoever changed a row in the meantime made it up: what is left is asked again under the locks.
 */
export async function makeUpMissing<Row extends { readonly bucket: number }>(
  world: World,
  load: (sql: Sql) => Promise<Row[]>,
  make: (tx: Tx, rows: readonly Row[]) => Promise<unknown>,
): Promise<number> {
  let made = 0;
  for (;;) {
    const found = await load(world.db);
    if (found.length === 0) return made;
    const locked = new Set(found.map((row) => row.bucket));
    made += await work(world, locked, async ({ tx }) => {
      const rows = (await load(tx)).filter((row) => locked.has(row.bucket));
      await make(tx, rows);
      return rows.length;
    });
  }
}
