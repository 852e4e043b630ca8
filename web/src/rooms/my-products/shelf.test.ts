import { expect, test } from 'vitest';
import { readShelf } from './shelf.ts';

test('an address becomes filters, and what is none is left out', () => {
  expect(readShelf({ q: ' 纯债 ', type: 'bond', risk: '2', period: 'm3' })).toEqual({
    q: '纯债',
    type: 'bond',
    risk: 2,
    period: 'm3',
  });
  // The router reads figures in an address as numbers: a code is still a text.
  expect(readShelf({ q: 990111 })).toEqual({ q: '990111' });
  expect(readShelf({ q: '', type: 'house', risk: 9, period: 'never' })).toEqual({});
});
