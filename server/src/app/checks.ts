/** Every invariant of every module, and the audit chain, run over one database. */
import type { CairnModule } from '../platform/module.ts';
import { verifyAudit } from '../platform/audit.ts';
import { refreshCalendar } from '../platform/calendar.ts';
import type { Check, CheckWorld, Violation } from '../platform/check.ts';
import type { Sql } from '../platform/db.ts';

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

/** The checks of the modules in their order, then the audit chain. */
export function checksOf(modules: readonly Pick<CairnModule, 'checks'>[]): Check[] {
  return [...modules.flatMap((module) => module.checks ?? []), auditChain];
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
