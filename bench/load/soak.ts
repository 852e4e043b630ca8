/** The soak: the same server for long, at one pace, and whether its memory stays where it is. */
import type { Asking } from './drive.ts';
import { drive } from './drive.ts';
import { type House, type Progress, setClock, timeOfDay } from './house.ts';
import { ServedHouse } from './process.ts';
import { faultsOfAnswers, type PhaseReport } from './day.ts';

export interface SoakReport extends PhaseReport {
  /** Memory in MB at even times, from the start to the end. */
  readonly curveMb: readonly number[];
  readonly growth: number;
}

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

/** Even points of a series: the median of each stretch. */
function curveOf(samples: readonly number[]): number[] {
  const size = Math.max(1, Math.ceil(samples.length / POINTS));
  const points: number[] = [];
  for (let from = 0; from < samples.length; from += size) {
    points.push(medianOf(samples.slice(from, from + size)));
  }
  return points;
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
  const samples: number[] = [];
  let sampledAt = 0;
  const look = () => {
    if (performance.now() - sampledAt < 1_000) return;
    sampledAt = performance.now();
    samples.push(Math.round(server.memoryBytes() / 1_048_576));
    if (samples.length % 60 === 0) progress(`soak: ${samples.length} s, ${samples.at(-1)} MB`);
  };
  const phase = {
    name: 'soak',
    seconds,
    rate,
    connections: 200,
    reads: ['assets', 'assets', 'assets', 'orders'] as const,
  };
  const went = await drive(asking, phase, look);
  await server.stop();
  return {
    name: 'soak',
    ...went,
    isOverload: false,
    memoryBytesMax: Math.max(...samples) * 1_048_576,
    curveMb: curveOf(samples),
    growth: growthOf(samples),
  };
}

/** What must not be in a soak. */
export function faultsOfSoak(report: SoakReport): string[] {
  const faults = faultsOfAnswers(report);
  if (report.growth > GROWTH_MAX) {
    faults.push(`soak: memory grew by ${Math.round(report.growth * 100)} %`);
  }
  return faults;
}
