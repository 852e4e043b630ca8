/**
 * Whether the tables of a database can be distributed with Citus: what it refuses to create, found
 * before it is asked. Source of the rules: the Citus documentation, "Creating and Modifying
 * Distributed Tables" and "SQL Support and Workarounds", and its issue 906 and pull request 5705 on
 * triggers; versions 12 to 14.
 */
import type { Sql } from '../db.ts';

/** What the catalog says of a table that matters here. */
export interface TableShape {
  /** 'accounts.holdings'. */
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly isRequired: boolean;
    /** Filled from a sequence: an identity, or a default that draws one. */
    readonly isNumbered: boolean;
  }[];
  /** Unique indexes, with the columns they name; expressions are left out. */
  readonly keys: readonly {
    readonly name: string;
    readonly isPrimary: boolean;
    readonly columns: readonly string[];
  }[];
  readonly references: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly to: string;
    readonly toColumns: readonly string[];
  }[];
  readonly triggers: readonly { readonly name: string; readonly body: string }[];
  /** Exclusion constraints, rules, row security, partitions and parents, by their catalog word. */
  readonly extras: readonly string[];
}

/** The three lists of `tables.ts`. */
export interface Places {
  readonly byBucket: readonly string[];
  readonly everywhere: readonly string[];
  readonly onCoordinator: readonly string[];
}

/** Why a table cannot be distributed. */
export interface Misfit {
  readonly table: string;
  readonly en: string;
  readonly zh: string;
}

const SHAPES = `
  with tables as (
    select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.relrowsecurity, c.relhasrules,
      c.relispartition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in (select module from platform.migrations))
  select t.name,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'isRequired', a.attnotnull, 'isNumbered', a.attidentity <> ''
          or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval(%', false)) order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as columns,
    coalesce((select json_agg(json_build_object('name', x.relname, 'isPrimary', i.indisprimary,
        'columns', (select coalesce(json_agg(a.attname order by k.place), '[]')
          from unnest(i.indkey::int2[]) with ordinality k(n, place)
          join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n)) order by x.relname)
      from pg_index i join pg_class x on x.oid = i.indexrelid
      where i.indrelid = t.oid and i.indisunique), '[]') as keys,
    coalesce((select json_agg(json_build_object('name', f.conname,
        'columns', (select json_agg(a.attname order by k.place)
          from unnest(f.conkey) with ordinality k(n, place)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.n),
        'to', (select n.nspname || '.' || c.relname from pg_class c
          join pg_namespace n on n.oid = c.relnamespace where c.oid = f.confrelid),
        'toColumns', (select json_agg(a.attname order by k.place)
          from unnest(f.confkey) with ordinality k(n, place)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.n)) order by f.conname)
      from pg_constraint f where f.conrelid = t.oid and f.contype = 'f'), '[]') as "references",
    coalesce((select json_agg(json_build_object('name', g.tgname, 'body', p.prosrc) order by g.tgname)
      from pg_trigger g join pg_proc p on p.oid = g.tgfoid
      where g.tgrelid = t.oid and not g.tgisinternal), '[]') as triggers,
    to_json(array_remove(array[
      case when t.relkind = 'p' or t.relispartition then 'partition' end,
      case when t.relrowsecurity then 'row security' end,
      case when t.relhasrules then 'rule' end,
      case when exists (select 1 from pg_inherits h where h.inhrelid = t.oid) then 'parent' end,
      case when exists (select 1 from pg_constraint x
        where x.conrelid = t.oid and x.contype = 'x') then 'exclusion constraint' end
    ], null)) as extras
  from tables t order by t.name`;

/** The tables of the program's own schemas, as the catalog of this database has them. */
export async function loadShapes(sql: Sql): Promise<TableShape[]> {
  return sql.query<TableShape & Record<string, unknown>>(SHAPES);
}

const EXTRAS_ZH: Readonly<Record<string, string>> = {
  partition: '分区',
  'row security': '行级安全策略',
  rule: '规则',
  parent: '继承',
  'exclusion constraint': '排他约束',
};

