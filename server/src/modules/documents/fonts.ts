/**
 * The font of documents: Noto Sans SC (SIL OFL 1.1), of which npm has a variable edition in a
 * hundred files of some characters each, 5 MB together. Only the characters that a document holds
 * are taken, at the weight that is asked for.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import RANGES from '@fontsource-variable/noto-sans-sc/unicode.json' with { type: 'json' };
import { assert } from '@cairn/kernel';
import subsetFont from 'subset-font';
import { type MergedFont, mergeFonts } from './domain/merge-fonts.ts';

interface Slice {
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const FOLDER = dirname(
  createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
);
const LATIN = '[119]';

/** Stands where the font lacks a character, as printers do. */
export const MISSING = '〓';

function loadSlices(): readonly Slice[] {
  const slices = Object.entries(RANGES).map(([name, ranges]) => ({
    file: join(FOLDER, 'files', `noto-sans-sc-${name.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`),
    isLatin: name === LATIN,
    ranges: ranges.split(',').map((range) => {
      const [first = '', last = first] = range.slice(2).split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    }),
  }));
  // The part with Latin letters and digits comes first: it gives the metrics of a line.
  const first = slices.find(({ isLatin }) => isLatin);
  assert(first !== undefined, 'the font has its part with Latin letters');
  return [first, ...slices.filter((slice) => slice !== first)];
}

const SLICES = loadSlices();

const has = (slice: Slice, character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return slice.ranges.some(([first, last]) => code >= first && code <= last);
};

/** A TrueType font with those of the characters that there are, at a weight of 100 to 900. */
export async function fontOf(characters: Iterable<string>, weight: number): Promise<MergedFont> {
  const left = new Set([...characters, MISSING, 'x']);
  const parts: Buffer[] = [];
  for (const slice of SLICES) {
    const here = [...left].filter((one) => has(slice, one));
    if (here.length === 0) continue;
    for (const one of here) left.delete(one);
    const font = await readFile(slice.file);
    const options = { targetFormat: 'truetype', variationAxes: { wght: weight } } as const;
    parts.push(await subsetFont(font, here.join(''), options));
  }
  return mergeFonts(parts);
}
