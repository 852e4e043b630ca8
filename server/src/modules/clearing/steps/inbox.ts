/**
 * The folder that a counterparty writes for us.
 *
 * A package is looked at when its index lies there, since the index is written last. Every file is
 * read once into memory, and what is checked is what is kept: a file that changes while it is read
 * leaves its package for the next run. Directories, links and half-written names are not files.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalDate, parseBasicDate } from '@cairn/kernel';
import { findFileNameParts } from '@cairn/ofd';
import { type DayWorld, inFolder } from '../exchange.ts';

/** A file of the folder as it was read. */
export interface InboxFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Absent for a file above the limit, of which only the digest was taken. */
  readonly bytes: Buffer | undefined;
}

/** A package as it lies in the folder: its index and every data file of its kind and date. */
export interface Package {
  readonly party: string;
  readonly kind: 'OFI' | 'OFJ';
  readonly fileDate: LocalDate;
  readonly index: InboxFile;
  readonly data: readonly InboxFile[];
}

/** The largest file that is read; a registrar with more sends slices. */
export const FILE_BYTES_MAX = 1_000_000_000;

const CHUNK_BYTES = 1 << 20;
const MARKET_TYPES = new Set(['07', '08', '21']);
const CONFIRMATION_TYPES = new Set(['02', '04', '05', '06', '09', '12', '24', '26']);

/** The names of the plain files in a party's folder, sorted; none when there is no folder. */
async function fileNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

/** Reads a file whole; undefined when it is not there, is no plain file, or changed meanwhile. */
export async function readStable(
  folder: string,
  name: string,
  bytesMax: number,
): Promise<InboxFile | undefined> {
  const handle = await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(
    () => undefined,
  );
  if (handle === undefined) return undefined;
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) return undefined;
    const isKept = before.size <= BigInt(bytesMax);
    const hash = createHash('sha256');
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of handle.createReadStream({
      autoClose: false,
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      if (isKept) chunks.push(chunk);
    }
    const after = await handle.stat({ bigint: true });
    const isStable = before.mtimeNs === after.mtimeNs && BigInt(sizeBytes) === after.size;
    if (!isStable) return undefined;
    const bytes = isKept ? Buffer.concat(chunks) : undefined;
    return { name, sizeBytes, sha256: hash.digest('hex'), bytes };
  } finally {
    await handle.close();
  }
}

async function readPackage(
  world: DayWorld,
  party: string,
  names: readonly string[],
  indexName: string,
): Promise<Package | undefined> {
  const parts = findFileNameParts(indexName);
  if (parts === undefined || (parts.kind !== 'OFI' && parts.kind !== 'OFJ')) return undefined;
  const fileDate = parseBasicDate(parts.date);
  if (fileDate === undefined) return undefined;
  const types = parts.kind === 'OFJ' ? MARKET_TYPES : CONFIRMATION_TYPES;
  const dataNames = names.filter((name) => {
    const of = findFileNameParts(name);
    return of?.kind === 'OFD' && of.date === parts.date && types.has(of.fileType);
  });
  const folder = inFolder(world.exchange, party);
  const bytesMax = world.exchange.fileBytesMax ?? FILE_BYTES_MAX;
  const index = await readStable(folder, indexName, bytesMax);
  const data: InboxFile[] = [];
  for (const name of dataNames) {
    const file = await readStable(folder, name, bytesMax);
    if (file === undefined) return undefined;
    data.push(file);
  }
  return index === undefined ? undefined : { party, kind: parts.kind, fileDate, index, data };
}

/** The packages of a party up to the business date, oldest first; later ones wait in the folder. */
export async function readPackages(
  world: DayWorld,
  party: string,
  until: LocalDate,
): Promise<Package[]> {
  const names = await fileNames(inFolder(world.exchange, party));
  const packages: Package[] = [];
  for (const name of names) {
    const parts = findFileNameParts(name);
    if (parts === undefined || parts.kind === 'OFD') continue;
    if ((parseBasicDate(parts.date) ?? until) > until) continue;
    const found = await readPackage(world, party, names, name);
    if (found !== undefined) packages.push(found);
  }
  return packages.sort((a, b) =>
    a.fileDate === b.fileDate ? a.kind.localeCompare(b.kind) : a.fileDate < b.fileDate ? -1 : 1,
  );
}

/**
 * Moves files out of a party's folder. The index of a package goes first: data files without an
 * index are not looked at, so a move that is cut short leaves nothing that could be misread.
 */
export async function takeAway(
  world: DayWorld,
  party: string,
  files: readonly InboxFile[],
  to: 'taken' | 'refused',
): Promise<void> {
  const folder = inFolder(world.exchange, party);
  await mkdir(join(folder, to), { recursive: true });
  for (const { name } of files) await rename(join(folder, name), join(folder, to, name));
}
