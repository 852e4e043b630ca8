/** The journeys of every role as `npm test` walks them, here for how fast the pages answer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../journeys/served.ts';
import { CONSOLE_OF } from '../house.ts';
import { type ConsoleRow, INTERACTION_MS_MAX, summary } from './report.ts';

/**
 * Walks the journeys on the embedded database and gives the slowest interaction before each look at
 * a page. Throws when a journey fails.
 */
export function measureJourneys(): ConsoleRow {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-journeys-'));
  const file = join(folder, 'interactions.json');
  try {
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const journeys = ['tests/browser/journeys.test.ts', '-t', `${CONSOLE_OF} one process`];
    const env = { ...process.env, CI: 'true', CAIRN_INTERACTIONS_FILE: file };
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...journeys], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) throw new Error('a journey failed');
    const times = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    // Before some looks nothing was done.
    const done = Object.values(times).filter((ms) => ms > 0);
    return summary(
      { zh: '操作到下一帧（各角色流程）', en: 'interaction to next paint, journeys' },
      done,
      INTERACTION_MS_MAX,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
