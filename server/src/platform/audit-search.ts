/** Reading the audit, newest first, page by page. */
import { AppError, type Instant, parseInstant } from '@cairn/kernel';
import type { Sql } from './db.ts';

/** What to look for; every condition given must hold. */
export interface AuditSearch {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly result?: 'done' | 'refused' | undefined;
  readonly requestId?: string | undefined;
  readonly from?: Instant | undefined;
  /** Exclusive. */
  readonly to?: Instant | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** One record of the audit. */
export interface AuditRow {
  at: Instant;
  bucket: number;
  seq: string;
  actor: string;
  requestId: string;
  source: string;
  action: string;
  subject: string;
  result: string;
  detail: unknown;
  hash: string;
}

interface Row {
  at: Instant;
  bucket: number;
  seq: bigint;
  actor: string;
  request_id: string;
  source: string;
  action: string;
  subject: string;
  result: string;
  detail: string;
  hash: Uint8Array;
}

const rowOf = (row: Row): AuditRow => ({
  at: row.at,
  bucket: row.bucket,
  seq: String(row.seq),
  actor: row.actor,
  requestId: row.request_id,
  source: row.source,
  action: row.action,
  subject: row.subject,
  result: row.result,
  detail: JSON.parse(row.detail) as unknown,
  hash: Buffer.from(row.hash).toString('hex'),
});

function readPlace(after: string | undefined): [Instant, number, bigint] | undefined {
  if (after === undefined) return undefined;
  const [atText = '', bucketText = '', seqText = ''] = after.split('~');
  const at = parseInstant(atText);
  if (at === undefined || !/^\d{1,3}$/.test(bucketText) || !/^\d{1,18}$/.test(seqText)) {
    throw new AppError('REQUEST_MALFORMED', {
      reason: 'after is not the next of a page',
      reasonZh: 'after 不是上一页给出的位置',
    });
  }
  return [at, Number.parseInt(bucketText, 10), BigInt(seqText)];
}

// The words of the index of people: with them the planner sees that it serves.
const PEOPLE = "and actor ~ '^(staff|investor):'";
const isPerson = (actor: string | undefined): boolean =>
  actor !== undefined && /^(staff|investor):/.test(actor);

/** One page, newest first, and where the next one begins if there is more. */
export async function searchAudit(
  sql: Sql,
  search: AuditSearch,
): Promise<{ entries: AuditRow[]; next?: string }> {
  const { subject, actor, action, result, requestId, from, to, limit } = search;
  const place = readPlace(search.after);
  const rows = await sql.query<Row>(
    `select at, bucket, seq, actor, request_id, source, action, subject, result, detail, hash
     from platform.audit
     where ($1::text is null or subject = $1) and ($2::text is null or actor = $2)
       and ($3::text is null or action = $3)
       and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
       and ($6::timestamptz is null
         or (at, bucket, seq) < ($6::timestamptz, $7::int2, $8::int8))
       and ($10::text is null or result = $10) and ($11::text is null or request_id = $11)
       ${isPerson(actor) ? PEOPLE : ''}
     order by at desc, bucket desc, seq desc limit $9`,
    [
      subject ?? null,
      actor ?? null,
      action ?? null,
      from ?? null,
      to ?? null,
      place?.[0] ?? null,
      place?.[1] ?? null,
      place?.[2] ?? null,
      limit + 1,
      result ?? null,
      requestId ?? null,
    ],
  );
  const entries = rows.slice(0, limit).map(rowOf);
  const last = entries.at(-1);
  if (rows.length <= limit || last === undefined) return { entries };
  return { entries, next: `${last.at}~${last.bucket}~${last.seq}` };
}
