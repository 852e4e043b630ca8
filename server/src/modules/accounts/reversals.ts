/** Taking back transfers that were booked wrongly: by a further entry, at most once. */
import { amount, assert, type LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import { type Entry, type EntryKind, reverseEntry } from './domain/entries.ts';
import { post } from './ledger.ts';
import type { BatchOutcome, Refused } from './outcome.ts';

/** One entry to take back; `ref` says by what authority, such as an approval id. */
export interface ReversalRequest {
  readonly bucket: number;
  readonly entryId: string;
  readonly ref: string;
  readonly businessDate: LocalDate;
}

interface PostedEntry extends Entry {
  readonly isReversed: boolean;
}

/**
 * Reverses booked transfers ('deposit' and 'withdrawal'; a settlement is corrected by its
 * registrar's next record). Refusals: ENTRY_NOT_FOUND, ENTRY_NOT_REVERSIBLE,
 * ENTRY_ALREADY_REVERSED. AppError CASH_INSUFFICIENT, and nothing is written, when the customer no
 * longer has the money. The caller audits the act.
 */
export async function reverseEntries(
  work: Work,
  requests: readonly ReversalRequest[],
): Promise<BatchOutcome<Entry, ReversalRequest>> {
  const posted = await loadEntries(work.tx, requests);
  const done: Entry[] = [];
  const refused: Refused<ReversalRequest>[] = [];
  const taken = new Set<string>();
  for (const item of requests) {
    const key = `${item.bucket}/${item.entryId}`;
    const entry = posted.get(key);
    const code = taken.has(key) ? 'ENTRY_ALREADY_REVERSED' : refuseReversal(entry);
    if (code !== undefined || entry === undefined) {
      const details = { entryId: item.entryId };
      refused.push({ item, code: code ?? 'ENTRY_NOT_FOUND', details });
      continue;
    }
    taken.add(key);
    done.push(reverseEntry(entry, item.ref, item.businessDate));
  }
  await post(work, done);
  return { done, refused };
}

function refuseReversal(entry: PostedEntry | undefined): string | undefined {
  if (entry === undefined) return 'ENTRY_NOT_FOUND';
  if (entry.kind !== 'deposit' && entry.kind !== 'withdrawal') return 'ENTRY_NOT_REVERSIBLE';
  return entry.isReversed ? 'ENTRY_ALREADY_REVERSED' : undefined;
}

async function loadEntries(
  sql: Sql,
  requests: readonly ReversalRequest[],
): Promise<Map<string, PostedEntry>> {
  const rows = await sql.query<{
    bucket: number;
    entry_id: string;
    account_code: string;
    amount: bigint;
    kind: EntryKind;
    ref: string;
    business_date: LocalDate;
    is_reversed: boolean;
  }>(
    `select p.bucket, p.entry_id, p.account_code, p.amount, p.kind, p.ref, p.business_date,
       exists (select 1 from accounts.postings r
         where r.bucket = p.bucket and r.reverses = p.entry_id and r.line = 1) as is_reversed
     from (select distinct bucket, entry_id
       from unnest($1::int2[], $2::text[]) as u(bucket, entry_id)) as t
     join accounts.postings p on p.bucket = t.bucket and p.entry_id = t.entry_id
     where p.bucket = any($1::int2[])
     order by p.bucket, p.entry_id, p.line`,
    [requests.map((request) => request.bucket), requests.map((request) => request.entryId)],
  );
  const entries = new Map<string, PostedEntry>();
  for (const row of rows) {
    const key = `${row.bucket}/${row.entry_id}`;
    const line = { account: row.account_code, amount: amount(row.amount) };
    const known = entries.get(key);
    assert(row.amount !== 0n, `posting of ${row.entry_id} is zero`);
    entries.set(key, {
      bucket: row.bucket,
      entryId: row.entry_id,
      kind: row.kind,
      ref: row.ref,
      businessDate: row.business_date,
      isReversed: row.is_reversed,
      lines: [...(known?.lines ?? []), line],
    });
  }
  return entries;
}
