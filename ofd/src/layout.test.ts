import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defineLayout, findLayout, findLayoutVersion, getLayout, layouts } from './layout.ts';
import { fileTypes } from './codes.ts';

test('the layouts have the field counts and record lengths of the published editions', () => {
  const found = layouts.map((layout) => [
    layout.version,
    layout.fileType,
    layout.fields.length,
    layout.recordLength,
    layout.direction,
    layout.verified,
  ]);
  expect(found).toEqual([
    ['21', '01', 84, 1456, 'toRegistrar', true],
    ['21', '02', 27, 465, 'toDistributor', true],
    ['21', '03', 74, 665, 'toRegistrar', true],
    ['21', '04', 116, 1170, 'toDistributor', true],
    ['21', '05', 20, 191, 'toDistributor', false],
    ['21', '06', 41, 440, 'toDistributor', false],
    ['21', '07', 83, 972, 'toDistributor', false],
    ['22', '01', 89, 2313, 'toRegistrar', false],
    ['22', '02', 27, 705, 'toDistributor', false],
    ['22', '04', 122, 1295, 'toDistributor', false],
    ['22', '06', 41, 464, 'toDistributor', false],
  ]);
  for (const layout of layouts) expect(fileTypes.has(layout.fileType)).toBe(true);
});

test('a layout that is not there is refused with the reason', () => {
  expect(findLayout('22', '03')).toBeUndefined();
  expect(() => getLayout('22', '03')).toThrow(/seven of the eight fields .* not published/);
  expect(() => getLayout('22', '05')).toThrow(/sources disagree/);
  expect(() => getLayout('22', '07')).toThrow(/widths of the three fields/);
  expect(() => getLayout('21', '25')).toThrow(/not carried/);
  expect(() => getLayout('21', '04', 'bank')).toThrow(/profile bank/);
});

test('version texts are read with blanks and zeros around them', () => {
  expect(['20  ', '21', '00000021', '22      ', '00000022'].map(findLayoutVersion)).toEqual([
    '21',
    '21',
    '21',
    '22',
    '22',
  ]);
  expect(['23', '', '2 1', '12', '0'].map(findLayoutVersion)).toEqual(Array(5).fill(undefined));
});

const good = {
  version: '21',
  profile: 'bank',
  fileType: '05',
  direction: 'toDistributor',
  recordLength: 29,
  verified: false,
  note: 'a test profile',
  fields: ['FundCode C20', 'NAV N9.6'],
};

test('layout data is checked', () => {
  expect(defineLayout(good).fields[1]).toEqual({
    name: 'NAV',
    type: 'N',
    length: 9,
    decimals: 6,
  });
  const bad = [
    [{ version: '23' }, /version 23/],
    [{ direction: 'up' }, /direction up/],
    [{ fileType: '5' }, /file type 5/],
    [{ recordLength: 30 }, /sum to 29, not 30/],
    [{ fields: [] }, /names repeat/],
    [{ fields: ['NAV N9.6', 'nav C20'] }, /names repeat/],
    [{ fields: ['FundCode C20.1', 'NAV N9.6'] }, /decimals are for N/],
    [{ fields: ['FundCode C20', 'NAV N9'] }, /decimals are for N/],
    [{ fields: ['FundCode C20', 'NAV N9.10'] }, /more decimals/],
    [{ fields: ['FundCode X20'] }, /not a field/],
  ] as const;
  for (const [change, reason] of bad) {
    expect(() => defineLayout({ ...good, ...change })).toThrow(reason);
  }
});

test('the README tells which layouts are verified', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { version, fileType, fields, recordLength, verified } of layouts) {
    const name = version === '21' ? `${fileType} ${fileTypes.get(fileType)?.zh}` : fileType;
    const proof = verified ? 'yes' : 'no';
    const row = `| 2.${version[1]} | ${name} | ${fields.length} | ${recordLength} | ${proof} |`;
    expect(readme.replace(/ +/g, ' ')).toContain(row);
  }
});
