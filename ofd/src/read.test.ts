import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OfdError, type OfdErrorCode } from './errors.ts';
import { getLayout } from './layout.ts';
import { checkFile, parseFile } from './read.ts';
import { readRecords } from './reader.ts';
import { overwrite, sampleApplications, sampleHeader } from './testing.ts';
import { writeFile } from './write.ts';

const layout = getLayout('21', '03');
const header = sampleHeader(layout);
const good = writeFile(header, '03', sampleApplications(3));
/** Offset of the first record. */
const bodyAt = good.length - '\r\nOFDCFEND\r\n'.length - 3 * 667 + 2;
const lines = good.toString('latin1').split('\r\n');
const file = 'OFD_305_27_20260921_03.TXT';

function fieldAt(name: string, record = 0): number {
  const index = layout.fields.findIndex((field) => field.name === name);
  const before = layout.fields.slice(0, index).reduce((sum, field) => sum + field.length, 0);
  return bodyAt + record * 667 + before;
}

/** The file with line `number` (from 1) replaced. */
function withLine(number: number, text: string): Buffer {
  return Buffer.from(lines.with(number - 1, text).join('\r\n'), 'latin1');
}

function errorOf(bytes: Uint8Array, options = {}): OfdError {
  try {
    parseFile(bytes, { fileName: file, ...options });
  } catch (error) {
    if (error instanceof OfdError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

test('the sample is good', () => {
  expect(good.toString('latin1', bodyAt, bodyAt + 7)).toBe('3052026');
  const { records } = parseFile(good, { fileName: file });
  expect(records[2]?.text('AppSheetSerialNo')).toBe('30520260921000003');
  expect(records[2]?.number('ApplicationAmount')).toBe(100_000n);
  expect(records[2]?.decimals('ApplicationAmount')).toBe(2);
  expect(records[2]?.number('ApplicationVol')).toBe(0n);
  expect(records[2]?.text('Specification')).toBe('中国银行理财申购');
  expect(records[2]?.raw('Specification').length).toBe(60);
  expect(records[2]?.bytes().length).toBe(665);
  expect(checkFile(good, { fileName: file })).toEqual([]);
  expect(() => records[0]?.text('Nope')).toThrow(/Nope/);
  expect(() => records[0]?.number('FundCode')).toThrow(/not a number/);
});

test('the end marker may be followed by nothing, one or two line ends, and by nothing else', () => {
  const bare = good.subarray(0, good.length - 2);
  for (const tail of ['', '\r\n', '\r\n\r\n']) {
    expect(parseFile(Buffer.concat([bare, Buffer.from(tail)])).records).toHaveLength(3);
  }
  for (const tail of [' ', '\n', '\r\n\r\n\r\n', '\r\nX', '\0', '\x1a', '\r\n ']) {
    expect(errorOf(Buffer.concat([bare, Buffer.from(tail)])).code).toBe('TRAILING_BYTES');
  }
});

test('only the full file is accepted: cut at every byte it is refused', async () => {
  const small = writeFile(header, '03', sampleApplications(1));
  const accepted: number[] = [];
  for (let end = 0; end < small.length; end++) {
    const cut = small.subarray(0, end);
    const [error] = checkFile(cut);
    if (error === undefined) accepted.push(end);
  }
  expect(accepted).toEqual([small.length - 2]);
  const cut = good.subarray(0, good.length - 700);
  await expect(async () => {
    for await (const record of readRecords([cut])) expect(record.text('FundCode')).toBe('000001');
  }).rejects.toThrow(/ends inside a record/);
});

const recordCountLine = 10 + 74 + 1;
const utf8Name = Buffer.from('中国银行理财申购');
const gb = (hex: string) => Buffer.from(hex, 'hex');

const refusals: [string, OfdErrorCode, () => Buffer, object?][] = [
  ['an empty file', 'TRUNCATED', () => Buffer.alloc(0)],
  ['only a header', 'TRUNCATED', () => good.subarray(0, bodyAt)],
  ['UTF-8 byte order mark', 'BAD_ENCODING', () => Buffer.concat([gb('efbbbf'), good])],
  ['UTF-16', 'BAD_ENCODING', () => Buffer.from(`\ufeff${good.toString('latin1')}`, 'utf16le')],
  ['UTF-16 without mark', 'BAD_ENCODING', () => Buffer.from(good.toString('latin1'), 'utf16le')],
  ['NUL in the header', 'BAD_ENCODING', () => overwrite(good, 20, '\0')],
  ['another first marker', 'MARKER', () => overwrite(good, 0, 'OFDCFDAX')],
  ['an index file', 'MARKER', () => overwrite(good, 0, 'OFDCFIDX')],
  ['LF line ends', 'LINE_ENDING', () => Buffer.from(lines.join('\n'), 'latin1')],
  ['CR line ends', 'LINE_ENDING', () => Buffer.from(lines.join('\r'), 'latin1')],
  ['LF after a record', 'LINE_ENDING', () => Buffer.from(oneLineFeed(), 'latin1')],
  ['version 23', 'UNSUPPORTED_VERSION', () => withLine(2, '23  ')],
  ['version 22, no layout', 'UNSUPPORTED_LAYOUT', () => withLine(2, '22  ')],
  ['short creator', 'HEADER_WIDTH', () => withLine(3, '305')],
  ['trailing blank in a header line', 'HEADER_WIDTH', () => withLine(3, '305       ')],
  ['no creator', 'HEADER_VALUE', () => withLine(3, '         ')],
  ['a blank inside the creator', 'HEADER_VALUE', () => withLine(3, '30 5     '), { fileName: 'x' }],
  ['other creator than in the name', 'NAME_MISMATCH', () => withLine(3, '306      ')],
  ['other receiver than in the name', 'NAME_MISMATCH', () => withLine(4, '28       ')],
  ['30 February', 'HEADER_VALUE', () => withLine(5, '20260230')],
  ['other date than in the name', 'NAME_MISMATCH', () => withLine(5, '20260922')],
  ['other file type than in the name', 'NAME_MISMATCH', () => withLine(7, '01')],
  ['unknown file type', 'UNSUPPORTED_LAYOUT', () => withLine(7, 'ZZ'), { fileName: 'x' }],
  ['field count too small', 'FIELD_COUNT', () => withLine(10, '073')],
  ['field count too large', 'FIELD_COUNT', () => withLine(10, '075')],
  ['field count no number', 'HEADER_VALUE', () => withLine(10, '07X')],
  ['too many fields', 'LIMIT_EXCEEDED', () => withLine(10, '00001000')],
  ['unknown field', 'UNKNOWN_FIELD', () => withLine(12, 'FundKode')],
  ['a field twice', 'DUPLICATE_FIELD', () => withLine(12, 'AppSheetSerialNo')],
  ['a field missing', 'MISSING_FIELD', () => withoutLastField()],
  ['a header line without end', 'LIMIT_EXCEEDED', () => withLine(12, 'F'.repeat(500))],
  ['record count too small', 'RECORD_COUNT', () => withLine(recordCountLine, '00000002')],
  ['record count too large', 'RECORD_COUNT', () => withLine(recordCountLine, '00000004')],
  ['record count no number', 'HEADER_VALUE', () => withLine(recordCountLine, '0000000X')],
  ['too many records', 'LIMIT_EXCEEDED', () => withLine(recordCountLine, '99999999')],
  ['more records than allowed', 'LIMIT_EXCEEDED', () => good, { recordsMax: 2 }],
  ['more bytes than allowed', 'LIMIT_EXCEEDED', () => good, { bytesMax: good.length - 1 }],
  ['record one byte short', 'RECORD_LENGTH', () => withLine(87, lines[86]!.slice(1))],
  ['record one byte long', 'RECORD_LENGTH', () => withLine(87, `${lines[86]} `)],
  ['other end marker', 'MARKER', () => overwrite(good, good.length - 4, 'XX')],
  ['letter in A', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('TransactionDate'), '2O')],
  ['A not left-aligned', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('CurrencyType'), ' 15')],
  ['sign in serial', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('TAAccountID'), '*')],
  ['point in N', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('Charge') + 7, '.')],
  [
    'blank after digits in N',
    'FIELD_CHARACTERS',
    () => overwrite(good, fieldAt('Charge') + 9, ' '),
  ],
  ['a lone minus', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('Charge'), '         -')],
  ['NUL in C', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('FundCode'), '\0')],
  ['line end in C', 'FIELD_CHARACTERS', () => overwrite(good, fieldAt('FundCode'), '\r\n')],
  ['cut character', 'FIELD_ENCODING', () => overwrite(good, fieldAt('FundCode') + 5, gb('b0'))],
  [
    'cut four bytes',
    'FIELD_ENCODING',
    () => overwrite(good, fieldAt('FundCode') + 3, gb('9532b7')),
  ],
  ['bad trail byte', 'FIELD_ENCODING', () => overwrite(good, fieldAt('FundCode'), gb('b07f'))],
  ['unassigned code', 'FIELD_ENCODING', () => overwrite(good, fieldAt('FundCode'), gb('fe30fe30'))],
  ['UTF-8 text', 'UTF8_SUSPECTED', () => overwrite(good, fieldAt('Specification'), utf8Name)],
  ['odd UTF-8', 'UTF8_SUSPECTED', () => oddUtf8()],
  ['serial number twice', 'DUPLICATE_SERIAL_NO', () => overwrite(good, bodyAt + 667 + 16, '1')],
];

