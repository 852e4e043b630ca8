/** The exchange files of registrars: data files and their index. */
import {
  checkFile,
  inspectFile,
  layouts,
  OfdError,
  type OfdFile,
  type OfdHeader,
  OfdReader,
  type OfdValue,
  parseFile,
  parseIndex,
  writeFile,
  writeIndex,
} from '@cairn/ofd';
import * as fc from 'fast-check';
import { anyRecord, sampleHeader, withSerials } from '../../ofd/src/testing.ts';
import { plainValue, readPlainly } from './plain-ofd.ts';
import {
  ACCEPTED,
  type Draws,
  refused,
  SilentAcceptance,
  type Target,
  type Verdict,
} from './target.ts';

// Random text may be well-formed UTF-8 by chance, which is refused as suspect elsewhere.
const TRUSTING = { trustEncoding: true };

function seedFiles(): Buffer[] {
  return layouts.flatMap((layout, index) =>
    [0, 1, 3].map((count) => {
      const records = fc.sample(anyRecord(layout), { seed: index + 1, numRuns: 3 });
      const header = sampleHeader(layout);
      return writeFile(header, layout.fileType, withSerials(records).slice(0, count));
    }),
  );
}

/** Changes one field of one record to text that may or may not be one of its values. */
function changeField(random: Draws, input: Buffer): Buffer {
  const lines = input.toString('latin1').split('\r\n');
  const from = lines.findIndex((line) => /^\d{8,16}$/.test(line) && lines.indexOf(line) > 10);
  const records = lines.slice(from + 1).filter((line) => line.length > 100);
  if (from < 0 || records.length === 0) return changeCount(random, lines);
  if (random.chance(0.2)) return changeCount(random, lines);
  const at = lines.indexOf(random.pick(records));
  const line = lines[at] ?? '';
  const length = random.int(1, 24);
  const start = random.int(0, Math.max(0, line.length - length));
  const text = random.pick([
    ' '.repeat(length),
    '0'.repeat(length),
    '9'.repeat(length),
    '-'.padEnd(length, '0'),
    ' -'.padEnd(length, '1'),
    '\x81\x30\x81\x30'.padEnd(length, '\xa1'),
    '\xd6\xd0\xb9\xfa'.padEnd(length, ' '),
    'A'.padEnd(length, ' '),
  ]);
  lines[at] = line.slice(0, start) + text.slice(0, length) + line.slice(start + length);
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function changeCount(random: Draws, lines: string[]): Buffer {
  const numbers = lines.flatMap((line, at) => (/^\d{3,16}$/.test(line) ? [at] : []));
  const at = numbers.length === 0 ? 0 : random.pick(numbers);
  const line = lines[at] ?? '';
  const other = Math.max(0, (Number.parseInt(line, 10) || 0) + random.pick([-1, 1, 2, 1_000_000]));
  lines[at] = String(other).padStart(line.length, '0');
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** Planted: a minus sign is a zero to it, wherever it stands. */
function readWithoutSigns(input: Buffer): OfdFile {
  const from = input.length - input.toString('latin1').split('\r\n').slice(11).join().length;
  return parseFile(
    input.map((byte, at) => (byte === 0x2d && at >= from ? 0x30 : byte)),
    TRUSTING,
  );
}

/** The file written anew; undefined when only the wider edition's header holds its parties. */
function writeAgain(
  header: OfdHeader,
  fileType: string,
  values: readonly Record<string, OfdValue>[],
  signedFields: readonly string[],
): Buffer | undefined {
  try {
    return writeFile(header, fileType, values, { signedFields });
  } catch (error) {
    const isOfHeader = error instanceof OfdError && error.record === undefined;
    if (isOfHeader && error.code === 'VALUE_TOO_LONG') return undefined;
    throw error;
  }
}

/** The records must be what a plain reading of the same bytes finds, and survive being written. */
function judge(file: OfdFile, input: Buffer): void {
  const { layout, header } = file;
  const plain = readPlainly(input, layout);
  if (plain === undefined) throw new SilentAcceptance('a plain reading finds no file');
  const [version = '', ...rest] = plain.header;
  const { version: own, ...others } = header;
  if (!version.endsWith(own) || Object.values(others).join('|') !== rest.join('|')) {
    throw new SilentAcceptance('the header is another');
  }
  if (plain.records.length !== file.records.length) throw new SilentAcceptance('other records');
  const serials = new Set<string>();
  const values = file.records.map((record, index) => {
    const read = record.toValues();
    for (const field of layout.fields) {
      const expected = plainValue(plain.records[index]?.get(field.name) ?? '', field);
      const given = read[field.name] ?? (field.type === 'N' ? 0n : undefined);
      if (expected === undefined || given !== expected) {
        throw new SilentAcceptance(`${layout.fileType}/${field.name} is another value`);
      }
    }
    const serial = `${String(read['AppSheetSerialNo'])}|${String(read['DistributorCode'])}`;
    if (layout.direction === 'toRegistrar' && !/^(undefined)?\|/.test(serial)) {
      if (serials.has(serial)) throw new SilentAcceptance('a serial number twice');
      serials.add(serial);
    }
    return read;
  });
  const signedFields = layout.fields.flatMap(({ type, name }) => (type === 'N' ? [name] : []));
  const again = writeAgain(header, layout.fileType, values, signedFields);
  if (again === undefined) return;
  const reread = parseFile(again, TRUSTING).records.map((record) => record.toValues());
  const isSame = values.every((record, index) =>
    Object.entries(record).every(
      ([name, value]) =>
        (value ?? 0n) === (reread[index]?.[name] ?? (value === undefined ? 0n : '')),
    ),
  );
  if (!isSame) throw new SilentAcceptance('written again, the values are others');
}

async function runData(read: (input: Buffer) => OfdFile, input: Buffer): Promise<Verdict> {
  let file: OfdFile | undefined;
  let code = '';
  try {
    file = read(input);
  } catch (error) {
    if (!(error instanceof OfdError)) throw error;
    ({ code } = error);
  }
  if (file !== undefined) judge(file, input);
  // The other ways in, now and then: each must say the same.
  if (input.length % 8 === 0) {
    const errors = checkFile(input, TRUSTING);
    if ((errors.length === 0) !== (file !== undefined)) throw new Error('checkFile says otherwise');
    const { error } = await inspectFile(input, { ...TRUSTING, records: 2 });
    const isData = file !== undefined || input.toString('latin1', 0, 8) !== 'OFDCFIDX';
    if (isData && (error === undefined) !== (file !== undefined)) {
      throw new Error('inspectFile says otherwise');
    }
  }
  if (input.length % 16 === 3) await readInPieces(input, file);
  return file === undefined ? refused(code) : ACCEPTED;
}

async function readInPieces(input: Buffer, file: OfdFile | undefined): Promise<void> {
  const middle = (input.length * 7) >> 4;
  let count = 0;
  try {
    const pieces = [input.subarray(0, middle), input.subarray(middle)];
    const reader = await OfdReader.open(pieces, TRUSTING);
    for await (const batch of reader.batches()) count += batch.length;
  } catch (error) {
    if (!(error instanceof OfdError)) throw error;
    if (file === undefined) return;
    throw new Error('read in pieces it is refused', { cause: error });
  }
  if (count !== file?.records.length) throw new SilentAcceptance('read in pieces it is taken');
}

export const ofdData: Target = {
  name: 'ofd',
  module: 'ofd',
  zh: 'OFD 数据文件',
  en: 'OFD data files',
  perMille: 450,
  covers: /\/ofd\/src\//,
  open: (isPlanted) => ({
    seeds: seedFiles(),
    words: ['OFDCFEND', 'OFDCFDAT', '\r\n', 'AppSheetSerialNo', '中', '-'],
    change: changeField,
    run: (input) =>
      runData(isPlanted ? readWithoutSigns : (bytes) => parseFile(bytes, TRUSTING), input),
  }),
};

const NAMES = ['01', '03', '04', '05'].map((type) => `OFD_27_305_20260921_${type}.TXT`);

function seedIndexes(): Buffer[] {
  const index = { kind: 'OFI', creator: '27', receiver: '305', date: '20260921' } as const;
  return ['21', '22'].flatMap((version) =>
    [0, 1, 4].map((count) => writeIndex({ ...index, version, files: NAMES.slice(0, count) })),
  );
}

function runIndex(read: typeof parseIndex, input: Buffer): Verdict {
  let index: ReturnType<typeof parseIndex>;
  try {
    index = read(input);
  } catch (error) {
    if (!(error instanceof OfdError)) throw error;
    return refused(error.code);
  }
  const [marker, version = '', creator, receiver, date, count = '', ...rest] = input
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.trimEnd());
  const end = rest.indexOf('OFDCFEND');
  const { files } = index;
  const isWhole =
    marker === 'OFDCFIDX' &&
    Number.parseInt(count, 10) === files.length &&
    rest.slice(0, end).join('|') === files.join('|') &&
    rest.slice(end + 1).every((line) => line === '') &&
    version.trim().endsWith(index.version) &&
    [creator, receiver, date].map((line) => line?.trim()).join('|') ===
      [index.creator, index.receiver, index.date].join('|') &&
    new Set(files.map((name) => name.toUpperCase())).size === files.length;
  if (!isWhole) throw new SilentAcceptance('a plain reading of the index finds another');
  // A reader takes the widths of either edition; what only the wider one holds is written in it.
  const again = parseIndex(writeIndex({ ...index, version: '22' }));
  if (again.files.join() !== files.join())
    throw new SilentAcceptance('written again it is another');
  return ACCEPTED;
}

export const ofdIndex: Target = {
  name: 'ofd-index',
  module: 'ofd',
  zh: 'OFD 索引文件',
  en: 'OFD index files',
  perMille: 120,
  covers: /\/ofd\/src\//,
  open: (isPlanted) => ({
    seeds: seedIndexes(),
    words: [...NAMES, 'OFDCFEND', '\r\n', '002'],
    run: (input) =>
      // Planted: a name that stands twice is listed once.
      runIndex(isPlanted ? (bytes) => parseIndex(withoutRepeats(bytes)) : parseIndex, input),
  }),
};

function withoutRepeats(bytes: Uint8Array): Buffer {
  const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
  const kept = lines.filter((line, at) => !line.startsWith('OFD_') || lines.indexOf(line) === at);
  const counted = kept.map((line, at) =>
    at === 5 && /^\d+$/.test(line)
      ? String(kept.filter((one) => one.startsWith('OFD_')).length).padStart(line.length, '0')
      : line,
  );
  return Buffer.from(counted.join('\r\n'), 'latin1');
}
