import { expect, test } from 'vitest';
import { foreignTexts } from './languages.ts';

test.each<['zh-CN' | 'en', string[], string[]]>([
  ['en', ['Customers', '客户', 'C3 Moderate'], ['客户']],
  ['zh-CN', ['客户', 'Customers', '第 3 步', 'OFD 文件', 'PDF'], ['Customers']],
  ['zh-CN', ['产品投资品种为equity'], ['产品投资品种为equity']],
  ['en', ['2026-03-06', '¥ 1,000.00'], []],
  ['zh-CN', ['自 2026-05-31T16:00:00.000Z 起生效'], ['自 2026-05-31T16:00:00.000Z 起生效']],
])('in %s, of %j these are foreign: %j', (language, texts, foreign) => {
  expect(foreignTexts(texts, language)).toEqual(foreign);
});
