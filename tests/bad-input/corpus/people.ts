/** Names and identity numbers, rows 21, 22 and 24. */
import { syntheticIdCard } from '../../../server/src/app/sandbox/investors.ts';
import { localDate } from '@cairn/kernel';

/** Names that people have: kept and read back exactly. */
export const GOOD_NAMES: readonly string[] = [
  '张三',
  '王',
  '𠮷田一郎',
  '㐂多',
  '𬀩云',
  '䶮先生',
  '阿卜杜热合曼·买买提',
  '古丽娜尔•艾则孜',
  '卡地亚・阿依努尔',
  `${'阿卜杜'.repeat(18)}·买买提`,
  'José María Núñez',
  'Jose\u0301 Nu\u0301n\u0303ez',
  "Conan O'Brien",
  'Jean-Luc Picard',
  'ＡＢＣ贸易',
  '张三\u3000',
  '李　四',
  'Ф. М. Достоевский',
  'Nguyễn Văn A',
  '<b>名字</b>',
  "Robert'); DROP TABLE customers;--",
  '=cmd()',
  '@SUM(A1)',
  '%_\\',
  '{{7*7}}',
  '${x}',
];

/** Texts that are no name: 422 with the reason. */
export const BAD_NAMES: readonly (readonly [string, string])[] = [
  ['', 'TEXT_EMPTY'],
  ['   ', 'TEXT_EMPTY'],
  ['\u3000\u3000', 'TEXT_EMPTY'],
  ['张\u202e三', 'TEXT_INVISIBLE_CHARACTER'],
  ['\u2066张三\u2069', 'TEXT_INVISIBLE_CHARACTER'],
  ['张\u200b三', 'TEXT_INVISIBLE_CHARACTER'],
  ['张\u200d三', 'TEXT_INVISIBLE_CHARACTER'],
  ['张\u2060三', 'TEXT_INVISIBLE_CHARACTER'],
  ['张\u00ad三', 'TEXT_INVISIBLE_CHARACTER'],
  ['张\u3164三', 'TEXT_INVISIBLE_CHARACTER'],
  ['张\u2028三', 'TEXT_INVISIBLE_CHARACTER'],
  ['张三\r\nSet-Cookie: a=b', 'TEXT_CONTROL_CHARACTER'],
  ['张\u001b[31m三', 'TEXT_CONTROL_CHARACTER'],
  ['张\t三', 'TEXT_CONTROL_CHARACTER'],
  ['Pаul', 'TEXT_MIXED_SCRIPTS'],
  ['張三😀', 'TEXT_EMOJI'],
  ['张🇨🇳', 'TEXT_EMOJI'],
  [`张${'\u0301'.repeat(500)}`, 'TEXT_TOO_MANY_MARKS'],
  ['张\ue000三', 'TEXT_UNASSIGNED_CHARACTER'],
  ['名'.repeat(61), 'TEXT_TOO_LONG'],
  ['𠮷'.repeat(31), 'TEXT_TOO_LONG'],
];

const born = localDate('1990-02-28');
const GOOD = syntheticIdCard('110105', born, 77);
const wrongCheck = GOOD.slice(0, 17) + (GOOD.endsWith('1') ? '2' : '1');

/** Numbers that are no identity number, with the reason. */
export const BAD_ID_CARDS: readonly (readonly [string, string])[] = [
  [wrongCheck, 'ID_CARD_CHECK_CHARACTER'],
  ['11010519491231002x', 'ID_CARD_LOWER_CASE_X'],
  ['110105491231002', 'ID_CARD_15_DIGITS'],
  [syntheticIdCard('110105', localDate('2099-01-01'), 1), 'ID_CARD_BIRTH_DATE'],
  [syntheticIdCard('990105', born, 1), 'ID_CARD_REGION'],
  [syntheticIdCard('000000', born, 1), 'ID_CARD_REGION'],
  ['110105199002300018', 'ID_CARD_BIRTH_DATE'],
  ['１１０１０５１９９００２２８００７７', 'CERTIFICATE_FORMAT'],
  ['11010519900228 0777', 'ID_CARD_FORMAT'],
  ["' OR 1=1--", 'ID_CARD_FORMAT'],
  ['', 'ID_CARD_FORMAT'],
];
