/**
 * What Citus refuses of statements on distributed tables, read from the text of every statement of
 * the program: a database that has Citus is not on every machine. Source of the rules: the Citus
 * documentation, "SQL Support and Workarounds", and its issues 4647 (locks of rows), 5280 (a change
 * of a local table that reads distributed ones) and 8693. That a statement names its buckets is the
 * rule of `sql.ts`; these hold for statements over all buckets too.
 */
import type { Places } from '../server/src/platform/distribution/fit.ts';
import { isTestFile, type Source } from './sources.ts';
import type { Finding } from './tidy.ts';

const NAMED = /\b(from|join|update|into)\s+(?:only\s+)?([a-z_]+\.[a-z_]+)\b/gi;
const LINK = /\bbucket\s*=\s*(?:any\s*\(\s*)?(?:\$\d*|\w+\.bucket\b)/gi;
const ONE_BUCKET = /\bbucket\s*=\s*\$\d/i;
/** A lateral subquery per row of a list of keys. */
const KEYS_WITH_LIMIT =
  /\bunnest\s*\((?:(?!\bunion\b)[\s\S])*\blateral\s*\((?:(?!\)\s*as\b)[\s\S])*\b(limit|offset)\b/i;
const VOLATILE = /\b(random|gen_random_uuid|clock_timestamp|nextval|timeofday)\s*\(/i;
const NOT_ACROSS = /\b(with recursive|grouping sets|rollup\s*\(|cube\s*\(|tablesample)\b/i;

interface Touched {
  readonly table: string;
  readonly isChanged: boolean;
  readonly isJoined: boolean;
}

function touchedBy(statement: string): Touched[] {
  return [...statement.matchAll(NAMED)].map(([, verb = '', table = '']) => ({
    table: table.toLowerCase(),
    isChanged:
      /update|into/i.test(verb) ||
      new RegExp(`\\bdelete\\s+from\\s+(?:only\\s+)?${table}\\b`, 'i').test(statement),
    isJoined: /join/i.test(verb),
  }));
}

/** The columns that ON CONFLICT names, for each insert of the statement. */
function conflictFaults(statement: string, byBucket: ReadonlySet<string>): string[] {
  return statement.split(/\binsert\s+into\s+/i).flatMap((part, at) => {
    const [target = ''] = /^[a-z_]+\.[a-z_]+/i.exec(part) ?? [];
    const [, columns] = /\bon\s+conflict\s*\(([^)]*)\)/i.exec(part) ?? [];
    if (at === 0 || !byBucket.has(target) || columns === undefined) return [];
    return /\bbucket\b/.test(columns) ? [] : [`on conflict on ${target} names bucket`];
  });
}

function changeFaults(statement: string, changed: readonly string[]): string[] {
  if (changed.length === 0) return [];
  const faults: string[] = [];
  const [, assigned = ''] =
    /\bupdate\s+[a-z_.]+(?:\s+\w+)?\s+set\b([\s\S]*?)(?:\bfrom\b|\bwhere\b|\breturning\b|$)/i.exec(
      statement,
    ) ?? [];
  if (/(^|,)\s*bucket\s*=/i.test(assigned)) faults.push('the bucket of a row never changes');
  if (/\bvalues\b[^;]*\(\s*select\b/i.test(statement)) {
    faults.push('values hold no subquery: insert … select');
  }
  if (VOLATILE.test(statement)) faults.push('a change calls no volatile function');
  if (/\bdo\s+update\s+set\b[\s\S]*\b(now\s*\(|current_(date|timestamp)\b)/i.test(statement)) {
    faults.push('do update calls immutable functions only');
  }
  if (/\busing\s*\(/i.test(statement)) faults.push('a change joins with on, not using');
  return faults;
}

/** Why Citus would refuse this statement; empty when it takes it. */
export function citusFaults(statement: string, places: Places): string[] {
  const byBucket = new Set(places.byBucket);
  const onCoordinator = new Set(places.onCoordinator);
  const touched = touchedBy(statement);
  const distributed = touched.filter(({ table }) => byBucket.has(table));
  if (distributed.length === 0) return [];
  const changed = distributed.filter(({ isChanged }) => isChanged).map(({ table }) => table);
  const local = touched.filter(({ table }) => onCoordinator.has(table));
  const joined = distributed.filter(({ isJoined }) => isJoined).length;
  const faults = [...conflictFaults(statement, byBucket), ...changeFaults(statement, changed)];
  if (
    /\bfor\s+(no\s+key\s+)?(update|share|key\s+share)\b/i.test(statement) &&
    !ONE_BUCKET.test(statement)
  ) {
    faults.push('rows of several buckets are locked by platform.buckets, not here');
  }
  if (NOT_ACROSS.test(statement) && !ONE_BUCKET.test(statement)) {
    faults.push('recursion, grouping sets and samples stay in one bucket');
  }
  if (KEYS_WITH_LIMIT.test(statement)) {
    faults.push('a look-up per key groups by its key: no limit, no offset');
  }
  if (/\bmerge\s+into\b/i.test(statement)) faults.push('no merge');
  if (local.some(({ isChanged }) => isChanged)) {
    faults.push('a table of the coordinator is changed by a statement of its own');
  }
  if (changed.length > 0 && local.length > 0) {
    faults.push('a change of distributed tables reads no table of the coordinator');
  }
  const links = [...statement.matchAll(LINK)].length;
  const usings = [...statement.matchAll(/\busing\s*\([^)]*\bbucket\b/gi)].length;
  if (distributed.length > 1 && links + usings < joined) {
    faults.push('distributed tables are joined on bucket');
  }
  return faults;
}

/** Every statement of the program that Citus would refuse. */
export function checkCitus(sources: readonly Source[], places: Places): Finding[] {
  return sources
    .filter(({ path }) => /^server\/src\/(modules|platform)\//.test(path) && !isTestFile(path))
    .flatMap(({ path, literals }) =>
      literals.flatMap((literal) =>
        citusFaults(literal.text, places).map((message) => ({
          at: `${path}:${literal.line}`,
          message,
        })),
      ),
    );
}
