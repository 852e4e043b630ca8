/** Every invariant of every module, and the audit chain, run over one database. */
import type { CairnModule } from '../platform/module.ts';
import { verifyAudit } from '../platform/audit.ts';
import { refreshCalendar } from '../platform/calendar.ts';
import type { Check, CheckWorld, Violation } from '../platform/check.ts';
import type { Sql } from '../platform/db.ts';
import { decidedByTwo, dutiesApart, exactNumbers } from './house-checks.ts';

/** A2: the audit chains hold, byte for byte. */
const auditChain: Check = {
  id: 'A2',
  title: 'Every audit chain recomputes from its first record to its head',
  titleZh: '每条审计链均可从首条记录重算至链头',
  async run(sql): Promise<Violation[]> {
    const faults = await verifyAudit(sql);
    return faults.map(({ bucket, seq, fault }) => ({
      subject: `audit:${bucket}/${seq}`,
      detail: { fault },
    }));
  },
};

/** T1: on each bucket time never runs backwards, over restarts, other servers and moved clocks. */
const instantsInOrder: Check = {
  id: 'T1',
  title: 'On every bucket no record stands earlier than the one before it',
  titleZh: '每个分桶内，后写的记录时间不早于先写的记录',
  async run(sql): Promise<Violation[]> {
    const rows = await sql.query<{ bucket: number; seq: bigint; at: string; before: string }>(
      `select bucket, seq, at, before
       from (select bucket, seq, at, lag(at) over (partition by bucket order by seq) as before
             from platform.audit) a
       where at < before
       union all
       select b.bucket, b.audit_seq, b.last_at, a.at
       from platform.buckets b
       join platform.audit a on a.bucket = b.bucket and a.seq = b.audit_seq
       where b.last_at is distinct from a.at
       order by 1, 2 limit 100`,
    );
    return rows.map(({ bucket, seq, at, before }) => ({
      subject: `audit:${bucket}/${seq}`,
      detail: { at, before },
    }));
  },
};

/** The checks of the modules in their order, then those of the whole house. */
export function checksOf(modules: readonly Pick<CairnModule, 'checks'>[]): Check[] {
  return [
    ...modules.flatMap((module) => module.checks ?? []),
    exactNumbers,
    auditChain,
    decidedByTwo,
    dutiesApart,
    instantsInOrder,
  ];
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly titleZh: string;
  readonly violations: readonly Violation[];
}

/** Runs checks one after the other; `onResult` sees each as it is known. */
export async function runChecksOver(
  sql: Sql,
  world: CheckWorld,
  checks: readonly Check[],
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<CheckResult[]> {
  await refreshCalendar(world.calendar, sql);
  const results: CheckResult[] = [];
  for (const check of checks) {
    const { id, title, titleZh } = check;
    const result = { id, title, titleZh, violations: await check.run(sql, world) };
    onResult(result);
    results.push(result);
  }
  return results;
}

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

const SHOWN = 5;

/** One check as people read it, in both languages, with its first violations. */
export function formatCheck({ id, title, titleZh, violations }: CheckResult): string {
  const isClean = violations.length === 0;
  const mark = isClean ? 'ok  ' : 'FAIL';
  const lines = [`${mark}  ${id.padEnd(14)} ${title} / ${titleZh}`];
  for (const { subject, detail } of violations.slice(0, SHOWN)) {
    lines.push(`        ${subject} ${JSON.stringify(detail, bigintText)}`);
  }
  const rest = violations.length - SHOWN;
  if (rest > 0) lines.push(`        and ${rest} more / 另有 ${rest} 条`);
  return lines.join('\n');
}

/** All results as JSON text; exact numbers are strings. */
export function formatChecksJson(results: readonly CheckResult[]): string {
  const isClean = results.every(({ violations }) => violations.length === 0);
  return JSON.stringify({ isClean, checks: results }, bigintText, 2);
}
