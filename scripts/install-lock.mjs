/*
 * One installation at a time: npm ci deletes node_modules before it fills it, and two at once leave
 * neither. Plain JavaScript without dependencies, as scripts/bootstrap.mjs that uses it.
 *
 * The lock is a file that says who holds it. It appears with its content in one step (a hard link),
 * and its holder touches it again and again: one that nobody touches, or whose process is gone from
 * this machine, was left behind and is taken over.
 */
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TOUCH_MS = 5_000;
const UNTOUCHED_MS_MAX = 60_000;
const POLL_MS = 250;

const own = `${process.pid} ${hostname()}`;

function take(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Who holds the lock and whether he still does; undefined when nobody holds it. */
function holderOf(path) {
  try {
    const text = readFileSync(path, 'utf8');
    const [pid, host] = text.split(' ');
    const isUntouched = Date.now() - statSync(path).mtimeMs > UNTOUCHED_MS_MAX;
    // One with our own number was left by a process before us.
    const isGone = text === own || (host === hostname() && !isAlive(Number(pid)));
    return { text, pid, isThere: !isUntouched && !isGone };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes away a lock that was left behind; gives it back when another took it over meanwhile. */
function removeLeft(path, text) {
  const aside = `${path}.${process.pid}.left`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

/** After a long sleep of the machine another may have taken the lock over: then it is no longer ours. */
function isOwn(path) {
  try {
    return readFileSync(path, 'utf8') === own;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function touchOwn(path) {
  try {
    if (isOwn(path)) utimesSync(path, new Date(), new Date());
  } catch (error) {
    // It was taken away in between; the installation goes on.
    if (error.code !== 'ENOENT') throw error;
  }
}

/**
 * Runs `body` while no other process does under the lock `path`. `onWait(pid)` is called once when
 * another holds it; then it waits for as long as that takes.
 */
export async function withInstallLock(path, onWait, body) {
  mkdirSync(dirname(path), { recursive: true });
  let hasTold = false;
  while (!take(path)) {
    const holder = holderOf(path);
    if (holder === undefined) continue;
    if (!holder.isThere) {
      removeLeft(path, holder.text);
      continue;
    }
    if (!hasTold) onWait(holder.pid);
    hasTold = true;
    await sleep(POLL_MS);
  }
  const release = () => {
    if (isOwn(path)) rmSync(path, { force: true });
  };
  const touch = setInterval(() => touchOwn(path), TOUCH_MS);
  process.once('exit', release);
  try {
    return await body();
  } finally {
    clearInterval(touch);
    process.removeListener('exit', release);
    release();
  }
}
