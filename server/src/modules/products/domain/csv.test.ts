import { describe, expect, test } from 'vitest';
import { decodeCsv, readCsv } from './csv.ts';

const columns = { required: ['code', 'nav'], optional: ['note'] };
const limits = { rowsMax: 3, bytesMax: 1_000 };
const read = (text: string) => readCsv(text, columns, limits);
const faults = (text: string) => read(text).faults.map((f) => [f.code, f.line, f.column]);

describe('a CSV file', () => {
  test.each([
    ['LF', 'code,nav\n000001,1.0\n'],
    ['CRLF, last end missing', 'code,nav\r\n000001,1.0'],
    ['CR', 'code,nav\r000001,1.0\r'],
    ['another order of columns', 'nav,code\n1.0,000001\n'],
    ['quotes and blanks', '"code", nav \n"000001", 1.0 \n'],
    ['BOM', '\uFEFFcode,nav\n000001,1.0\n'],
    ['empty lines', 'code,nav\n\n000001,1.0\n\n'],
  ])('with %s gives its row', (_name, text) => {
    const { rows, faults: found } = read(text);
    expect(found).toEqual([]);
    expect(rows.map((row) => row.cells)).toEqual([{ code: '000001', nav: '1.0' }]);
  });

  test.each([
    ['an unclosed quote', 'code,nav\n"000001,1.0\n', 'CSV_QUOTE_OPEN', 2],
    ['a quote inside a cell', 'code,nav\n00"0001,1.0\n', 'CSV_QUOTE_INSIDE', 2],
    ['text after a quote', 'code,nav\n"000001"x,1.0\n', 'CSV_QUOTE_INSIDE', 2],
    ['a column twice', 'code,nav,nav\n1,1,1\n', 'CSV_COLUMN_TWICE', 1],
    ['an unknown column', 'code,nav,price\n1,1,1\n', 'CSV_COLUMN_UNKNOWN', 1],
    ['semicolons', 'code;nav\n1;1\n', 'CSV_COLUMN_UNKNOWN', 1],
    ['a column missing', 'code\n1\n', 'CSV_COLUMN_MISSING', 1],
    ['a short row', 'code,nav\n1\n', 'CSV_ROW_LENGTH', 2],
    ['a long row', 'code,nav\n1,2,3\n', 'CSV_ROW_LENGTH', 2],
    ['a formula', 'code,nav\n=cmd(),1\n', 'CSV_CELL_FORMULA', 2],
    ['@SUM', 'code,nav\n@SUM(A1),1\n', 'CSV_CELL_FORMULA', 2],
    ['a newline in a cell', 'code,nav\n"a\nb",1\n', 'CSV_CELL_CONTROL', 2],
    ['an override mark', 'code,nav\na\u202Eb,1\n', 'CSV_CELL_CONTROL', 2],
    ['a lone surrogate', 'code,nav\na\uD800b,1\n', 'CSV_CELL_CONTROL', 2],
    ['a long cell', `code,nav\n${'x'.repeat(501)},1\n`, 'CSV_CELL_TOO_LONG', 2],
    ['too many rows', 'code,nav\n1,1\n1,1\n1,1\n1,1\n', 'CSV_TOO_MANY_ROWS', 5],
    ['too many bytes', `code,nav\n${'1,1\n'.repeat(300)}`, 'CSV_TOO_LARGE', 1],
    ['nothing', '', 'CSV_EMPTY', 1],
  ])('with %s is refused', (_name, text, code, line) => {
    expect(faults(text)[0]?.slice(0, 2)).toEqual([code, line]);
  });

  test('only a header is no row and no fault', () => {
    expect(read('code,nav\n')).toEqual({ rows: [], faults: [] });
  });

  test('a negative number is left to its column; line numbers count newlines in quotes', () => {
    expect(faults('code,nav\n1,-1\n')).toEqual([]);
    expect(faults('code,nav\n"a\nb",1\n=x,1\n').map(([, line]) => line)).toEqual([2, 4]);
  });
});

describe('encodings', () => {
  const gb18030 = new Uint8Array([0xd6, 0xd0, 0xb9, 0xfa]); // 中国

  test('UTF-8, UTF-8 with BOM and GB18030', () => {
    expect(decodeCsv(new TextEncoder().encode('中国'), 100)).toBe('中国');
    expect(decodeCsv(new TextEncoder().encode('\uFEFF中国'), 100)).toBe('中国');
    expect(decodeCsv(gb18030, 100)).toBe('中国');
  });

  test.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'CSV_ENCODING'],
    ['NUL', new Uint8Array([0x61, 0x00]), 'CSV_ENCODING'],
    ['neither encoding', new Uint8Array([0xff, 0xff, 0xff]), 'CSV_ENCODING'],
    ['too many bytes', new Uint8Array(101).fill(0x61), 'CSV_TOO_LARGE'],
  ])('%s is refused', (_name, bytes, code) => {
    expect(decodeCsv(bytes, 100)).toMatchObject({ code, line: 1 });
  });
});
