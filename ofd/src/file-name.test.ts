import { expect, test } from 'vitest';
import {
  dataFileName,
  findFileNameParts,
  indexFileName,
  isOfdDate,
  parseFileName,
} from './file-name.ts';

const parties = { creator: '305', receiver: '27', date: '20260920' };

test('names are made and read', () => {
  expect(dataFileName({ ...parties, fileType: '01' })).toBe('OFD_305_27_20260920_01.TXT');
  expect(dataFileName({ ...parties, fileType: '04', sequence: 12 })).toBe(
    'OFD_305_27_20260920_04_012.TXT',
  );
  expect(indexFileName({ ...parties, kind: 'OFJ' })).toBe('OFJ_305_27_20260920.TXT');
  expect(parseFileName('OFD_305_27_20260920_04_012.TXT')).toEqual({
    ...parties,
    kind: 'OFD',
    fileType: '04',
    sequence: 12,
  });
  expect(parseFileName('OFF_305_27_20260920.TXT')).toEqual({ ...parties, kind: 'OFF' });
});

test('names are read without regard to case', () => {
  expect(parseFileName('ofd_996_h0_20170427_r1.txt')).toEqual({
    kind: 'OFD',
    creator: '996',
    receiver: 'h0',
    date: '20170427',
    fileType: 'R1',
  });
  expect(parseFileName('ofi_996_H0_20170427.Txt').kind).toBe('OFI');
});

test('other names are refused', () => {
  const names = [
    'OFD_305_27_20260920.TXT',
    'OFI_305_27_20260920_01.TXT',
    'OFD_305_27_20260230_01.TXT',
    'OFD_305_27_20260920_01_000.TXT',
    'OFD_305_27_20260920_01_1.TXT',
    'OFD_305_27_20260920_01.TXT.part',
    'OFD_305_27_20260920_01.TXT\n',
    '../OFD_305_27_20260920_01.TXT',
    'OFD_中_27_20260920_01.TXT',
    '',
  ];
  for (const name of names) {
    expect(findFileNameParts(name)).toBeUndefined();
    expect(() => parseFileName(name)).toThrow(/not a file name of the protocol/);
  }
  expect(() => dataFileName({ ...parties, creator: '../x', fileType: '01' })).toThrow();
  expect(() => dataFileName({ ...parties, fileType: '01', sequence: 1000 })).toThrow();
  expect(() => indexFileName({ ...parties, kind: 'OFI', date: '20261301' })).toThrow();
});

test('dates are days of the calendar', () => {
  expect(['20240229', '20000229', '20261231', '19000101'].every(isOfdDate)).toBe(true);
  const bad = ['20260229', '19000229', '20260431', '20260001', '20261301', '20260100', '2026092 '];
  expect(bad.some(isOfdDate)).toBe(false);
});