function oneLineFeed(): string {
  return `${lines.slice(0, 86).join('\r\n')}\n${lines.slice(86).join('\r\n')}`;
}

function withoutLastField(): Buffer {
  return Buffer.from(lines.with(9, '073').toSpliced(83, 1).join('\r\n'), 'latin1');
}

/** Three UTF-8 characters make nine bytes, whose last is half of a GB18030 character. */
function oddUtf8(): Buffer {
  const plain = writeFile(header, '03', [{}, {}, {}]);
  return overwrite(plain, fieldAt('Specification'), Buffer.from('理财咨'));
}

test.each(refusals)('%s → %s', (_, code, make, options) => {
  const error = errorOf(make(), options);
  expect(error.code).toBe(code);
  expect(error.file).toBe(options !== undefined && 'fileName' in options ? 'x' : file);
  expect(error.message).not.toContain('?');
  expect(error.describe('zh')).toMatch(/\p{Script=Han}/u);
});

test('an error names file, line, record, field and byte offset', () => {
  const at = fieldAt('Charge', 1) + 7;
  const error = errorOf(overwrite(good, at, '.'));
  const { code, line, record, field, offset } = error;
  expect({ code, line, record, field, offset, file: error.file }).toEqual({
    code: 'FIELD_CHARACTERS',
    file,
    line: 87,
    record: 2,
    field: 'Charge',
    offset: at,
  });
  expect(error.message).toBe(
    `${file}, line 87, record 2, field Charge, byte ${at}: a field of type N may hold digits, ` +
      'after blanks or one minus sign; found 2E',
  );
  expect(error.describe('zh')).toBe(
    `${file}, 行 87, 记录 2, 字段 Charge, 字节 ${at}: N 型字段只能是数字，前面可有空格或一个负号；实际为 2E`,
  );
});

