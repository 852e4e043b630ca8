import { expect, test } from 'vitest';
import { translator } from '../texts/texts.ts';
import { nameOfField, texts } from './field-names.ts';

const zh = translator(texts, 'zh-CN');
const en = translator(texts, 'en');

test('a field is called what people call it, wherever it stands on the wire', () => {
  expect(nameOfField('/phone', zh)).toBe('手机号码');
  expect(nameOfField('/representative/certificateNo', zh)).toBe('代表人 · 证件号码');
  expect(nameOfField('/answers/3/optionIds', en)).toBe('Answers');
});

test('the wire is never shown: what nobody named is another entry', () => {
  expect([nameOfField('/constructor/__proto__', en), nameOfField('', zh)]).toEqual([
    'Another entry',
    '其他内容',
  ]);
});
