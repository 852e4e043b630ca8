/** What several processes of one installation must agree on. */
import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '@cairn/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSettings } from '../platform/config.ts';
import { describePostgres, testWorld } from '../platform/testing.ts';
import { writeDemoClock } from './demo/facts.ts';
import { type Installation, openInstallation } from './installation.ts';
import { type RunningServer, startServer } from './server.ts';

describePostgres('two processes of a demonstration', (opened) => {
  const MORNING = instant('2026-03-09T01:30:00.000Z');
  const NEXT = instant('2026-03-10T01:30:00.000Z');
  let installations: Installation[];
  let servers: RunningServer[];
  const nows = () => installations.map(({ world }) => world.clock.now());

  beforeEach(async () => {
    const world = testWorld(opened().db);
    await writeDemoClock(world, MORNING);
    const settings = loadSettings({
      DATABASE_URL: opened().url ?? '',
      CAIRN_DATA_DIR: world.folder,
      CAIRN_MASTER_KEY: '07'.repeat(32),
      CAIRN_PORT: '0',
      CAIRN_ROLES: 'api',
      CAIRN_LOG_LEVEL: 'silent',
    });
    installations = [await openInstallation(settings), await openInstallation(settings)];
    servers = [];
    for (const one of installations) servers.push(await startServer(one));
  });
  afterEach(() => Promise.all(servers.map((one) => one.stop())));

  it('have one clock: where one has moved it, the other is soon, and never goes back', async () => {
    expect(nows().every((now) => now >= MORNING && now < NEXT)).toBe(true);
    const [first] = installations;
    first?.demoClock?.set(NEXT);
    if (first !== undefined) await writeDemoClock(first.world, NEXT);
    while (nows().some((now) => now < NEXT)) await pause(50);
    await writeDemoClock({ ...testWorld(opened().db) }, MORNING);
    await pause(1_500);
    expect(nows().every((now) => now >= NEXT)).toBe(true);
  });
});
