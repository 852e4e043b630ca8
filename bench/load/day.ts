/**
 * A day of customers against the real server process: the opening burst, the hours between, the
 * rush before the cut-off, twice more than the house can take (orders, then readers), and the night
 * batch with registrar and bank. What it saw is judged afterwards, by facts of the books too.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exchangeCalendar, instantAtShanghai } from '@cairn/kernel';
import { createRegistrarWorld, type RegistrarWorld } from '@cairn/registrar';
import { scenarioOf } from '../../server/src/app/sandbox/market.ts';
import {
  benchMarket,
  DAY,
  DISTRIBUTOR,
  NEXT_DAY,
} from '../../server/src/app/sandbox/order-stage.ts';
import { freePort } from '../../server/src/platform/free-port.ts';
import { type Answers, type Ask, type Asking, drive, type Phase, probe } from './drive.ts';
import { type House, type Progress, setClock, timeOfDay } from './house.ts';
import { faultsOfProbes, type ProbeCourse, watchProbes } from './probes.ts';
import { runCairn, ServedHouse } from './process.ts';

export interface DayOptions {
  /** Length of the day's traffic on the wall. */
  readonly seconds: number;
  /** Orders and readings of the ordinary day, all told. */
  readonly requests: number;
  /** Connections of a flood. */
  readonly overloadConnections: number;
  /** Settings of the server that differ from its own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One phase as it went. */
export interface PhaseReport {
  readonly name: string;
  readonly asked: number;
  readonly seconds: number;
  readonly answers: Answers;
  readonly memoryBytesMax: number;
  /** Seconds from the end of the phase to steady service again; undefined when it never came. */
  readonly recoverySeconds?: number | undefined;
  readonly isOverload: boolean;
  /** How the probes of an orchestrator went; asked in a flood only. */
  readonly probes: readonly ProbeCourse[];
}

/** What the books say when the traffic is over. */
export interface BooksReport {
  /** Acknowledged orders that the books do not hold. */
  readonly lost: readonly string[];
  readonly acknowledged: number;
  /** Seconds until every event was delivered; undefined when that took longer than three minutes. */
  readonly drainSeconds: number | undefined;
  /** `cairn check`: whether every invariant holds, and what it printed. */
  readonly check: { readonly isClean: boolean; readonly output: string };
}

export interface DayReport extends BooksReport {
  readonly phases: readonly PhaseReport[];
  /** Night batch: command, seconds, exit code and what it said when it failed. */
  readonly night: readonly { what: string; seconds: number; isDone: boolean; output: string }[];
}

const OVERLOAD_MAX_S = 20;
const RECOVERY_MAX_S = 60;
const SERVED_WITHIN_MS = 1_000;
const STEADY_PROBES = 5;
const DRAIN_MAX_MS = 180_000;

/** Six of ten are orders. */
const MIXED: readonly Ask[] = ['assets', 'assets', 'assets', 'orders'];
const ORDERS_ONLY: readonly Ask[] = [];
const READERS: readonly Ask[] = Array.from({ length: 10 }, () => 'assets' as const);
const CONNECTIONS = 1_000;

/** Seconds until the server answers five orders in a row, each within a second. */
async function recovery(asking: Asking): Promise<number | undefined> {
  const endedAt = performance.now();
  const passed = () => (performance.now() - endedAt) / 1_000;
  let steadySince = 0;
  let steady = 0;
  while (passed() < RECOVERY_MAX_S * 2) {
    const before = passed();
    const { ms, isServed } = await probe(asking);
    if (isServed && ms < SERVED_WITHIN_MS) {
      if (steady === 0) steadySince = before;
      steady += 1;
      if (steady === STEADY_PROBES) return steadySince;
    } else steady = 0;
    await pause(100);
  }
  return undefined;
}

