import { expect, test } from 'vitest';
import { readCompare, readFilters } from './filters.ts';

test.each([
  [{}, {}],
  [
    { q: '短债', type: 'bond', risk: 2, status: '0' },
    { q: '短债', type: 'bond', risk: 2, status: '0' },
  ],
  [{ q: '', type: 'gold', risk: '9', status: 'open' }, {}],
  [
    { q: 990011, risk: '3', status: 0 },
    { q: '990011', risk: 3, status: '0' },
  ],
  [{ q: ['a'], type: null, risk: {}, other: 'x' }, {}],
])('the address %o asks for %o', (search, filters) => {
  expect(readFilters(search)).toEqual(filters);
});

test('at most four funds are compared, each once', () => {
  const codes = '990011,990011,no,990021,990031,990041,990051';
  expect(readCompare({ codes })).toEqual({ codes: '990011,990021,990031,990041' });
  expect(readCompare({})).toEqual({ codes: '' });
});
