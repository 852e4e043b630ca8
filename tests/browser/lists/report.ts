/** What the bench of the console measured, and whether that keeps what was promised. */

import type { Figure } from '../../../server/src/app/proof/figures.ts';

/** What is measured, in both languages. */
export interface Named {
  readonly zh: string;
  readonly en: string;
}

/** What was measured once or often, in milliseconds. */
export interface ConsoleRow {
  readonly what: Named;
  readonly times: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** What it must stay below; absent where nothing was promised. */
  readonly atMost?: number;
}

/** From a click or key to the next frame, in milliseconds. */
export const INTERACTION_MS_MAX = 200;

/** The row of what was measured; `atMost` where something was promised. */
export function summary(what: Named, values: readonly number[], atMost?: number): ConsoleRow {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const row = {
    what,
    times: values.length,
    p50: at(0.5) ?? Number.NaN,
    p95: at(0.95) ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    ...(atMost === undefined ? {} : { atMost }),
  };
  // Told at once: what was measured is not lost with what comes after.
  console.error(`${what.en}: ${row.p50.toFixed(0)} ms, 95 of 100 within ${row.p95.toFixed(0)} ms`);
  return row;
}

/** Whether 95 of 100 stayed within what was promised. What was never measured keeps no promise. */
export const isKept = ({ times, p95, atMost }: ConsoleRow): boolean =>
  atMost === undefined || (times > 0 && p95 <= atMost);

/** The report as a table for people. */
export function consoleTable(rows: readonly ConsoleRow[]): string {
  const head = ['what', 'times', 'p50 ms', 'p95 ms', 'max ms', 'p95 at most'];
  const cells = rows.map(({ what, times, p50, p95, max, atMost }) => [
    what.en,
    `${times}`,
    ...[p50, p95, max].map((ms) => ms.toFixed(0)),
    atMost === undefined ? '-' : `${atMost}`,
  ]);
  const widths = head.map((title, at) =>
    Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The report as figures: of each row the middle, within what 95 of 100 stayed, and the longest. */
export function figuresOf(rowsOfEachList: number, rows: readonly ConsoleRow[]): Figure[] {
  const broken = rows.filter((row) => !isKept(row)).map(({ what }) => what.en);
  return [
    { zh: '每个列表的行数', en: 'rows of each list', value: rowsOfEachList, unit: '' },
    ...rows.map(({ what: { zh, en }, p50, p95, max, atMost }): Figure => {
      const [zhMost, enMost] =
        atMost === undefined ? ['', ''] : [`（95 分位至多 ${atMost}）`, ` (p95 at most ${atMost})`];
      return {
        zh: `${zh}：50/95 分位、最长${zhMost}`,
        en: `${en}: p50, p95, longest${enMost}`,
        value: [p50, p95, max].map((ms) => ms.toFixed(0)).join(', '),
        unit: 'ms',
      };
    }),
    { zh: '未达承诺之处', en: 'promises not kept', value: broken.join('; ') || 'none', unit: '' },
  ];
}
