/** Texts from outside: CSV of products, statements of the bank, JSON bodies. */
import { isDeepStrictEqual } from 'node:util';
import { AppError, localDate } from '@cairn/kernel';
import { parseStatement, StatementError } from '../../server/src/modules/clearing/domain/bank.ts';
import { type CsvRow, decodeCsv, readCsv } from '../../server/src/modules/products/domain/csv.ts';
import { IMPORT_LIMITS } from '../../server/src/modules/products/imports.ts';
import { parseJson } from '../../server/src/platform/http/json.ts';
import { changedFile } from '../bad-input/change-file.ts';
import { setOf, texts } from '../bad-input/corpus.ts';
import { cutPlainly } from './plain-csv.ts';
import { PlainRefusal, readPlainJson } from './plain-json.ts';
import {
  ACCEPTED,
  type Draws,
  refused,
  SilentAcceptance,
  type Target,
  type Verdict,
} from './target.ts';

const COLUMNS = { required: ['fund_code', 'nav_date', 'nav'], optional: ['accumulated', 'source'] };

function textOf(input: Buffer): string | undefined {
  const text = decodeCsv(input, IMPORT_LIMITS.bytesMax);
  return typeof text === 'string' ? text : undefined;
}

/** Rows by a plain reading; undefined when there is none or a cell is dangerous. */
function plainRows(text: string): Record<string, string>[] | undefined {
  const [header, ...rows] = cutPlainly(text.replace(/^\uFEFF/, '')) ?? [];
  const names = header?.map((name) => name.trim()) ?? [];
  const known = [...COLUMNS.required, ...COLUMNS.optional];
  const isKnown = names.every((name, at) => known.includes(name) && names.indexOf(name) === at);
  if (!isKnown || !COLUMNS.required.every((name) => names.includes(name))) return undefined;
  if (rows.some((row) => row.length !== names.length)) return undefined;
  const cells = rows.flat();
  const isDangerous = (cell: string) => /^\s*([=+@]|-(?!\d))|\p{Cc}/u.test(cell);
  if (cells.some((cell) => cell.length > 500 || isDangerous(cell))) return undefined;
  return rows.map((row) =>
    Object.fromEntries(names.map((name, at) => [name, (row[at] ?? '').trim()])),
  );
}

function writeRows(rows: readonly CsvRow[]): string {
  const names = Object.keys(rows[0]?.cells ?? {});
  const lines = rows.map(({ cells }) =>
    names.map((name) => `"${(cells[name] ?? '').replaceAll('"', '""')}"`).join(','),
  );
  return `${names.join(',')}\n${lines.join('\n')}\n`;
}

function runCsv(read: (text: string) => ReturnType<typeof readCsv>, input: Buffer): Verdict {
  const text = textOf(input);
  if (text === undefined) return refused('CSV_ENCODING');
  const { rows, faults } = read(text);
  if (faults.length > 0) return refused(faults[0]?.code ?? '');
  const expected = plainRows(text);
  const given = rows.map((row) => ({ ...row.cells }));
  if (!isDeepStrictEqual(given, expected)) throw new SilentAcceptance('a plain reading differs');
  if (rows.length === 0) return ACCEPTED;
  const again = readCsv(writeRows(rows), COLUMNS, IMPORT_LIMITS);
  if (
    !isDeepStrictEqual(
      again.rows.map((row) => ({ ...row.cells })),
      given,
    )
  ) {
    throw new SilentAcceptance('written again, the rows are others');
  }
  return ACCEPTED;
}

const NAVS = Buffer.from(`${COLUMNS.required.join(',')}\n000001,2026-03-03,1.2345\n`);

export const productCsv: Target = {
  name: 'csv',
  module: 'text',
  zh: '产品 CSV 文件',
  en: 'CSV files of products',
  perMille: 150,
  covers: /\/products\/domain\/csv\.ts/,
  open: (isPlanted) => ({
    seeds: [
      ...(setOf('sameTables').changes ?? []).map(({ do: change }) => changedFile(NAVS, change)),
      Buffer.from(`${COLUMNS.required.join(',')},source\r\n000001,2026-03-03,1.2,"a ""b"", c"\r\n`),
    ],
    words: ['"', '""', ',', '\r\n', '=1+1', '@', 'nav', 'source', '\uFEFF', '张', '\t'],
    run: (input) =>
      // Planted: quotes are blanks to it, so a comma inside them cuts.
      runCsv(
        (text) => readCsv(isPlanted ? text.replaceAll('"', '') : text, COLUMNS, IMPORT_LIMITS),
        input,
      ),
  }),
};

const DAY = localDate('2026-03-03');
const STATEMENT = [
  'lineId,date,assetAccount,kind,amount,reference',
  '1,2026-03-03,A1,OPENING,100.00,',
  '2,2026-03-03,A1,DEPOSIT,50.25,R1',
  '3,2026-03-03,A1,PURCHASE,-20.00,R2',
  '4,2026-03-03,A1,CLOSING,130.25,',
  '5,2026-03-03,A2,OPENING,0.00,',
  '6,2026-03-03,A2,DIVIDEND,0.01,R3',
  '7,2026-03-03,A2,CLOSING,0.01,',
  '8,2026-03-03,,TOTAL,130.26,7',
];

const cents = (text: string): bigint => {
  if (!/^-?\d+(\.\d{1,2})?$/.test(text)) throw new SilentAcceptance(`the amount ${text}`);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(`${whole}${fraction.padEnd(2, '0')}`);
  return text.startsWith('-') ? -value : value;
};

