import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MEASURE_FAMILIES, MEASURE_IDS } from '../performance/measures.ts';
import { type Entry, entryOf, exportsOf, renderEntry, renderFamily } from './testing.ts';

const INDEX = fileURLToPath(new URL('../index.ts', import.meta.url));
const entries = [...exportsOf(INDEX)].map(([name, path]) => entryOf(name, path, dirname(INDEX)));

const INTRODUCTION = `# API of @cairn/quant

Written from the code by \`npm run docs -w quant\`; a test keeps it true.

## Measures

Symbols: r, b, f and t are the returns of the fund, of the benchmark, of the risk-free asset and the
minimum acceptable return of each period; r̄ is a mean, s a sample and σ a population deviation; n
is the number of returns and p the number of periods in a year (252 when not given). annual(x) is
Π(1 + x)^(1 ÷ years) − 1, where years are calendar days ÷ 365 with dates and n ÷ p without.

A measure has no value, but a reason, with fewer returns than its column “at least”
(TOO_FEW_OBSERVATIONS), where an input is missing or infinite (NOT_FINITE), without the benchmark
that it needs (NO_BENCHMARK), if the result is beyond a double (OUT_OF_RANGE), and where its column
“null when” says so. Variations of less than 1e-12 are rounding and count as none.
`;

function renderPage(all: readonly Entry[]): string {
  const families = Object.entries(MEASURE_FAMILIES).map(([name, each]) => renderFamily(name, each));
  const folders = [...new Set(all.map(({ folder }) => folder.split('/')[0] ?? ''))].sort();
  const sections = folders.map((folder) => {
    const own = all.filter((entry) => entry.folder.split('/')[0] === folder);
    own.sort((one, other) => (one.name < other.name ? -1 : 1));
    return [`## ${folder}`, ...own.map(renderEntry)].join('\n\n');
  });
  return `${[INTRODUCTION.trimEnd(), ...families, ...sections].join('\n\n')}\n`;
}

test('API.md is what the code says (npm run docs -w quant writes it)', async () => {
  await expect(renderPage(entries)).toMatchFileSnapshot('../../API.md');
});

test('every export of the front door is on the page, and the measures have their table', () => {
  const page = renderPage(entries);
  expect(entries.length).toBeGreaterThan(100);
  for (const { name } of entries) expect(page).toContain(`### ${name}\n`);
  for (const id of MEASURE_IDS) expect(page).toContain(`| \`${id}\` |`);
});

test('every function of the front door says what it promises', () => {
  const silent = entries.filter(
    ({ text, signature }) => text === '' && /^(async )?function/.test(signature),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('a changed docstring or signature would be seen', () => {
  const page = renderPage(entries);
  const [first, ...others] = entries as [Entry, ...Entry[]];
  expect(renderPage([{ ...first, text: 'Something else.' }, ...others])).not.toBe(page);
  expect(renderPage([{ ...first, signature: 'function other()' }, ...others])).not.toBe(page);
});
