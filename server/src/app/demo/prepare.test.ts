import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '@cairn/kernel';
import { expect, it } from 'vitest';
import { loadSettings } from '../../platform/config.ts';
import { describePostgres, testWorld } from '../../platform/testing.ts';
import { openInstallation } from '../installation.ts';
import { SEEDING_FACT, writeDemoClock, writeFact } from './facts.ts';
import { prepareDemo } from './prepare.ts';
import { holdSeeding } from './seeding-lock.ts';

describePostgres('a demonstration that two processes are asked for at once', (opened) => {
  it('is seeded by one of them; the other waits and leaves it alone', async () => {
    const { db, url = '' } = opened();
    const folder = mkdtempSync(join(tmpdir(), 'cairn-test-prepare-'));
    const settings = loadSettings({
      DATABASE_URL: url,
      CAIRN_DATA_DIR: folder,
      CAIRN_MASTER_KEY: '07'.repeat(32),
      CAIRN_LOG_LEVEL: 'silent',
    });
    const at = instant('2026-03-09T01:30:00.000Z');
    const never = () => expect.unreachable('nothing to wait for');
    // As the first does: the fact that it seeds stands, until the clock of the demonstration does.
    const release = await holdSeeding(url, never);
    await writeFact(db, SEEDING_FACT, 'yes', at);
    const said: string[] = [];
    const second = prepareDemo(settings, await openInstallation(settings), (line) => {
      said.push(line);
    });
    while (said.length === 0) await pause(50);
    expect(said).toEqual([expect.stringMatching(/^Another process is seeding/)]);
    await writeDemoClock(testWorld(db), at);
    await release();
    // It has to be opened again, with the clock of the demonstration.
    expect(await second).toBeUndefined();
    expect(said).toHaveLength(1);
    const ready = await prepareDemo(settings, await openInstallation(settings), never);
    expect(ready?.demoClock).toBeDefined();
    await ready?.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
