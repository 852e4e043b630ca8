import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderMessage } from '@cairn/kernel';
import { INVESTMENT_TERMS, VARIETIES } from '../products/index.ts';
import { suitabilityMessages, suitabilitySpeech, suitabilityWords } from './messages.ts';

const folder = new URL('./', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

const places = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

test('every text names the same facts in both languages', () => {
  for (const [code, [en, zh]] of Object.entries(suitabilityMessages)) {
    expect([code, places(zh)]).toEqual([code, places(en)]);
    expect(en).toMatch(/\.$/);
    expect(zh).toMatch(/[\u4E00-\u9FFF].*。$/);
  }
});

test('every finding has its texts, and every text its finding', () => {
  const codes = Object.keys(suitabilityMessages).filter((code) => !code.endsWith('_REMEDY'));
  const named = new Set(
    [...sources.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map((m) => m[1]),
  );
  expect(codes.filter((code) => !named.has(code))).toEqual([]);
  const blocking = [...sources.matchAll(/blocked\(\s*'(\w+)'/g)].map(([, code]) => code ?? '');
  expect(blocking.filter((code) => !(code in suitabilityMessages))).toEqual([]);
});

test('every term and variety of a product has its word, so that no sentence shows a code', () => {
  const spoken = (name: string) => Object.keys(suitabilityWords[name] ?? {});
  expect(spoken('term')).toEqual([...INVESTMENT_TERMS]);
  expect(spoken('variety').toSorted()).toEqual([...VARIETIES].toSorted());
  expect(spoken('accepted').toSorted()).toEqual([...INVESTMENT_TERMS, ...VARIETIES].toSorted());
  const details = { term: 'y3_plus', accepted: 'y1_3' };
  const [en = '', zh = ''] = suitabilityMessages['TERM_TOO_LONG'] ?? [];
  expect(renderMessage(en, details, suitabilitySpeech(0))).toBe(
    'The product needs the term over three years; the customer accepts one to three years.',
  );
  expect(renderMessage(zh, details, suitabilitySpeech(1))).toBe(
    '产品投资期限为 3 年以上，客户可接受 1 至 3 年。',
  );
});
