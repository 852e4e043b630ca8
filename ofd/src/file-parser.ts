import { OfdError, type OfdPlace } from './errors.ts';
import { END_MARKER, type Report } from './header.ts';
import { HeaderParser, type ParsedHead } from './header-parser.ts';
import type { OfdLayout } from './layout.ts';
import { OfdRecord, type RecordPlan } from './record.ts';
import { RecordChecker } from './record-check.ts';
import { SerialSet } from './serial-set.ts';

/** Settings of every reader. */
export interface OfdReadOptions {
  /** Names the file in errors; if it is a name of the protocol, the header must agree with it. */
  readonly fileName?: string | undefined;
  /** A layout of another profile; by default the standard one that the header asks for. */
  readonly layout?: OfdLayout | undefined;
  /**
   * Take text that is valid GB18030 as it is, even where it also reads as Chinese UTF-8; by default
   * such a file is refused as UTF8_SUSPECTED.
   */
  readonly trustEncoding?: boolean | undefined;
  /** Largest file accepted, in bytes. */
  readonly bytesMax?: number | undefined;
  /** Largest record count accepted. */
  readonly recordsMax?: number | undefined;
}

const BYTES_MAX = 2_000_000_000;
const RECORDS_MAX = 5_000_000;
const noBytes = Buffer.alloc(0);

/** The identity of an application: unique per distributor within a file of applications. */
interface SerialCheck {
  readonly seen: SerialSet;
  readonly key: Buffer;
  readonly serial: readonly [start: number, end: number];
  readonly distributor: readonly [start: number, end: number];
}

function serialCheckFor(plan: RecordPlan): SerialCheck | undefined {
  const serialIndex = plan.indexByName.get('AppSheetSerialNo');
  const distributorIndex = plan.indexByName.get('DistributorCode');
  // One application may be confirmed by several records, so only applications must be unique.
  if (plan.layout.direction !== 'toRegistrar') return undefined;
  if (serialIndex === undefined || distributorIndex === undefined) return undefined;
  const range = (index: number) => [plan.starts[index]!, plan.starts[index + 1]!] as const;
  const serial = range(serialIndex);
  const distributor = range(distributorIndex);
  const width = serial[1] - serial[0] + distributor[1] - distributor[0];
  return { seen: new SerialSet(width), key: Buffer.alloc(width), serial, distributor };
}

/**
 * The parser of a data file as a machine: push the bytes in pieces of any size, take the records
 * of each piece, call `end` after the last. Nothing is proven about the file before `end` returns.
 */
export class FileParser {
  readonly #options: OfdReadOptions;
  readonly #report: Report;
  readonly #headerParser: HeaderParser;
  #head: ParsedHead | undefined;
  #checker: RecordChecker | undefined;
  #serials: SerialCheck | undefined;
  #carry: Buffer = noBytes;
  /** Offset in the file of the first byte of `#carry`. */
  #offset = 0;
  #received = 0;
  #records = 0;

  constructor(options: OfdReadOptions, report: Report) {
    this.#options = options;
    this.#report = report;
    this.#headerParser = new HeaderParser(options.fileName, options.layout, report);
  }

  /** The head, once enough bytes were pushed. */
  get head(): ParsedHead | undefined {
    return this.#head;
  }

