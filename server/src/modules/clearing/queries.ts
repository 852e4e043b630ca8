/** Reads of the clearing module: SQL → wire shape. */
import { AppError, formatFixed, type Instant, type LocalDate } from '@cairn/kernel';
import { inspect, type OfdLanguage } from '@cairn/ofd';
import { cutPage, type PageAsk, readCursor } from '../../platform/cursor.ts';
import type { Sql } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import type { RecordKind } from './differences.ts';
import type { ExceptionRow } from './exceptions.ts';
import { maskField } from './domain/personal-fields.ts';
import type { Mismatch } from './domain/mismatch.ts';
import { textsOf } from './texts.ts';

/** The newest business days. */
export async function listDays(sql: Sql, limit: number) {
  const rows = await sql.query<{
    business_date: LocalDate;
    state: string;
    opened_at: Instant;
    closed_at: Instant | null;
  }>(
    `select business_date, state, opened_at, closed_at from clearing.business_days
     order by business_date desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    businessDate: row.business_date,
    state: row.state,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  }));
}

/** An exception as the list shows it, with its text in both languages. */
export function exceptionReply(row: ExceptionRow) {
  const [message, messageZh] = textsOf(row.code);
  return {
    exceptionId: row.exception_id,
    businessDate: row.business_date,
    code: row.code,
    message,
    messageZh,
    severity: row.severity,
    subject: row.subject,
    detail: row.detail,
    ownerRole: row.owner_role,
    owner: row.owner,
    state: row.state,
    raisedAt: row.raised_at,
    resolvedAt: row.resolved_at,
  };
}

/** Why the record of an exception was not booked, each reason in words. */
export function reasonsReply({ detail }: ExceptionRow) {
  const reasons = (detail['reasons'] ?? []) as readonly Mismatch[];
  return reasons.map((reason) => {
    const [message, messageZh] = textsOf(reason.code);
    return { ...reason, message, messageZh };
  });
}

interface FileListRow {
  file_id: bigint;
  direction: string;
  party: string;
  stream: string;
  file_type: string;
  file_date: LocalDate;
  name: string;
  sha256: string;
  size_bytes: bigint;
  records: bigint;
  state: string;
  reason: unknown;
}

/** A page of the files of a business day, in and out, and how many there are. DAY_CURSOR_INVALID. */
export async function listFiles(sql: Sql, date: LocalDate, { limit, cursor }: PageAsk) {
  const [after = null] = readCursor(cursor, /^([0-9]{1,18})$/, 'DAY_CURSOR_INVALID');
  const rows = await sql.query<FileListRow>(
    `select file_id, direction, party, stream, file_type, file_date, name, sha256, size_bytes,
       records, state, reason
     from clearing.files where business_date = $1 and ($2::int8 is null or file_id > $2::int8)
     order by file_id limit $3`,
    [date, after, limit + 1],
  );
  const [sum] = await sql.query<{ total: number }>(
    'select count(*)::int4 as total from clearing.files where business_date = $1',
    [date],
  );
  const { shown, next } = cutPage(rows, limit, (row) => [row.file_id]);
  const files = shown.map((row) => ({
    fileId: String(row.file_id),
    direction: row.direction,
    party: row.party,
    stream: row.stream,
    fileType: row.file_type,
    fileDate: row.file_date,
    name: row.name,
    sha256: row.sha256,
    sizeBytes: String(row.size_bytes),
    records: String(row.records),
    state: row.state,
    reason: row.reason,
  }));
  return { total: sum?.total ?? 0, files, ...next };
}

/** A stored file as a person reads it, personal data masked. Errors: FILE_NOT_FOUND. */
export async function viewFile(
  world: World,
  fileId: bigint,
  language: OfdLanguage,
): Promise<string> {
  const [row] = await world.db.query<{ sha256: string; stream: string }>(
    'select sha256, stream from clearing.files where file_id = $1',
    [fileId],
  );
  if (row === undefined) throw new AppError('FILE_NOT_FOUND', { fileId: String(fileId) });
  const bytes = await world.files.get(row.sha256);
  return row.stream === 'bank'
    ? bytes.toString('utf8')
    : inspect(bytes, { language, mask: maskField });
}

/** Of a day and, with a branch, of its customers: $1 and $2 of what reads breaks. */
const BREAKS_OF_DAY = `clearing.breaks b where business_date = $1
  and ($2::text is null or exists (select 1 from customers.customers c
    where c.customer_id = b.customer_id and c.branch_code = $2::text))`;

/**
 * A page of the breaks of a day by kind and subject, units and money as decimals, and how many there
 * are; with a branch, those of its customers. BREAK_CURSOR_INVALID for a cursor that is not ours.
 */
export async function listBreaks(
  sql: Sql,
  date: LocalDate,
  { limit, cursor, branchCode }: PageAsk & { readonly branchCode?: string | undefined },
) {
  const own = [date, branchCode ?? null];
  const place = readCursor(cursor, /^(\w{1,20}) ([\x20-\x7e]{1,80})$/, 'BREAK_CURSOR_INVALID');
  const [kind = null, subject = null] = place;
  const rows = await sql.query<{
    kind: string;
    subject: string;
    ours: bigint;
    theirs: bigint;
    customer_view: bigint;
    class: string;
  }>(
    `select kind, subject, ours, theirs, customer_view, class from ${BREAKS_OF_DAY}
       and ($3::text is null or (kind, subject) > ($3::text, $4::text))
     order by kind, subject limit $5`,
    [...own, kind, subject, limit + 1],
  );
  const [sum] = await sql.query<{ total: number }>(
    `select count(*)::int4 as total from ${BREAKS_OF_DAY}`,
    own,
  );
  const { shown, next } = cutPage(rows, limit, (row) => [row.kind, row.subject]);
  const breaks = shown.map((row) => ({
    kind: row.kind,
    subject: row.subject,
    ours: formatFixed(row.ours, 2),
    theirs: formatFixed(row.theirs, 2),
    customerView: formatFixed(row.customer_view, 2),
    class: row.class,
  }));
  return { total: sum?.total ?? 0, breaks, ...next };
}

const DIFFERENCE_PLACE = /^([0-9A-Z]{1,9}) ([0-9]{1,18}) ([0-9]{1,9}) ([A-Z0-9_]{1,60})$/;

/**
 * A page of what differed in the records booked on a day, as decimals, by registrar and record.
 * DAY_CURSOR_INVALID for a cursor that is not ours.
 */
export async function listDifferences(sql: Sql, date: LocalDate, { limit, cursor }: PageAsk) {
  const place = readCursor(cursor, DIFFERENCE_PLACE, 'DAY_CURSOR_INVALID');
  const [registrarCode = null, fileId = null, recordNo = null, code = null] = place;
  const rows = await sql.query<{
    kind: RecordKind;
    file_id: bigint;
    record_no: number;
    code: string;
    registrar_code: string;
    ours: string | null;
    theirs: string | null;
    how: string;
  }>(
    `select kind, file_id, record_no, code, registrar_code, ours, theirs, how
     from clearing.differences where business_date = $1
       and ($2::text is null or (registrar_code, file_id, record_no, code)
         > ($2::text, $3::int8, $4::int4, $5::text))
     order by registrar_code, file_id, record_no, code limit $6`,
    [date, registrarCode, fileId, recordNo, code, limit + 1],
  );
  const { shown, next } = cutPage(rows, limit, (row) => [
    row.registrar_code,
    row.file_id,
    row.record_no,
    row.code,
  ]);
  const differences = shown.map((row) => {
    const [message, messageZh] = textsOf(row.code);
    return {
      kind: row.kind,
      registrarCode: row.registrar_code,
      fileId: String(row.file_id),
      recordNo: row.record_no,
      code: row.code,
      message,
      messageZh,
      ours: row.ours,
      theirs: row.theirs,
      how: row.how,
    };
  });
  return { differences, ...next };
}
