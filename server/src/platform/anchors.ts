/**
 * Audit anchors in a file outside the database: once a day the heads of all chains are appended to
 * it, so that whoever rewrites the database's audit shows by what the file still says. Copy the
 * file to where the database's administrator cannot write.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Anchor, readAnchor } from './audit.ts';
import type { RecurringTask } from './jobs.ts';

const DAY_SECONDS = 86_400;

/** The anchor file of a data folder: one JSON object a line. */
export function anchorFile(dataDir: string): string {
  return join(dataDir, 'audit-anchors.jsonl');
}

/** Whether the file ends inside a line: who wrote it died, or lost its power. */
function isTorn(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  if (size > 0) readSync(file, last, 0, 1, size - 1);
  return size > 0 && last.toString() !== '\n';
}

/** Appends one anchor, on a line of its own, and waits until it is on the disk. */
export function appendAnchor(path: string, anchor: Anchor): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    writeSync(file, `${isTorn(file) ? '\n' : ''}${JSON.stringify(anchor)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o600);
}

function anchorOf(line: string): Anchor[] {
  try {
    return [JSON.parse(line) as Anchor];
  } catch {
    return [];
  }
}

/**
 * The anchors of the file, oldest first; none when there is no file. A torn line is left out: it
 * says no more than one that is not there, and the whole ones beside it still count.
 */
export function readAnchors(path: string): Anchor[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(anchorOf);
}

/** Appends the anchor of the day. */
export function anchorTask(dataDir: string): RecurringTask {
  return {
    name: 'platform.audit-anchor',
    everySeconds: DAY_SECONDS,
    async run(world) {
      appendAnchor(anchorFile(dataDir), await readAnchor(world.db, world.clock.now()));
    },
  };
}
