/** Who is let in while others are busy, who shares a port, and how the doors close. */
import { once } from 'node:events';
import { Agent, get as ask } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import type { CairnModule } from '../module.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import { type Doors, doorsOf, openDoors } from './doors.ts';

const HOST = '127.0.0.1';
const BUSY = 60;
const NEWCOMERS = 200;
/** With one door each newcomer costs about one round of all who are busy. */
const ANSWERS_MAX = (NEWCOMERS * BUSY) / 4;

const held: (() => void)[] = [];
const slow: CairnModule<App> = {
  name: 'slow',
  errors: {},
  routes(app) {
    app.get('/quick', { config: { public: true } }, async () => ({ done: true }));
    app.get('/slow', { config: { public: true } }, async () => {
      await new Promise<void>((resolve) => held.push(resolve));
      return { done: true };
    });
  },
};

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestPglite();
});
afterAll(() => database.drop());

async function open(count?: number): Promise<{ app: App; doors: Doors }> {
  const app = await createApp(testWorld(database.db), [slow]);
  const wish = { host: HOST, port: 0, ...(count === undefined ? {} : { count }) };
  return { app, doors: await openDoors(app, wish) };
}

const close = ({ app, doors }: { app: App; doors: Doors }) =>
  Promise.all([doors.close(), app.close()]);

/** One answer, over a connection of the agent. */
async function answer(url: string, agent: Agent): Promise<number> {
  const [response] = await once(ask(url, { agent }), 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

/** How many answers the busy got until every newcomer had his; at most ANSWERS_MAX are waited for. */
async function answersUntilAllAreIn(count?: number): Promise<number> {
  const house = await open(count);
  const url = `${house.doors.url}/quick`;
  const [busy, coming] = [new Agent({ keepAlive: true }), new Agent()];
  const all = { answers: 0, isOver: false };
  const askAgain = async (): Promise<void> => {
    while (!all.isOver) {
      await answer(url, busy);
      all.answers += 1;
      if (all.answers > ANSWERS_MAX) all.isOver = true;
    }
  };
  const stay = Array.from({ length: BUSY }, askAgain);
  while (all.answers < 2 * BUSY) await new Promise((resolve) => setTimeout(resolve, 1));
  all.answers = 0;
  const newcomers = Array.from({ length: NEWCOMERS }, () => answer(url, coming));
  await Promise.race([Promise.all(newcomers), Promise.all(stay)]);
  const taken = all.answers;
  all.isOver = true;
  await Promise.all([...stay, ...newcomers]);
  busy.destroy();
  coming.destroy();
  await close(house);
  return taken;
}

test.runIf(process.platform === 'linux')(
  'newcomers are let in while others ask again and again',
  async () => {
    expect(await answersUntilAllAreIn()).toBeLessThan(ANSWERS_MAX);
    // The control: by one door they wait.
    expect(await answersUntilAllAreIn(1)).toBeGreaterThanOrEqual(ANSWERS_MAX);
  },
);

test.each([
  [64, 4],
  [1_024, 64],
  [20_000, 128],
  [8, 1],
])('of %i file handles, %i doors at most', (handles, doors) => {
  expect(doorsOf(handles)).toBe(doors);
});

test('a port that is taken is refused, though doors share theirs', async () => {
  const house = await open();
  const other = await createApp(testWorld(database.db), [slow]);
  const port = Number(new URL(house.doors.url).port);
  await expect(openDoors(other, { host: HOST, port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await other.close();
  await close(house);
});

test('by the port for probes come probes and nothing else', async () => {
  const app = await createApp(testWorld(database.db), [slow]);
  const probePort = await freePort();
  const doors = await openDoors(app, { host: HOST, port: 0, probePort });
  const agent = new Agent();
  const asked = (base: string) =>
    Promise.all(['/health', '/ready', '/quick'].map((path) => answer(`${base}${path}`, agent)));
  expect(await asked(`http://${HOST}:${probePort}`)).toEqual([200, 200, 404]);
  expect(await asked(doors.url)).toEqual([200, 200, 200]);
  await close({ app, doors });
  await expect(answer(`http://${HOST}:${probePort}/health`, agent)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('a port for probes that is taken is refused, and nobody is let in by the other', async () => {
  const house = await open();
  const app = await createApp(testWorld(database.db), [slow]);
  const port = await freePort();
  const probePort = Number(new URL(house.doors.url).port);
  await expect(openDoors(app, { host: HOST, port, probePort })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await app.close();
  await expect(answer(`http://${HOST}:${port}/quick`, new Agent())).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
  await close(house);
});

test('who is in is answered before the doors are closed, by whichever he came', async () => {
  const house = await open();
  const agent = new Agent({ keepAlive: true });
  const asked = Array.from({ length: 20 }, () => answer(`${house.doors.url}/slow`, agent));
  while (held.length < asked.length) await new Promise((resolve) => setTimeout(resolve, 1));
  const closed = close(house);
  for (const letGo of held) letGo();
  expect(await Promise.all(asked)).toEqual(asked.map(() => 200));
  await closed;
  agent.destroy();
});
