/** Every package that is fetched may be used, is the one that was locked, and stands on the page. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultsOfLock, isAllowed, type Lock, renderReport } from './report.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as Lock;
const { allowScripts } = JSON.parse(read('package.json')) as {
  allowScripts: Record<string, boolean>;
};
const scripts = Object.keys(allowScripts);

function installed(path: string): { version?: unknown; license?: unknown } | undefined {
  const file = `${path}/package.json`;
  return existsSync(new URL(file, ROOT)) ? (JSON.parse(read(file)) as object) : undefined;
}

test('every package has an allowed licence, a digest, a known origin and no script of its own', () => {
  expect(faultsOfLock(lock, installed, scripts)).toEqual([]);
});

test('the page of dependencies is that of the lock file: else run npm run licences', () => {
  expect(read('docs/operations/dependencies.md')).toBe(renderReport(lock));
});

test.each([
  ['the licence ‘GPL-3.0-only’ is not allowed', { license: 'GPL-3.0-only' }, {}],
  ['the licence ‘’ is not allowed', { license: undefined }, {}],
  ['comes from elsewhere', { resolved: 'https://example.com/x.tgz' }, {}],
  ['has no digest', { integrity: '' }, {}],
  ['runs a script when installed', { hasInstallScript: true }, {}],
  ['another version is installed', {}, { version: '1.0.1' }],
  ['says AGPL-3.0-only itself', {}, { license: 'AGPL-3.0-only' }],
])('%s: it is found', (fault, change, own) => {
  const right = {
    version: '1.0.0',
    license: 'MIT',
    resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz',
    integrity: 'sha512-x',
  };
  const planted = (entry: object) => ({ packages: { 'node_modules/x': entry } }) as Lock;
  const manifest = { version: '1.0.0', license: 'MIT', ...own };
  expect(faultsOfLock(planted(right), () => undefined, [])).toEqual([]);
  expect(faultsOfLock(planted({ ...right, ...change }), () => manifest, [])).toContain(
    `node_modules/x: ${fault}`,
  );
});

test('expressions are read: one side of OR, every side of AND', () => {
  expect(isAllowed('(MIT AND Zlib)')).toBe(true);
  expect(isAllowed('(GPL-2.0-only OR MIT)')).toBe(true);
  expect(isAllowed('MIT AND GPL-2.0-only')).toBe(false);
});
