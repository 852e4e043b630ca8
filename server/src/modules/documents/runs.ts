/** Documents for many customers: asked for at once, made by jobs, fetched when they are there. */
import { randomBytes } from 'node:crypto';
import {
  AppError,
  epochMsOf,
  type Instant,
  instantFromEpochMs,
  type LocalDate,
  parseInstant,
  shanghaiDate,
  addDays,
  localDate,
} from '@cairn/kernel';
import type { Static } from 'typebox';
import { type Actor, actorName, type Role } from '../../platform/actor.ts';
import { cutPage, type PageAsk, readTimeCursor } from '../../platform/cursor.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { assertReason, findActiveIds } from '../customers/index.ts';
import { assertPeriod } from '../portfolio/index.ts';
import type { Run, RunBody, RunPage } from './contract.ts';
import type { DocumentFormat, DocumentKind, Language } from './domain/document.ts';
import { keptUntil, type Retention, retentionOn } from './retention.ts';

/** The most customers of one run, and of all runs of one person within 24 hours. */
const ITEMS_MAX = 2_000;
const DAY_ITEMS_MAX = 10_000;
const DAY_MS = 86_400_000;
const STATEMENT_DAYS = 90;

/** Told in the transaction that asks for a run; whoever hears it puts its jobs into the queue. */
export const RUN_REQUESTED = 'documents.run-requested';

/** A run as it was asked for. */
export interface RunRow {
  readonly run_id: string;
  readonly kind: DocumentKind;
  readonly format: DocumentFormat;
  readonly language: Language;
  readonly from_date: LocalDate | null;
  readonly to_date: LocalDate | null;
  readonly purpose: string;
  readonly requested_by: string;
  readonly roles: Role[];
  readonly branch_code: string | null;
  readonly requested_at: Instant;
  readonly items: number;
}

interface CountedRow extends RunRow {
  readonly done: number;
  readonly failed: number;
  readonly expired: number;
  readonly finished_at: Instant | null;
}

const COLUMNS = `r.run_id, r.kind, r.format, r.language, r.from_date, r.to_date, r.purpose,
  r.requested_by, r.roles, r.branch_code, r.requested_at, r.items`;
const COUNTED = `select ${COLUMNS}, i.done, i.failed, i.expired, i.finished_at
  from documents.runs r cross join lateral (
    select count(*) filter (where state = 'done')::int4 as done,
      count(*) filter (where state = 'failed')::int4 as failed,
      count(expired_at)::int4 as expired, max(finished_at) as finished_at
    from documents.run_items where run_id = r.run_id) i`;

/** The period of a statement is fixed when it is asked for, so that every customer has the same. */
function periodOf(world: World, { kind, from, to }: RunBody) {
  if (kind === 'holdings') return { from: null, to: null };
  const last = to === undefined ? shanghaiDate(world.clock.now()) : localDate(to);
  const first = from === undefined ? addDays(last, -STATEMENT_DAYS) : localDate(from);
  assertPeriod(world, first, last);
  return { from: first, to: last };
}

/**
 * Asks for documents of many customers; they are made masked, in the background. CUSTOMER_REFUSED
 * for the purpose, PERIOD_INVALID, DOCUMENT_RUN_EMPTY, DOCUMENT_RUN_TOO_LARGE,
 * DOCUMENT_LIMIT_REACHED.
 */
export async function requestRun(world: World, actor: Actor, body: RunBody): Promise<Run> {
  assertReason(body.purpose);
  const { kind, format = 'pdf', language = 'zh', purpose, customers = {} } = body;
  const period = periodOf(world, body);
  const ids = await findActiveIds(world, actor, { ...customers, limit: ITEMS_MAX + 1 });
  if (ids.length === 0) throw new AppError('DOCUMENT_RUN_EMPTY');
  if (ids.length > ITEMS_MAX) {
    throw new AppError('DOCUMENT_RUN_TOO_LARGE', { itemsMax: ITEMS_MAX, items: ids.length });
  }
  const runId = `D${randomBytes(10).toString('hex').toUpperCase()}`;
  // In the firm's own bucket, so that two requests of one person are counted one after the other.
  await work(world, [FIRM], async ({ tx, now, audit, emit }) => {
    await assertWithinLimit(tx, actor, now, ids.length);
    await tx.query(
      `insert into documents.runs (run_id, kind, format, language, from_date, to_date, purpose,
         requested_by, roles, branch_code, requested_at, items)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10, $11, $12)`,
      [
        runId,
        kind,
        format,
        language,
        period.from,
        period.to,
        purpose,
        actorName(actor),
        actor.roles,
        actor.branchCode ?? null,
        now,
        ids.length,
      ],
    );
    await tx.query(
      `insert into documents.run_items (run_id, place, customer_id)
       select $1, t.place, t.customer_id
       from unnest($2::text[]) with ordinality as t(customer_id, place)`,
      [runId, ids],
    );
    audit({
      bucket: FIRM,
      actor,
      action: 'documents.run',
      subject: `document-run:${runId}`,
      result: 'done',
      detail: { kind, format, language, ...period, purpose, customers, items: ids.length },
    });
    emit({ bucket: FIRM, topic: RUN_REQUESTED, key: runId, payload: {} });
  });
  return getRun(world, actor, runId);
}

