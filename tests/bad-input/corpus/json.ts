/** JSON from outside: what is no JSON, what is JSON and still refused, and fields nobody may send. */

/** One value of every JSON type. */
export const OTHER_TYPES = [null, true, 7, 'text', ['item'], { key: 'value' }];

/** Fields that would change what only the house decides. */
export const EXTRA_FIELDS: Readonly<Record<string, string | number | string[]>> = {
  status: 'CONFIRMED',
  balance: '1000000.00',
  roles: ['administrator'],
  checkerId: 'S00000000000000000001',
  tenantId: 'other',
  feeRate: 0,
  state: 'confirmed',
  bucket: 1,
  '': 'empty name',
  'status ': 'trailing blank',
};

/** Keys that reach into prototypes. */
export const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype', '__pr\\u006fto__'];

/** Texts that are not JSON, of every kind of fault: arrays, numbers, objects, strings, structure. */
export const NOT_JSON: readonly string[] = [
  '',
  ' ',
  '\u00a0{}',
  '[1 true]',
  '[1,]',
  '[,1]',
  '[1,,2]',
  '["x"',
  '[1',
  '["x"]]',
  '[',
  ']',
  '{',
  '}',
  '{]',
  '{"a":1,}',
  '{"a":1,,"b":2}',
  '{,"a":1}',
  '{"a" 1}',
  '{"a"::1}',
  '{"a":}',
  '{"a":1 "b":2}',
  '{"a"}',
  '{a:1}',
  "{'a':1}",
  '{1:1}',
  '{null:1}',
  '{"a":1}}',
  '{"a":1}{"b":2}',
  '{"a":1}x',
  '{"a":1}//c',
  '{"a":/*c*/1}',
  '{"a":1}#c',
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":-Infinity}',
  '{"a":undefined}',
  '{"a":nul}',
  '{"a":True}',
  '{"a":+1}',
  '{"a":.5}',
  '{"a":1.}',
  '{"a":01}',
  '{"a":-01}',
  '{"a":- 1}',
  '{"a":1e}',
  '{"a":1e+}',
  '{"a":0x1F}',
  '{"a":1_000}',
  '{"a":１}',
  '{"a":1,2}',
  '{"a":"b}',
  '{"a":"\\x41"}',
  '{"a":"\\u00A"}',
  '{"a":"\\"}',
  '{"a":"\\',
  '{"a":"line\nbreak"}',
  '{"a":"tab\t"}',
  '{"a":"nul\u0000"}',
  '{"a":1\u0000}',
  '\uFEFF{"a":1}',
  '<a>1</a>',
  'a=1&b=2',
  'null null',
  '["a"\u2060]',
  '{"a":1\u000c}',
];

/** JSON that would not be kept as it is: refused with the same answer. */
export const UNSAFE_JSON: readonly string[] = [
  '{"a":123456789012345678901234567890}',
  '{"a":1e400}',
  '{"a":-1e400}',
  '{"a":9007199254740993}',
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '['.repeat(100_000),
  `${'['.repeat(65)}${']'.repeat(65)}`,
  `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`,
];

/** Bytes that are not UTF-8: overlong, surrogates, cut, other encodings. */
export const NOT_UTF8: readonly (readonly number[])[] = [
  [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d],
  [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d],
  [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d],
  [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe5, 0xbc, 0x22, 0x7d],
  [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xf4, 0xbf, 0xbf, 0xbf, 0x22, 0x7d],
  // 张 in GB18030
  [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xd5, 0xc5, 0x22, 0x7d],
  // UTF-16 in both orders
  [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00],
  [0xfe, 0xff, 0x00, 0x7b, 0x00, 0x7d],
  [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
];
