/**
 * `npm run weaknesses`: asks the registry for known weaknesses of every locked package. Ends with 0
 * when nothing has to be done, 1 when something has, and 2 when the registry did not answer.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shanghaiDate } from '@cairn/kernel';
import { systemClock } from '../../../server/src/platform/clock.ts';
import { type Exception, faultsOf, readReport } from './judge.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MINUTES_MAX = 3;
const UNANSWERED = 2;

// npm ends with 1 for a weakness as for a failure, so what it printed is read instead.
const { stdout, stderr, error } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
  timeout: MINUTES_MAX * 60_000,
  shell: process.platform === 'win32',
});
const report = readReport(stdout);
if (report === undefined) {
  console.error('The registry did not answer. / 软件源未答复。');
  console.error(error?.message ?? `${stdout}${stderr}`.trim());
  process.exitCode = UNANSWERED;
} else {
  const exceptions = JSON.parse(
    readFileSync(new URL('exceptions.json', import.meta.url), 'utf8'),
  ) as Exception[];
  const faults = faultsOf(report, exceptions, shanghaiDate(systemClock.now()));
  for (const fault of faults) console.error(fault);
  console.log(`known weaknesses to act on / 待处理的已知漏洞: ${faults.length}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
