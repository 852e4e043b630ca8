/** docs/operations/bad-input.md names the test of every row: each must exist under its title. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/operations/bad-input.md', ROOT), 'utf8');
const LAST_ROW = 53;
/** Rows about what is not here yet; they name no test. */
const NOT_HERE = [36];

/** What a page names that is not there, and the rows that it leaves out. */
function faultsOf(text: string): string[] {
  const faults: string[] = [];
  const rows = new Map(
    [...text.matchAll(/^\| (\d+) +\|(.*)$/gm)].map(([, row, rest]) => [Number(row), rest ?? '']),
  );
  for (let row = 1; row <= LAST_ROW; row += 1) {
    const named = [...(rows.get(row) ?? '').matchAll(/`([^`]+\.test\.ts)`: “([^”]+)”/g)];
    if (named.length === 0 && !NOT_HERE.includes(row)) faults.push(`row ${row} names no test`);
    for (const [, file = '', title = ''] of named) {
      const url = new URL(file, ROOT);
      if (!existsSync(url)) faults.push(`row ${row}: there is no ${file}`);
      else if (!readFileSync(url, 'utf8').includes(`'${title}'`)) {
        faults.push(`row ${row}: ${file} has no test “${title}”`);
      }
    }
  }
  return faults;
}

test('every row of the page names tests that exist under their titles', () => {
  expect(faultsOf(page)).toEqual([]);
});

test('a title that is none, a file that is none and a row that is left out are found', () => {
  expect(faultsOf(page.replace('“refuses a key given twice', '“refuses nothing'))).toHaveLength(1);
  expect(faultsOf(page.replace('`tests/bad-input/days.test.ts`', '`tests/no.test.ts`'))).toEqual([
    'row 18: there is no tests/no.test.ts',
  ]);
  expect(faultsOf(page.replace(/^\| 9 +\|.*$/m, ''))).toEqual(['row 9 names no test']);
});