/** Drives one phase; after one that is too much it waits for steady service again. */
export async function playPhase(
  server: ServedHouse,
  asking: Asking,
  phase: Phase,
  isOverload: boolean,
  progress: Progress,
): Promise<PhaseReport> {
  let memoryBytesMax = 0;
  const look = () => {
    memoryBytesMax = Math.max(memoryBytesMax, server.memoryBytes());
  };
  const watch = isOverload ? watchProbes(server.probePort) : undefined;
  const { answers, asked, seconds } = await drive(asking, phase, look);
  const probes = (await watch?.stop()) ?? [];
  const recoverySeconds = isOverload ? await recovery(asking) : undefined;
  progress(`${phase.name}: ${asked} asked, ${answers.served} served, ${answers.shed} shed`);
  const { name } = phase;
  return { name, asked, seconds, answers, memoryBytesMax, recoverySeconds, isOverload, probes };
}

/** A flood over so many connections; at the end everybody hangs up. */
export function overload(
  name: string,
  connections: number,
  seconds: number,
  reads: readonly Ask[],
): Phase {
  return { name, seconds, connections, reads };
}

/** The morning on one server, the afternoon on the next: the business clock moves in between. */
async function playTraffic(
  house: House,
  { seconds, requests, overloadConnections, env = {} }: DayOptions,
  progress: Progress,
): Promise<PhaseReport[]> {
  const phases: PhaseReport[] = [];
  const plan = (name: string, time: number, share: number): Phase => ({
    name,
    seconds: seconds * time,
    rate: (requests * share) / (seconds * time),
    connections: CONNECTIONS,
    reads: MIXED,
  });
  const stretch = Math.min(seconds * 0.1, OVERLOAD_MAX_S);
  const parts = [
    {
      at: '09:30:00',
      ordinary: [plan('opening 09:30', 0.2, 0.3), plan('hours between', 0.4, 0.2)],
      overloads: [],
    },
    {
      at: '14:50:00',
      ordinary: [plan('rush 14:50', 0.2, 0.5)],
      overloads: [
        overload('overload: orders', overloadConnections, stretch, ORDERS_ONLY),
        overload('overload: readers', overloadConnections, stretch, READERS),
      ],
    },
  ];
  for (const { at, ordinary, overloads } of parts) {
    await setClock(house, timeOfDay(at));
    const probes = { CAIRN_PROBE_PORT: String(await freePort()) };
    const server = await ServedHouse.start(house, { ...probes, ...env });
    const { key, customerIds } = house;
    const asking = { port: server.port, key, customerIds, run: `l${process.pid}` };
    for (const phase of ordinary) {
      phases.push(await playPhase(server, asking, phase, false, progress));
    }
    for (const phase of overloads) {
      phases.push(await playPhase(server, asking, phase, true, progress));
    }
    await server.stop();
  }
  return phases;
}

/** The registrar and bank of the house. */
export function openRegistrar({ folder }: House): RegistrarWorld {
  return createRegistrarWorld({
    scenario: scenarioOf(benchMarket, exchangeCalendar, {
      from: DAY,
      to: NEXT_DAY,
      distributorCode: DISTRIBUTOR,
      interestRate: '0.003',
    }),
    stateDir: join(folder, 'registrar'),
    exchangeDir: join(folder, 'exchange'),
  });
}

/** Two nights by the command line: the orders go out in the first and are confirmed in the second. */
async function playNights(
  house: House,
  env: Readonly<Record<string, string>>,
  progress: Progress,
): Promise<{ night: DayReport['night']; drainSeconds: number | undefined }> {
  const night: { what: string; seconds: number; isDone: boolean; output: string }[] = [];
  const registrar = openRegistrar(house);
  let drainSeconds: number | undefined;
  const timed = async (
    what: string,
    body: () => Promise<{ code: number | null; output: string }>,
  ) => {
    const startedAt = performance.now();
    const { code, output } = await body();
    const seconds = (performance.now() - startedAt) / 1_000;
    night.push({ what, seconds, isDone: code === 0, output });
    progress(`${what}: ${seconds.toFixed(1)} s`);
  };
  for (const date of [DAY, NEXT_DAY]) {
    await setClock(house, instantAtShanghai(date, '15:30:00.000'));
    const server = await ServedHouse.start(house, env);
    const run = (...more: string[]) => runCairn(house, ['day', 'run', '--date', date, ...more]);
    await timed(`${date} cut-off and send`, () => run('--until', 'send'));
    await timed(`${date} registrar and bank`, async () => {
      registrar.playDay(date);
      return { code: 0, output: '' };
    });
    await timed(`${date} receive to close`, () => run());
    drainSeconds = await drained(house);
    await server.stop();
  }
  return { night, drainSeconds };
}

