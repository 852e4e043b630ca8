/** The settle step: moves the money that is due, a group of buckets at a time. */
import type { LocalDate } from '@cairn/kernel';
import type { Actor } from '../../../platform/actor.ts';
import { work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import { settleDue } from '../../accounts/index.ts';

const GROUP_ITEMS = 4_000n;

/** Buckets with open items due by the date, in groups of a few thousand items. */
async function dueGroups(world: World, date: LocalDate): Promise<number[][]> {
  const rows = await world.db.query<{ bucket: number; items: bigint }>(
    `select bucket, count(*) as items from accounts.settlement_items
     where state = 'open' and due_date <= $1::date group by bucket order by bucket`,
    [date],
  );
  const groups: number[][] = [];
  let size = GROUP_ITEMS;
  for (const { bucket, items } of rows) {
    if (size + items > GROUP_ITEMS) {
      groups.push([]);
      size = 0n;
    }
    groups.at(-1)?.push(bucket);
    size += items;
  }
  return groups;
}

/** Settles everything due by the date; what is settled stays so when the step runs again. */
export async function settleDay(
  world: World,
  actor: Actor,
  date: LocalDate,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = { items: 0 };
  for (const buckets of await dueGroups(world, date)) {
    const items = await work(world, buckets, async (unit) => {
      const settled = await settleDue(unit, date, buckets);
      for (const bucket of new Set(settled.map((item) => item.bucket))) {
        unit.audit({
          bucket,
          actor,
          action: 'clearing.settle',
          subject: `day:${date}`,
          result: 'done',
          detail: { items: settled.filter((item) => item.bucket === bucket).length },
        });
      }
      return settled;
    });
    counts['items'] = (counts['items'] ?? 0) + items.length;
    for (const item of items) counts[item.kind] = (counts[item.kind] ?? 0) + 1;
  }
  return counts;
}
