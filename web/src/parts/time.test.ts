import { expect, test } from 'vitest';
import { lengthText } from './time.ts';

test.each([
  [-3, '0.0 s', '0.0 秒'],
  [342, '0.3 s', '0.3 秒'],
  [9_949, '9.9 s', '9.9 秒'],
  [9_950, '10 s', '10 秒'],
  [59_499, '59 s', '59 秒'],
  [59_500, '1 min 00 s', '1 分 00 秒'],
  [185_000, '3 min 05 s', '3 分 05 秒'],
])('%i ms is said in words of the language', (ms, en, zh) => {
  expect([lengthText(ms, 'en'), lengthText(ms, 'zh-CN')]).toEqual([en, zh]);
});
