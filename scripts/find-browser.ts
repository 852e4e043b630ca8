/*
 * Where the browser for the tests is. With CI=true an absent one is installed from the
 * distribution (Debian and its kin, as root or by sudo); elsewhere its tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// Without a Chinese font the pages would be measured with boxes in place of letters.
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** The path of a Chromium, or undefined when this machine has none. */
export function findBrowser(): string | undefined {
  return PLACES.find((path) => existsSync(path));
}

/** Installs the browser; answers whether it is there now. Its messages show only when it fails. */
export function installBrowser(): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log('Installing chromium from the distribution for the browser tests.');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES],
  ]) {
    const [command = '', ...rest] = [...asRoot, 'apt-get', ...args];
    const done = spawnSync(command, rest, { env, encoding: 'utf8' });
    if (done.status === 0) continue;
    console.log(done.error?.message ?? `${done.stdout}${done.stderr}`);
    return false;
  }
  return findBrowser() !== undefined;
}
