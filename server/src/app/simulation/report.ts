/** What plays print: one line each, and at the end what was reached how often. */
import { execFileSync } from 'node:child_process';
import { neverReached } from './expected.ts';
import type { PlayFailed, PlayReport } from './run.ts';
import { Probes } from './probes.ts';

/** The commit of this clone, or 'unknown' where there is none. */
export function commitOfClone(): string {
  try {
    const out = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return out.toString().trim();
  } catch {
    return 'unknown';
  }
}

/** Adds plays up. */
export class Tally {
  readonly probes = new Probes();
  readonly failed: PlayFailed[] = [];
  plays = 0;
  days = 0;
  orders = 0;

  add(report: PlayReport): void {
    this.plays += 1;
    this.days += report.days;
    this.orders += report.orders;
    this.probes.add(report.probes);
  }
}

export function playLine({ options, firstDay, days, orders, digest }: PlayReport): string {
  const text = `seed ${options.seed}  from ${firstDay}  ${days} days 日  ${orders} orders 笔`;
  return `${text}  digest ${digest.slice(0, 16)}`;
}

/** How to see a failure again, and what it was. */
export function failureText(failure: PlayFailed): string {
  const { seed, days, customers, hasFaults } = failure.options;
  const again = `cairn simulate --seed ${seed} --days ${days} --customers ${customers}`;
  return [
    `FAILED 失败  commit ${commitOfClone()}  ${failure.message}`,
    `  again 重现: ${again}${hasFaults ? ' --faults' : ''}`,
  ].join('\n');
}

/** The sums of several plays, and every fault and rare path with its count. */
export function tallyText(tally: Tally): string {
  const { plays, days, orders, failed, probes } = tally;
  const missing = neverReached(probes);
  return [
    `commit ${commitOfClone()}`,
    `${plays} plays 场, ${days} business days 业务日, ${orders} orders 委托, ${failed.length} failed 失败`,
    ...probes.entries().map(([name, times]) => `  ${String(times).padStart(8)}  ${name}`),
    ...missing.map((what) => `  never reached 未触及: ${what}`),
  ].join('\n');
}
