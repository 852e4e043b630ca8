/** `cairn real-day FOLDER`: two years of real NAVs, played day by day through files. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantAtShanghai, type LocalDate, parseLocalDate, seededRandom } from '@cairn/kernel';
import { loadSettings, type Settings } from '../../platform/config.ts';
import { fixedClock } from '../../platform/clock.ts';
import { dropDatabase, ensureDatabase } from '../../platform/db/databases.ts';
import { checksOf, formatCheck, runChecksOver } from '../checks.ts';
import { openInstallation } from '../installation.ts';
import { type Command, CommandRefused, parseArgs, usageError } from './command.ts';
import { modulesOf } from '../modules.ts';
import { holdsCustomers } from '../real/database.ts';
import { digestOfRun } from '../real/digest.ts';
import { realMarketOf } from '../real/market.ts';
import { formatSummary, formatTiming } from '../real/print-summary.ts';
import { Progress } from '../real/progress.ts';
import { type RunRecord, RunRecords } from '../real/records.ts';
import { daysLeft, RUN_LAST_DATE, runDays, type RunParts } from '../real/run.ts';
import { setUpHouse } from '../real/set-up.ts';
import { readRealFunds } from '../real/source.ts';
import { readSummary } from '../real/summary.ts';
import { Timing } from '../real/timing.ts';
import type { RunWorld } from '../real/act.ts';

const USAGE =
  'real-day FOLDER [--days N] [--seed TEXT] [--customers N] [--orders N] [--from DATE] [--continue] [--keep]';

/** What the command was asked for. */
interface Options {
  readonly folder: string;
  readonly days: number | undefined;
  readonly seed: string;
  readonly customers: number;
  readonly orders: number;
  readonly from: LocalDate;
  readonly continues: boolean;
  readonly keeps: boolean;
}

function countOf(name: string, text: string, max: number): number {
  const value = /^[1-9]\d{0,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (value > 0 && value <= max) return value;
  throw new CommandRefused(`--${name} is 1 to ${max}.`, `--${name} 应为 1 到 ${max}。`, 2);
}

function dateOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date !== undefined && date >= '2019-01-02' && date < RUN_LAST_DATE) return date;
  throw new CommandRefused(
    '--from is a date from 2019-01-02 on.',
    '--from 应为 2019-01-02 起的日期。',
    2,
  );
}

function readOptions(args: readonly string[]): Options {
  const { words, flags, values } = parseArgs(
    args,
    { flags: ['continue', 'keep'], values: ['days', 'seed', 'customers', 'orders', 'from'] },
    USAGE,
  );
  const [folder, ...rest] = words;
  if (folder === undefined || rest.length > 0) throw usageError(USAGE);
  const { days } = values;
  return {
    folder,
    days: days === undefined ? undefined : countOf('days', days, 1_000),
    seed: values['seed'] ?? '1',
    customers: countOf('customers', values['customers'] ?? '1000', 5_000),
    orders: countOf('orders', values['orders'] ?? '200', 100_000),
    from: dateOf(values['from'] ?? '2019-01-02'),
    continues: flags.has('continue'),
    keeps: flags.has('keep'),
  };
}

/**
 * The settings of a run: its own folder, and a key made from the seed, so that the same seed gives
 * the same customer numbers. It protects nobody: the customers are invented.
 */
function settingsOf(seed: string): Settings {
  const base = loadSettings(process.env);
  const dataDir = join(base.dataDir, 'real-run');
  const masterKey = createHash('sha256').update(`cairn real run ${seed}`).digest();
  return { ...base, dataDir, exchangeDir: join(dataDir, 'exchange'), masterKeys: [masterKey] };
}

function notEmpty(): CommandRefused {
  return new CommandRefused(
    'This database already holds customers; --continue goes on with its run, another database begins anew.',
    '该数据库已有客户：用 --continue 续跑，或换一个数据库重新开始。',
  );
}

interface Opened {
  readonly parts: Omit<RunParts, 'players' | 'settings'>;
  readonly run: RunRecord;
  readonly settings: Settings;
  readonly world: RunWorld;
  close(): Promise<void>;
}

function sameRun(options: Options, known: RunRecord): boolean {
  const { seed, customers, orders, from } = options;
  return (
    known.seed === seed &&
    known.customers === customers &&
    known.orders === orders &&
    known.from === from
  );
}

