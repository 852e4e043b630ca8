/** Makes sure that an installation holds the whole demonstration before it is served. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantAtShanghai } from '@cairn/kernel';
import { anchorFile } from '../../platform/anchors.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Settings } from '../../platform/config.ts';
import type { Db } from '../../platform/db.ts';
import { MODULE_ORDER } from '../../platform/module-order.ts';
import { CommandRefused, type Print } from '../commands/command.ts';
import { DEMO_CLOCK_FACT } from '../demo-clock.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { findFact, SEEDING_FACT } from './facts.ts';
import { EVE } from './period.ts';
import { holdSeeding } from './seeding-lock.ts';
import { seedDemo, type SeedStage } from './seed.ts';

type State = 'ready' | 'broken' | 'empty' | 'other';

async function stateOf(db: Db): Promise<State> {
  if ((await findFact(db, DEMO_CLOCK_FACT)) !== undefined) return 'ready';
  if ((await findFact(db, SEEDING_FACT)) !== undefined) return 'broken';
  const anything = await db.query('select 1 from platform.audit limit 1');
  return anything.length === 0 ? 'empty' : 'other';
}

/** Takes a half-made demonstration away; the fact that seeding ran says that it is nothing else. */
async function wipe(settings: Settings, installation: Installation): Promise<void> {
  if (settings.databaseUrl !== undefined) {
    for (const schema of ['pgboss', ...[...MODULE_ORDER].reverse(), 'platform']) {
      await installation.world.db.query(`drop schema if exists ${schema} cascade`);
    }
  }
  await installation.close();
  if (settings.databaseUrl === undefined) {
    rmSync(join(settings.dataDir, 'db'), { recursive: true, force: true });
  }
}

const MARKER = 'demonstration.txt';

/**
 * Empties the exchange folder and the registrars' state, if they are a demonstration's own, and takes
 * away the anchors of an audit that is gone.
 */
function clearExchange({ dataDir, exchangeDir }: Settings): void {
  const marker = join(exchangeDir, MARKER);
  const holdsFiles = existsSync(exchangeDir) && readdirSync(exchangeDir).length > 0;
  if (holdsFiles && !existsSync(marker)) {
    throw new CommandRefused(
      `The exchange folder ${exchangeDir} holds files that are no demonstration's; give an empty one.`,
      `交换目录 ${exchangeDir} 中有非演示文件；请指定空目录。`,
    );
  }
  rmSync(exchangeDir, { recursive: true, force: true });
  rmSync(join(dataDir, 'registrar'), { recursive: true, force: true });
  rmSync(anchorFile(dataDir), { force: true });
  mkdirSync(exchangeDir, { recursive: true });
  writeFileSync(marker, 'Files of the demonstration broker; seeding it anew deletes them.\n');
}

const STAGES: Readonly<Record<SeedStage, string>> = {
  staff: 'staff / 员工',
  products: 'products and NAVs / 产品与净值',
  customers: 'customers / 客户',
  days: 'business days / 业务日',
  approvals: 'work left for you / 待办事项',
};
const BAR = 24;

function progress(print: Print): (stage: SeedStage, done: number, total: number) => void {
  const shown = new Map<SeedStage, number>();
  return (stage, done, total) => {
    const filled = Math.floor((done / total) * BAR);
    // A line for every eighth of a stage is enough for a screen and for a file.
    const step = Math.floor((done / total) * 8);
    if (shown.get(stage) === step) return;
    shown.set(stage, step);
    const bar = '#'.repeat(filled).padEnd(BAR, '.');
    print(`  [${bar}] ${total === 1 ? '' : `${done}/${total} `}${STAGES[stage]}`);
  };
}

/**
 * Seeds an empty installation, starts a broken seeding anew, leaves a ready demonstration alone.
 * Returns the installation as it was when nothing had to be done; undefined when it was closed and
 * has to be opened again. While another process seeds, waits for it. CommandRefused for an
 * installation that holds other business.
 */
export async function prepareDemo(
  settings: Settings,
  installation: Installation,
  print: Print,
): Promise<Installation | undefined> {
  const { databaseUrl } = settings;
  // The embedded database has one process.
  if (databaseUrl === undefined) return prepareAlone(settings, installation, print);
  const release = await holdSeeding(databaseUrl, () =>
    print('Another process is seeding; waiting for it. / 另一进程正在生成演示数据，等待其完成。'),
  );
  try {
    return await prepareAlone(settings, installation, print);
  } finally {
    await release();
  }
}

async function prepareAlone(
  settings: Settings,
  installation: Installation,
  print: Print,
): Promise<Installation | undefined> {
  const state = await stateOf(installation.world.db);
  if (state === 'ready') {
    if (installation.demoClock !== undefined) return installation;
    // Seeded since it was opened.
    await installation.close();
    return undefined;
  }
  if (state === 'other') {
    await installation.close();
    throw new CommandRefused(
      'This installation holds business of its own; the demonstration needs an empty one (CAIRN_DATA_DIR).',
      '当前安装已有业务数据；演示需要空的安装（CAIRN_DATA_DIR）。',
    );
  }
  if (state === 'broken') {
    print(
      'The last seeding was interrupted; it starts anew. / 上次生成演示数据被中断，现重新开始。',
    );
    await wipe(settings, installation);
  } else await installation.close();
  clearExchange(settings);
  await seed(settings, print);
  return undefined;
}

async function seed(settings: Settings, print: Print): Promise<void> {
  print('Seeding the demonstration broker, about a minute: 60 products, 300 customers, 57 days.');
  print('正在生成演示券商，约一分钟：60 余只产品、300 位客户、57 个业务日。');
  const clock = fixedClock(instantAtShanghai(EVE, '08:00:00.000'));
  // In this thread: nothing else needs it yet, and statements need not travel.
  const installation = await openInstallation(settings, { clock, worker: false });
  try {
    await seedDemo({ settings, world: installation.world, clock }, progress(print));
  } finally {
    await installation.close();
  }
}
