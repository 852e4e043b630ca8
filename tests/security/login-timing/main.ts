/**
 * `npm run login-timing -- [--rounds N] [--figures]`: how long a refused login takes for an unknown user
 * and for a known one with a wrong password, in turn, on a server in this process with its real hash.
 * Prints the medians and their ratio; exit code 1 when they differ by more than the machine itself does,
 * or when a planted login that does no work for an unknown user is not seen to differ.
 */
import { parseArgs } from 'node:util';
import { writeFigures } from '../../../server/src/app/proof/figures.ts';
import { systemClock } from '../../../server/src/platform/clock.ts';
import { loadSettings } from '../../../server/src/platform/config.ts';
import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import { type App, createApp } from '../../../server/src/platform/http/app.ts';
import { issueBootstrapKey } from '../../../server/src/platform/auth/bootstrap.ts';
import { verifyPassword } from '../../../server/src/platform/auth/passwords.ts';
import { findUserByName } from '../../../server/src/platform/auth/users.ts';
import type { CairnModule } from '../../../server/src/platform/module.ts';
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

const Credentials = Type.Object(
  { userName: Type.String(), password: Type.String() },
  { additionalProperties: false },
);

/** The fault that the measurement must see: who is unknown is refused without the work of a hash. */
const planted: CairnModule<App> = {
  name: 'planted',
  errors: {},
  routes(app, world) {
    const options = { config: { public: true }, schema: { body: Credentials } } as const;
    app.post('/planted/login', options, async ({ body: { userName, password: given } }) => {
      const known = await findUserByName(world.db, userName);
      if (known !== undefined) await verifyPassword(known.password_hash, given);
      throw new AppError('LOGIN_REFUSED');
    });
  },
};

const database = await openTestPglite();
const settings = loadSettings({ CAIRN_LOG_LEVEL: 'silent', CAIRN_LOCKOUT_FAILURES: '20' });
const world = testWorld(database.db, systemClock.now());
const app = await createApp(world, [planted], { settings });

/** Milliseconds until the answer; who was slowed down is let go before, so that each works for it. */
async function timeOf(url: string, userName: string): Promise<number> {
  await database.db.query('delete from platform.login_failures');
  const from = performance.now();
  const reply = await app.inject({
    method: 'POST',
    url,
    payload: { userName, password: 'another password 12345' },
  });
  if (reply.statusCode !== 401) throw new Error(`answered ${reply.statusCode}: ${reply.body}`);
  return performance.now() - from;
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** The medians of refused logins of both kinds, in turn, and whether a caller could tell them apart. */
async function measure(url: string, count: number) {
  for (let n = 0; n < 20; n += 1) await timeOf(url, n % 2 === 0 ? 'known.user' : 'nobody.here');
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < count; n += 1) {
    // Each first as often as the other, so that what the machine does meets both.
    const order = n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const who of order) {
      times[who].push(await timeOf(url, who === 'known' ? 'known.user' : `nobody.${n}`));
    }
  }
  const known = median(times.known);
  const unknown = median(times.unknown);
  const ratio = unknown / known;
  console.log(
    `${url}, ${count} of each: wrong password ${known.toFixed(2)} ms, unknown user ${unknown.toFixed(2)} ms, ratio ${ratio.toFixed(3)}`,
  );
  return { known, unknown, ratio, isTold: Math.abs(ratio - 1) > DIFFERENCE_MAX };
}

try {
  const bootstrapKey = await issueBootstrapKey(app.auth);
  const payload = { bootstrapKey, userName: 'known.user', password: PASSWORD };
  const made = await app.inject({ method: 'POST', url: '/auth/bootstrap', payload });
  if (made.statusCode !== 201) throw new Error(made.body);
  const control = await measure('/planted/login', Math.ceil(rounds / 10));
  const { known, unknown, ratio, isTold } = await measure('/auth/login', rounds);
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
        figure(
          '对照：对不存在的用户不作运算的登录，两者之比',
          'control, a login without work for an unknown user: ratio',
          Number(control.ratio.toFixed(3)),
          '',
        ),
      ],
    });
  }
  process.exitCode = isTold || !control.isTold ? 1 : 0;
} finally {
  await app.close();
  await database.drop();
}
