/** Time, medians and tables. */

/** Seconds that `body` takes. */
export async function secondsOf(body: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await body();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** One line of the report. */
export interface Row {
  readonly what: string;
  /** Per second. */
  readonly ours: number;
  /** Per second, the floor of the same run. */
  readonly floor: number;
  readonly ratio: number;
  readonly target: number;
  readonly detail: Readonly<Record<string, number | string>>;
}

/** A line with its ratio. */
export function row(
  what: string,
  ours: number,
  floor: number,
  target: number,
  detail: Row['detail'] = {},
): Row {
  return { what, ours, floor, ratio: ours / floor, target, detail };
}

/** The report as a table for people. */
export function table(rows: readonly Row[]): string {
  const head = ['what', 'ours/s', 'floor/s', 'ratio', 'target', 'detail'];
  const body = rows.map((r) => [
    r.what,
    r.ours.toFixed(0),
    r.floor.toFixed(0),
    r.ratio.toFixed(2),
    r.target === 0 ? '-' : `>= ${r.target}`,
    Object.entries(r.detail)
      .map(([key, value]) => `${key}=${typeof value === 'number' ? value.toFixed(1) : value}`)
      .join(' '),
  ]);
  const widths = head.map((title, i) =>
    Math.max(title.length, ...body.map((cells) => cells[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((w) => '-'.repeat(w))), ...body.map(line)].join('\n');
}
