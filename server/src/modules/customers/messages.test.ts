import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { customersMessages } from './messages.ts';

const folder = new URL('./', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

const places = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

test('every text names the same facts in both languages', () => {
  for (const [code, [en, zh]] of Object.entries(customersMessages)) {
    expect([code, places(zh)]).toEqual([code, places(en)]);
    expect(en).toMatch(/\.$/);
    expect(zh).toMatch(/[\u4E00-\u9FFF].*。$/);
  }
});

test('every finding has its texts, and every text its finding', () => {
  const codes = Object.keys(customersMessages).filter((code) => !code.endsWith('_REMEDY'));
  const named = new Set(
    [...sources.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map((m) => m[1]),
  );
  expect(codes.filter((code) => !named.has(code))).toEqual([]);
  const blocking = [...sources.matchAll(/blocked\(\s*'(\w+)'/g)].map(([, code]) => code ?? '');
  expect(blocking.filter((code) => !(code in customersMessages))).toEqual([]);
});
