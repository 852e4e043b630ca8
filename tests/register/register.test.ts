/** Every row of the lists of security statements and of bad inputs has its test, or says why not. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CORPUS } from '../bad-input/corpus.ts';
import { faultsOfRows, renderPage, rowsOf, titlesOf } from './register.ts';
import { badInput, security } from './registers.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (file: string) => {
  const url = new URL(file, ROOT);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
};
const RUNNER = 'tests/bad-input/corpus.test.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
const STATEMENTS = upTo(51).map((n) => `SEC${n}`);
/** The articles of the Personal Information Protection Law that oblige who handles data. */
const OBLIGATIONS = [13, 17, 21, 24, 28, 38, 44, 47, 51, 54, 55, 57].map((n) => `PIPL${n}`);
const LISTS = [
  { name: 'security statements', register: security, ids: [...STATEMENTS, ...OBLIGATIONS] },
  { name: 'bad inputs', register: badInput, ids: upTo(53).map(String) },
];

describe.each(LISTS)('the list of $name', ({ register, ids }) => {
  test('has every row once, and every test that it names is there and is run', () => {
    expect(faultsOfRows(register, ids, read)).toEqual([]);
  });

  test('is the page: else run node --conditions=development tests/register/main.ts', () => {
    expect(read(register.page)).toBe(renderPage(register));
  });

  test('with a title, a file or a row changed is found', () => {
    const [section] = register.sections;
    const [row] = section?.rows ?? [];
    if (section === undefined || row === undefined) throw new Error('the list has a row');
    const faults = (...rows: object[]) => {
      const sections = [{ ...section, rows: [...rows, ...section.rows.slice(1)] as never }];
      return faultsOfRows(
        { ...register, sections: [...sections, ...register.sections.slice(1)] },
        ids,
        read,
      );
    };
    expect(faults()).toEqual([`${row.id} does not stand here once`]);
    expect(faults(row, row)).toEqual([`${row.id} does not stand here once`]);
    expect(faults(row, { ...row, id: 'X1' })).toEqual(['X1 is not on the list']);
    expect(faults({ id: row.id, what: '', how: '' })).toEqual([`${row.id} says nothing`]);
    expect(faults({ ...row, tests: { 'tests/no.test.ts': ['a'] } })).toEqual([
      `${row.id}: there is no tests/no.test.ts`,
    ]);
    expect(faults({ ...row, tests: { [RUNNER]: ['nothing'] } })).toEqual([
      `${row.id}: ${RUNNER} has no test “nothing”`,
    ]);
  });
});

test('titles are those of tests that are run', () => {
  const text = `
    test('a', () => {});
    it.each([['x']])('b %s', () => {});
    test.each\`x\`('c', () => {});
    describe('d', () => { test.skipIf(x)(\`\${y}: e\`, () => {}); expect('f').toBe('f'); });
    test.skip('g', () => {});
    describe.skip('h', () => { test('i', () => {}); });
    test.todo('j');`;
  expect([...titlesOf('x.test.ts', text)]).toEqual(['a', 'b %s', 'c', '${y}: e']);
});

test('every set of the corpus belongs to a row, and a row that names the runner has a set', () => {
  const rows = rowsOf(badInput);
  const claimed = rows.flatMap(({ sets = [] }) => sets);
  expect(CORPUS.map(({ id }) => id).filter((id) => !claimed.includes(id))).toEqual([]);
  expect(claimed.filter((id) => !CORPUS.some((set) => set.id === id))).toEqual([]);
  const isPut = (id: string) => CORPUS.some((set) => set.id === id && set.into.length > 0);
  const bare = rows.filter(
    ({ tests = {}, sets = [] }) => RUNNER in tests && !sets.some((id) => isPut(id)),
  );
  expect(bare.map(({ id }) => id)).toEqual([]);
  // The number that a set bears is that of a row which it belongs to.
  const strays = CORPUS.filter(
    ({ id, row }) => rows.find((one) => one.id === String(row))?.sets?.includes(id) !== true,
  );
  expect(strays.map(({ id }) => id)).toEqual([]);
});
