/**
 * One measured line. A figure never stands alone: `floor` is the least work that the same machine
 * needs in the same run, for instance a plain loop over the same data.
 */
export interface BenchRow {
  /** What was done, on how much data, with how many threads. */
  readonly work: string;
  readonly figure: number;
  readonly unit: 's' | 'ms' | 'per hour';
  readonly target: number;
  /** What the floor does, and its figure in the same unit. */
  readonly floor: string;
  readonly floorFigure: number;
}

/**
 * Ends a bench. Each `*.bench.ts` beside `main.ts` is a program of its own, so that no heap and no
 * compiled code is carried from one to the next; a new bench is a new file, nothing else changes.
 */
export function report(rows: readonly BenchRow[]): void {
  process.stdout.write(`${JSON.stringify(rows)}\n`);
}

/** The median time in seconds of `rounds` calls, after one call that is not counted. */
export function medianSeconds(rounds: number, work: () => unknown): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    work();
    return (performance.now() - begin) / 1000;
  });
  return middle(times);
}

/** The same for work that answers a promise. */
export async function medianSecondsAsync(
  rounds: number,
  work: () => Promise<unknown>,
): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await work();
    times.push((performance.now() - begin) / 1000);
  }
  return middle(times);
}

function middle(times: number[]): number {
  times.sort((left, right) => left - right);
  return times[times.length >> 1] as number;
}
