/**
 * Audit anchors in a file outside the database: once a day the heads of all chains are appended to
 * it, so that whoever rewrites the database's audit shows by what the file still says. Copy the
 * file to where the database's administrator cannot write.
 */
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Anchor, readAnchor } from './audit.ts';
import type { RecurringTask } from './jobs.ts';

const DAY_SECONDS = 86_400;

/** The anchor file of a data folder: one JSON object a line. */
export function anchorFile(dataDir: string): string {
  return join(dataDir, 'audit-anchors.jsonl');
}

/** Appends one anchor and waits until it is on the disk. */
export function appendAnchor(path: string, anchor: Anchor): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify(anchor)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o600);
}

/** The anchors of the file, oldest first; none when there is no file. A torn last line is left out. */
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
    .map((line) => JSON.parse(line) as Anchor);
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
