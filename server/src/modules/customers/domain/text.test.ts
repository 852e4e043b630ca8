import { describe, expect, test } from 'vitest';
import { maskAddress, maskCertificate, maskEmail, maskName, maskPhone } from './masking.ts';
import { checkText, nameKey, type TextPolicy } from './text.ts';

const codes = (policy: TextPolicy, text: string) =>
  checkText({ field: 'name', policy, bytesMax: 120 }, text).map(({ code }) => code);

describe('names that are kept exactly', () => {
  test.each([
    '张三丰',
    '𠮷田',
    '㐂乐',
    '阿卜杜拉·买买提',
    '阿卜杜拉•买买提',
    '阿卜杜拉・买买提',
    '龘',
    'Anne-Marie O’Neill',
    'Ｊｏｈｎ',
    '王小明　',
    'é',
    'e\u0301',
    '<script>alert(1)</script>',
    '{{7*7}}',
    '=cmd()',
    "Robert'); DROP TABLE customers;--",
    '龥𬱖𪚥',
  ])('%s', (name) => {
    expect(codes('name', name)).toEqual([]);
  });

  test('sixty two-byte characters fit the registrar field, four-byte ones count four', () => {
    expect(codes('name', '买'.repeat(60))).toEqual([]);
    expect(codes('name', '买'.repeat(61))).toEqual(['TEXT_TOO_LONG']);
    expect(codes('name', '𠮷'.repeat(30))).toEqual([]);
    expect(codes('name', '𠮷'.repeat(31))).toEqual(['TEXT_TOO_LONG']);
  });
});

describe('names that are refused', () => {
  test.each([
    ['', 'TEXT_EMPTY'],
    ['　 ', 'TEXT_EMPTY'],
    ['a\u0000b', 'TEXT_NOT_STORABLE'],
    ['\uFEFF王', 'TEXT_NOT_STORABLE'],
    ['王\uD800', 'TEXT_NOT_STORABLE'],
    ['王\u202E明', 'TEXT_INVISIBLE_CHARACTER'],
    ['王\u2066明', 'TEXT_INVISIBLE_CHARACTER'],
    ['王\u200B明', 'TEXT_INVISIBLE_CHARACTER'],
    ['王\u200D明', 'TEXT_INVISIBLE_CHARACTER'],
    ['王\u3164', 'TEXT_INVISIBLE_CHARACTER'],
    ['a\r\nSet-Cookie: x=1', 'TEXT_CONTROL_CHARACTER'],
    ['\u001B[31mred', 'TEXT_CONTROL_CHARACTER'],
    ['Pаul', 'TEXT_MIXED_SCRIPTS'],
    ['王😀', 'TEXT_EMOJI'],
    ['🇨🇳', 'TEXT_EMOJI'],
    [`Z${'\u0301'.repeat(4)}`, 'TEXT_TOO_MANY_MARKS'],
    ['王\uE000', 'TEXT_UNASSIGNED_CHARACTER'],
  ])('%j gives %s', (name, code) => {
    expect(codes('name', name)).toContain(code);
  });

  test('ten thousand combining marks are one answer, not a hang', () => {
    expect(codes('name', `e${'\u0301'.repeat(10_000)}`)).toEqual([
      'TEXT_TOO_MANY_MARKS',
      'TEXT_TOO_LONG',
    ]);
  });
});

test('a note keeps line breaks and escapes; a line does not', () => {
  expect(codes('note', 'a\r\nb\u001B[31m😀')).toEqual([]);
  expect(codes('line', 'a\r\nb')).toEqual(['TEXT_CONTROL_CHARACTER']);
  expect(codes('line', '上海市浦东新区😀路1号')).toEqual([]);
});

describe('comparison copies', () => {
  test.each([
    ['阿卜杜拉·买买提', '阿卜杜拉•买买提'],
    ['阿卜杜拉·买买提', '阿卜杜拉・买买提'],
    ['é', 'e\u0301'],
    ['Ｊｏｈｎ', 'john'],
    ['王小明　', '王小明'],
    ['Anna  Maria', 'anna maria'],
  ])('%s and %s compare equal', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });
});

describe('masked forms', () => {
  test.each([
    ['张三', '张*'],
    ['张三丰', '张*丰'],
    ['龘', '*'],
    ['欧阳锋锋', '欧**锋'],
    ['𠮷田一', '𠮷*一'],
  ])('name %s → %s', (name, masked) => {
    expect(maskName('1', name)).toBe(masked);
  });

  test('other items', () => {
    expect(maskName('0', '聚石科技有限公司')).toBe('聚石科技有限公司');
    expect(maskCertificate('110101199001011237')).toBe('110101********1237');
    expect(maskCertificate('E12345678')).toBe('E1*****78');
    expect(maskCertificate('SG12')).toBe('S**2');
    expect(maskPhone('13800000001')).toBe('138****0001');
    expect(maskEmail('zhang@example.com')).toBe('z***@example.com');
    expect(maskAddress('浙江省杭州市西湖区文三路1号')).toBe('浙江省杭州市***');
    expect(maskAddress('上海市浦东新区世纪大道1号')).toBe('上海市***');
    expect(maskAddress('内蒙古自治区呼和浩特市新城区1号')).toBe('内蒙古自治区呼和浩特市***');
    expect(maskAddress('1 Main Street')).toBe('***');
  });
});
