import { once } from 'node:events';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { OfdError } from './errors.ts';
import type { OfdValue } from './record.ts';
import { type OfdWriteOptions, RecordEncoder } from './record-encoder.ts';
import {
  encodeHead,
  formatRecordCount,
  getWriteLayout,
  type OfdHeaderInput,
  tailBytes,
} from './write.ts';

type Values = Readonly<Record<string, OfdValue>>;

const BLOCK_BYTES = 256 * 1024;

/** Where the blocks go: a stream, or a file of our own. */
interface Sink {
  write(block: Buffer): Promise<void>;
  /** Called once, after the tail, with the number of records written. */
  finish(count: number): Promise<void>;
  discard(): Promise<void>;
}

/** Gathers encoded records into blocks of their own memory, so that a slow sink is no danger. */
class Blocks {
  readonly #encoder: RecordEncoder;
  readonly #records: number;
  #block: Buffer;
  #used = 0;
  #count = 0;

  constructor(encoder: RecordEncoder) {
    this.#encoder = encoder;
    this.#records = Math.max(1, Math.floor(BLOCK_BYTES / encoder.stride));
    this.#block = Buffer.allocUnsafeSlow(this.#records * encoder.stride);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a record; returns a block if it is full. */
  add(values: Values): Buffer | undefined {
    this.#encoder.encode(this.#block, this.#used, values, this.#count + 1);
    this.#count++;
    this.#used += this.#encoder.stride;
    return this.#used === this.#block.length ? this.take() : undefined;
  }

  take(): Buffer {
    const block = this.#block.subarray(0, this.#used);
    this.#block = Buffer.allocUnsafeSlow(this.#records * this.#encoder.stride);
    this.#used = 0;
    return block;
  }
}

class StreamSink implements Sink {
  readonly #stream: Writable;
  #failure: Error | undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
    // A stream may fail between two writes: kept here, it fails the next one.
    stream.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  async write(block: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#stream.write(block)) await once(this.#stream, 'drain');
  }

  async finish(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await new Promise<void>((resolve, reject) => {
      this.#stream.once('error', reject);
      this.#stream.end(() => resolve());
    });
  }

  async discard(): Promise<void> {
    this.#stream.destroy();
  }
}

/** Writes `<path>.part`, puts the count in at the end, and gives the file its name when durable. */
class FileSink implements Sink {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #countAt: number;
  readonly #formatCount: (count: number) => string;

  constructor(
    path: string,
    handle: FileHandle,
    countAt: number,
    formatCount: (count: number) => string,
  ) {
    this.#path = path;
    this.#handle = handle;
    this.#countAt = countAt;
    this.#formatCount = formatCount;
  }

  async write(block: Buffer): Promise<void> {
    await this.#handle.writeFile(block);
  }

  async finish(count: number): Promise<void> {
    const digits = Buffer.from(this.#formatCount(count), 'latin1');
    await this.#handle.write(digits, 0, digits.length, this.#countAt);
    await this.#handle.sync();
    await this.#handle.close();
    await rename(`${this.#path}.part`, this.#path);
    // The new name is durable with its folder; Windows has no such call and needs none.
    if (process.platform === 'win32') return;
    const folder = await open(dirname(this.#path));
    await folder.sync();
    await folder.close();
  }

  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(`${this.#path}.part`, { force: true });
  }
}

/**
 * Writes a data file record by record in flat memory. Await `write` to be held back by a slow
 * sink, and `end` to complete the file; after an error call `discard`. What is refused is what
 * `writeFile` refuses.
 */
export class OfdWriter {
  readonly #sink: Sink;
  readonly #blocks: Blocks;
  readonly #declared: number | undefined;

  private constructor(sink: Sink, encoder: RecordEncoder, declared: number | undefined) {
    this.#sink = sink;
    this.#blocks = new Blocks(encoder);
    this.#declared = declared;
  }

  /** Writes to a stream, which needs the record count beforehand; `end` checks that it was true. */
  static async toStream(
    stream: Writable,
    header: OfdHeaderInput,
    fileType: string,
    options: OfdWriteOptions & { readonly recordCount: number },
  ): Promise<OfdWriter> {
    const layout = getWriteLayout(header, fileType, options);
    const sink = new StreamSink(stream);
    const countLine = `${formatRecordCount(options.recordCount, layout)}\r\n`;
    const encoder = new RecordEncoder(layout, options);
    await sink.write(Buffer.concat([encodeHead(header, layout), Buffer.from(countLine, 'latin1')]));
    return new OfdWriter(sink, encoder, options.recordCount);
  }

  /**
   * Writes a file whose record count is only known at the end. It is made as `<path>.part` and
   * appears under its own name when it is complete and on the disk.
   */
  static async toFile(
    path: string,
    header: OfdHeaderInput,
    fileType: string,
    options: OfdWriteOptions = {},
  ): Promise<OfdWriter> {
    const layout = getWriteLayout(header, fileType, options);
    const encoder = new RecordEncoder(layout, options);
    const head = encodeHead(header, layout);
    const formatCount = (count: number) => formatRecordCount(count, layout);
    const handle = await open(`${path}.part`, 'w');
    const sink = new FileSink(path, handle, head.length, formatCount);
    await sink.write(Buffer.concat([head, Buffer.from(`${formatCount(0)}\r\n`, 'latin1')]));
    return new OfdWriter(sink, encoder, undefined);
  }

  /** Adds one record. Throws `OfdError` naming record and field; nothing of it is written then. */
  async write(values: Values): Promise<void> {
    const block = this.#blocks.add(values);
    if (block !== undefined) await this.#sink.write(block);
  }

  /** Adds many records. */
  async writeAll(records: Iterable<Values>): Promise<void> {
    for (const values of records) {
      const block = this.#blocks.add(values);
      if (block !== undefined) await this.#sink.write(block);
    }
  }

  /** Writes the end marker and completes the file; returns the number of records. */
  async end(): Promise<number> {
    const count = this.#blocks.count;
    if (this.#declared !== undefined && this.#declared !== count) {
      throw new OfdError('RECORD_COUNT', {}, { declared: this.#declared, actual: count });
    }
    await this.#sink.write(Buffer.concat([this.#blocks.take(), tailBytes]));
    await this.#sink.finish(count);
    return count;
  }

  /** Gives the file up: closes the sink, and removes what was written where it is a file. */
  async discard(): Promise<void> {
    await this.#sink.discard();
  }
}
