/** The named facts by which a demonstration knows itself. */
import type { Instant } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import { DEMO_CLOCK_FACT } from '../demo-clock.ts';
import type { People } from '../sandbox/house.ts';
import { staffActor } from '../sandbox/house.ts';
import type { Investor } from '../sandbox/investors.ts';
import { demoCustomers } from './people.ts';

/** Stands from the first write of the seeding to its end, so that a broken one is known. */
export const SEEDING_FACT = 'demo-seeding';
const CUSTOMERS_FACT = 'demo-customers';
const STAFF_FACT = 'demo-staff';

/** Writes or replaces a fact. */
export async function writeFact(sql: Sql, name: string, value: string, at: Instant): Promise<void> {
  await sql.affected(
    `insert into platform.facts (name, value, updated_at) values ($1, $2, $3)
     on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [name, value, at],
  );
}

/** The value of a fact, if it stands. */
export async function findFact(sql: Sql, name: string): Promise<string | undefined> {
  const [row] = await sql.query<{ value: string }>(
    'select value from platform.facts where name = $1',
    [name],
  );
  return row?.value;
}

/** Keeps where the demonstration's clock stands. */
export async function writeDemoClock(world: World, at: Instant): Promise<void> {
  await writeFact(world.db, DEMO_CLOCK_FACT, at, at);
}

type StoredCustomer = readonly [customerId: string, assetAccountNo: string, bucket: number];

/** Keeps which customer is which of `demoCustomers`, in that order; '' for one without accounts. */
export async function writeInvestors(
  world: World,
  investors: readonly (Investor | undefined)[],
): Promise<void> {
  const stored = investors.map((one): StoredCustomer | null =>
    one === undefined ? null : [one.customerId, one.assetAccountNo, one.bucket],
  );
  await writeFact(world.db, CUSTOMERS_FACT, JSON.stringify(stored), world.clock.now());
}

/** The demonstration's investors with accounts, in their fixed order. */
export async function loadInvestors(sql: Sql): Promise<Investor[]> {
  const text = await findFact(sql, CUSTOMERS_FACT);
  const stored = JSON.parse(text ?? '[]') as (StoredCustomer | null)[];
  const customers = demoCustomers();
  return stored.flatMap((row, index): Investor[] => {
    const spec = customers[index]?.spec;
    if (row === null || spec === undefined) return [];
    const [customerId, assetAccountNo, bucket] = row;
    return [{ customerId, assetAccountNo, bucket, spec }];
  });
}

/** The people who act in the demonstration: who prepares, and who checks. */
export async function writeStaff(
  world: World,
  staff: { readonly maker: string; readonly checker: string },
): Promise<void> {
  await writeFact(world.db, STAFF_FACT, JSON.stringify(staff), world.clock.now());
}

/** Reads them back as actors. */
export async function loadStaff(sql: Sql): Promise<People> {
  const stored = JSON.parse((await findFact(sql, STAFF_FACT)) ?? '{}') as Record<string, string>;
  return {
    maker: staffActor(stored['maker'] ?? '', 'operations'),
    checker: staffActor(stored['checker'] ?? '', 'reviewer'),
  };
}
