import { expect, test } from 'vitest';
import { columnsOf, readColumnLines, writeColumnLines } from './column-lines.ts';

test('rows that agree and rows that do not are told, in order, and read back as they were', () => {
  const columns = columnsOf(
    new Map([
      ['B', 5n],
      ['A', 7n],
    ]),
    new Map([
      ['A', 7n],
      ['C', 1n],
    ]),
    new Map([
      ['A', 7n],
      ['B', 5n],
    ]),
  );
  expect(
    columns.map(({ subject, ours, theirs, customerView }) => [subject, ours, theirs, customerView]),
  ).toEqual([
    ['A', 7n, 7n, 7n],
    ['B', 5n, 0n, 5n],
    ['C', 0n, 1n, 0n],
  ]);
  const rows = columns.map((row) => ({ kind: 'units' as const, ...row }));
  expect(readColumnLines(writeColumnLines(rows))).toEqual(rows);
  expect(readColumnLines(writeColumnLines(rows), 'B').map(({ subject }) => subject)).toEqual(['B']);
  expect(() => readColumnLines('units\tA\tx\t1\t1\n')).toThrow('broken');
});