/** The record to go on with, or undefined to begin anew. */
function findRecord(options: Options, records: RunRecords): RunRecord | undefined {
  const known = options.continues ? records.findRun() : undefined;
  if (known !== undefined && !sameRun(options, known)) {
    const { seed, customers, orders, from } = known;
    const text = `--seed ${seed} --customers ${customers} --orders ${orders} --from ${from}`;
    throw new CommandRefused(`The run was begun with ${text}.`, `原运行的参数为 ${text}。`);
  }
  return known;
}

async function open(options: Options): Promise<Opened> {
  const settings = settingsOf(options.seed);
  const records = new RunRecords(settings.dataDir);
  const known = findRecord(options, records);
  const url = settings.databaseUrl;
  const created = url === undefined ? true : await ensureDatabase(url);
  const clock = fixedClock(instantAtShanghai(options.from, '08:00:00.000'));
  const { seed, customers, orders, from } = options;
  mkdirSync(settings.dataDir, { recursive: true });
  const installation = await openInstallation(settings, { clock });
  const world: RunWorld = { ...installation.world, clock };
  if (known === undefined && (await holdsCustomers(world.db))) {
    await installation.close();
    throw notEmpty();
  }
  if (known === undefined) {
    // Files of another run say nothing about an empty database.
    for (const name of ['exchange', 'registrar', 'files', 'plan.json', 'run.json']) {
      rmSync(join(settings.dataDir, name), { recursive: true, force: true });
    }
    const key = Buffer.from(settings.masterKeys?.[0] ?? []).toString('hex');
    writeFileSync(join(settings.dataDir, 'master.key'), `${key}\n`, { mode: 0o600 });
  }
  const run = known ?? { seed, customers, orders, from, ownsDatabase: created };
  records.saveRun(run);
  const source = readRealFunds(options.folder);
  const real = realMarketOf(source, world.calendar, { from, to: RUN_LAST_DATE });
  const parts = { world, real, records, folder: settings.dataDir, timing: new Timing() };
  return { parts, run, settings, world, close: () => installation.close() };
}

async function play(options: Options, opened: Opened): Promise<RunParts> {
  const { parts, run, world } = opened;
  const { records, timing, real } = parts;
  let { players } = run;
  if (players === undefined) {
    const random = seededRandom(run.seed);
    const say = (step: string) => console.log(`set-up 建账: ${step}`);
    players = await timing.time('set-up', () => setUpHouse(world, real, random, run, say));
    records.saveRun({ ...run, players });
  }
  const whole: RunParts = { ...parts, players, settings: run };
  const { all, left } = await daysLeft(whole, options.days);
  const progress = new Progress(process.stdout, all.length, all.length - left.length);
  try {
    await runDays(whole, left, (date) => progress.day(date));
  } finally {
    progress.stop();
  }
  return whole;
}

/** Checks, summary, digest and times; answers whether every check holds. */
async function conclude(options: Options, opened: Opened, whole: RunParts): Promise<boolean> {
  const { world, settings } = opened;
  const { timing, players } = whole;
  const { all } = await daysLeft(whole, options.days);
  const last = all.at(-1) ?? whole.settings.from;
  console.log(`\nReconciliation clean on every day 每日对账一致: ${all.length} days 天\n`);
  const checks = checksOf(modulesOf(settings, world.exchange));
  const results = await timing.time('checks', () =>
    runChecksOver(world.db, world, checks, (result) => console.log(formatCheck(result))),
  );
  const summary = await timing.time('summary', () => readSummary(world.db, players, last));
  console.log(`\n${formatSummary(summary).join('\n')}`);
  const digest = await timing.time('digest', () => digestOfRun(world.db));
  console.log(formatTiming(timing).join('\n'));
  console.log(`\nDigest 摘要: ${digest}`);
  return results.every(({ violations }) => violations.length === 0);
}

async function removeRun(opened: Opened): Promise<void> {
  const { settings, run } = opened;
  if (settings.databaseUrl !== undefined && run.ownsDatabase) {
    await dropDatabase(settings.databaseUrl);
  }
  rmSync(settings.dataDir, { recursive: true, force: true });
}

async function runAll(options: Options): Promise<number> {
  const opened = await open(options);
  let isClean = false;
  try {
    isClean = await conclude(options, opened, await play(options, opened));
  } finally {
    await opened.close();
  }
  if (isClean && !options.keeps) await removeRun(opened);
  else console.log(`Kept 保留: ${opened.settings.dataDir}`);
  return isClean ? 0 : 1;
}

export const command: Command = {
  usage: USAGE,
  help: 'Plays the trading days of 2019 and 2020 with the real funds of FOLDER, through files.',
  helpZh: '用 FOLDER 中的真实基金，通过文件逐日运行 2019 与 2020 年的全部交易日。',
  run: (args) => runAll(readOptions(args)),
};
