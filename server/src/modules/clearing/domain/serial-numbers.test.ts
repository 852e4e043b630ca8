import { expect, test } from 'vitest';
import { type SerialRecord, sharedSerials } from './serial-numbers.ts';

const record = (
  recordNo: number,
  bucket: number,
  taSerial: string,
  businessCode = '122',
): SerialRecord => ({ recordNo, bucket, taSerial, businessCode });

test.each<[string, SerialRecord[], [string, string, number[]][]]>([
  ['numbers of their own', [record(1, 3, 'A'), record(2, 4, 'B')], []],
  ['one number for two customers', [record(1, 3, 'A'), record(2, 4, 'A')], [['A', '122', [1, 2]]]],
  [
    'and for a third',
    [record(1, 3, 'A'), record(2, 4, 'A'), record(3, 3, 'A')],
    [['A', '122', [1, 2, 3]]],
  ],
  ['twice for one customer', [record(1, 3, 'A'), record(2, 3, 'A')], []],
  ['for two businesses', [record(1, 3, 'A', '137'), record(2, 4, 'A', '138')], []],
  ['no number at all', [record(1, 3, ''), record(2, 4, '')], []],
])('%s', (_name, records, expected) => {
  const found = sharedSerials(records);
  expect(found.map((one) => [one.taSerial, one.businessCode, one.records])).toEqual(expected);
});
