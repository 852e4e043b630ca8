import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OfdError, type OfdErrorCode } from './errors.ts';
import { getLayout } from './layout.ts';
import { parseFile } from './read.ts';
import type { OfdValue } from './record.ts';
import type { OfdWriteOptions } from './record-encoder.ts';
import { sampleApplications, sampleHeader } from './testing.ts';
import { writeFile } from './write.ts';
import { OfdWriter } from './writer.ts';

const layout = getLayout('21', '03');
const header = sampleHeader(layout);

function write(values: Record<string, OfdValue>, options: OfdWriteOptions = {}) {
  return parseFile(writeFile(header, '03', [values], options)).records[0]!;
}

function errorOf(work: () => unknown): OfdError {
  try {
    work();
  } catch (error) {
    if (error instanceof OfdError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('numbers are written scaled, or as decimals that fit exactly', () => {
  expect(write({ Charge: 12_345n }).text('Charge')).toBe('0000012345');
  expect(write({ Charge: '12.34' }).number('Charge')).toBe(1234n);
  expect(write({ Charge: '12' }).number('Charge')).toBe(1200n);
  expect(write({ Charge: '12.3400' }).number('Charge')).toBe(1234n);
  expect(write({ SpecifyRateFee: '0.015' }).number('SpecifyRateFee')).toBe(1_500_000n);
  expect(write({ Charge: undefined }).text('Charge')).toBe('0000000000');
  expect(write({ Charge: '-0.00' }).text('Charge')).toBe('0000000000');
  expect(write({}).text('FundCode')).toBe('');
});

test('a minus sign goes into the first byte of fields that are said to be signed', () => {
  const signedFields = ['Charge'];
  expect(write({ Charge: -1234n }, { signedFields }).text('Charge')).toBe('-000001234');
  expect(write({ Charge: '-12.34' }, { signedFields }).number('Charge')).toBe(-1234n);
  expect(errorOf(() => write({ Charge: -1_000_000_000n }, { signedFields })).code).toBe(
    'VALUE_TOO_LONG',
  );
  expect(errorOf(() => write({}, { signedFields: ['Chargo'] })).code).toBe('UNKNOWN_FIELD');
});

const refusals: [string, OfdErrorCode, Record<string, unknown>][] = [
  ['an unknown name', 'UNKNOWN_FIELD', { fundCode: '000001' }],
  ['a name of Object', 'UNKNOWN_FIELD', { constructor: '1' }],
  ['too many digits', 'VALUE_TOO_LONG', { Charge: 10_000_000_000n }],
  ['too many digits as text', 'VALUE_TOO_LONG', { Charge: '100000000' }],
  ['too many decimals', 'VALUE_TYPE', { Charge: '0.001' }],
  ['an exponent', 'VALUE_TYPE', { Charge: '1e3' }],
  ['an empty number', 'VALUE_TYPE', { Charge: '' }],
  ['full-width digits', 'VALUE_TYPE', { Charge: '１２' }],
  ['a number in binary', 'VALUE_TYPE', { Charge: 12.5 }],
  ['null', 'VALUE_TYPE', { FundCode: null }],
  ['a bigint as text', 'VALUE_TYPE', { FundCode: 1n }],
  ['a negative number', 'NEGATIVE_VALUE', { Charge: -1n }],
  ['text too long', 'VALUE_TOO_LONG', { FundCode: '0000001' }],
  ['Chinese text too long in bytes', 'VALUE_TOO_LONG', { FundCode: '中国银行' }],
  ['letters in digits', 'VALUE_CHARACTERS', { TransactionDate: '2026-9-1' }],
  ['a dash in a serial number', 'VALUE_CHARACTERS', { AppSheetSerialNo: 'A-1' }],
  ['a line end', 'VALUE_CHARACTERS', { Specification: 'a\r\nb' }],
  ['NUL', 'VALUE_CHARACTERS', { Specification: 'a\0' }],
  ['a lone surrogate', 'VALUE_NOT_ENCODABLE', { Specification: '\ud842' }],
];

test.each(refusals)('%s is refused', (_, code, values) => {
  const records = [{}, values as Record<string, OfdValue>];
  const error = errorOf(() => writeFile(header, '03', records));
  expect(error.code).toBe(code);
  expect(error.record).toBe(2);
  expect(error.field).toBe(Object.keys(values)[0]);
  expect(error.message).not.toContain('?');
});

const badHeaders: [string, OfdErrorCode, object][] = [
  ['version 23', 'UNSUPPORTED_VERSION', { version: '23' }],
  ['a version with zeros', 'HEADER_VALUE', { version: '021' }],
  ['a version without a layout', 'UNSUPPORTED_LAYOUT', { version: '22' }],
  ['a long creator', 'VALUE_TOO_LONG', { creator: '1234567890' }],
  ['a Chinese creator', 'HEADER_VALUE', { creator: '中' }],
  ['no receiver', 'HEADER_VALUE', { receiver: '' }],
  ['31 June', 'HEADER_VALUE', { date: '20260631' }],
  ['another file type', 'HEADER_VALUE', { fileType: '04' }],
];

test.each(badHeaders)('a header with %s is refused', (_, code, change) => {
  expect(errorOf(() => writeFile({ ...header, ...change }, '03', [])).code).toBe(code);
});

test('a layout must be for the version and the type', () => {
  const error = errorOf(() => writeFile(header, '03', [], { layout: getLayout('21', '04') }));
  expect(error.code).toBe('UNSUPPORTED_LAYOUT');
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ofd-write-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('a file is streamed with its count put in at the end, and appears when it is complete', async () => {
  const path = join(folder, 'OFD_305_27_20260921_03.TXT');
  const records = sampleApplications(900);
  const writer = await OfdWriter.toFile(path, header, '03');
  for (const record of records.slice(0, 450)) await writer.write(record);
  expect(await readdir(folder)).toEqual(['OFD_305_27_20260921_03.TXT.part']);
  await writer.writeAll(records.slice(450));
  expect(await writer.end()).toBe(900);
  expect(await readdir(folder)).toEqual(['OFD_305_27_20260921_03.TXT']);
  expect(await readFile(path)).toEqual(writeFile(header, '03', records));
});

test('a file that is given up leaves nothing', async () => {
  const path = join(folder, 'given-up.TXT');
  const writer = await OfdWriter.toFile(path, header, '03');
  await expect(writer.write({ FundCode: '0000001' })).rejects.toThrow(/needs 7 bytes/);
  await writer.discard();
  expect((await readdir(folder)).filter((name) => name.startsWith('given-up'))).toEqual([]);
});

test('a stream gets the count beforehand, and a slow one holds the writer back', async () => {
  const chunks: Buffer[] = [];
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  const records = sampleApplications(900);
  const writer = await OfdWriter.toStream(slow, header, '03', { recordCount: 900 });
  await writer.writeAll(records);
  await writer.end();
  expect(Buffer.concat(chunks)).toEqual(writeFile(header, '03', records));
});

test('a stream with another number of records than declared is not ended', async () => {
  const stream = new PassThrough();
  const writer = await OfdWriter.toStream(stream, header, '03', { recordCount: 2 });
  await writer.write({});
  await expect(writer.end()).rejects.toThrow(/declares 2 records, the file has 1/);
  await writer.discard();
  expect(stream.destroyed).toBe(true);
  expect(stream.writableFinished).toBe(false);
});

test('a stream that fails between two writes makes the next one fail', async () => {
  const stream = new PassThrough({ highWaterMark: 10_000_000 });
  const writer = await OfdWriter.toStream(stream, header, '03', { recordCount: 1 });
  stream.destroy(new Error('peer gone'));
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  await writer.write({});
  await expect(writer.end()).rejects.toThrow('peer gone');
});

test('a stream that fails makes the writer fail, not hang', async () => {
  const failing = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      done(new Error('disk full'));
    },
  });
  const write = async () => {
    const writer = await OfdWriter.toStream(failing, header, '03', { recordCount: 900 });
    await writer.writeAll(sampleApplications(900));
    await writer.end();
  };
  await expect(write()).rejects.toThrow('disk full');
});