/** The statement by a plain reading must close as it was taken to. */
function judgeStatement(input: Buffer, taken: ReturnType<typeof parseStatement>): void {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(input);
  const [header = [], ...rows] = cutPlainly(text) ?? [];
  const at = (name: string) => header.indexOf(name);
  const sums = new Map<string, bigint>();
  const closings = new Map<string, bigint>();
  const ids = new Set<string>();
  let total: bigint | undefined;
  for (const row of rows) {
    const [kind = '', account = ''] = [row[at('kind')], row[at('assetAccount')]];
    const value = cents(row[at('amount')] ?? '');
    ids.add(row[at('lineId')] ?? '');
    if (row[at('date')] !== DAY || row.length !== header.length || total !== undefined) {
      throw new SilentAcceptance('a line of another day or form, or after the total');
    }
    if (kind === 'TOTAL') total = value;
    else if (kind === 'CLOSING') closings.set(account, value);
    else sums.set(account, (sums.get(account) ?? 0n) + value);
  }
  const whole = [...closings.values()].reduce((sum, value) => sum + value, 0n);
  const isSame =
    ids.size === rows.length &&
    total === whole &&
    taken.total === whole &&
    isDeepStrictEqual(new Map(taken.closing), closings) &&
    isDeepStrictEqual(sums, closings);
  if (!isSame) throw new SilentAcceptance('the statement does not say what it was taken for');
}

function withoutRepeats(input: Buffer): Buffer {
  const lines = input.toString('latin1').split('\n');
  return Buffer.from(lines.filter((line, at) => lines.indexOf(line) === at).join('\n'), 'latin1');
}

export const bankStatement: Target = {
  name: 'statement',
  module: 'text',
  zh: '银行对账单',
  en: 'statements of the bank',
  perMille: 100,
  covers: /\/clearing\/domain\/bank\.ts/,
  open: (isPlanted) => ({
    seeds: ['\r\n', '\n'].flatMap((end) => [
      Buffer.from(STATEMENT.join(end) + end),
      Buffer.from(STATEMENT.map((line) => line.replaceAll(/[^,]+/g, '"$&"')).join(end)),
    ]),
    words: ['OPENING', 'CLOSING', 'TOTAL', 'REFUND', '-', '0.00', 'A1', 'A2', '"', ',', '\r\n'],
    run(input) {
      try {
        // Planted: a line that stands twice is taken once.
        judgeStatement(input, parseStatement(isPlanted ? withoutRepeats(input) : input, DAY));
        return ACCEPTED;
      } catch (error) {
        if (!(error instanceof StatementError)) throw error;
        return refused(error.message.replaceAll(/'.*'|[\d.A-Z-]+/g, '*').slice(0, 60));
      }
    },
  }),
};

/** A body as both readings take it, or why it is refused. */
function runJson(read: (input: Buffer) => unknown, input: Buffer): Verdict {
  let value: unknown;
  let code: string | undefined;
  try {
    value = read(input);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    code = `${error.code} ${JSON.stringify(error.details['reason'])}`;
  }
  let plain: unknown;
  let why: string | undefined;
  try {
    plain = readPlainJson(input);
  } catch (error) {
    if (!(error instanceof PlainRefusal)) throw error;
    why = error.message;
  }
  if (code === undefined && why !== undefined)
    throw new SilentAcceptance(`a plain reading: ${why}`);
  if (code !== undefined && why === undefined) throw new Error(`refused without need: ${code}`);
  if (code !== undefined) return refused(code);
  if (JSON.stringify(value) !== JSON.stringify(plain)) throw new SilentAcceptance('other values');
  return ACCEPTED;
}

/** Puts a member of some object before the first of another, or of its own. */
function doubleMember(random: Draws, input: Buffer): Buffer {
  const text = input.toString('utf8');
  const members = text.match(/"[^"\\]*":[^,{}[\]]+/g) ?? ['"a":1'];
  const opened = [...text.matchAll(/\{/g)].map(({ index }) => index + 1);
  const at = opened.length === 0 ? 0 : random.pick(opened);
  return Buffer.from(`${text.slice(0, at)}${random.pick(members)},${text.slice(at)}`);
}

export const jsonText: Target = {
  name: 'json',
  module: 'text',
  zh: 'JSON 文本',
  en: 'JSON texts',
  perMille: 100,
  covers: /\/platform\/http\/json\.ts/,
  open: (isPlanted) => ({
    // The bad ones would show the planted bug before any mutant does.
    seeds: [
      ...(isPlanted ? [] : texts('notJson', 'unsafeJson').filter((text) => text.length < 2_000)),
      ...texts('strange')
        .filter((text) => text.length < 500)
        .map((text) => JSON.stringify({ a: text })),
      '{"a":[1,2.5,-0.25,1e2,true,null,{"b":"\\u4e2d\\n"}],"c":{}}',
    ].map((text) => Buffer.from(text)),
    words: [
      '"a":1',
      ',',
      ':',
      '{}',
      '[]',
      '\\u0061',
      '\\ud800',
      '1e400',
      '-0',
      '__proto__',
      '\uFEFF',
    ],
    change: doubleMember,
    run: (input) =>
      // Planted: a key given twice is taken with its last value.
      runJson(isPlanted ? (bytes) => lastWins(bytes) : (bytes) => parseJson(bytes), input),
  }),
};

function lastWins(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (!(error instanceof AppError) || !/twice/.test(JSON.stringify(error.details['reason'])))
      throw error;
    return JSON.parse(bytes.toString('utf8'));
  }
}
