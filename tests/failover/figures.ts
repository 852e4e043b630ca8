/** What fail-overs measured, kept for the page of proof when asked to (CAIRN_FIGURES=1). */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Figure, writeFigures } from '../../server/src/app/proof/figures.ts';
import type { Course, Verdict } from './house.ts';

/** The name of a case in both languages. */
interface Case {
  readonly zh: string;
  readonly en: string;
}

type Row = readonly [zh: string, en: string, value: number];

function figuresOf({ zh, en }: Case, unit: string, rows: readonly Row[]): Figure[] {
  return rows.map(([rowZh, rowEn, value]) => ({
    zh: `${zh}：${rowZh}`,
    en: `${en}: ${rowEn}`,
    value,
    unit,
  }));
}

/** How many orders of a case were acknowledged, and how many of them are missing or there twice. */
export function countsOf(
  which: Case,
  acknowledged: readonly unknown[],
  { lost, twice }: Pick<Verdict, 'lost' | 'twice'>,
): Figure[] {
  return figuresOf(which, '', [
    ['已确认的订单', 'orders acknowledged', acknowledged.length],
    ['其中丢失', 'of them lost', lost.length],
    ['其中重复', 'of them twice', twice],
  ]);
}

/** How long a case took. */
export function timesOf(which: Case, { turnedMs, firstMs, silentMs }: Course): Figure[] {
  return figuresOf(which, 'ms', [
    ['地址指向新主库', 'address led to the new primary after', turnedMs],
    ['新主库首笔订单获确认', 'new primary’s first order acknowledged after', firstMs],
    ['最长无订单获确认', 'longest without an order acknowledged', silentMs],
  ]);
}

/** Keeps the figures of a file of tests, if asked to. */
export function keepFigures(
  run: Case & { readonly name: string; readonly test: string; readonly bin: string | undefined },
  figures: readonly Figure[],
): void {
  const { name, zh, en, test, bin } = run;
  if (process.env['CAIRN_FIGURES'] !== '1' || bin === undefined || figures.length === 0) return;
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  const command = `CAIRN_FIGURES=1 npm run unit -- tests/failover/${test}`;
  const database = version.trim().replace('postgres (PostgreSQL)', 'PostgreSQL');
  writeFigures({ name, zh, en, command, database, figures });
}
