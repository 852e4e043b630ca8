import { expect, test } from 'vitest';
import { defineTexts, translator } from './texts.ts';

const texts = defineTexts(
  'textsTest',
  { files: '{{count}} 个文件', from: '{{day}} 起，至 {{day}} 止' },
  {
    files: '{{count}} files',
    files_one: '{{count}} file',
    from: 'From {{day}} until {{day}}',
  },
);

test('values are filled in wherever they are named, as they are', () => {
  const zh = translator(texts, 'zh-CN');
  const en = translator(texts, 'en');
  expect(en('from', { day: '<b>$&' })).toBe('From <b>$& until <b>$&');
  expect(zh('from', { day: '2026-03-06' })).toBe('2026-03-06 起，至 2026-03-06 止');
});

test('English has a form for one, Chinese needs none', () => {
  const zh = translator(texts, 'zh-CN');
  const en = translator(texts, 'en');
  expect([0, 1, 2].map((count) => en('files', { count }))).toEqual([
    '0 files',
    '1 file',
    '2 files',
  ]);
  expect(zh('files', { count: 1 })).toBe('1 个文件');
});

test('a value that nobody gave stays visible as a place', () => {
  expect(translator(texts, 'en')('from')).toBe('From {{day}} until {{day}}');
});
