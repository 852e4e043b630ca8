import { AppError } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';

function codeOf(bytes: Buffer | string): string {
  try {
    parseJson(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    return 'accepted';
  } catch (error) {
    return error instanceof AppError ? error.code : `crashed: ${String(error)}`;
  }
}

/** Every kind of invalid text of the JSON parsing test suite (its n_ files). */
const INVALID_TEXTS = [
  // arrays
  '[1 true]',
  '[a\u00e9]',
  '["": 1]',
  '[""],',
  '[,1]',
  '[1,,2]',
  '["x",,]',
  '["x"]]',
  '["",]',
  '["x"',
  '[x',
  '[3[4]]',
  '[1,]',
  '[,]',
  '[-]',
  '[   , ""]',
  '["a",\n4\n,1,',
  '[1,,]',
  '["\u000ba"\\f]',
  '[*]',
  '[""',
  '[1,',
  '[1,\n1\n,1',
  '[{}',
  '[fals]',
  '[nul]',
  '[tru]',
  '[1\u00000]',
  // numbers
  '[++1234]',
  '[+1]',
  '[+Inf]',
  '[-01]',
  '[-1.0.]',
  '[-2.]',
  '[-NaN]',
  '[.-1]',
  '[.2e-3]',
  '[0.1.2]',
  '[0.3e+]',
  '[0.3e]',
  '[0.e1]',
  '[0E+]',
  '[0E]',
  '[0e+]',
  '[0e]',
  '[1.0e+]',
  '[1.0e-]',
  '[1.0e]',
  '[1 000.0]',
  '[1eE2]',
  '[2.e+3]',
  '[2.e-3]',
  '[2.e3]',
  '[9.e+]',
  '[Inf]',
  '[NaN]',
  '[\uff11]',
  '[1+2]',
  '[0x1]',
  '[0x42]',
  '[Infinity]',
  '[0e+-1]',
  '[-123.123foo]',
  '[-Infinity]',
  '[-foo]',
  '[- 1]',
  '[-012]',
  '[-.123]',
  '[-1x]',
  '[1ea]',
  '[1.]',
  '[.123]',
  '[1.2a-3]',
  '[1.8011670033376514H-308]',
  '[012]',
  // objects
  '["x", truth]',
  '{[: "x"}\n',
  '{"x", null}',
  '{"x"::"b"}',
  '{\ud83c\udde8\ud83c\udded}',
  '{"a":"a" 123}',
  "{key: 'value'}",
  '{"a" b}',
  '{:"b"}',
  '{"a" "b"}',
  '{"a":',
  '{"a"',
  '{1:1}',
  '{9999E9999:1}',
  '{null:null,null:null}',
  '{"id":0,,,,,}',
  "{'a':0}",
  '{"id":0,}',
  '{"a":"b"}/**/',
  '{"a":"b"}/**//',
  '{"a":"b"}//',
  '{"a":"b"}/',
  '{"a":"b",,"c":"d"}',
  '{a: "b"}',
  '{"a":"a',
  '{ "foo" : "bar", "a" }',
  '{"a":"b"}#',
  // strings
  '["\\uD800\\"]',
  '["\\uD800\\u"]',
  '["\\uD800\\u1"]',
  '["\\uD800\\u1x"]',
  '[\u00e9]',
  '["\\\u0000"]',
  '["\\x00"]',
  '["\\\\\\"]',
  '["\\\t"]',
  '["\\\ud83c\udf00"]',
  '["\\"]',
  '["\\u00A"]',
  '["\\uD834\\uDd"]',
  '["\\uD800\\uD800\\x"]',
  '["\\a"]',
  '["\\uqqqq"]',
  '[\\u0020"asd"]',
  '[\\n]',
  '"',
  "['single quote']",
  'abc',
  '["\\',
  '["a\u0000a"]',
  '["new\nline"]',
  '["\t"]',
  '"\\UA66D"',
  '""x',
  // structure
  '<.>',
  '[<null>]',
  '[1]x',
  '[1]]',
  '["asd]',
  'a\u00e5',
  '[True]',
  '1]',
  '{"x": true,',
  '[][]',
  ']',
  '\uFEFF{}',
  '\u00e5',
  '[',
  '',
  '[\u0000]',
  '2@',
  '{}}',
  '{"":',
  '{"a":/*comment*/"b"}',
  '{"a": true} "x"',
  "['",
  '[,',
  '[{',
  '["a',
  '["a"',
  '{',
  '{]',
  '{,',
  '{[',
  '{"a',
  "{'a'",
  '["\\{["\\{["\\{["\\{',
  '*',
  '{"a":"b"}#{}',
  '[\\u000A""]',
  '[1',
  '[ false, nul',
  '[ true, fals',
  '[ false, tru',
  '{"asd":"asd"',
  '\u00a0[]',
  '[\u2060]',
  '\u000c[]',
  ' ',
  '[\u000c]',
  '{"a":1}{"b":2}',
];

const INVALID_BYTES = [
  [0x5b, 0xff, 0x5d],
  [0x5b, 0x61, 0xe5, 0x5d],
  [0x5b, 0x22, 0xe5, 0x22, 0x5d],
  [0x5b, 0x22, 0xc0, 0xaf, 0x22, 0x5d],
  [0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d],
  [0x5b, 0x31, 0x32, 0x33, 0xe5, 0x5d],
  [0xef, 0xbb, 0x7b, 0x7d],
  [0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00],
  [0xfe, 0xff, 0x00, 0x5b, 0x00, 0x5d],
  [0x5b, 0x22, 0xf4, 0xbf, 0xbf, 0xbf, 0x22, 0x5d],
];

const VALID_TEXTS = [
  '[[]   ]',
  '[""]',
  '[]',
  '["a"]',
  '[false]',
  '[null, 1, "1", {}]',
  '[null]',
  '[1\n]',
  ' [1]',
  '[1,null,null,null,2]',
  '[2] ',
  '[123e65]',
  '[0e+1]',
  '[0e1]',
  '[ 4]',
  '[-0.000000000000000000000000000001]\n',
  '[20e1]',
  '[-0]',
  '[-123]',
  '[-1]',
  '[1E22]',
  '[1E-2]',
  '[1E+2]',
  '[123e45]',
  '[123.456e78]',
  '[1e-2]',
  '[123]',
  '[123.456789]',
  '{"asd":"sdf", "dfg":"fgh"}',
  '{"asd":"sdf"}',
  '{}',
  '{"":0}',
  '{"foo\\u005Fbar":42}',
  '{ "min": -1.0e+28, "max": 1.0e+28 }',
  '{"x":[{"id": "xxxxxxxxxxxx"}], "id": "x"}',
  '{"a":[]}',
  '{"title":"\\u041f\\u043e"}',
  '{\n"a": "b"\n}',
  '["\\u0060\\u012a\\u12AB"]',
  '["\\uD801\\udc37"]',
  '["\\"\\\\\\/\\b\\f\\n\\r\\t"]',
  '["\\\\u0000"]',
  '["\\""]',
  '["a/*b*/c/*d//e"]',
  '["\\\\a"]',
  '["\\\\n"]',
  '["\\u0012"]',
  '["\\uFFFF"]',
  '["asd"]',
  '[ "asd"]',
  '["\u{1bfff}"]',
  '["new\\u000Aline"]',
  '"\u007f"',
  '["\u20ac\ud834\udd1e"]',
  '["\u2028"]',
  '" "',
  '["a\u007fa"]',
  'false',
  '42',
  '-0.1',
  'null',
  '"asd"',
  'true',
  '""',
  '["a"]\n',
  ' [] ',
  '{"a:b":"c:d","e":":"}',
  '{"a\\":":1,"\\\\":2}',
];

describe('JSON from outside', () => {
  it.each(INVALID_TEXTS)('refuses %j', (text) => {
    expect(codeOf(text)).toBe('MALFORMED_JSON');
  });

  it.each(INVALID_BYTES)('refuses the bytes %#', (...bytes) => {
    expect(codeOf(Buffer.from(bytes))).toBe('MALFORMED_JSON');
  });

  it.each(VALID_TEXTS.filter((text) => !/\d{2,}e|E22|1\.0e\+28/.test(text)))('reads %j', (text) => {
    expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":1}',
    '[{"b":{"x":1,"y":{},"x":[]}}]',
    '{"":1,"":1}',
    '{"1":0,"1":0}',
  ])('refuses a key given twice: %s', (text) => {
    expect(codeOf(text)).toBe('MALFORMED_JSON');
  });

  it.each([
    '{"__proto__":{}}',
    '{"a":[{"constructor":{"prototype":{}}}]}',
    '{"__pr\\u006fto__":1}',
  ])('refuses a key that reaches into the program: %s', (text) => {
    expect(codeOf(text)).toBe('MALFORMED_JSON');
  });

  it.each([
    '123456789012345678901234567890',
    '1e400',
    '-1e400',
    '9007199254740993',
    '1e-400',
    '1E-0400',
    '0.1234567890123456789',
    '0.30000000000000001',
  ])('refuses the number %s, which would change its value', (text) => {
    expect(codeOf(`{"amount":${text}}`)).toBe('MALFORMED_JSON');
  });

  it.each(['1.50e1', '100e-2', '-0.0', '0e5', '0.1234567890123456', '1e-7', '1E3'])(
    'reads the number %s, which stays what it is',
    (text) => expect(parseJson(Buffer.from(`[${text}]`))).toEqual(JSON.parse(`[${text}]`)),
  );

  it('refuses nesting deeper than 64, however deep', () => {
    expect(codeOf('['.repeat(64) + ']'.repeat(64))).toBe('accepted');
    expect(codeOf('['.repeat(65) + ']'.repeat(65))).toBe('MALFORMED_JSON');
    expect(codeOf('['.repeat(100_000))).toBe('MALFORMED_JSON');
    expect(codeOf('[{"":'.repeat(50_000))).toBe('MALFORMED_JSON');
  });

  it.each([
    '["a\\u0000"]',
    '["\\ud800"]',
    '["\\udc00\\ud800"]',
    '{"\\ud800":1}',
    '["\uFEFFname"]',
    '["\\uFEFFname"]',
  ])('refuses a text that cannot be kept: %j', (text) => {
    expect(codeOf(text)).toBe('TEXT_NOT_STORABLE');
  });

  it('reads whatever JSON.stringify writes, as JSON.parse does', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
    const names = new Set(['__proto__', 'constructor', 'prototype']);
    fc.assert(
      fc.property(value, (input) => {
        const text = JSON.stringify(input);
        fc.pre(![...names].some((name) => text.includes(name)) && !text.includes('\uFEFF'));
        fc.pre(!/\\u0000|\\ud[89a-f]/.test(text) && !/\d{16}|e[+]\d/.test(text));
        expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never answers anything but a value or a refusal, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(codeOf(Buffer.from(bytes))).not.toMatch(/^crashed/);
      }),
    );
  });

  it('finds every key given twice', () => {
    const key = fc.string({ minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(key, fc.array(key, { maxLength: 5 }), (twice, others) => {
        const text = [...others, twice, twice]
          .map((name) => `${JSON.stringify(name)}:":"`)
          .join(',');
        expect(codeOf(`{"list":[{${text}}]}`)).toMatch(/MALFORMED_JSON|TEXT_NOT_STORABLE/);
      }),
    );
  });
});
