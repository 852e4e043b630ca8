/** `cairn serve`: the server, with the demonstration broker when asked. */
import { systemActor } from '../../platform/actor.ts';
import { acceptRestored, assertNotRestored } from '../../platform/anchors.ts';
import { issueBootstrapKey } from '../../platform/auth/bootstrap.ts';
import { loadSettings, type Settings } from '../../platform/config.ts';
import { prepareDemo } from '../demo/prepare.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { type RunningServer, startServer } from '../server.ts';
import { type Command, parseArgs, usageError } from './command.ts';

const USAGE = 'serve [--demo] [--roles api,jobs,stream] [--restored]';

const say = (line: string): void => console.log(line);

function tellMigrated(files: readonly string[]): void {
  if (files.length > 0)
    say(
      `Database schema: ${files.length} migrations applied. / 数据库结构：已应用 ${files.length} 个迁移。`,
    );
}

async function open(settings: Settings): Promise<Installation> {
  say('Opening the database … / 正在打开数据库……');
  return openInstallation(settings, { worker: true, onMigrated: tellMigrated });
}

async function tellWhatToOpen(server: RunningServer, settings: Settings): Promise<void> {
  if (server.url === undefined) {
    say('This process runs background work only. / 当前进程只运行后台任务。');
    return;
  }
  // Listening on every address, the machine itself is reached by its own name.
  const url = server.url.replace(/\/\/(0\.0\.0\.0|127\.0\.0\.1|\[::1?\])/, '//localhost');
  const page = server.hasConsole ? url : `${url}/docs`;
  const key = await issueBootstrapKey(server.auth);
  const lines = ['', `Cairn is ready: open ${page} / 聚石已就绪：请打开 ${page}`];
  if (key !== undefined) {
    lines.push(`One-time key for the first administrator / 首位管理员的一次性密钥: ${key}`);
  }
  if (settings.databaseUrl === undefined) {
    lines.push(
      'The embedded database promises nothing on power loss; use PostgreSQL for real business.',
      '内置数据库不保证断电后数据完整；正式业务请使用 PostgreSQL。',
    );
  }
  // At once: whoever has read that it is ready has read the key too.
  say(lines.join('\n'));
}

/** Resolves at the first signal that asks the process to end. */
function untilAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(signal));
    }
  });
}

interface Wishes {
  readonly isDemo: boolean;
  readonly isRestored: boolean;
  readonly roles: string | undefined;
}

async function serve({ isDemo, isRestored, roles }: Wishes): Promise<number> {
  const settings = loadSettings(
    roles === undefined ? process.env : { ...process.env, CAIRN_ROLES: roles },
  );
  let installation = await open(settings);
  if (isDemo) {
    const prepared = await prepareDemo(settings, installation, say);
    installation = prepared ?? (await open(settings));
  }
  // Until here a signal ends the process at once: migrations and seeding bear that.
  const asked = untilAsked();
  let server: RunningServer;
  try {
    const { world } = installation;
    if (isRestored) await acceptRestored(world, systemActor('serve'), settings.dataDir);
    else await assertNotRestored(world, settings.dataDir);
    server = await startServer(installation);
  } catch (error) {
    await installation.close();
    throw error;
  }
  await tellWhatToOpen(server, settings);
  await asked;
  say('Stopping … / 正在停止……');
  await server.stop();
  return 0;
}

export const command: Command = {
  usage: USAGE,
  help: 'Starts the server, or the parts of it that --roles names; --demo seeds the demonstration broker into an empty installation first, --restored goes on from a database that is an older backup.',
  helpZh:
    '启动服务，或 --roles 指定的部分；--demo 会先在空的安装中生成演示券商，--restored 表示从较旧的备份继续运行。',
  run(args) {
    const known = { flags: ['demo', 'restored'], values: ['roles'] };
    const { words, flags, values } = parseArgs(args, known, USAGE);
    if (words.length > 0) throw usageError(USAGE);
    const [isDemo, isRestored] = [flags.has('demo'), flags.has('restored')];
    return serve({ isDemo, isRestored, roles: values['roles'] });
  },
};
