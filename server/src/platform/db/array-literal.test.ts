import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeEachDb } from '../testing.ts';
import { arrayLiteral } from './array-literal.ts';

test.each([
  [[], '{}'],
  [['a', null, undefined, ''], '{"a",NULL,NULL,""}'],
  [[1n, -2, 9_007_199_254_740_993n], '{1,-2,9007199254740993}'],
  [[true, false], '{true,false}'],
  [['a"b', 'c\\d', 'e,f', '{g}', 'NULL'], '{"a\\"b","c\\\\d","e,f","{g}","NULL"}'],
  [[Uint8Array.of(0, 255)], '{"\\\\x00ff"}'],
  [
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
    '{{"a","b"},{"c","d"}}',
  ],
])('array %# is written as it should be', (values, expected) => {
  expect(arrayLiteral(values)).toBe(expected);
});

test('what it does not know is left to the driver', () => {
  expect(arrayLiteral([{ a: 1 }])).toBeUndefined();
});

describeEachDb('arrays', (opened) => {
  test('any text, number and bytes come back as they were sent', async () => {
    const texts = fc.array(
      fc.option(fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0'))),
    );
    const numbers = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    await fc.assert(
      fc.asyncProperty(texts, numbers, fc.array(fc.uint8Array()), async (t, n, b) => {
        const [row] = await opened().db.query<{ t: string[]; n: bigint[]; b: Uint8Array[] }>(
          'select $1::text[] as t, $2::int8[] as n, $3::bytea[] as b',
          [t, n, b],
        );
        expect(row?.t).toEqual(t);
        expect(row?.n).toEqual(n);
        expect(row?.b.map((one) => [...one])).toEqual(b.map((one) => [...one]));
      }),
      { numRuns: 60 },
    );
  });
});