async function assertWithinLimit(
  sql: Sql,
  actor: Actor,
  now: Instant,
  wanted: number,
): Promise<void> {
  const [row] = await sql.query<{ items: number }>(
    `select coalesce(sum(items), 0)::int4 as items from documents.runs
     where requested_by = $1 and requested_at > $2`,
    [actorName(actor), instantFromEpochMs(epochMsOf(now) - DAY_MS)],
  );
  const items = row?.items ?? 0;
  if (items + wanted > DAY_ITEMS_MAX) {
    throw new AppError('DOCUMENT_LIMIT_REACHED', { itemsMax: DAY_ITEMS_MAX, items });
  }
}

function runOf(row: CountedRow, retention: Retention): Run {
  const isDone = row.done + row.failed === row.items;
  return {
    runId: row.run_id,
    kind: row.kind,
    format: row.format,
    language: row.language,
    ...(row.from_date === null ? {} : { from: row.from_date }),
    ...(row.to_date === null ? {} : { to: row.to_date }),
    purpose: row.purpose,
    requestedAt: row.requested_at,
    items: row.items,
    done: row.done,
    failed: row.failed,
    expired: row.expired,
    state: isDone ? 'done' : 'running',
    ...(isDone && row.finished_at !== null
      ? { finishedAt: row.finished_at, keptUntil: keptUntil(row.finished_at, retention) }
      : {}),
  };
}

/** A page of the actor's own runs, the latest first. DOCUMENT_CURSOR_INVALID. */
export async function listRuns(
  { db, clock }: World,
  actor: Actor,
  { limit, cursor }: PageAsk,
): Promise<Static<typeof RunPage>> {
  const [at = null, id = null] = readTimeCursor(cursor, parseInstant, 'DOCUMENT_CURSOR_INVALID');
  const rows = await db.query<CountedRow>(
    `${COUNTED} where r.requested_by = $1 and ($2::timestamptz is null
       or r.requested_at < $2::timestamptz
       or (r.requested_at = $2::timestamptz and r.run_id > $3::text))
     order by r.requested_at desc, r.run_id limit $4`,
    [actorName(actor), at, id, limit + 1],
  );
  const { shown, next } = cutPage(rows, limit, (row) => [row.requested_at, row.run_id]);
  const retention = await retentionOn(db, shanghaiDate(clock.now()));
  return { runs: shown.map((row) => runOf(row, retention)), ...next };
}

/** A run of the actor's own. DOCUMENT_RUN_NOT_FOUND, also for another's. */
export async function getRun({ db, clock }: World, actor: Actor, runId: string): Promise<Run> {
  const [row] = await db.query<CountedRow>(
    `${COUNTED} where r.run_id = $1 and r.requested_by = $2`,
    [runId, actorName(actor)],
  );
  if (row === undefined) throw new AppError('DOCUMENT_RUN_NOT_FOUND');
  return runOf(row, await retentionOn(db, shanghaiDate(clock.now())));
}

/** The run of a job, whoever asked for it. */
export async function findRun(sql: Sql, runId: string): Promise<RunRow | undefined> {
  const [row] = await sql.query<RunRow>(
    `select ${COLUMNS} from documents.runs r where r.run_id = $1`,
    [runId],
  );
  return row;
}

/** One document of a run. */
export interface ItemRow {
  readonly place: number;
  readonly customer_id: string;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly failure: string | null;
  readonly finished_at: Instant | null;
  /** From then on the file is not given out. */
  readonly expired_at: Instant | null;
}

/** Items of a run after a place, in order. */
export function loadItems(
  sql: Sql,
  runId: string,
  page: { readonly after: number; readonly limit: number; readonly state?: ItemRow['state'] },
): Promise<ItemRow[]> {
  return sql.query<ItemRow>(
    `select place, customer_id, state, sha256, bytes, failure, finished_at, expired_at
     from documents.run_items
     where run_id = $1 and place > $2 and ($3::text is null or state = $3)
     order by place limit $4`,
    [runId, page.after, page.state ?? null, page.limit],
  );
}

/** Records that files of a run left the house. */
export async function recordDownload(
  world: World,
  actor: Actor,
  runId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await work(world, [FIRM], async ({ audit }) => {
    audit({
      bucket: FIRM,
      actor,
      action: 'documents.download',
      subject: `document-run:${runId}`,
      result: 'done',
      detail,
    });
  });
}
