import { expect, test } from 'vitest';
import { gitFiles, readTree } from './sources.ts';
import { checkStatements } from './statements.ts';

const tree = readTree(gitFiles().filter((path) => /^server\/src\/.*\.ts$/.test(path)));
const PATH = 'server/src/modules/trading/planted.ts';
const messages = (text: string, allowed = {}) =>
  checkStatements(new Map([[PATH, text]]), allowed).map(({ at, message }) => `${at}: ${message}`);

test('every statement takes values as parameters and names from constants', () => {
  expect(checkStatements(tree)).toEqual([]);
});

test.each([
  ['a value in a template', "db.query(`select 1 from trading.orders where order_id = '${id}'`);"],
  ['a name in a template', 'db.query(`select 1 from trading.orders order by ${sort}`);'],
  ['a call in a template', 'db.query(`delete from trading.orders where ${clean(text)}`);'],
  ['a part of a statement', 'const where = `where customer_id = ${id}`;'],
  ['a sum', "db.query('select 1 from trading.orders where order_id = ' + id);"],
])('%s is found', (_, text) => {
  const message = 'a statement takes values as parameters and names from constants';
  expect(messages(text)).toEqual([`${PATH}:1: ${message}`]);
});

test('constants pass; a file that is allowed without need is told', () => {
  expect(
    messages('db.query(`select ${COLUMNS} from trading.orders where id = $1`, [id]);'),
  ).toEqual([]);
  expect(messages('export {};', { [PATH]: 'a reason' })).toEqual([
    `${PATH}: no longer puts a statement together`,
  ]);
  expect(checkStatements(new Map(), { [PATH]: 'a reason' })).toEqual([
    { at: PATH, message: 'is not there' },
  ]);
});
