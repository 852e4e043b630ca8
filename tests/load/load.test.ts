/*
 * A small day of load: the real server process, a few hundred customers, seconds instead of hours.
 * What the judge of the load must find is planted: a server that does not shed, refusals without
 * Retry-After, answers that nobody expects, lost orders, a broken book and memory that grows.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type DayReport,
  faultsOf,
  type PhaseReport,
  playLoadDay,
  overload,
  playPhase,
  faultsOfAnswers,
} from '../../bench/load/day.ts';
import { Answers } from '../../bench/load/drive.ts';
import { type House, houseFor } from '../../bench/load/house.ts';
import type { ProbeCourse } from '../../bench/load/probes.ts';
import { ServedHouse } from '../../bench/load/process.ts';
import { percentile } from '../../bench/load/report.ts';
import { courseOf, faultsOfSoak } from '../../bench/load/soak.ts';
import { describePostgres, testServerUrl } from '../../server/src/platform/testing.ts';

const CUSTOMERS = 200;
const quiet = () => undefined;
const DAY = { seconds: 6, requests: 150, overloadConnections: 1_000 };
// A server that decides one order at a time and lets few wait is soon overloaded on any machine.
const SMALL = { CAIRN_BATCH_SIZE_MAX: '1', CAIRN_QUEUE_MAX: '4', CAIRN_REQUESTS_MAX: '4' };
const ROOMY = { CAIRN_QUEUE_MAX: '100000', CAIRN_REQUESTS_MAX: '100000' };

describePostgres('a small day of load', () => {
  let house: House;
  beforeAll(async () => {
    house = await houseFor(testServerUrl(), CUSTOMERS, {
      isKept: false,
      progress: quiet,
      prefix: 'cairn_test_load',
    });
  });
  afterAll(() => house.drop());

  test('is shed where it is too much, recovers, loses nothing, and the books hold', async () => {
    expect(house.customerIds).toHaveLength(CUSTOMERS);
    const report = await playLoadDay(house, { ...DAY, env: SMALL }, quiet);
    // How late a probe came says how busy this machine is; only `npm run load` judges that.
    const isTime = (fault: string) => fault.includes('/health took more than');
    expect(faultsOf(report).filter((fault) => !isTime(fault))).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(CUSTOMERS / 4);
  });

  test('a server that takes whatever comes sheds nothing, and that is found', async () => {
    const server = await ServedHouse.start(house, { ...SMALL, ...ROOMY });
    const { key, customerIds } = house;
    const asking = { port: server.port, key, customerIds, run: 'roomy' };
    const phase = overload('orders', DAY.overloadConnections, DAY.seconds / 10, []);
    const went = await playPhase(server, asking, phase, true, quiet);
    await server.stop();
    expect(faultsOfAnswers(went)).toContain('orders: nothing was shed');
  });
});

function phase(change: Partial<PhaseReport> = {}, fill: (answers: Answers) => void = () => {}) {
  const answers = new Answers();
  answers.count('201');
  fill(answers);
  const base = {
    name: 'p',
    asked: 1,
    seconds: 1,
    memoryBytesMax: 1,
    isOverload: false,
    probes: [],
  };
  return { ...base, answers, ...change };
}

const right: DayReport = {
  phases: [phase()],
  night: [{ what: 'night', seconds: 1, isDone: true, output: '' }],
  lost: [],
  acknowledged: 1,
  drainSeconds: 1,
  check: { isClean: true, output: '' },
};

describe('the judge of the load', () => {
  const alive = (change: Partial<ProbeCourse> = {}): readonly ProbeCourse[] => [
    { path: '/health', ms: [3, 900], failures: [], ...change },
    { path: '/ready', ms: [5], failures: ['503'] },
  ];
  const overloaded = (change: Partial<PhaseReport>, shed = true) =>
    phase({ isOverload: true, recoverySeconds: 1, probes: alive(), ...change }, (answers) => {
      if (shed) answers.count('503 OVERLOADED');
    });

  test.each<[string, Partial<DayReport>]>([
    ['p: nothing was shed', { phases: [overloaded({}, false)] }],
    ['p: no recovery within 60 s', { phases: [overloaded({ recoverySeconds: 61 })] }],
    ['p: no recovery within 60 s', { phases: [overloaded({ recoverySeconds: undefined })] }],
    [
      'p: 1 × /health took more than 1000 ms',
      { phases: [overloaded({ probes: alive({ ms: [3, 1_001] }) })] },
    ],
    [
      'p: 2 × /health failed: ECONNRESET',
      { phases: [overloaded({ probes: alive({ failures: ['ECONNRESET', 'ECONNRESET'] }) })] },
    ],
    ['p: nobody asked whether the server lives', { phases: [overloaded({ probes: [] })] }],
    ['p: 1 × 500 INTERNAL', { phases: [phase({}, (answers) => answers.count('500 INTERNAL'))] }],
    [
      'p: 1 refusals without Retry-After',
      { phases: [phase({}, (answers) => void (answers.bareRefusals += 1))] },
    ],
    ['1 acknowledged orders are lost', { lost: ['X'] }],
    ['events were not delivered within 180 s', { drainSeconds: undefined }],
    ['cairn check: FAIL  M1', { check: { isClean: false, output: 'ok\nFAIL  M1' } }],
    [
      'night: step failed',
      { night: [{ what: 'night', seconds: 1, isDone: false, output: 'step failed' }] },
    ],
  ])('finds: %s', (fault, wrong) => {
    expect(faultsOf(right)).toEqual([]);
    expect(faultsOf({ ...right, phases: [overloaded({})] })).toEqual([]);
    expect(faultsOf({ ...right, ...wrong })).toEqual([fault]);
  });

  test('memory that grows to the end is found, a heap that fills at the start is not', () => {
    const sampled = (values: readonly number[]) =>
      values.map((mb, n) => ({ seconds: n * 400, residentMb: mb, heapMb: mb }));
    const fills = sampled([100, 150, 200, 210, 205, 208, 206, 209, 207]);
    const leaks = sampled([100, 120, 140, 160, 180, 200, 220, 240, 260]);
    const report = {
      ...phase(),
      ...right,
      resident: courseOf(fills, 'residentMb'),
      heap: courseOf(fills, 'heapMb'),
    };
    expect(faultsOfSoak(report)).toEqual([]);
    const leaking = { ...report, heap: courseOf(leaks, 'heapMb') };
    expect(faultsOfSoak(leaking)).toEqual(['soak: the heap grew by 33 %']);
    expect(faultsOfSoak({ ...report, resident: courseOf(leaks, 'residentMb') })).toEqual([
      'soak: memory grew by 33 %',
    ]);
    expect(faultsOfSoak({ ...report, lost: ['X'] })).toEqual(['1 acknowledged orders are lost']);
    // 20 MB in 400 s.
    expect(courseOf(leaks, 'residentMb')).toMatchObject({ start: 100, warm: 160, end: 260 });
    expect(courseOf(leaks, 'residentMb').slope).toBeCloseTo(180);
    expect(Math.abs(courseOf(fills, 'residentMb').slope)).toBeLessThan(5);
  });

  test('percentiles', () => {
    const values = Array.from({ length: 100 }, (_, n) => n + 1);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([
      50, 95, 99, 100,
    ]);
    expect(percentile([], 0.5)).toBe(0);
  });
});
