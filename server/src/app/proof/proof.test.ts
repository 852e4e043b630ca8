/** docs/operations/proof.md says what the files of figures say, and files that say little are found. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type FigureFile, FIGURES_FOLDER, readFigures } from './figures.ts';
import { measureAgain } from './measure.ts';
import { faultsOfFigures, renderProof } from './page.ts';

const right: FigureFile = {
  name: 'example',
  zh: '示例',
  en: 'Example',
  date: '2026-03-03',
  commit: '0123456789ab',
  command: 'npm run example',
  machine: '2 × a processor, 4 GB, Node v24',
  figures: [{ zh: '次数', en: 'times', value: 1234567.5, unit: '' }],
};

test('the page is the one that the files give', () => {
  const page = readFileSync(new URL('../proof.md', FIGURES_FOLDER), 'utf8');
  expect(page).toBe(renderProof(readFigures()));
});

test('every file of figures is whole and in both languages', () => {
  const names = readdirSync(FIGURES_FOLDER).filter((name) => name.endsWith('.json'));
  const files = readFigures();
  expect(files).toHaveLength(names.length);
  expect(files.flatMap((file, i) => faultsOfFigures(file, names.toSorted()[i] ?? ''))).toEqual([]);
});

test.each<[string, Partial<FigureFile>]>([
  ['its name is another', { name: 'other' }],
  ['the date is none', { date: '3 March' }],
  ['the commit is none', { commit: 'main' }],
  ['command or machine is missing', { machine: '' }],
  ['there is no figure', { figures: [] }],
  ['“Example” lacks in one language', { zh: 'Example' }],
  ['“times” lacks in one language', { figures: [{ zh: '', en: 'times', value: 1, unit: '' }] }],
  [
    '“times” has no value or unit',
    { figures: [{ zh: '次', en: 'times', value: Number.NaN, unit: '' }] },
  ],
])('%s: it is found', (fault, wrong) => {
  expect(faultsOfFigures(right, 'example.json')).toEqual([]);
  expect(faultsOfFigures({ ...right, ...wrong }, 'example.json')).toEqual([
    `example.json: ${fault}`,
  ]);
});

test('a page that was changed by hand differs', () => {
  const page = renderProof([right]);
  expect(page).toContain('| 次数 | times | 1,234,567.5 |  |');
  expect(renderProof([{ ...right, figures: [] }])).not.toBe(page);
});

test('measuring runs every command at the root of the clone, and says what was not measured', () => {
  const root = fileURLToPath(new URL('../../../', FIGURES_FOLDER));
  const folder = mkdtempSync(join(tmpdir(), 'cairn-figures-'));
  const said: string[] = [];
  const commands = [
    { name: 'fails', command: `touch ${folder}/fails.json; exit 3` },
    { name: 'right', command: `test "$PWD/" = "${root}" && touch ${folder}/right.json` },
    { name: 'killed', command: 'kill -9 $$' },
    { name: 'skipped', command: 'exit 0' },
  ];
  try {
    const at = pathToFileURL(`${folder}/`);
    const missed = measureAgain(commands, (line) => said.push(line), at);
    expect(missed).toEqual(['fails', 'killed', 'skipped']);
    expect(said.at(-1)).toBe('skipped: exit 0');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every kept command comes to its end by itself', () => {
  const endless = readFigures().filter(
    ({ command }) => /\bsoak\b/.test(command) && !/--(minutes|soak) \d/.test(command),
  );
  expect(endless.map(({ name }) => name)).toEqual([]);
});
