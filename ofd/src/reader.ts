import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { FileParser, type OfdReadOptions } from './file-parser.ts';
import type { OfdHeader } from './header.ts';
import type { ParsedHead } from './header-parser.ts';
import type { OfdLayout } from './layout.ts';
import { asBuffer } from './read.ts';
import type { OfdRecord } from './record.ts';

/** Bytes from anywhere: a file path, or pieces of any size as they arrive. */
export type OfdSource = string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const CHUNK_BYTES = 512 * 1024;

/** The bytes of a source; a path is opened as a stream. */
export function openSource(source: OfdSource): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof source !== 'string') return source;
  return createReadStream(source, { highWaterMark: CHUNK_BYTES });
}

async function* batchesOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  parser: FileParser,
): AsyncGenerator<OfdRecord[]> {
  let isHeadGiven = false;
  for await (const chunk of source) {
    const records = parser.push(asBuffer(chunk));
    // The head is announced by an empty batch, so that it can be read before any record.
    if (!isHeadGiven && parser.head !== undefined) {
      isHeadGiven = true;
      yield [];
    }
    if (records.length > 0) yield records;
  }
  parser.end();
}

/**
 * Reads a data file as a stream in flat memory. `open` reads the head; `batches` gives arrays of
 * checked records. The file as a whole is only proven when the batches end without an error: keep
 * what you derive from them apart until then.
 */
export class OfdReader {
  readonly header: OfdHeader;
  readonly layout: OfdLayout;
  /** The number of records the header declares. */
  readonly recordCount: number;
  readonly #rest: AsyncGenerator<OfdRecord[]>;

  private constructor(head: ParsedHead, rest: AsyncGenerator<OfdRecord[]>) {
    this.header = head.header;
    this.layout = head.plan.layout;
    this.recordCount = head.recordCount;
    this.#rest = rest;
  }

  /** Opens a file by path or any source of bytes and reads the head; throws `OfdError`. */
  static async open(source: OfdSource, options: OfdReadOptions = {}): Promise<OfdReader> {
    const fileName =
      options.fileName ?? (typeof source === 'string' ? basename(source) : undefined);
    const parser = new FileParser({ ...options, fileName }, (error) => {
      throw error;
    });
    const batches = batchesOf(openSource(source), parser);
    await batches.next();
    return new OfdReader(parser.head!, batches);
  }

  /** The records in file order; can be gone through once. Leaving the loop closes the source. */
  batches(): AsyncGenerator<OfdRecord[]> {
    return this.#rest;
  }

  /** Closes the source of a file that is not read to its end. */
  async close(): Promise<void> {
    await this.#rest.return(undefined);
  }
}

/** The records of a data file one by one, as a stream; see `OfdReader` for what is proven when. */
export async function* readRecords(
  source: OfdSource,
  options: OfdReadOptions = {},
): AsyncGenerator<OfdRecord> {
  const reader = await OfdReader.open(source, options);
  for await (const batch of reader.batches()) yield* batch;
}
