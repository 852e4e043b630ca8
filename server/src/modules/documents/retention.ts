/** How long the files of runs are kept, who decides it, and their end: the fact stays. */
import {
  addDays,
  AppError,
  assert,
  type Instant,
  instantAtShanghai,
  type LocalDate,
  localDate,
  shanghaiDate,
} from '@cairn/kernel';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { registerApproval, requestApproval } from '../../platform/approvals.ts';
import type { Sql, Tx } from '../../platform/db.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';

const KIND = 'documents.retention';
const SUBJECT = 'documents:retention';
const BATCH = 500;

/** For how many days files are kept, from a day on. */
export interface NewRetention {
  readonly days: number;
  readonly effectiveDate: LocalDate;
}

/** A recorded one. */
export interface Retention extends NewRetention {
  readonly version: number;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

const COLUMNS = `version, effective_date as "effectiveDate", days, recorded_at as "recordedAt",
  recorded_by as "recordedBy"`;

/** What holds on a day: of those in effect the latest day, and of one day the last word. */
export async function retentionOn(sql: Sql, date: LocalDate): Promise<Retention> {
  const [row] = await sql.query<Retention>(
    `select ${COLUMNS} from documents.retentions where effective_date <= $1
     order by effective_date desc, version desc limit 1`,
    [date],
  );
  assert(row !== undefined, 'the first retention holds from the beginning');
  return row;
}

/** Every one that was recorded, the newest first, and which holds today. */
export async function listRetentions({ db, clock }: Pick<World, 'db' | 'clock'>) {
  const rows = await db.query<Retention>(
    `select ${COLUMNS} from documents.retentions order by effective_date desc, version desc`,
  );
  const { version } = await retentionOn(db, shanghaiDate(clock.now()));
  return rows.map((row) => ({ ...row, isInForce: row.version === version }));
}

/** The last day on which a file made at an instant is kept. */
export const keptUntil = (madeAt: Instant, { days }: Pick<Retention, 'days'>): LocalDate =>
  addDays(shanghaiDate(madeAt), days);

function assertAhead({ effectiveDate }: NewRetention, now: Instant): void {
  const earliestDate = addDays(shanghaiDate(now), 1);
  if (effectiveDate < earliestDate) {
    throw new AppError('DOCUMENT_RETENTION_TOO_SOON', { earliestDate });
  }
}

/**
 * Asks for another retention; returns the approval's id. DOCUMENT_RETENTION_TOO_SOON for one that
 * would hold before tomorrow: what it ends cannot be brought back.
 */
export async function proposeRetention(
  world: World,
  actor: Actor,
  { days, effectiveDate }: NewRetention,
): Promise<{ approvalId: string }> {
  return work(world, [FIRM], async (unit) => {
    assertAhead({ days, effectiveDate }, unit.now);
    const payload = { days, effectiveDate };
    const request = { kind: KIND, subject: SUBJECT, payload, maker: actor };
    return { approvalId: await requestApproval(unit, request) };
  });
}

async function record(
  { tx, now }: Work,
  { days, effectiveDate }: NewRetention,
  by: string,
): Promise<void> {
  await tx.query(
    `insert into documents.retentions (version, effective_date, days, recorded_at, recorded_by)
     select max(version) + 1, $1, $2, $3, $4 from documents.retentions`,
    [effectiveDate, days, now, by],
  );
}

registerApproval(KIND, {
  title: ['how long files of runs are kept', '批量文件保存期限'],
  roles: ['compliance', 'reviewer'],
  async before(sql, payload) {
    const { days, effectiveDate } = await retentionOn(
      sql,
      localDate(String(payload['effectiveDate'])),
    );
    return { days, effectiveDate };
  },
  async execute(unit, payload, { maker, checker }) {
    const wanted = payload as unknown as NewRetention;
    assertAhead(wanted, unit.now);
    await record(unit, wanted, `${maker} + ${checker}`);
  },
});

interface FileOfItem {
  run_id: string;
  place: number;
  sha256: string;
}

/** From here on nobody gets these files; which runs they are of is an audit record. */
async function expireDue({ tx, now, audit }: Work, before: Instant, days: number): Promise<number> {
  const rows = await tx.query<{ run_id: string; items: number }>(
    `with due as (
       select run_id, place from documents.run_items
       where state = 'done' and expired_at is null and finished_at < $1
       order by finished_at limit $3),
     ended as (
       update documents.run_items i set expired_at = $2 from due
       where i.run_id = due.run_id and i.place = due.place returning i.run_id)
     select run_id, count(*)::int4 as items from ended group by run_id order by run_id`,
    [before, now, BATCH],
  );
  for (const { run_id: runId, items } of rows) {
    audit({
      bucket: FIRM,
      actor: systemActor('retention'),
      action: 'documents.expire',
      subject: `document-run:${runId}`,
      result: 'done',
      detail: { items, days },
    });
  }
  return rows.reduce((sum, { items }) => sum + items, 0);
}

/** The files that are to go, but for those whose bytes another item still has. */
async function loadLeaving(sql: Sql): Promise<(FileOfItem & { isShared: boolean })[]> {
  return sql.query(
    `select i.run_id, i.place, i.sha256, exists (
         select 1 from documents.run_items o where o.sha256 = i.sha256 and o.expired_at is null
       ) as "isShared"
     from documents.run_items i
     where i.expired_at is not null and i.removed_at is null
     order by i.expired_at, i.run_id, i.place limit $1`,
    [BATCH],
  );
}

async function markRemoved(tx: Tx, items: readonly FileOfItem[], at: Instant): Promise<void> {
  await tx.query(
    `update documents.run_items i set removed_at = $3
     from unnest($1::text[], $2::int4[]) as t(run_id, place)
     where i.run_id = t.run_id and i.place = t.place`,
    [items.map((item) => item.run_id), items.map((item) => item.place), at],
  );
}

/**
 * Ends the files whose time is over and takes their bytes away; safe to run again. A file is first
 * no longer given out, then removed, then said to be gone, so that a crash between leaves nothing
 * that the next run does not finish. A file made later has other bytes: the second in which it was
 * made stands in it. Answers how many bytes went away, by item.
 */
export async function expireDocuments(world: World): Promise<number> {
  const today = shanghaiDate(world.clock.now());
  const { days } = await retentionOn(world.db, today);
  const before = instantAtShanghai(addDays(today, -days), '00:00:00.000');
  let ended: number;
  do ended = await work(world, [FIRM], (unit) => expireDue(unit, before, days));
  while (ended > 0);
  let removed = 0;
  for (;;) {
    const leaving = await loadLeaving(world.db);
    if (leaving.length === 0) return removed;
    for (const { sha256, isShared } of leaving) if (!isShared) await world.files.remove(sha256);
    await world.db.tx((tx) => markRemoved(tx, leaving, world.clock.now()));
    removed += leaving.length;
  }
}
