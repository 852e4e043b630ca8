/*
 * The first thing that runs on a machine, so it is plain JavaScript without dependencies and runs
 * on Node 20: it installs what is missing, then hands over to the pinned Node 24.
 *
 *   node scripts/bootstrap.mjs <start|test|real-day|bench|load|long-lists|soak|faults|proof|licences|weaknesses|fuzz|login-timing|build|cairn> [arguments]
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withInstallLock } from './install-lock.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const WINDOWS = process.platform === 'win32';
const PINNED_NODE = join(MODULES, 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
const NODE_MAJOR_MIN = 20;
const INSTALL_LOCK = join(ROOT, '.cache', 'install.lock');
const INSTALL_ATTEMPTS = 2;
const HEARTBEAT_MS = 15_000;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Exit codes above it say which signal ended a program. */
const SIGNALLED = 128;

/** What each command runs: a file of this repository and the arguments put before the caller's. */
const COMMANDS = {
  start: ['server/src/app/main.ts', 'serve', '--demo'],
  test: ['scripts/test.mjs'],
  'real-day': ['server/src/app/main.ts', 'real-day'],
  bench: ['bench/main.ts'],
  load: ['bench/load/main.ts'],
  'long-lists': ['tests/browser/lists/main.ts'],
  soak: ['server/src/app/main.ts', 'simulate', '--faults', '--soak'],
  faults: ['tests/processes/main.ts'],
  proof: ['server/src/app/write-proof.ts'],
  licences: ['tests/security/licences/main.ts'],
  weaknesses: ['tests/security/weaknesses/main.ts'],
  fuzz: ['tests/fuzz/main.ts'],
  'login-timing': ['tests/security/login-timing/main.ts'],
  build: ['scripts/build-web.mjs'],
  cairn: ['server/src/app/main.ts'],
};

function say(text) {
  process.stderr.write(`${text}\n`);
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * The first package that the lock file asks for and node_modules does not hold, or undefined when
 * all is there. npm writes its own record only when an installation came to its end.
 */
function findMissing() {
  const installed = readJson(join(MODULES, '.package-lock.json'));
  if (installed === undefined) return 'node_modules';
  const wanted = readJson(join(ROOT, 'package-lock.json'));
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === '' || entry.optional || entry.devOptional || entry.peer) continue;
    const found = installed.packages[path];
    if (found === undefined || found.version !== entry.version) return path;
    if (found.integrity !== entry.integrity || found.link !== entry.link) return path;
    if (path.startsWith('node_modules/') && !existsSync(join(ROOT, path))) return path;
  }
  return undefined;
}

/** The search path without our own node_modules: npm ci deletes the Node that lives there. */
function foreignPath() {
  const own = MODULES + sep;
  return (process.env.PATH || '')
    .split(delimiter)
    .filter((part) => !`${part}${sep}`.startsWith(own));
}

/** How to call npm: the one that called us on its own Node, else the one on the search path. */
function npmCommand() {
  const script = process.env.npm_execpath || '';
  const node = process.env.npm_node_execpath || process.execPath;
  const usable = script.endsWith('.js') && existsSync(script) && existsSync(node);
  if (usable && !node.startsWith(MODULES + sep))
    return { file: node, before: [script], shell: false };
  return { file: WINDOWS ? 'npm.cmd' : 'npm', before: [], shell: WINDOWS };
}

function runNpm(args) {
  const { file, before, shell } = npmCommand();
  const env = { ...process.env, PATH: foreignPath().join(delimiter) };
  const child = spawn(file, [...before, ...args], {
    cwd: ROOT,
    env,
    shell,
    // npm's own words are progress, not this command's output.
    stdio: ['ignore', 2, 2],
  });
  return exitOf(child, `npm ${args[0]}`);
}

/**
 * Waits for a child and answers its exit code; 128 + number when a signal ended it. Signals are
 * passed on; a terminal already gives Ctrl-C to the whole group, so there it is only waited for.
 */
