import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFile } from './read.ts';
import { OfdReader } from './reader.ts';
import { writeFile } from './write.ts';

const root = process.env['CAIRN_DATA'];
const folder = join(root ?? '', 'ofd');
const title = root === undefined ? ' (skipped: CAIRN_DATA is not set)' : '';

function read(name: string): Buffer {
  return readFileSync(join(folder, name));
}

/** Rows of a CSV file without quoted cells, by column name. */
function readCsv(name: string): Record<string, string>[] {
  const [head = '', ...rows] = read(name).toString('utf8').trimEnd().split(/\r?\n/);
  const names = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(names.map((column, index) => [column, cells[index] ?? '']));
  });
}

describe.skipIf(root === undefined)(`real files${title}`, () => {
  test('1,006 trade applications equal their parsed values and encode back byte for byte', () => {
    const name = 'OFD_996_H0_20170427_03';
    const bytes = read(`${name}_masked.TXT`);
    const { header, records } = parseFile(bytes, { fileName: `${name}.txt` });
    expect(header).toMatchObject({ version: '20', creator: '996', receiver: 'H0', fileType: '03' });
    expect(records).toHaveLength(1006);
    const parsed = readCsv(`${name}_parsed_expected.csv`);
    expect(records.map((record) => record.toObject())).toEqual(parsed);
    const values = records.map((record) => record.toValues());
    expect(writeFile(header, '03', values).equals(bytes)).toBe(true);
  });

  test('the stream gives the same records', async () => {
    const path = join(folder, 'OFD_996_H0_20170427_03_masked.TXT');
    const reader = await OfdReader.open(path);
    const seen: Record<string, string>[] = [];
    for await (const batch of reader.batches()) {
      seen.push(...batch.map((record) => record.toObject()));
    }
    expect(seen).toEqual(
      parseFile(read('OFD_996_H0_20170427_03_masked.TXT')).records.map((record) =>
        record.toObject(),
      ),
    );
  });

  test('account confirmations equal their parsed values; the file ends with one more line end', () => {
    const bytes = read('OFD_42_305_20170315_02_masked.TXT');
    const { header, records } = parseFile(bytes, { fileName: 'OFD_42_305_20170315_02.TXT' });
    const parsed = readCsv('OFD_42_305_20170315_02_parsed_expected.csv');
    expect(records.map((record) => record.toObject())).toEqual(parsed);
    const values = records.map((record) => record.toValues());
    const again = Buffer.concat([writeFile(header, '02', values), Buffer.from('\r\n')]);
    expect(again.equals(bytes)).toBe(true);
  });

  test('a file without records is legal', () => {
    const bytes = read('OFD_03_zero_records_74_fields.txt');
    const { header, records } = parseFile(bytes);
    expect(records).toEqual([]);
    expect(writeFile(header, '03', []).equals(bytes)).toBe(true);
  });

  test.each([
    'rdf_fund_data1_utf8.txt',
    'rdf_fund_data2_blank_header_utf8.txt',
    'rdf_fund_empty_zero_records.txt',
    'rdf_fund_sort_data_utf8.txt',
  ])('%s has LF line ends and is refused', (name) => {
    expect(() => parseFile(read(name), { fileName: name })).toThrow(/line 1, .* found LF/);
  });
});
