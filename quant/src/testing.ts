/* Published data for tests: tables under CAIRN_DATA, which may be absent. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['CAIRN_DATA'];

/** Whether a folder of the published data is here; tests that need it are skipped if not. */
export function hasPublished(name: string): boolean {
  return folder !== undefined && existsSync(join(folder, name));
}

/** A file of the published data as text, without a byte order mark. */
export function readPublished(name: string): string {
  return readFileSync(join(folder ?? '', name), 'utf8').replace(/^\uFEFF/, '');
}

/** A table of the published data: one record a row, keyed by the header. */
export function readTable(name: string): Record<string, string>[] {
  const lines = readPublished(name).trim().split(/\r?\n/);
  const [header = [], ...rows] = lines.map(splitLine);
  return rows.map((cells) => Object.fromEntries(header.map((key, at) => [key, cells[at] ?? ''])));
}

function splitLine(line: string): string[] {
  const cells = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(cells, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/** The value with a printed precision: how far a computed value may lie from a printed one. */
export function halfUnit(printed: string): number {
  const [digits = '', exponent = '0'] = printed.split(/e/i);
  const decimals = digits.split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** (Number.parseInt(exponent, 10) - decimals);
}
