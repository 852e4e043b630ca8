import {
  addDays,
  assert,
  formatPrice,
  type Instant,
  type LocalDate,
  localDate,
  parsePrice,
  type Price,
  shanghaiDate,
} from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { type Approval, registerApproval, requestApproval } from '../../platform/approvals.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, type Work } from '../../platform/work.ts';
import { navsBefore } from './change-before.ts';
import { type NavHistory, type NavPlan, planNavs, type RefusedNav } from './domain/nav-plan.ts';
import { insertNavs, latestNavs, loadNavs, loadSplits, type NavRow } from './series.ts';
import { loadFunds } from './store.ts';

const NAV_APPROVAL = 'products.navs';

async function loadHistories(sql: Sql, rows: readonly NavRow[]): Promise<Map<string, NavHistory>> {
  const codes = [...new Set(rows.map((row) => row.fundCode))];
  const dates = rows.map((row) => row.navDate).sort();
  const from = dates[0];
  const to = dates.at(-1);
  if (from === undefined || to === undefined) return new Map();
  const funds = await loadFunds(sql, codes);
  const standing = Map.groupBy(await loadNavs(sql, { from, to, codes }), (row) => row.fundCode);
  const before = await latestNavs(sql, addDays(from, -1), codes);
  const splits = Map.groupBy(await loadSplits(sql, codes), (row) => row.fundCode);
  return new Map(
    [...funds.keys()].map((fundCode) => {
      const earlier = before.get(fundCode);
      const history: NavHistory = {
        standing: standing.get(fundCode) ?? [],
        splits: splits.get(fundCode) ?? [],
        ...(earlier === undefined ? {} : { before: earlier }),
      };
      return [fundCode, history];
    }),
  );
}

/** What would become of these NAVs at an instant; nothing is written. */
export async function previewNavs<T extends NavRow>(
  sql: Sql,
  now: Instant,
  rows: readonly T[],
): Promise<NavPlan<T>> {
  return planNavs(rows, await loadHistories(sql, rows), shanghaiDate(now));
}

/** What became of a batch of NAVs. */
export interface NavOutcome {
  readonly recorded: number;
  /** Of those recorded, how many replaced an earlier value of the same day. */
  readonly corrected: number;
  readonly unchanged: number;
  /** Waiting for a second person, because they jump. */
  readonly held: number;
  readonly approvalId?: string;
  readonly refused: readonly RefusedNav<NavRow>[];
}

function wireRow(row: NavRow): Record<string, string> {
  const { fundCode, navDate, nav, accumulated, source } = row;
  const wire = { fundCode, navDate, nav: formatPrice(nav), source };
  return accumulated === undefined ? wire : { ...wire, accumulated: formatPrice(accumulated) };
}

/** Writes what a plan says and asks for four eyes on what it holds. Runs in a firm-bucket work. */
export async function applyNavPlan(
  work: Work,
  actor: Actor,
  plan: NavPlan<NavRow>,
): Promise<NavOutcome> {
  await insertNavs(work.tx, plan.write, work.now);
  const corrections = plan.write.filter((row) => row.version > 1);
  const counts = {
    recorded: plan.write.length,
    corrected: corrections.length,
    unchanged: plan.unchanged.length,
    held: plan.held.length,
  };
  if (plan.write.length > 0) {
    const detail = { ...counts, corrections: corrections.slice(0, 50).map(wireRow) };
    work.audit({
      bucket: FIRM,
      actor,
      action: 'products.record-navs',
      subject: `navs:${plan.write[0]?.navDate ?? ''}`,
      result: 'done',
      detail,
    });
  }
  if (plan.held.length === 0) return { ...counts, refused: plan.refused };
  const approvalId = await requestApproval(work, {
    kind: NAV_APPROVAL,
    subject: `navs:${plan.held[0]?.fundCode ?? ''}:${plan.held[0]?.navDate ?? ''}`,
    payload: { rows: plan.held.map(wireRow) },
    maker: actor,
  });
  return { ...counts, approvalId, refused: plan.refused };
}

/**
 * Records NAVs. A NAV of zero or less, dated after today, of an unknown fund or given twice is
 * refused; one that moved by a factor of 5 against the one before (splits taken out) waits for a
 * second person; a different value for a recorded day is a correction, appended as a new version.
 * NAVs dated on non-trading days are kept. Runs in a work that holds the firm's bucket.
 */
export async function recordNavs(
  work: Work,
  actor: Actor,
  rows: readonly NavRow[],
): Promise<NavOutcome> {
  return applyNavPlan(work, actor, await previewNavs(work.tx, work.now, rows));
}

function readPrice(text: unknown): Price {
  const value = typeof text === 'string' ? parsePrice(text) : undefined;
  assert(value !== undefined, 'a held NAV is readable');
  return value;
}

function readHeldRow(value: Record<string, unknown>): NavRow {
  const { fundCode, navDate, nav, accumulated, source } = value;
  assert(typeof fundCode === 'string' && typeof navDate === 'string', 'a held NAV has its key');
  const row = {
    fundCode,
    navDate: localDate(navDate),
    nav: readPrice(nav),
    source: String(source),
  };
  return accumulated === undefined ? row : { ...row, accumulated: readPrice(accumulated) };
}

async function releaseHeldNavs(work: Work, rows: readonly NavRow[]): Promise<void> {
  const dates: LocalDate[] = rows.map((row) => row.navDate).sort();
  const [from] = dates;
  const to = dates.at(-1);
  assert(from !== undefined && to !== undefined, 'an approval of NAVs holds rows');
  const codes = [...new Set(rows.map((row) => row.fundCode))];
  const standing = new Map(
    (await loadNavs(work.tx, { from, to, codes })).map((row) => [
      `${row.fundCode} ${row.navDate}`,
      row,
    ]),
  );
  const write = rows.flatMap((row) => {
    const current = standing.get(`${row.fundCode} ${row.navDate}`);
    if (current?.nav === row.nav && current.accumulated === row.accumulated) return [];
    return [{ ...row, version: (current?.version ?? 0) + 1 }];
  });
  await insertNavs(work.tx, write, work.now);
}

registerApproval(NAV_APPROVAL, {
  title: ['held NAVs', '待放行净值'],
  roles: ['reviewer', 'productManager', 'operations'],
  before: navsBefore,
  async execute(work: Work, payload: Record<string, unknown>, _approval: Approval) {
    const rows = payload['rows'];
    assert(Array.isArray(rows), 'an approval of NAVs holds rows');
    await releaseHeldNavs(work, rows.map(readHeldRow));
  },
});
