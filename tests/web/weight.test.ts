import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, findSecrets, firstScreens, overweight } from '../../scripts/check-web.ts';

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

test('every page is a first screen, behind the login with its shell', () => {
  const pages = {
    'index.html': { file: 'entry.js' },
    'src/rooms/login/login-page.tsx': { file: 'a.js' },
    'src/rooms/orders/list-page.tsx': { file: 'b.js' },
    'src/rooms/my-assets/assets-page.tsx': { file: 'c.js' },
    'src/parts/chart/engine.ts': { file: 'd.js' },
  };
  expect(firstScreens(pages).map(({ name, parts }) => [name, parts.slice(1, -1)])).toEqual([
    ['login/login-page', []],
    ['orders/list-page', ['src/app/shell/staff-shell.tsx']],
    ['my-assets/assets-page', ['src/app/shell/investor-shell.tsx']],
  ]);
});

test('a secret in the bundle shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bundle-'));
  try {
    const secrets = {
      'key.js': 'const k = "-----BEGIN PRIVATE KEY-----";',
      'address.js': 'const u = "postgres://cairn:x@db/cairn";',
      'setting.html': '<script>CAIRN_MASTER_KEY = "00"</script>',
      'fine.js': 'const label = "Key";',
    };
    for (const [name, text] of Object.entries(secrets)) writeFileSync(join(folder, name), text);
    expect(findSecrets(folder).toSorted()).toEqual(['address.js', 'key.js', 'setting.html']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
