import { describe, expect, test } from 'vitest';
import { PLACES } from '../server/src/platform/distribution/distribute.ts';
import { checkCitus, citusFaults } from './citus.ts';
import { gitFiles, isCode, parseSource, readTree } from './sources.ts';
import { bucketTables } from './sql.ts';

const tree = readTree(gitFiles().filter((path) => path.startsWith('server/')));
const sources = [...tree]
  .filter(([path]) => isCode(path))
  .map(([path, text]) => parseSource(path, text));
const lines = (findings: readonly { at: string; message: string }[]) =>
  findings.map(({ at, message }) => `${at}: ${message}`);

describe('statements on distributed tables are those that Citus takes', () => {
  test('every statement of the program is', () => {
    expect(lines(checkCitus(sources, PLACES))).toEqual([]);
  });

  test('the tables that are cut by bucket are those whose key it leads, but for the locks', () => {
    const led = [...bucketTables(tree)];
    expect([...PLACES.byBucket].toSorted()).toEqual(led.toSorted());
  });

  test.each([
    [
      'select 1 from trading.orders where bucket = any($1) for update',
      'select 1 from trading.orders where bucket = $1 for update',
    ],
    [
      'update trading.orders set bucket = $2 where bucket = $1',
      'update trading.orders set version = $2 where bucket = $1',
    ],
    [
      'insert into accounts.lots (bucket, lot_id) values ($1, $2) on conflict (lot_id) do nothing',
      'insert into accounts.lots (bucket, lot_id) values ($1, $2) on conflict (bucket, lot_id) do nothing',
    ],
    [
      'insert into trading.orders (bucket, order_id) values ($1, (select max(order_id) from trading.orders))',
      'insert into trading.orders (bucket, order_id) select bucket, order_id from unnest($1::int2[], $2::text[]) as t(bucket, order_id)',
    ],
    [
      'update trading.orders set order_id = gen_random_uuid() where bucket = $1',
      'update trading.orders set order_id = $2 where bucket = $1',
    ],
    [
      'insert into trading.order_flow (bucket) values ($1) on conflict (bucket) do update set trade_date = current_date',
      'insert into trading.order_flow (bucket) values ($1) on conflict (bucket) do update set trade_date = excluded.trade_date',
    ],
    [
      'update trading.orders o set version = 2 from trading.order_events e join trading.orders x using (bucket)',
      'update trading.orders o set version = 2 from trading.order_events e where e.bucket = o.bucket',
    ],
    [
      'with recursive t as (select 1) select * from trading.orders where bucket = any($1)',
      'with t as (select 1) select * from trading.orders where bucket = any($1)',
    ],
    [
      'select count(*) from trading.orders where bucket = any($1) group by rollup (bucket, state)',
      'select count(*) from trading.orders where bucket = any($1) group by bucket, state',
    ],
    [
      'select * from unnest($1::int2[]) as k(bucket) cross join lateral (select * from trading.orders r where r.bucket = k.bucket limit 1) as o',
      'select * from unnest($1::int2[]) as k(bucket) cross join lateral (select * from trading.orders r where r.bucket = k.bucket group by r.bucket, r.order_id) as o',
    ],
    [
      'select * from unnest($1::int2[]) as k(bucket) cross join lateral (select * from trading.orders r where r.bucket = k.bucket offset 0) as o',
      'select * from trading.orders o cross join lateral (select * from trading.order_events e where e.bucket = o.bucket order by seq limit 1) as e',
    ],
    [
      'merge into trading.orders o using trading.order_events e on o.bucket = e.bucket when matched then delete',
      'select 1 from trading.orders o join trading.order_events e on o.bucket = e.bucket',
    ],
    [
      'with moved as (update platform.buckets set audit_seq = 1) insert into platform.audit (bucket) values ($1)',
      'insert into platform.audit (bucket) values ($1)',
    ],
    [
      'update trading.orders o set version = 2 from products.funds f where f.fund_code = o.fund_code',
      'update trading.orders o set version = 2 from clearing.files f where f.file_id = $1',
    ],
    [
      'select 1 from trading.orders o join trading.order_events e on e.order_id = o.order_id',
      'select 1 from trading.orders o join trading.order_events e on e.bucket = o.bucket and e.order_id = o.order_id',
    ],
  ])('a planted statement is found: %s', (planted, cure) => {
    expect(citusFaults(planted, PLACES)).not.toEqual([]);
    expect(citusFaults(cure, PLACES)).toEqual([]);
    const path = 'server/src/modules/trading/x.ts';
    const source = parseSource(path, `export const sql = \`${planted}\`;`);
    expect(checkCitus([source], PLACES)).not.toEqual([]);
  });

  test('statements on other tables are not its business', () => {
    expect(citusFaults('select 1 from platform.facts where name = $1 for update', PLACES)).toEqual(
      [],
    );
  });
});