  /** Takes the next piece and returns the records that are complete with it. */
  push(chunk: Buffer): OfdRecord[] {
    this.#received += chunk.length;
    const limit = this.#options.bytesMax ?? BYTES_MAX;
    if (this.#received > limit) {
      throw new OfdError('LIMIT_EXCEEDED', { file: this.#file }, { limit, unit: 'bytes' });
    }
    let data = chunk;
    if (this.#head === undefined) {
      data = this.#join(chunk);
      const { at, head } = this.#headerParser.read(data, this.#offset);
      this.#keep(data, at);
      if (head === undefined) return [];
      this.#begin(head);
      data = this.#carry;
      this.#carry = noBytes;
    }
    return this.#frame(data);
  }

  /** Checks that the file is complete; throws if it is not. */
  end(): void {
    const head = this.#head;
    const place = { file: this.#file, offset: this.#received };
    if (head === undefined) throw new OfdError('TRUNCATED', place, { part: 'the header' });
    const rest = this.#carry.toString('latin1');
    if (this.#records < head.recordCount) {
      if (/^OFDCFEND(\r\n){0,2}$/.test(rest)) this.#refuseCount(this.#records);
      throw new OfdError('TRUNCATED', { ...this.#recordPlace(), ...place }, { part: 'a record' });
    }
    // A real counterparty ends its files with one more empty line.
    if (/^OFDCFEND(\r\n){0,2}$/.test(rest)) return;
    if (END_MARKER.startsWith(rest) || /^OFDCFEND(\r\n)?\r$/.test(rest)) {
      throw new OfdError('TRUNCATED', place, { part: 'the end marker' });
    }
    this.#refuseTail(rest);
  }

  get #file(): string | undefined {
    return this.#options.fileName;
  }

  #begin(head: ParsedHead): void {
    const limit = this.#options.recordsMax ?? RECORDS_MAX;
    if (head.recordCount > limit) {
      const place = { file: this.#file, line: head.lines };
      throw new OfdError('LIMIT_EXCEEDED', place, { limit, unit: 'records' });
    }
    this.#head = head;
    this.#checker = new RecordChecker(head.plan, this.#options.trustEncoding === true);
    this.#serials = serialCheckFor(head.plan);
  }

  #join(chunk: Buffer): Buffer {
    return this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
  }

  #keep(data: Buffer, at: number): void {
    this.#carry = data.subarray(at);
    this.#offset += at;
  }

  #recordPlace(): OfdPlace {
    const lines = this.#head?.lines ?? 0;
    return {
      file: this.#file,
      line: lines + this.#records + 1,
      record: this.#records + 1,
      offset: this.#offset,
    };
  }

  #frame(chunk: Buffer): OfdRecord[] {
    const head = this.#head!;
    const stride = head.plan.layout.recordLength + 2;
    const records: OfdRecord[] = [];
    let data = chunk;
    if (this.#carry.length > 0) {
      // Only the record that straddles two pieces is copied.
      const needed = this.#records < head.recordCount ? stride - this.#carry.length : chunk.length;
      const straddling = this.#join(chunk.subarray(0, Math.max(0, needed)));
      data = chunk.subarray(Math.max(0, needed));
      this.#carry = noBytes;
      this.#frameBlock(straddling, stride, records);
    }
    if (this.#carry.length > 0) data = this.#join(data);
    this.#carry = noBytes;
    this.#frameBlock(data, stride, records);
    if (this.#records === head.recordCount) this.#checkTail(stride);
    return records;
  }

  #frameBlock(data: Buffer, stride: number, records: OfdRecord[]): void {
    const head = this.#head!;
    const checker = this.#checker!;
    let at = 0;
    while (this.#records < head.recordCount && at + stride <= data.length) {
      const end = at + stride - 2;
      if (data[end] !== 0x0d || data[end + 1] !== 0x0a) this.#refuseFraming(data, at);
      const bad = checker.findBadField(data, at, 0);
      if (bad >= 0) this.#reportFields(data, at, bad);
      if (this.#serials !== undefined) this.#checkSerial(this.#serials, data, at);
      records.push(new OfdRecord(head.plan, data, at, this.#records));
      this.#records++;
      this.#offset += stride;
      at += stride;
    }
    this.#carry = data.subarray(at);
  }

  #reportFields(data: Buffer, at: number, firstBad: number): void {
    const checker = this.#checker!;
    const place = this.#recordPlace();
    for (let bad = firstBad; bad >= 0; bad = checker.findBadField(data, at, bad + 1)) {
      this.#report(checker.describeFault(data, at, bad, place));
    }
  }

  #checkSerial(check: SerialCheck, data: Buffer, at: number): void {
    const [start, end] = check.serial;
    if (data[at + start] === 0x20) return;
    data.copy(check.key, 0, at + start, at + end);
    data.copy(check.key, end - start, at + check.distributor[0], at + check.distributor[1]);
    if (check.seen.add(check.key)) return;
    const serialNo = data.toString('latin1', at + start, at + end).trim();
    const distributor = check.key.toString('latin1', end - start).trim();
    const place = {
      ...this.#recordPlace(),
      field: 'AppSheetSerialNo',
      offset: this.#offset + start,
    };
    this.#report(new OfdError('DUPLICATE_SERIAL_NO', place, { serialNo, distributor }));
  }

  #refuseCount(actual: number | string): never {
    const { recordCount: declared, lines } = this.#head!;
    throw new OfdError('RECORD_COUNT', { file: this.#file, line: lines }, { declared, actual });
  }

  /** A record without CR LF at its end: says which of the possible reasons it is. */
  #refuseFraming(data: Buffer, at: number): never {
    const expected = this.#head!.plan.layout.recordLength;
    if (data.toString('latin1', at, at + 10) === `${END_MARKER}\r\n`)
      this.#refuseCount(this.#records);
    const place = this.#recordPlace();
    const end = at + expected;
    const isBareFeed = data[end] === 0x0a && data[end - 1] !== 0x0d;
    if (isBareFeed) throw new OfdError('LINE_ENDING', place, { found: 'LF' });
    if (data[end] === 0x0d) throw new OfdError('LINE_ENDING', place, { found: 'CR' });
    const breakAt = data.indexOf('\r\n', at, 'latin1');
    const actual = breakAt < 0 ? `more than ${expected}` : breakAt - at;
    throw new OfdError('RECORD_LENGTH', place, { actual, expected });
  }

  /** After the last record: refuses as soon as the rest cannot be the end marker. */
  #checkTail(stride: number): void {
    const rest = this.#carry.toString('latin1', 0, stride);
    if (/^OFDCFEND(\r\n){0,2}$/.test(rest) || rest.length < 8) return;
    const isEnding = /^OFDCFEND(\r\n)?\r$/.test(rest);
    const mayBeRecord = !rest.startsWith(END_MARKER) && rest.length < stride;
    if (!isEnding && !mayBeRecord) this.#refuseTail(rest);
  }

  #refuseTail(rest: string): never {
    const lines = this.#head?.lines ?? 0;
    const place = { file: this.#file, line: lines + this.#records + 1, offset: this.#offset };
    if (rest.startsWith(END_MARKER)) {
      throw new OfdError('TRAILING_BYTES', { ...place, offset: this.#offset + END_MARKER.length });
    }
    const length = this.#head?.plan.layout.recordLength ?? 0;
    if (rest.startsWith('\r\n', length)) this.#refuseCount('more');
    throw new OfdError('MARKER', place, { expected: END_MARKER, found: rest.slice(0, 8) });
  }
}
