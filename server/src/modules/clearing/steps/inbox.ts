/**
 * The folder that a counterparty writes for us.
 *
 * A package is looked at when its index lies there, since the index is written last. Every file is
 * read once into memory, and what is checked is what is kept: a file that changes while it is read
 * leaves its package for the next run. Directories, links and half-written names are not files.
 */
import { join } from 'node:path';
import { type LocalDate, parseBasicDate } from '@cairn/kernel';
import { findFileNameParts } from '@cairn/ofd';
import type { StableFile } from '../../../platform/disk.ts';
import { makeFolder } from '../../../platform/files.ts';
import { type DayWorld, diskOf, inFolder } from '../exchange.ts';

/** A file of the folder as it was read. */
export interface InboxFile extends StableFile {
  readonly name: string;
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

const MARKET_TYPES = new Set(['07', '08', '21']);
const CONFIRMATION_TYPES = new Set(['02', '04', '05', '06', '09', '12', '24', '26']);

/** Reads a file of a party's folder; undefined when it is not there or not at rest. */
export async function readIncoming(
  { exchange }: DayWorld,
  party: string,
  name: string,
): Promise<InboxFile | undefined> {
  const path = join(inFolder(exchange, party), name);
  const file = await diskOf(exchange).readStable(path, exchange.fileBytesMax ?? FILE_BYTES_MAX);
  return file === undefined ? undefined : { name, ...file };
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
  const index = await readIncoming(world, party, indexName);
  const data: InboxFile[] = [];
  for (const name of dataNames) {
    const file = await readIncoming(world, party, name);
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
  const names = await diskOf(world.exchange).names(inFolder(world.exchange, party));
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
 * Moves files out of a party's folder. The index of a package goes first, and is flushed to its new
 * place before the rest follows: data files without an index are not looked at, but an index that a
 * loss of power brought back alone would be a package of its own, without its data.
 */
export async function takeAway(
  world: DayWorld,
  party: string,
  files: readonly InboxFile[],
  to: 'taken' | 'refused',
): Promise<void> {
  const folder = inFolder(world.exchange, party);
  const disk = diskOf(world.exchange);
  await makeFolder(join(folder, to), disk);
  for (const [place, { name }] of files.entries()) {
    await disk.move(join(folder, name), join(folder, to, name));
    if (place > 0) continue;
    await disk.sync(join(folder, to));
    await disk.sync(folder);
  }
}
