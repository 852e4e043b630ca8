/*
 * The journeys and the races of other files once more, on four processes over one PostgreSQL: two
 * answer in turn, one runs the jobs, one the stream. One house of processes serves all suites.
 */
import { instantAtShanghai } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playOperator } from '../../server/src/app/sandbox/house.ts';
import { playDay } from '../../server/src/app/sandbox/play-day.ts';
import type { DayRun, runDay } from '../../server/src/modules/clearing/index.ts';
import {
  describePostgres,
  postgresAnswers,
  runSuitesOn,
} from '../../server/src/platform/testing.ts';
import { type House, openHouse, openRegistrar, TODAY } from '../bad-input/house.ts';
import { spendAllAtOnce } from '../bad-input/races.ts';
import { FourProcesses, Hosted } from './four.ts';

let four: FourProcesses | undefined;
const processes = () => (four ??= new FourProcesses());
afterAll(() => four?.end());

runSuitesOn(['four processes', () => processes().database(), postgresAnswers]);

await import('../journeys/board.test.ts');
await import('../journeys/business-day.test.ts');
await import('../journeys/documents.test.ts');
await import('../journeys/investor.test.ts');
await import('../journeys/portfolio.test.ts');
await import('../journeys/work-lists.test.ts');
await import('../bad-input/calendar.test.ts');
await import('../bad-input/replay.test.ts');
await import('../../server/src/modules/trading/races.test.ts');
await import('../../server/src/modules/accounts/withdrawals.test.ts');

const ROUNDS = 5;

// The control: were this not found, the races above would prove nothing about processes.
describePostgres('a process that does not lock the buckets it works on', (opened) => {
  let house: House;
  beforeAll(async () => {
    processes().planted = 'lockless';
    house = await openHouse(opened());
  });
  afterAll(() => house.close());

  test('is found by a race between it and another', async () => {
    const found = async () => {
      for (let round = 0; round < ROUNDS; round++) await spendAllAtOnce(house);
    };
    await expect(found()).rejects.toThrow(/to deeply equal/);
  });
});

test('a process that ends fails what it was asked, and whoever asks it afterwards', async () => {
  const one = new Hosted();
  const asked = Promise.allSettled([one.ask({ kind: 'stop' })]);
  await one.end();
  expect(await asked).toEqual([
    { status: 'rejected', reason: new Error('the process ended: SIGKILL') },
  ]);
  await expect(one.ask({ kind: 'stop' })).rejects.toThrow('the process has ended');
});

// The control of the business day.
describePostgres('a process that keeps the exchanged files to itself', (opened) => {
  let house: House;
  beforeAll(async () => {
    processes().planted = 'apart';
    house = await openHouse(opened());
  });
  afterAll(() => house.close());

  test('is found by the days that it runs in turn with another', async () => {
    const { world } = house;
    const run: typeof runDay = async (_world, ...args) =>
      (await opened().processes?.call('clearing', 'runDay', args)) as DayRun;
    const registrar = openRegistrar(world);
    const passed: string[] = [];
    // What is asked for on one day is confirmed on the next.
    for (const date of [TODAY, world.calendar.nextTradingDay(TODAY)]) {
      world.clock.set(instantAtShanghai(date, '15:30:00.000'));
      const played = await playDay(world, registrar, playOperator, date, run);
      passed.push(...played.accepted, ...(played.finished.isComplete ? [] : ['not complete']));
    }
    expect(passed).toContain('DAY_NOT_ACCEPTED');
  });
});
