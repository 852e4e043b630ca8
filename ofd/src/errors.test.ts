import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkFile } from './read.ts';
import { OfdError, type OfdErrorCode, ofdErrorTexts } from './errors.ts';

const rows = Object.entries(ofdErrorTexts);

test('each error has a sentence in both languages with the same parts', () => {
  const parts = (text: string) => new Set(text.match(/\{\w+\}/g));
  for (const [code, { en, zh }] of rows) {
    expect(code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)*$/);
    expect(parts(zh)).toEqual(parts(en));
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
  }
  expect(new Set(rows.map(([, { zh }]) => zh)).size).toBe(rows.length);
});

test('an error reads as a sentence with its place in either language', () => {
  const place = { file: 'a.txt', line: 7 };
  const error = new OfdError('TRUNCATED', place, { part: 'the header' });
  expect(error.message).toBe('a.txt, line 7: the file ends inside the header');
  expect(error.describe('en')).toBe(error.message);
  expect(error.describe('zh')).toBe('a.txt, 行 7: 文件不完整，在文件头处结束');
  const code: OfdErrorCode = error.code;
  expect([error.name, code, error.record]).toEqual(['OfdError', 'TRUNCATED', undefined]);
});

test('an index in the place of a data file is told without a word of English', () => {
  const [error] = checkFile(Buffer.from('OFDCFIDX\r\n'));
  expect(error?.describe('zh')).toContain('实际为“OFDCFIDX（索引文件）”');
});

test('the README lists every code and no other', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const section = /## Errors(.*?)\n## /s.exec(readme)?.[1] ?? '';
  const listed = section.match(/(?<=`)[A-Z0-9]+_?[A-Z0-9_]+(?=`)/g);
  expect(new Set(listed)).toEqual(new Set(rows.map(([code]) => code)));
});
