import { expect, test } from 'vitest';
import { codesOf, termText } from '../texts/term-codes.ts';
import { nameOfField } from './field-names.ts';

test('a field is called what people call it, wherever it stands on the wire', () => {
  expect(nameOfField('/phone', 'zh-CN')).toBe('手机');
  expect(nameOfField('/representative/certificateNo', 'zh-CN')).toBe(
    '法定代表人／经办人 · 证件号码',
  );
  expect(nameOfField('/answers/3/optionIds', 'en')).toBe('Answers');
});

test('the wire is never shown: what nobody named is another entry', () => {
  expect([nameOfField('/constructor/__proto__', 'en'), nameOfField('', 'zh-CN')]).toEqual([
    'Another entry',
    '其他内容',
  ]);
});

test.each(codesOf('customerField'))('a fault calls %s what the label of its form does', (field) => {
  for (const language of ['zh-CN', 'en'] as const) {
    expect(nameOfField(`/${field}`, language)).toBe(termText(language, 'customerField', field));
  }
});