test('checkFile reports every error it can, up to a limit', () => {
  let bytes = overwrite(good, fieldAt('TransactionDate', 0), 'x');
  bytes = overwrite(bytes, fieldAt('Charge', 0), 'x');
  bytes = overwrite(bytes, fieldAt('TAAccountID', 2), '*');
  bytes = overwrite(bytes, 16, '306      ');
  const errors = checkFile(bytes, { fileName: file });
  expect(errors.map((error) => [error.code, error.record, error.field])).toEqual([
    ['NAME_MISMATCH', undefined, undefined],
    ['FIELD_CHARACTERS', 1, 'TransactionDate'],
    ['FIELD_CHARACTERS', 1, 'Charge'],
    ['FIELD_CHARACTERS', 3, 'TAAccountID'],
  ]);
  expect(checkFile(bytes, { fileName: file, errorsMax: 2 })).toHaveLength(2);
});

test('blanks and minus signs in N fields are read', () => {
  const read = (text: string) =>
    parseFile(overwrite(good, fieldAt('Charge'), text)).records[0]?.number('Charge');
  expect(read('          ')).toBe(0n);
  expect(read('    001234')).toBe(1234n);
  expect(read('-000001234')).toBe(-1234n);
  expect(read('     -1234')).toBe(-1234n);
  expect(read('-000000000')).toBe(0n);
  expect(read('9999999999')).toBe(9_999_999_999n);
  const widest = overwrite(good, fieldAt('ApplicationAmount'), '9'.repeat(16));
  expect(parseFile(widest).records[0]?.number('ApplicationAmount')).toBe(9_999_999_999_999_999n);
});

