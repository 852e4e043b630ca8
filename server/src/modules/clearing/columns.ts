/** All that was compared on a day: kept in parts, and read by the part in which a page lies. */
import { formatFixed, type LocalDate } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import { type ColumnRow, readColumnLines, writeColumnLines } from './domain/column-lines.ts';

const PART_ROWS = 2_000;

/** A stored part of a day's comparison. */
export interface ColumnPart {
  readonly sha256: string;
  readonly rows: number;
  readonly agreeing: number;
}

const agrees = (row: ColumnRow): boolean =>
  row.ours === row.theirs && row.ours === row.customerView;

const countAgreeing = (rows: readonly ColumnRow[]): number => rows.filter(agrees).length;

/** Keeps the rows as files; `replaceParts` says of which day they are. */
export async function storeColumns(
  { files }: Pick<World, 'files'>,
  rows: readonly ColumnRow[],
): Promise<ColumnPart[]> {
  const parts: ColumnPart[] = [];
  for (let from = 0; from < rows.length; from += PART_ROWS) {
    const own = rows.slice(from, from + PART_ROWS);
    const sha256 = await files.put(Buffer.from(writeColumnLines(own)));
    parts.push({ sha256, rows: own.length, agreeing: countAgreeing(own) });
  }
  return parts;
}

/** The day was compared, and these are its parts, in the place of those of an earlier run. */
export async function replaceParts(
  tx: Tx,
  date: LocalDate,
  parts: readonly ColumnPart[],
): Promise<void> {
  await tx.query(
    'insert into clearing.reconciliations (business_date) values ($1) on conflict do nothing',
    [date],
  );
  await tx.query('delete from clearing.reconciliation_parts where business_date = $1', [date]);
  await tx.query(
    `insert into clearing.reconciliation_parts (business_date, part, sha256, rows, agreeing)
     select $1, place - 1, sha256, rows, agreeing
     from unnest($2::text[], $3::int4[], $4::int4[])
       with ordinality as t(sha256, rows, agreeing, place)`,
    [
      date,
      parts.map((part) => part.sha256),
      parts.map((part) => part.rows),
      parts.map((part) => part.agreeing),
    ],
  );
}

/** Whether the columns of a day were compared, though there may have been nothing in them. */
export async function isCompared(sql: Sql, date: LocalDate): Promise<boolean> {
  const rows = await sql.query(
    'select 1 as one from clearing.reconciliations where business_date = $1',
    [date],
  );
  return rows.length > 0;
}

interface Page {
  readonly after: number;
  readonly limit: number;
  /** Only rows whose subject holds it; empty: every row. */
  readonly subject: string;
}

/** What a page found, and of how many. */
interface Found {
  readonly total: number;
  readonly agreeing: number;
  readonly rows: readonly ColumnRow[];
}

/** Of every row only the parts are read on which the page lies. */
async function readPage(
  files: World['files'],
  parts: readonly ColumnPart[],
  { after, limit }: Page,
): Promise<Found> {
  const rows: ColumnRow[] = [];
  let before = 0;
  for (const part of parts) {
    if (before < after + limit && before + part.rows > after) {
      const own = readColumnLines((await files.get(part.sha256)).toString('utf8'));
      rows.push(...own.slice(Math.max(0, after - before), after + limit - before));
    }
    before += part.rows;
  }
  const agreeing = parts.reduce((sum, part) => sum + part.agreeing, 0);
  return { total: before, agreeing, rows };
}

/** Every part is looked through for a text, one at a time; only those that hold it are taken apart. */
async function searchParts(
  files: World['files'],
  parts: readonly ColumnPart[],
  { after, limit, subject }: Page,
): Promise<Found> {
  const rows: ColumnRow[] = [];
  let total = 0;
  let agreeing = 0;
  for (const part of parts) {
    const bytes = await files.get(part.sha256);
    if (!bytes.includes(subject)) continue;
    const found = readColumnLines(bytes.toString('utf8'), subject);
    rows.push(...found.slice(Math.max(0, after - total), Math.max(0, after + limit - total)));
    total += found.length;
    agreeing += countAgreeing(found);
  }
  return { total, agreeing, rows };
}

/** A page of all that was compared on a day, breaks and agreements; nothing before it was. */
export async function listColumns(
  { db, files }: Pick<World, 'db' | 'files'>,
  date: LocalDate,
  page: Page,
) {
  const parts = await db.query<ColumnPart>(
    `select sha256, rows, agreeing from clearing.reconciliation_parts
     where business_date = $1 order by part`,
    [date],
  );
  const { total, agreeing, rows } =
    page.subject === ''
      ? await readPage(files, parts, page)
      : await searchParts(files, parts, page);
  const end = page.after + rows.length;
  return {
    total,
    agreeing,
    rows: rows.map((one) => ({
      kind: one.kind,
      subject: one.subject,
      ours: formatFixed(one.ours, 2),
      theirs: formatFixed(one.theirs, 2),
      customerView: formatFixed(one.customerView, 2),
      agrees: agrees(one),
    })),
    ...(end < total && rows.length > 0 ? { next: end } : {}),
  };
}
