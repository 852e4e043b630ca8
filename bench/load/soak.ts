/** The soak: the same server for long, at one pace, and whether its memory stays where it is. */
import type { Asking } from './drive.ts';
import { drive } from './drive.ts';
import { type House, type Progress, setClock, timeOfDay } from './house.ts';
import { runCairn, ServedHouse } from './process.ts';
import { drained, faultsOfAnswers, faultsOfBooks, lostOrders } from './day.ts';
import type { BooksReport, PhaseReport } from './day.ts';

/** Memory of the server at one moment, in MB. */
export interface MemorySample {
  readonly seconds: number;
  /** What the process holds. */
  readonly residentMb: number;
  /** What lives in its JavaScript heap, with what was not collected yet. */
  readonly heapMb: number;
}

/** How one measure of memory went. */
export interface MemoryCourse {
  readonly start: number;
  /** At the end of the first third: caches and the heap have filled. */
  readonly warm: number;
  readonly end: number;
  /** MB an hour after the first third, by least squares. */
  readonly slope: number;
  /** The last third over the middle third, as a share of it. */
  readonly growth: number;
  /** Even points from start to end. */
  readonly curve: readonly number[];
}

export interface SoakReport extends PhaseReport, BooksReport {
  readonly resident: MemoryCourse;
  readonly heap: MemoryCourse;
}

const SAMPLE_EVERY_MS = 5_000;
const POINTS = 20;
const GROWTH_MAX = 0.1;

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * How much the last third of the samples lies above the middle third, as a share of it. The first
 * third does not count: caches and the heap fill there.
 */
export function growthOf(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3);
  if (third === 0) return 0;
  const middle = medianOf(samples.slice(third, 2 * third));
  return middle === 0 ? 0 : medianOf(samples.slice(2 * third)) / middle - 1;
}

/** The slope of the line through the points by least squares; 0 where there is none. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const meanOf = (place: 0 | 1) => points.reduce((sum, one) => sum + one[place], 0) / points.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  const spread = points.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
  return spread === 0
    ? 0
    : points.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / spread;
}

/** Even points of a series: the median of each stretch. */
function curveOf(samples: readonly number[]): number[] {
  const size = Math.max(1, Math.ceil(samples.length / POINTS));
  const points: number[] = [];
  for (let from = 0; from < samples.length; from += size) {
    points.push(medianOf(samples.slice(from, from + size)));
  }
  return points;
}

/** One measure of memory from start to end. */
export function courseOf(
  samples: readonly MemorySample[],
  measure: 'residentMb' | 'heapMb',
): MemoryCourse {
  const values = samples.map((sample) => sample[measure]);
  const third = Math.floor(samples.length / 3);
  const late = samples.slice(third);
  const curve = curveOf(values);
  return {
    start: values[0] ?? 0,
    warm: curve[Math.floor(curve.length / 3)] ?? 0,
    end: curve.at(-1) ?? 0,
    slope: slopeOf(late.map((sample) => [sample.seconds / 3_600, sample[measure]])),
    growth: growthOf(values),
    curve,
  };
}

/** Asks so often for so long, six of ten orders, and watches the memory of the server. */
export async function soak(
  house: House,
  { seconds, rate }: { seconds: number; rate: number },
  progress: Progress,
): Promise<SoakReport> {
  await setClock(house, timeOfDay('09:30:00'));
  const server = await ServedHouse.start(house);
  const { key, customerIds } = house;
  const asking: Asking = { port: server.port, key, customerIds, run: `s${process.pid}` };
  const samples: MemorySample[] = [];
  const startedAt = performance.now();
  let sampledAt = -Infinity;
  const look = () => {
    const now = performance.now();
    if (now - sampledAt < SAMPLE_EVERY_MS) return;
    sampledAt = now;
    void server.heapBytes().then((heapBytes) => {
      // A server that does not say its heap at once is sampled again in a moment.
      if (heapBytes === undefined) return;
      const inMb = (bytes: number) => Math.round(bytes / 1_048_576);
      samples.push({
        seconds: (now - startedAt) / 1_000,
        residentMb: inMb(server.memoryBytes()),
        heapMb: inMb(heapBytes),
      });
      const { residentMb, heapMb } = samples.at(-1) as MemorySample;
      if (samples.length % 12 === 0) {
        progress(
          `soak: ${Math.round((now - startedAt) / 1_000)} s, ${residentMb} MB, heap ${heapMb} MB`,
        );
      }
    });
  };
  const phase = {
    name: 'soak',
    seconds,
    rate,
    connections: 200,
    reads: ['assets', 'assets', 'assets', 'orders'] as const,
  };
  const went = await drive(asking, phase, look);
  const drainSeconds = await drained(house);
  await server.stop();
  progress('soak: over, the books are read');
  const ids = went.answers.orderIds;
  const lost = await lostOrders(house, ids);
  const { code, output } = await runCairn(house, ['check']);
  return {
    name: 'soak',
    ...went,
    isOverload: false,
    probes: [],
    memoryBytesMax: Math.max(...samples.map(({ residentMb }) => residentMb)) * 1_048_576,
    resident: courseOf(samples, 'residentMb'),
    heap: courseOf(samples, 'heapMb'),
    acknowledged: ids.length,
    lost,
    drainSeconds,
    check: { isClean: code === 0, output },
  };
}

/** What must not be in a soak. */
export function faultsOfSoak(report: SoakReport): string[] {
  const faults = [...faultsOfAnswers(report), ...faultsOfBooks(report)];
  const measures = [
    ['memory', report.resident],
    ['the heap', report.heap],
  ] as const;
  for (const [what, { growth }] of measures) {
    if (growth > GROWTH_MAX) faults.push(`soak: ${what} grew by ${Math.round(growth * 100)} %`);
  }
  return faults;
}
