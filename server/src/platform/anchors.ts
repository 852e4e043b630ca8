/**
 * Audit anchors in a file outside the database: once a day the heads of all chains are appended to
 * it, so that whoever rewrites the database's audit shows by what the file still says. Copy the
 * file to where the database's administrator cannot write.
 */
import { hash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError, type Instant } from '@cairn/kernel';
import type { Actor } from './actor.ts';
import { type Anchor, readAnchor } from './audit.ts';
import { FIRM } from './firm.ts';
import type { RecurringTask } from './jobs.ts';
import { work } from './work.ts';
import type { World } from './world.ts';

const DAY_SECONDS = 86_400;

/** The anchor file of a data folder: one JSON object a line. */
export function anchorFile(dataDir: string): string {
  return join(dataDir, 'audit-anchors.jsonl');
}

interface Line extends Anchor {
  /** The digest of the line before; zeros in the first. */
  readonly previous: string;
  readonly digest: string;
}

const NONE = '0'.repeat(64);

function digestOf({ anchoredAt, heads, previous }: Omit<Line, 'digest'>): string {
  return hash('sha256', JSON.stringify([anchoredAt, heads, previous]), 'hex');
}

/** Appends one anchor behind the last whole line, bound to it, and waits until it is on the disk. */
export function appendAnchor(path: string, anchor: Anchor): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    const text = readFileSync(file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // A crash may have torn the last line; what was never whole goes.
    if (whole.length < text.length) ftruncateSync(file, Buffer.byteLength(whole));
    const last = whole.trimEnd().split('\n').at(-1) ?? '';
    const previous = /"digest":"([0-9a-f]{64})"/.exec(last)?.[1] ?? NONE;
    const line: Line = { ...anchor, previous, digest: digestOf({ ...anchor, previous }) };
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o600);
}

/** The anchors of a file, oldest first, and the numbers of the lines that are not as written. */
export interface AnchorFile {
  readonly anchors: Anchor[];
  readonly brokenLines: number[];
}

/**
 * Reads the file; without one there are no anchors. Each line is bound to the one before, so any
 * byte that was changed shows, and any line that is gone but the last ones. Lines of programs that
 * did not bind them stand before all others. A torn last line is left out.
 */
export function readAnchors(path: string): AnchorFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { anchors: [], brokenLines: [] };
    throw error;
  }
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  // Torn means cut off: with its whole digest it was whole once.
  if (/"digest":"[0-9a-f]{64}/.test(torn)) lines.push(torn);
  const anchors: Anchor[] = [];
  const brokenLines: number[] = [];
  let previous = NONE;
  for (const [index, one] of lines.entries()) {
    const line = readLine(one, previous);
    if (line === undefined) brokenLines.push(index + 1);
    else {
      anchors.push({ anchoredAt: line.anchoredAt, heads: line.heads });
      previous = line.digest ?? previous;
    }
  }
  return { anchors, brokenLines };
}

function readLine(text: string, previous: string): (Anchor & Partial<Line>) | undefined {
  let line: Anchor & Partial<Line>;
  try {
    line = JSON.parse(text) as Anchor & Partial<Line>;
  } catch {
    return undefined;
  }
  const isUnbound = line.digest === undefined && line.previous === undefined && previous === NONE;
  const isBound = line.previous === previous && line.digest === digestOf({ ...line, previous });
  // The text is the one that was written: no other form of the same values passes.
  return (isUnbound || isBound) && JSON.stringify(line) === text ? line : undefined;
}

/**
 * When the newest anchor of the folder was taken, if the chains of this database do not go through it:
 * then the database is a backup from before, or another one.
 */
async function findMissed({ db }: World, dataDir: string): Promise<Instant | undefined> {
  const newest = readAnchors(anchorFile(dataDir)).anchors.at(-1);
  if (newest === undefined) return undefined;
  const { heads, anchoredAt } = newest;
  const [row] = await db.query<{ met: number }>(
    `select count(*)::int4 as met
     from unnest($1::int2[], $2::int8[], $3::text[]) as h(bucket, seq, hash)
     join platform.audit a on a.bucket = h.bucket and a.seq = h.seq
       and a.hash = decode(h.hash, 'hex')`,
    [heads.map(({ bucket }) => bucket), heads.map(({ seq }) => seq), heads.map(({ hash }) => hash)],
  );
  return row?.met === heads.length ? undefined : anchoredAt;
}

/**
 * Refuses a database that lost what the newest anchor of the folder saw. A database that went back by
 * less than a day, between two anchors, passes. AppError DATABASE_RESTORED.
 */
export async function assertNotRestored(world: World, dataDir: string): Promise<void> {
  const anchoredAt = await findMissed(world, dataDir);
  if (anchoredAt !== undefined) throw new AppError('DATABASE_RESTORED', { anchoredAt });
}

/**
 * Goes on from a database that was restored: that, and what is missed, is written into its audit, and
 * a new anchor stands for it. The older anchors stay, and a verification of the audit shows them.
 */
export async function acceptRestored(world: World, actor: Actor, dataDir: string): Promise<void> {
  const anchoredAt = await findMissed(world, dataDir);
  if (anchoredAt === undefined) return;
  await work(world, [FIRM], async ({ audit }) => {
    audit({
      bucket: FIRM,
      actor,
      action: 'platform.accept-restored',
      subject: `anchor:${anchoredAt}`,
      result: 'done',
      detail: { anchoredAt },
    });
  });
  await takeAnchor(world, dataDir);
}

/**
 * Appends an anchor of what is on the disk. Orders give their locks back before their flush, and a
 * crash may take them: the commit of what is written here flushes the log up to what was read.
 */
async function takeAnchor({ db, clock }: World, dataDir: string): Promise<void> {
  const anchor = await db.tx(async (tx) => {
    const heads = await readAnchor(tx, clock.now());
    await tx.query(`select pg_logical_emit_message(true, 'cairn', '')`);
    return heads;
  });
  appendAnchor(anchorFile(dataDir), anchor);
}

/** Appends the anchor of the day. */
export function anchorTask(dataDir: string): RecurringTask {
  return {
    name: 'platform.audit-anchor',
    everySeconds: DAY_SECONDS,
    run: (world) => takeAnchor(world, dataDir),
  };
}
