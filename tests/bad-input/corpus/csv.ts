/** Files of NAVs as people send them, row 48: what each must answer. */
import { PLAIN } from '../market.ts';

const HEADER = 'fund_code,nav_date,nav';
const ROW = `${PLAIN},2026-03-03,1.2345`;

/** Refused whole; the code of the first fault. */
export const BAD_FILES: readonly (readonly [string, string | Buffer, string])[] = [
  ['nothing', '', 'CSV_EMPTY'],
  ['an unclosed quote', `${HEADER}\n"${PLAIN},2026-03-03,1.2345\n${ROW}\n`, 'CSV_QUOTE_OPEN'],
  ['a quote inside a cell', `${HEADER}\n${PLAIN},2026"03-03,1.2345\n`, 'CSV_QUOTE_INSIDE'],
  ['text after a quote', `${HEADER}\n"${PLAIN}"x,2026-03-03,1.2345\n`, 'CSV_QUOTE_INSIDE'],
  ['a newline inside a cell', `${HEADER}\n"${PLAIN}\n",2026-03-03,1.2345\n`, 'CSV_CELL_CONTROL'],
  ['semicolons', `${HEADER}\n${ROW}\n`.replaceAll(',', ';'), 'CSV_COLUMN_UNKNOWN'],
  ['tabs', `${HEADER}\n${ROW}\n`.replaceAll(',', '\t'), 'CSV_COLUMN_UNKNOWN'],
  ['a doubled column', `${HEADER},nav\n${ROW},9.9999\n`, 'CSV_COLUMN_TWICE'],
  ['an unknown column', `${HEADER},status\n${ROW},CONFIRMED\n`, 'CSV_COLUMN_UNKNOWN'],
  ['a missing column', `fund_code,nav\n${PLAIN},1.2345\n`, 'CSV_COLUMN_MISSING'],
  ['no header', `${ROW}\n`, 'CSV_COLUMN_UNKNOWN'],
  ['a short row', `${HEADER}\n${PLAIN},2026-03-03\n`, 'CSV_ROW_LENGTH'],
  ['a long row', `${HEADER}\n${ROW},1\n`, 'CSV_ROW_LENGTH'],
  ['a formula', `${HEADER}\n=cmd()|A1,2026-03-03,1.2345\n`, 'CSV_CELL_FORMULA'],
  ['an at sign', `${HEADER}\n@SUM(A1),2026-03-03,1.2345\n`, 'CSV_CELL_FORMULA'],
  ['a formula in quotes', `${HEADER}\n"=1+1",2026-03-03,1.2345\n`, 'CSV_CELL_FORMULA'],
  ['NUL', `${HEADER}\n${ROW}\u0000\n`, 'CSV_ENCODING'],
  ['UTF-16', Buffer.from(`\uFEFF${HEADER}\n${ROW}\n`, 'utf16le'), 'CSV_ENCODING'],
  ['broken bytes', Buffer.from([0x66, 0xff, 0xff, 0x0a]), 'CSV_ENCODING'],
  ['a zero-width blank', `${HEADER}\n${PLAIN}\u200b,2026-03-03,1.2345\n`, 'CSV_CELL_CONTROL'],
  [
    'a control of the second set',
    `${HEADER}\n${PLAIN}\u0080,2026-03-03,1.2345\n`,
    'CSV_CELL_CONTROL',
  ],
  ['a cell of 501', `${HEADER}\n${'0'.repeat(501)},2026-03-03,1.2345\n`, 'CSV_CELL_TOO_LONG'],
  ['too many rows', `${HEADER}\n${`${ROW}\n`.repeat(200_001)}`, 'CSV_TOO_MANY_ROWS'],
];

/** Cells that are wrong by themselves: fund, day, NAV. */
export const BAD_CELLS: readonly (readonly [string, string, string])[] = [
  ['999999', '2026-03-03', '1.2345'],
  [PLAIN, '2026-02-30', '1.2345'],
  [PLAIN, '20260303', '1.2345'],
  [PLAIN, '2027-01-04', '1.2345'],
  [PLAIN, '2026-03-03', '0'],
  [PLAIN, '2026-03-03', '-1.2345'],
  [PLAIN, '2026-03-03', '1,2345'],
  [PLAIN, '2026-03-03', 'NaN'],
  [PLAIN, '2026-03-03', '1e0'],
  [PLAIN, '2026-03-03', '0x1'],
  [PLAIN, '2026-03-03', '１.2'],
  [PLAIN, '2026-03-03', ''],
  [PLAIN, '2026-03-03', '1.234567891'],
];

/** Files that mean the same as the plain one and are read so. */
export const SAME_FILES: readonly (readonly [string, string | Buffer])[] = [
  ['plain', `${HEADER}\n${ROW}\n`],
  ['other order of columns', `nav,fund_code,nav_date\n1.2345,${PLAIN},2026-03-03\n`],
  ['CRLF', `${HEADER}\r\n${ROW}\r\n`],
  ['CR only', `${HEADER}\r${ROW}\r`],
  ['no last newline', `${HEADER}\n${ROW}`],
  ['a mark at the start', `\uFEFF${HEADER}\n${ROW}\n`],
  ['quotes', `"fund_code","nav_date","nav"\n"${PLAIN}","2026-03-03","1.2345"\n`],
  ['empty lines', `${HEADER}\n\n${ROW}\n\n`],
];
