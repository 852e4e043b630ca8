import { hash } from 'node:crypto';
import type { Instant } from '@cairn/kernel';
import { type Actor, actorName } from './actor.ts';
import type { Sql, Tx } from './db.ts';
import type { Algorithms } from './secrets.ts';

/** One act, as a command reports it. No personal data in clear: ids and masked forms only. */
export interface AuditEntry {
  bucket: number;
  actor: Actor;
  /** What was done, such as 'orders.place'. */
  action: string;
  /** What it was done to, such as 'order:0A…'. */
  subject: string;
  result: 'done' | 'refused';
  detail: Record<string, unknown>;
}

interface Link {
  bucket: number;
  seq: bigint;
  at: Instant;
  actor: string;
  requestId: string;
  source: string;
  action: string;
  subject: string;
  result: string;
  detail: string;
}

export interface ChainHead {
  seq: bigint;
  hash: Uint8Array;
}

/** JSON with exact integers kept: a bigint is written as its digits in a string. */
export function auditText(detail: Record<string, unknown>): string {
  try {
    // Nearly always there is none, and a replacer would cost more than the rest of the record.
    return JSON.stringify(detail);
  } catch {
    return JSON.stringify(detail, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
  }
}

/** How chains are hashed; each row may be by another one, since the setting can change. */
type ChainHash = 'sha256' | 'sm3';
const CHAIN_HASHES: readonly ChainHash[] = ['sha256', 'sm3'];

/** The hash over the previous hash and every column of the row, in this order. */
function linkHash(previous: Uint8Array, link: Link, by: ChainHash): Buffer {
  const fields = JSON.stringify([
    String(link.bucket),
    String(link.seq),
    link.at,
    link.actor,
    link.requestId,
    link.source,
    link.action,
    link.subject,
    link.result,
    link.detail,
  ]);
  return hash(by, Buffer.concat([previous, Buffer.from(fields)]), 'buffer');
}

/**
 * Appends the entries to the chains of their buckets and moves the heads.
 *
 * `heads` are the locked heads of the transaction; they are advanced in place. Deferred: the
 * transaction fails when it fails.
 */
export function writeAudit(
  tx: Tx,
  at: Instant,
  entries: readonly AuditEntry[],
  heads: Map<number, ChainHead>,
  algorithms: Algorithms,
): void {
  if (entries.length === 0) return;
  const links: (Link & { hash: Buffer })[] = entries.map((entry) => {
    const head = heads.get(entry.bucket);
    if (head === undefined)
      throw new Error(`audit for bucket ${entry.bucket}, which is not locked`);
    const link: Link = {
      bucket: entry.bucket,
      seq: head.seq + 1n,
      at,
      actor: actorName(entry.actor),
      requestId: entry.actor.requestId,
      source: entry.actor.from,
      action: entry.action,
      subject: entry.subject,
      result: entry.result,
      detail: auditText(entry.detail),
    };
    const hash = linkHash(head.hash, link, algorithms === 'chinese' ? 'sm3' : 'sha256');
    heads.set(entry.bucket, { seq: link.seq, hash });
    return { ...link, hash };
  });
  const buckets = [...new Set(entries.map((entry) => entry.bucket))];
  const moved = buckets.map((bucket) => heads.get(bucket));
  tx.defer(
    `update platform.buckets b
     set audit_seq = t.seq, audit_hash = t.hash, last_at = $4::timestamptz
     from unnest($1::int2[], $2::int8[], $3::bytea[]) as t(bucket, seq, hash)
     where b.bucket = t.bucket`,
    [buckets, moved.map((head) => head?.seq), moved.map((head) => head?.hash), at],
  );
  tx.defer(
    `insert into platform.audit
       (bucket, seq, at, actor, request_id, source, action, subject, result, detail, hash)
     select bucket, seq, $11::timestamptz, actor, request_id, source, action, subject, result, detail, hash
     from unnest($1::int2[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                 $8::text[], $9::text[], $10::bytea[])
       as t(bucket, seq, actor, request_id, source, action, subject, result, detail, hash)`,
    [
      links.map((link) => link.bucket),
      links.map((link) => link.seq),
      links.map((link) => link.actor),
      links.map((link) => link.requestId),
      links.map((link) => link.source),
      links.map((link) => link.action),
      links.map((link) => link.subject),
      links.map((link) => link.result),
      links.map((link) => link.detail),
      links.map((link) => link.hash),
      at,
    ],
  );
}

export interface ChainFault {
  bucket: number;
  seq: bigint;
  fault: 'gap' | 'hash' | 'head' | 'anchor';
}

const GENESIS = new Uint8Array(32);
const PAGE = 5_000n;

/**
 * Recomputes one bucket's chain from its rows; compares it with the head and the marks it meets. What
 * others append after the head was read is not looked at.
 */
async function verifyBucket(
  sql: Sql,
  bucket: number,
  head: ChainHead,
  marks: Map<string, Uint8Array>,
): Promise<ChainFault[]> {
  const faults: ChainFault[] = [];
  let previous: Uint8Array = GENESIS;
  let seq = 0n;
  for (;;) {
    const rows = await sql.query<Record<string, never> & RawLink>(
      // An instant is kept to the millisecond; more than that would not be read, and so not be missed.
      `select seq, at, date_trunc('milliseconds', at) = at as is_exact, actor, request_id, source,
         action, subject, result, detail, hash
       from platform.audit where bucket = $1 and seq > $2 and seq <= $4 order by seq limit $3`,
      [bucket, seq, PAGE, head.seq],
    );
    for (const row of rows) {
      if (row.seq !== seq + 1n) faults.push({ bucket, seq: row.seq, fault: 'gap' });
      const link = { ...row, bucket, requestId: row.request_id };
      const hash = Buffer.from(row.hash);
      const holds = CHAIN_HASHES.some((by) => linkHash(previous, link, by).equals(hash));
      if (!holds || !row.is_exact) faults.push({ bucket, seq: row.seq, fault: 'hash' });
      const mark = marks.get(`${bucket}:${row.seq}`);
      marks.delete(`${bucket}:${row.seq}`);
      if (mark !== undefined && !hash.equals(mark)) {
        faults.push({ bucket, seq: row.seq, fault: 'anchor' });
      }
      previous = row.hash;
      seq = row.seq;
    }
    if (BigInt(rows.length) < PAGE) break;
  }
  if (seq !== head.seq || !Buffer.from(previous).equals(head.hash)) {
    faults.push({ bucket, seq, fault: 'head' });
  }
  return faults;
}

interface RawLink {
  seq: bigint;
  at: Instant;
  is_exact: boolean;
  actor: string;
  request_id: string;
  source: string;
  action: string;
  subject: string;
  result: string;
  detail: string;
  hash: Uint8Array;
}

/** The heads of all chains at one instant, kept outside the database so that a rewritten chain shows. */
export interface Anchor {
  anchoredAt: Instant;
  heads: { bucket: number; seq: string; hash: string }[];
}

/** Reads the heads of all chains with at least one entry. */
export async function readAnchor(sql: Sql, anchoredAt: Instant): Promise<Anchor> {
  const rows = await sql.query<{ bucket: number; audit_seq: bigint; audit_hash: Uint8Array }>(
    'select bucket, audit_seq, audit_hash from platform.buckets where audit_seq > 0 order by bucket',
  );
  return {
    anchoredAt,
    heads: rows.map((row) => ({
      bucket: row.bucket,
      seq: String(row.audit_seq),
      hash: Buffer.from(row.audit_hash).toString('hex'),
    })),
  };
}

/**
 * Recomputes every audit chain and returns what does not hold: a missing or reordered row, a
 * changed byte, a head that its rows do not reach, or a disagreement with an outside anchor.
 */
export async function verifyAudit(
  sql: Sql,
  anchors: readonly Anchor[] = [],
): Promise<ChainFault[]> {
  const marks = new Map<string, Uint8Array>();
  for (const anchor of anchors) {
    for (const head of anchor.heads) {
      marks.set(`${head.bucket}:${head.seq}`, Buffer.from(head.hash, 'hex'));
    }
  }
  const heads = await sql.query<{ bucket: number; audit_seq: bigint; audit_hash: Uint8Array }>(
    'select bucket, audit_seq, audit_hash from platform.buckets order by bucket',
  );
  const faults: ChainFault[] = [];
  for (const row of heads) {
    const head = { seq: row.audit_seq, hash: row.audit_hash };
    faults.push(...(await verifyBucket(sql, row.bucket, head, marks)));
  }
  const beyond = await sql.query<{ bucket: number; seq: bigint }>(
    `select a.bucket, max(a.seq) as seq from platform.audit a
     join platform.buckets b on b.bucket = a.bucket
     where a.seq > b.audit_seq group by a.bucket order by a.bucket`,
  );
  faults.push(...beyond.map(({ bucket, seq }): ChainFault => ({ bucket, seq, fault: 'head' })));
  // What no row answers to: a chain cut short, or an anchor that was changed.
  for (const key of marks.keys()) {
    const [bucket = '', seq = ''] = key.split(':');
    faults.push({
      bucket: Number.parseInt(bucket, 10),
      seq: /^\d+$/.test(seq) ? BigInt(seq) : 0n,
      fault: 'anchor',
    });
  }
  return faults;
}
