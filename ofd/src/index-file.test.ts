import { expect, test } from 'vitest';
import { OfdError, type OfdErrorCode } from './errors.ts';
import { type OfdIndex, parseIndex, writeIndex } from './index-file.ts';

const index: OfdIndex = {
  kind: 'OFI',
  version: '21',
  creator: '27',
  receiver: '305',
  date: '20260921',
  files: ['OFD_27_305_20260921_02.TXT', 'OFD_27_305_20260921_04.TXT'],
};
const name = 'OFI_27_305_20260921.TXT';
const good = writeIndex(index);
const text = good.toString('latin1');

test('an index is written in the widths of its version and read again', () => {
  expect(text.split('\r\n').slice(0, 6)).toEqual([
    'OFDCFIDX',
    '21  ',
    '27       ',
    '305      ',
    '20260921',
    '002',
  ]);
  expect(parseIndex(good, name)).toEqual(index);
  const wide = writeIndex({ ...index, version: '22' });
  expect(wide.toString('latin1')).toContain('\r\n305                 \r\n20260921\r\n00000002\r\n');
  expect(parseIndex(wide, 'OFJ_27_305_20260921.TXT')).toEqual({
    ...index,
    version: '22',
    kind: 'OFJ',
  });
});

test('an index without files is legal, and its last line end may be absent', () => {
  const empty = writeIndex({ ...index, files: [] });
  expect(parseIndex(empty).files).toEqual([]);
  expect(parseIndex(empty.subarray(0, empty.length - 2)).files).toEqual([]);
});

test('only the full index is accepted', () => {
  const accepted = Array.from({ length: good.length }, (_, end) => end).filter((end) => {
    try {
      parseIndex(good.subarray(0, end), name);
      return true;
    } catch (error) {
      if (error instanceof OfdError) return false;
      throw error;
    }
  });
  expect(accepted).toEqual([good.length - 2]);
});

const refusals: [string, OfdErrorCode, string, string?][] = [
  ['a data file', 'MARKER', text.replace('OFDCFIDX', 'OFDCFDAT')],
  ['version 23', 'UNSUPPORTED_VERSION', text.replace('21  ', '23  ')],
  ['LF line ends', 'LINE_ENDING', text.replaceAll('\r\n', '\n')],
  ['a byte order mark', 'BAD_ENCODING', `\xef\xbb\xbf${text}`],
  ['NUL', 'BAD_ENCODING', text.replace('305', '30\0')],
  ['a narrow line', 'HEADER_WIDTH', text.replace('305      ', '305')],
  ['no day', 'HEADER_VALUE', text.replace('\r\n20260921', '\r\n20260931')],
  ['a count too small', 'INDEX_COUNT', text.replace('002', '001')],
  ['a count too large', 'INDEX_COUNT', text.replace('002', '003')],
  ['a name of another kind', 'FILE_NAME', text.replace('OFD_27', 'OFX_27')],
  ['a path', 'FILE_NAME', text.replace('OFD_27', '../OFD_27')],
  ['a name twice', 'INDEX_DUPLICATE', text.replace('_04.TXT', '_02.txt')],
  ['another end', 'MARKER', text.replace('OFDCFEND', 'OFDCFFIN')],
  ['bytes after the end', 'TRAILING_BYTES', `${text} `],
  ['other parties than in its name', 'NAME_MISMATCH', text, 'OFI_28_305_20260921.TXT'],
  ['another date than in its name', 'NAME_MISMATCH', text, 'OFI_27_305_20260922.TXT'],
  ['a huge size', 'LIMIT_EXCEEDED', text + ' '.repeat(1_000_000)],
];

test.each(refusals)('%s is refused', (_, code, bytes, fileName) => {
  const read = () => parseIndex(Buffer.from(bytes, 'latin1'), fileName);
  expect(read).toThrow(expect.objectContaining({ code, file: fileName }));
});

test('what cannot be written is refused', () => {
  const write = (change: Partial<OfdIndex>) => () => writeIndex({ ...index, ...change });
  expect(write({ version: '19' })).toThrow(/version "19"/);
  expect(write({ files: ['x.txt'] })).toThrow(/not a file name/);
  expect(write({ files: ['OFI_27_305_20260921.TXT'] })).toThrow(/not a file name/);
  expect(write({ files: [index.files[0]!, index.files[0]!.toLowerCase()] })).toThrow(/twice/);
  expect(write({ date: '2026-9-1' })).toThrow(/date/);
});
