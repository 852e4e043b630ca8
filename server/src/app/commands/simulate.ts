/** `cairn simulate`: a broker with its customers and counterparties, played from a seed. */
import { loadSettings } from '../../platform/config.ts';
import { PlayDatabases } from '../simulation/database.ts';
import { writeFigures } from '../proof/figures.ts';
import { neverReached, timesReached } from '../simulation/expected.ts';
import { failureText, playLine, Tally, tallyText } from '../simulation/report.ts';
import { PlayFailed, runPlay } from '../simulation/run.ts';
import type { PlayOptions } from '../simulation/play.ts';
import { type Command, CommandRefused, parseArgs, usageError } from './command.ts';

const USAGE =
  'simulate [--seed N] [--days D] [--customers C] [--faults] [--soak [--minutes M [--figures]]]';
const SOAK_LINE_EVERY = 10;
const PLAYS_THAT_REACH_ALL = 60;

function countOf(name: string, text: string, max: number): number {
  const value = /^(0|[1-9]\d{0,8})$/.test(text) ? Number.parseInt(text, 10) : -1;
  if (value >= 1 && value <= max) return value;
  throw new CommandRefused(`--${name} is 1 to ${max}.`, `--${name} 应为 1 到 ${max}。`, 2);
}

/** Plays one seed; the failure is kept in the tally and printed. */
async function playOne(options: PlayOptions, databases: PlayDatabases, tally: Tally) {
  const { db, drop } = await databases.open();
  try {
    const report = await runPlay(options, db);
    tally.add(report);
    return report;
  } catch (error) {
    if (!(error instanceof PlayFailed)) throw error;
    tally.failed.push(error);
    console.log(failureText(error));
    return undefined;
  } finally {
    await drop();
  }
}

async function soak(first: PlayOptions, minutes: number, databases: PlayDatabases, tally: Tally) {
  const startedAt = performance.now();
  const elapsed = () => Math.floor((performance.now() - startedAt) / 1000);
  const asked = new AbortController();
  process.once('SIGINT', () => asked.abort());
  for (let seed = Number.parseInt(first.seed, 10); !asked.signal.aborted; seed += 1) {
    await playOne({ ...first, seed: String(seed) }, databases, tally);
    const { plays, days, failed } = tally;
    if ((plays + failed.length) % SOAK_LINE_EVERY === 0) {
      console.log(
        `${elapsed()} s  seed ${seed}  ${plays} plays 场  ${days} days 日  ${failed.length} failed 失败`,
      );
    }
    if (elapsed() >= minutes * 60) return;
  }
}

/** What to type for the same soak; the database is named, since it decides what is measured. */
function soakCommand({ seed, days, customers }: PlayOptions, minutes: number, isOnServer: boolean) {
  const database = isOnServer ? '"${DATABASE_URL:?}"' : '';
  return `DATABASE_URL=${database} npm run soak -- --seed ${seed} --days ${days} --customers ${customers} --minutes ${minutes} --figures`;
}

/** Keeps what a soak came to among the figures of the proof. */
function keepFigures(
  options: PlayOptions,
  minutes: number,
  tally: Tally,
  isOnServer: boolean,
): void {
  const { plays, days, orders, failed, probes } = tally;
  const expected = timesReached(probes);
  const [rarest, times] = expected[0] ?? ['', 0];
  const never = neverReached(probes);
  const counts: [string, string, number | string][] = [
    ['模拟场次', 'plays', plays + failed.length],
    ['第一个种子', 'first seed', Number.parseInt(options.seed, 10)],
    ['业务日', 'business days', days],
    ['委托', 'orders', orders],
    ['未通过', 'failed', failed.length],
    ['触及的故障与罕见路径种类', 'kinds of faults and rare paths reached', probes.entries().length],
    [
      '触及总次数',
      'times they were reached',
      probes.entries().reduce((sum, [, reached]) => sum + reached, 0),
    ],
    ['须触及的故障与罕见路径', 'faults and rare paths that must be reached', expected.length],
    ['其中未触及', 'of them never reached', never.length === 0 ? 0 : never.join(', ')],
    ['其中最少的一种', 'the rarest of them', `${rarest}: ${times}`],
  ];
  writeFigures({
    name: isOnServer ? 'simulation-postgresql' : 'simulation',
    zh: isOnServer ? '模拟（PostgreSQL）' : '模拟（内置数据库）',
    en: isOnServer ? 'Simulation on PostgreSQL' : 'Simulation on the embedded database',
    command: soakCommand(options, minutes, isOnServer),
    ...(isOnServer ? { database: 'PostgreSQL' } : {}),
    figures: counts.map(([zh, en, value]) => ({ zh, en, value, unit: '' })),
  });
}

async function run(args: readonly string[]): Promise<number> {
  const { words, flags, values } = parseArgs(
    args,
    { flags: ['faults', 'soak', 'figures'], values: ['seed', 'days', 'customers', 'minutes'] },
    USAGE,
  );
  if (words.length > 0) throw usageError(USAGE);
  const isSoakOnly = values['minutes'] !== undefined || flags.has('figures');
  if (isSoakOnly && !flags.has('soak')) throw usageError(USAGE);
  // Figures are of a run that can be typed again and comes to its end.
  if (flags.has('figures') && values['minutes'] === undefined) throw usageError(USAGE);
  const options: PlayOptions = {
    seed: String(countOf('seed', values['seed'] ?? '1', 999_999_999)),
    days: Math.max(3, countOf('days', values['days'] ?? '10', 200)),
    customers: countOf('customers', values['customers'] ?? '12', 500),
    hasFaults: flags.has('faults'),
  };
  const { databaseUrl } = loadSettings(process.env);
  const databases = new PlayDatabases(databaseUrl);
  const tally = new Tally();
  // Without an end of its own a soak runs until it is told to stop.
  const minutes =
    values['minutes'] === undefined ? undefined : countOf('minutes', values['minutes'], 100_000);
  if (flags.has('soak')) {
    await soak(options, minutes ?? Infinity, databases, tally);
  } else {
    const report = await playOne(options, databases, tally);
    if (report !== undefined) console.log(playLine(report));
  }
  console.log(tallyText(tally));
  if (flags.has('figures') && minutes !== undefined) {
    keepFigures(options, minutes, tally, databaseUrl !== undefined);
  }
  // A soak of some length that never met a fault says nothing about it.
  const isLong = flags.has('soak') && options.hasFaults && tally.plays >= PLAYS_THAT_REACH_ALL;
  const isWhole = !isLong || neverReached(tally.probes).length === 0;
  return tally.failed.length === 0 && isWhole ? 0 : 1;
}

export const command: Command = {
  usage: USAGE,
  help: 'Plays a broker, its registrars and its bank from a seed, with faults, beside a second model.',
  helpZh: '按种子模拟一家券商及其登记机构与银行，可注入故障，并与独立的第二模型逐日比对。',
  run,
};
