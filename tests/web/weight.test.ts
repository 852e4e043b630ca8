import { expect, test } from 'vitest';
import { filesOf, overweight } from '../../scripts/check-web.ts';

const manifest = {
  'index.html': { file: 'entry.js', imports: ['_react.js'] },
  '_react.js': { file: 'react.js' },
  '_table.js': { file: 'table.js', imports: ['_react.js', 'index.html'] },
  'room.tsx': { file: 'room.js', imports: ['_table.js'], css: ['room.css'] },
  'style.css': { file: 'style.css' },
};

test('a screen weighs what it loads, each file once, and nothing that comes later', () => {
  expect(filesOf(manifest, ['index.html']).toSorted()).toEqual(['entry.js', 'react.js']);
  expect(filesOf(manifest, ['index.html', 'room.tsx']).toSorted()).toEqual([
    'entry.js',
    'react.js',
    'room.js',
    'table.js',
  ]);
  expect(filesOf(manifest, ['style.css'])).toEqual([]);
  expect(() => filesOf(manifest, ['gone.tsx'])).toThrow('the build has no part gone.tsx');
});

test('a screen that is too heavy shows', () => {
  const budgets = [{ name: 'room', kilobytesMax: 3, parts: ['index.html', 'room.tsx'] }];
  const found = overweight(manifest, budgets, () => 1000);
  expect(found).toEqual([{ name: 'room', kilobytes: 4, kilobytesMax: 3 }]);
});
