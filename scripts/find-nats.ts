/*
 * Where the NATS server for the tests is. With CI=true an absent one is installed from the
 * distribution (Debian and its kin, as root or by sudo); elsewhere its tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'];

/** The path of a nats-server, or undefined when this machine has none. */
export function findNats(): string | undefined {
  return PLACES.find((path) => existsSync(path));
}

/** Installs the server; answers whether it is there now. Its messages show only when it fails. */
export function installNats(): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log('Installing nats-server from the distribution for the tests of the stream.');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'nats-server'],
  ]) {
    const [command = '', ...rest] = [...asRoot, 'apt-get', ...args];
    const done = spawnSync(command, rest, { env, encoding: 'utf8' });
    if (done.status === 0) continue;
    console.log(done.error?.message ?? `${done.stdout}${done.stderr}`);
    return false;
  }
  return findNats() !== undefined;
}