async function exitOf(child, name) {
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      say(`${name}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (status, signal) => {
      resolve(signal === null ? status : SIGNALLED + (constants.signals[signal] || 0));
    });
  });
  for (const signal of FORWARDED) process.removeListener(signal, forward);
  return code;
}

async function install(missing) {
  say(
    `Installing packages (${missing} is missing or differs); the first time takes a few minutes.`,
  );
  say(`正在安装依赖（缺少或不一致：${missing}），首次安装需要几分钟。`);
  const startedAt = process.hrtime.bigint();
  const elapsed = () => `${(process.hrtime.bigint() - startedAt) / 1_000_000_000n} s`;
  const heartbeat = setInterval(() => say(`  … installing / 安装中 ${elapsed()}`), HEARTBEAT_MS);
  for (let attempt = 1; attempt <= INSTALL_ATTEMPTS; attempt++) {
    // Level error: a package of Node 24 warns on Node 20, which is expected here.
    const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    if (code === 0) {
      clearInterval(heartbeat);
      say(`Installed in ${elapsed()}. / 安装完成，用时 ${elapsed()}。`);
      return;
    }
    // Who ended it wants no second attempt.
    if (code > SIGNALLED) process.exit(code);
    if (attempt < INSTALL_ATTEMPTS)
      say('The installation failed; trying once more. / 安装失败，重试一次。');
  }
  clearInterval(heartbeat);
  fail(
    [
      'The installation failed twice. Its messages stand above. What helps most often:',
      '  - a network or proxy that reaches the registry: npm ping; npm config get registry',
      '  - free disk space (about 1 GB) and write access to this folder',
      '  - a clean start: remove the node_modules folder and run the same command again',
    ],
    [
      '安装两次均失败，原因见上方信息。常见处理办法：',
      '  - 确认网络或代理可以访问软件源：npm ping；npm config get registry',
      '  - 确认磁盘空间（约 1 GB）和本目录的写权限',
      '  - 删除 node_modules 目录后重新运行同一命令',
    ],
  );
}

/** Installs what is still missing once no other process of this clone installs. */
function installAlone() {
  const onWait = (pid) => {
    say(`Another process (${pid}) is installing packages here; waiting for it to finish.`);
    say(`另一进程（${pid}）正在此目录安装依赖，等待其完成。`);
  };
  return withInstallLock(INSTALL_LOCK, onWait, async () => {
    const missing = findMissing();
    if (missing !== undefined) await install(missing);
  });
}

function fail(english, chinese) {
  for (const line of [...english, ...chinese]) say(line);
  process.exit(1);
}

function requireNode() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major >= NODE_MAJOR_MIN) return;
  fail(
    [
      `Cairn needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.version}. See https://nodejs.org`,
    ],
    [
      `聚石需要 Node ${NODE_MAJOR_MIN} 或更新版本，当前为 ${process.version}。请见 https://nodejs.org`,
    ],
  );
}

/** The exact version of Node that package.json pins, such as 'v24.21.0'. */
function pinnedVersion() {
  return `v${readJson(join(ROOT, 'package.json')).devDependencies.node}`;
}

function requirePinnedNode() {
  if (existsSync(PINNED_NODE)) return;
  const repair = 'npm rebuild node --ignore-scripts=false';
  fail(
    [
      `Node ${pinnedVersion()} is not in node_modules: its install script did not run.`,
      'Install scripts were ignored (npm config get ignore-scripts) or its download failed.',
      `Run this once, then the same command again: ${repair}`,
    ],
    [
      `node_modules 中没有 Node ${pinnedVersion()}：它的安装脚本没有运行。`,
      '可能禁用了安装脚本（npm config get ignore-scripts），或下载失败。',
      `请先运行一次以下命令，再重新运行原命令：${repair}`,
    ],
  );
}

/** Runs `file` on the pinned Node with our streams and answers its exit code. */
function handOver(file, args) {
  const path = [join(MODULES, '.bin'), ...foreignPath()].join(delimiter);
  const child = spawn(PINNED_NODE, ['--conditions=development', join(ROOT, file), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  return exitOf(child, file);
}

/** Does one command from its name and arguments; answers the exit code. */
export async function bootstrap([name, ...args]) {
  requireNode();
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (command === undefined) {
    say(`Usage / 用法: node scripts/bootstrap.mjs <${Object.keys(COMMANDS).join('|')}> …`);
    return 2;
  }
  if (findMissing() !== undefined) await installAlone();
  requirePinnedNode();
  if (name === 'start') {
    const code = await handOver('scripts/build-web.mjs', ['--if-stale']);
    if (code !== 0) return code;
  }
  const [file, ...before] = command;
  return handOver(file, [...before, ...args]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await bootstrap(process.argv.slice(2));
}
