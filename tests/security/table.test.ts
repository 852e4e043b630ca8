/** docs/operations/security.md names the test of every row: each must exist under its title. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/operations/security.md', ROOT), 'utf8');

/** What a page names that is not there, and rows that name nothing. */
function faultsOf(text: string): string[] {
  const faults: string[] = [];
  for (const [, row = '', rest = ''] of text.matchAll(/^\| (\d+) +\|(.*)$/gm)) {
    const named = [...rest.matchAll(/`([^`]+\.test\.ts)`: “([^”]+)”/g)];
    if (named.length === 0) faults.push(`row ${row} names no test`);
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
  expect(page.match(/^\| \d+ /gm)?.length).toBeGreaterThan(35);
  expect(faultsOf(page)).toEqual([]);
});

test('a title that is none, a file that is none and a row that names nothing are found', () => {
  expect(faultsOf(page.replace('“changed anywhere in the file', '“changed nowhere'))).toHaveLength(
    1,
  );
  expect(faultsOf(page.replace('tests/security/patterns.test.ts', 'tests/no.test.ts'))).toEqual([
    'row 20: there is no tests/no.test.ts',
  ]);
  expect(faultsOf('| 9 | a | b | c |')).toEqual(['row 9 names no test']);
});
