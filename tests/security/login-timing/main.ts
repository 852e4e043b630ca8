/**
 * `npm run login-timing -- [--rounds N] [--figures]`: how long a refused login takes for an unknown user
 * and for a known one with a wrong password, in turn, on a server in this process with its real hash.
 * Prints the medians and their ratio; exit code 1 when they differ by more than the machine itself does.
 */
import { parseArgs } from 'node:util';
import { writeFigures } from '../../../server/src/app/proof/figures.ts';
import { systemClock } from '../../../server/src/platform/clock.ts';
import { loadSettings } from '../../../server/src/platform/config.ts';
import { createApp } from '../../../server/src/platform/http/app.ts';
import { issueBootstrapKey } from '../../../server/src/platform/auth/bootstrap.ts';
import { openTestPglite, testWorld } from '../../../server/src/platform/testing.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    figures: { type: 'boolean', default: false },
  },
});
const rounds = Number.parseInt(values.rounds, 10);
/** The difference that a caller could use: 5 %, as the list of statements has it. */
const DIFFERENCE_MAX = 0.05;
const PASSWORD = 'a long and right password 7';

const database = await openTestPglite();
const settings = loadSettings({ CAIRN_LOG_LEVEL: 'silent', CAIRN_LOCKOUT_FAILURES: '20' });
const app = await createApp(testWorld(database.db, systemClock.now()), [], { settings });

/** Milliseconds until the answer; who was slowed down is let go before, so that each works for it. */
async function timeOf(userName: string): Promise<number> {
  await database.db.query('delete from platform.login_failures');
  const from = performance.now();
  const reply = await app.inject({
    method: 'POST',
    url: '/auth/login',
    payload: { userName, password: 'another password 12345' },
  });
  if (reply.statusCode !== 401) throw new Error(`answered ${reply.statusCode}: ${reply.body}`);
  return performance.now() - from;
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

try {
  const bootstrapKey = await issueBootstrapKey(app.auth);
  const payload = { bootstrapKey, userName: 'known.user', password: PASSWORD };
  const made = await app.inject({ method: 'POST', url: '/auth/bootstrap', payload });
  if (made.statusCode !== 201) throw new Error(made.body);
  for (let n = 0; n < 20; n += 1) await timeOf(n % 2 === 0 ? 'known.user' : 'nobody.here');
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < rounds; n += 1) {
    // Each first as often as the other, so that what the machine does meets both.
    const order = n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const who of order) {
      times[who].push(await timeOf(who === 'known' ? 'known.user' : `nobody.${n}`));
    }
  }
  const known = median(times.known);
  const unknown = median(times.unknown);
  const ratio = unknown / known;
  console.log(
    `${rounds} of each: wrong password ${known.toFixed(2)} ms, unknown user ${unknown.toFixed(2)} ms, ratio ${ratio.toFixed(3)}`,
  );
  if (values.figures) {
    const figure = (zh: string, en: string, value: number, unit: string) => ({
      zh,
      en,
      value,
      unit,
    });
    writeFigures({
      name: 'login-timing',
      zh: '登录用时',
      en: 'Time of a refused login',
      command: `npm run login-timing -- --rounds ${rounds} --figures`,
      figures: [
        figure('每种情形的登录次数', 'logins of each kind', rounds, ''),
        figure('密码错误，中位数', 'wrong password, median', Number(known.toFixed(2)), 'ms'),
        figure('用户不存在，中位数', 'unknown user, median', Number(unknown.toFixed(2)), 'ms'),
        figure('两者之比', 'ratio of the two', Number(ratio.toFixed(3)), ''),
      ],
    });
  }
  process.exitCode = Math.abs(ratio - 1) <= DIFFERENCE_MAX ? 0 : 1;
} finally {
  await app.close();
  await database.drop();
}
