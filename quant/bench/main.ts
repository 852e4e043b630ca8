import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { BenchRow } from './bench.ts';

/*
 * Every bench of this folder, as a table and as one line of JSON.
 * `npm run bench -w quant [-- NAME…]` runs all, or those whose file name holds one of the words.
 */

const run = promisify(execFile);
const { positionals } = parseArgs({ allowPositionals: true });
const files = (await readdir(import.meta.dirname))
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => positionals.length === 0 || positionals.some((word) => name.includes(word)))
  .sort();

const rows: BenchRow[] = [];
for (const file of files) {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, file)]);
  rows.push(...(JSON.parse(stdout) as BenchRow[]));
}

/** Whether a figure reaches its target: a rate must be above, a time below. */
function reaches({ figure, unit, target }: BenchRow): boolean {
  return unit === 'per hour' ? figure >= target : figure <= target;
}

/** Three digits, without the exponent of large numbers. */
function print(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

console.table(
  rows.map((row) => ({
    work: row.work,
    figure: `${print(row.figure)} ${row.unit}`,
    target: print(row.target),
    reached: reaches(row) ? 'yes' : 'NO',
    floor: `${print(row.floorFigure)} ${row.unit}`,
    'floor is': row.floor,
    'figure ÷ floor': print(row.figure / row.floorFigure),
  })),
);
process.stdout.write(`${JSON.stringify({ node: process.version, rows })}\n`);
