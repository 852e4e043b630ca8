import { expect, test } from 'vitest';
import type { OfdHeader } from './header.ts';
import type { OfdIndex } from './index-file.ts';
import { checkPackage, type OfdPackageFile } from './package-check.ts';

const index: OfdIndex = {
  kind: 'OFI',
  version: '21',
  creator: '27',
  receiver: '305',
  date: '20260921',
  files: [
    'OFD_27_305_20260921_02.TXT',
    'OFD_27_305_20260921_04_001.TXT',
    'OFD_27_305_20260921_04_002.TXT',
  ],
};

function dataFile(name: string, fileType: string, change: Partial<OfdHeader> = {}): OfdPackageFile {
  const parties = { creator: '27', receiver: '305', sender: '27', recipient: '305' };
  const header = { version: '21', ...parties, date: '20260921', summaryNo: '001', fileType };
  return { name, header: { ...header, ...change } };
}

const [name02 = '', name04a = '', name04b = ''] = index.files;
const file02 = dataFile(name02, '02');
const file04a = dataFile(name04a, '04');
const file04b = dataFile(name04b, '04');

function codes(files: readonly OfdPackageFile[], change: Partial<OfdIndex> = {}): string[] {
  return checkPackage({ ...index, ...change }, files).map((error) => error.code);
}

test('a good package has no errors, whatever the case of its names', () => {
  expect(codes([file02, file04a, file04b])).toEqual([]);
  expect(codes([file04b, { ...file02, name: name02.toLowerCase() }, file04a])).toEqual([]);
  expect(codes([], { files: [] })).toEqual([]);
});

test('each violation is found', () => {
  expect(codes([file04a, file04b])).toEqual(['PACKAGE_MISSING']);
  expect(codes([file02, file04a, file04b], { files: [name04a, name04b] })).toEqual([
    'PACKAGE_EXTRA',
  ]);
  expect(codes([file02, file02, file04a, file04b])).toEqual(['PACKAGE_EXTRA']);
  const others = [file04a, file04b];
  const both = ['NAME_MISMATCH', 'PACKAGE_MISMATCH'];
  expect(codes([dataFile(name02, '02', { creator: '28' }), ...others])).toEqual(both);
  expect(codes([dataFile(name02, '02', { receiver: '306' }), ...others])).toEqual(both);
  expect(codes([dataFile(name02, '02', { date: '20260922' }), ...others])).toEqual(both);
  expect(codes([dataFile(name02, '05'), ...others])).toEqual(['NAME_MISMATCH']);
  const mismatches = Array(3).fill('PACKAGE_MISMATCH');
  expect(codes([file02, ...others], { date: '20260922' })).toEqual(mismatches);
  expect(codes([file02, ...others], { creator: '28' })).toEqual(mismatches);
});

test('slices are numbered from 001 without a gap', () => {
  const slices = (numbers: readonly string[]) => {
    const names = numbers.map((number) => `OFD_27_305_20260921_04${number}.TXT`);
    const files = names.map((name) => dataFile(name, '04'));
    return checkPackage({ ...index, files: names }, files).map((error) => error.message);
  };
  expect(slices([''])).toEqual([]);
  expect(slices(['_001'])).toEqual([]);
  expect(slices(['_002', '_001', '_003'])).toEqual([]);
  expect(slices(['_002'])).toEqual([
    expect.stringContaining('001 to 001 without a gap; found 002'),
  ]);
  expect(slices(['_001', '_003'])).toEqual([expect.stringContaining('found 001, 003')]);
  expect(slices(['', '_001'])).toEqual([expect.stringContaining('found 000, 001')]);
});

test('a file with a foreign name is refused by name', () => {
  const stray = { ...file02, name: 'readme.txt' };
  expect(codes([file02, file04a, file04b, stray])).toEqual(['PACKAGE_EXTRA', 'FILE_NAME']);
});
