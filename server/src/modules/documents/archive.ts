/** The files of a run as one archive, told while it is read: never whole in memory. */
import { Readable } from 'node:stream';
import { Zip, ZipPassThrough } from 'fflate';
import type { World } from '../../platform/world.ts';
import { nameOf } from './produce.ts';
import { loadItems, type RunRow } from './runs.ts';

const PAGE = 50;

/** A ZIP of every document that is made. PDF and XLSX are compressed already, so it only joins them. */
export function archiveOf(world: World, run: RunRow): Readable {
  return Readable.from(chunksOf(world, run));
}

async function* chunksOf(world: World, run: RunRow): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  const wanted = { ...run, ...(run.to_date === null ? {} : { to: run.to_date }) };
  for (let after = 0; ; ) {
    const items = await loadItems(world.db, run.run_id, { after, limit: PAGE, state: 'done' });
    for (const { sha256, customer_id, expired_at } of items) {
      if (sha256 === null || expired_at !== null) continue;
      const entry = new ZipPassThrough(nameOf(customer_id, wanted));
      zip.add(entry);
      entry.push(await world.files.get(sha256), true);
      yield* ready.splice(0);
    }
    const last = items.at(-1);
    if (last === undefined) break;
    after = last.place;
  }
  zip.end();
  yield* ready.splice(0);
}