test('a file may declare its fields in another order and in capital letters', () => {
  const names = [...layout.fields].reverse().map((field) => field.name.toUpperCase());
  const bodies = lines.slice(85, 88).map((line) => {
    let at = 0;
    const cells = layout.fields.map((field) => line.slice(at, (at += field.length)));
    return cells.reverse().join('');
  });
  const text = [...lines.slice(0, 10), ...names, lines[84], ...bodies, 'OFDCFEND', ''].join('\r\n');
  const found = parseFile(Buffer.from(text, 'latin1')).records.map((record) => record.toValues());
  expect(found).toEqual(parseFile(good).records.map((record) => record.toValues()));
  expect(Object.keys(found[0]!)[0]).toBe('SpecifyFee');
});

test('either edition of header widths is read under either version', () => {
  const widths = [4, 8, 20, 20, 8, 8, 8, 8, 8, 8];
  const wide = lines.map((line, index) => {
    if (index === 0 || index > 9) return index === 84 ? line.padStart(16, '0') : line;
    return index === 9 ? line.padStart(8, '0') : line.padEnd(widths[index]!);
  });
  for (const version of ['21      ', '00000021', '20      ']) {
    const text = wide.with(1, version).join('\r\n');
    const read = parseFile(Buffer.from(text, 'latin1'), { fileName: file });
    expect({ ...read.header, version: '21' }).toEqual(header);
    expect(read.layout.version).toBe('21');
  }
});

test('one Chinese word that happens to be well-formed UTF-8 does not condemn a file', () => {
  // 联通 in GB18030 is C1 AA CD A8; 聫通 and the like are rarer still.
  const bytes = writeFile(header, '03', [{ Specification: '联通' }, { Specification: '琛屾敹' }]);
  expect(checkFile(bytes)).toEqual([]);
});

test.each(['駙侗', '杲禓', '鍊燖'])('the rare name %s does not condemn a file', (name) => {
  expect(checkFile(writeFile(header, '03', [{ Specification: name }]))).toEqual([]);
});

test('a reader that trusts the encoding takes what also reads as UTF-8', () => {
  const bytes = overwrite(good, fieldAt('Specification'), utf8Name);
  expect(checkFile(bytes, { trustEncoding: true })).toEqual([]);
});

test('confirmations may repeat a serial number: one application can have several', () => {
  const confirmed = { AppSheetSerialNo: '1', DistributorCode: '305' };
  const bytes = writeFile(sampleHeader(getLayout('21', '04')), '04', [confirmed, confirmed]);
  expect(parseFile(bytes).records).toHaveLength(2);
});

test('two distributors may use the same serial number', () => {
  const records = ['305', '306'].map((code) => ({ AppSheetSerialNo: '1', DistributorCode: code }));
  expect(checkFile(writeFile(header, '03', records))).toEqual([]);
});

test('many serial numbers are all told apart', () => {
  const records = Array.from({ length: 3000 }, (_, index) => ({
    AppSheetSerialNo: String(index),
    DistributorCode: '305',
  }));
  expect(checkFile(writeFile(header, '03', records))).toEqual([]);
  const twice = writeFile(header, '03', [...records, records[1234]!]);
  expect(checkFile(twice).map((error) => [error.code, error.record])).toEqual([
    ['DUPLICATE_SERIAL_NO', 3001],
  ]);
});

test('mutants are accepted or refused, never a crash', () => {
  const mutation = fc.record({
    at: fc.nat(good.length - 1),
    bytes: fc.uint8Array({ maxLength: 6 }),
    skip: fc.nat(6),
  });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      let bytes = good;
      for (const { at, bytes: put, skip } of mutations) {
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + skip)]);
      }
      const errors = checkFile(bytes, { fileName: file });
      const isRefused = errors.length > 0;
      expect(isRefused ? errorOf(bytes).code : 'accepted').toBe(errors[0]?.code ?? 'accepted');
    }),
    { numRuns: 2000 },
  );
});