function listFaults(shapes: readonly TableShape[], places: Places): Misfit[] {
  const there = new Set(shapes.map(({ name }) => name));
  const listed = [...places.byBucket, ...places.everywhere, ...places.onCoordinator];
  const counts = new Map<string, number>();
  for (const name of listed) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [
    ...[...there]
      .filter((name) => !counts.has(name))
      .map((table) => ({ table, en: 'stands in no list', zh: '未列入任何清单' })),
    ...[...counts]
      .filter(([name]) => !there.has(name))
      .map(([table]) => ({ table, en: 'is listed but not there', zh: '已列入清单但不存在' })),
    ...[...counts]
      .filter(([, count]) => count > 1)
      .map(([table]) => ({ table, en: 'stands in two lists', zh: '列入了两个清单' })),
  ];
}

function keyFaults({ columns, keys }: TableShape): Omit<Misfit, 'table'>[] {
  const bucket = columns.find(({ name }) => name === 'bucket');
  const faults: Omit<Misfit, 'table'>[] = [];
  if (bucket === undefined) return [{ en: 'has no column bucket', zh: '没有 bucket 列' }];
  if (bucket.type !== 'smallint' || !bucket.isRequired) {
    faults.push({ en: 'bucket is not a required int2', zh: 'bucket 不是必填的 int2' });
  }
  if (!keys.some(({ isPrimary }) => isPrimary)) {
    faults.push({ en: 'has no primary key', zh: '没有主键' });
  }
  for (const key of keys.filter((one) => !one.columns.includes('bucket'))) {
    faults.push({
      en: `unique key ${key.name} lacks bucket`,
      zh: `唯一键 ${key.name} 不含 bucket`,
    });
  }
  return faults;
}

type Place = 'bucket' | 'everywhere' | 'coordinator';

function referenceFaults(
  { references }: TableShape,
  place: Place,
  placeOf: ReadonlyMap<string, Place>,
): Omit<Misfit, 'table'>[] {
  return references.flatMap(({ name, columns, to, toColumns }) => {
    const target = placeOf.get(to);
    const at = columns.indexOf('bucket');
    if (target === 'everywhere') return [];
    if (place === 'coordinator' && target === 'coordinator') return [];
    if (place === 'bucket' && target === 'bucket') {
      if (at >= 0 && toColumns[at] === 'bucket') return [];
      return [{ en: `foreign key ${name} leaves bucket out`, zh: `外键 ${name} 未包含 bucket` }];
    }
    return [
      {
        en: `foreign key ${name} points to ${to}, which lies elsewhere`,
        zh: `外键 ${name} 指向位于别处的 ${to}`,
      },
    ];
  });
}

/** A trigger runs on the node of the row: besides the row it may read what every node has. */
function triggerFaults(
  { triggers }: TableShape,
  placeOf: ReadonlyMap<string, Place>,
): Omit<Misfit, 'table'>[] {
  return triggers.flatMap(({ name, body }) =>
    [...placeOf]
      .filter(([table, place]) => place !== 'everywhere' && body.includes(table))
      .map(([table]) => ({
        en: `trigger ${name} reads ${table}, which is not on every node`,
        zh: `触发器 ${name} 读取 ${table}，而它并不在每个节点上`,
      })),
  );
}

/** Every reason why these tables, in these places, cannot be distributed; none: they fit. */
export function misfitsOf(shapes: readonly TableShape[], places: Places): Misfit[] {
  const placeOf = new Map<string, Place>([
    ...places.onCoordinator.map((name) => [name, 'coordinator'] as const),
    ...places.everywhere.map((name) => [name, 'everywhere'] as const),
    ...places.byBucket.map((name) => [name, 'bucket'] as const),
  ]);
  const faults = listFaults(shapes, places);
  for (const shape of shapes) {
    const place = placeOf.get(shape.name);
    if (place === undefined) continue;
    const found = referenceFaults(shape, place, placeOf);
    if (place === 'bucket') found.push(...keyFaults(shape));
    if (place !== 'coordinator') {
      found.push(...triggerFaults(shape, placeOf));
      found.push(
        ...shape.extras.map((word) => ({
          en: `has a ${word}`,
          zh: `含有${EXTRAS_ZH[word] ?? word}`,
        })),
      );
      for (const { name } of shape.columns.filter(
        (one) => one.isNumbered && one.type !== 'bigint',
      )) {
        found.push({
          en: `the numbered column ${name} is not int8`,
          zh: `自动编号列 ${name} 不是 int8`,
        });
      }
    }
    faults.push(...found.map((one) => ({ table: shape.name, ...one })));
  }
  return faults;
}