/** Seconds until the outbox holds nothing that was not delivered. */
export async function drained({ db }: House): Promise<number | undefined> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < DRAIN_MAX_MS) {
    const [row] = await db.query<{ waiting: boolean }>(
      'select exists (select 1 from platform.outbox where delivered_at is null) as waiting',
    );
    if (row?.waiting === false) return (performance.now() - startedAt) / 1_000;
    await pause(250);
  }
  return undefined;
}

/** Acknowledged ids that stand nowhere. */
export async function lostOrders({ db }: House, ids: readonly string[]): Promise<string[]> {
  const lost: string[] = [];
  for (let from = 0; from < ids.length; from += 10_000) {
    const rows = await db.query<{ id: string }>(
      `select id from unnest($1::text[]) as t(id)
       where not exists (select 1 from trading.orders o where o.order_id = t.id)`,
      [ids.slice(from, from + 10_000)],
    );
    lost.push(...rows.map((row) => row.id));
  }
  return lost;
}

/** Plays the whole day and its nights, then looks into the books. */
export async function playLoadDay(
  house: House,
  options: DayOptions,
  progress: Progress,
): Promise<DayReport> {
  const phases = await playTraffic(house, options, progress);
  const { night, drainSeconds } = await playNights(house, options.env ?? {}, progress);
  const ids = phases.flatMap(({ answers }) => answers.orderIds);
  const lost = await lostOrders(house, ids);
  const { code, output } = await runCairn(house, ['check']);
  const check = { isClean: code === 0, output };
  return { phases, night, drainSeconds, lost, acknowledged: ids.length, check };
}

const EXPECTED = new Set(['200', '201', '503 OVERLOADED']);

/** What must not be among the answers of a phase. */
export function faultsOfAnswers(phase: PhaseReport): string[] {
  const { name, answers, isOverload, recoverySeconds, probes } = phase;
  const faults: string[] = [];
  for (const [what, count] of answers.classes) {
    if (!EXPECTED.has(what)) faults.push(`${name}: ${count} × ${what}`);
  }
  if (answers.bareRefusals > 0) {
    faults.push(`${name}: ${answers.bareRefusals} refusals without Retry-After`);
  }
  if (!isOverload) return faults;
  if (answers.shed === 0) faults.push(`${name}: nothing was shed`);
  if (recoverySeconds === undefined || recoverySeconds > RECOVERY_MAX_S) {
    faults.push(`${name}: no recovery within ${RECOVERY_MAX_S} s`);
  }
  return [...faults, ...faultsOfProbes(name, probes)];
}

/** Everything about the day that must not be. */
export function faultsOf(report: DayReport): string[] {
  const faults = report.phases.flatMap(faultsOfAnswers);
  for (const { what, isDone, output } of report.night) {
    if (!isDone) faults.push(`${what}: ${output.trim().split('\n').slice(-3).join(' ')}`);
  }
  return [...faults, ...faultsOfBooks(report)];
}

/** What must not be in the books. */
export function faultsOfBooks(report: BooksReport): string[] {
  const faults: string[] = [];
  if (report.lost.length > 0) faults.push(`${report.lost.length} acknowledged orders are lost`);
  if (report.drainSeconds === undefined) faults.push('events were not delivered within 180 s');
  if (!report.check.isClean) {
    const failed = report.check.output.split('\n').filter((line) => line.startsWith('FAIL'));
    faults.push(`cairn check: ${failed.join('; ') || report.check.output.slice(-300)}`);
  }
  return faults;
}
