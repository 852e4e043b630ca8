import { OfdError } from './errors.ts';
import { FileParser, type OfdReadOptions } from './file-parser.ts';
import type { OfdHeader } from './header.ts';
import type { OfdLayout } from './layout.ts';
import type { OfdRecord } from './record.ts';

/** A whole data file. The records keep `bytes` alive. */
export interface OfdFile {
  readonly header: OfdHeader;
  readonly layout: OfdLayout;
  readonly records: OfdRecord[];
}

/** A view of the same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads a whole data file and checks all of it; throws the first `OfdError`. */
export function parseFile(bytes: Uint8Array, options: OfdReadOptions = {}): OfdFile {
  const parser = new FileParser(options, (error) => {
    throw error;
  });
  const records = parser.push(asBuffer(bytes));
  parser.end();
  const { header, plan } = parser.head!;
  return { header, layout: plan.layout, records };
}

/**
 * All errors of a data file in file order, up to `errorsMax` (100): none means that `parseFile`
 * accepts it. An error after which the framing is lost is the last one.
 */
export function checkFile(
  bytes: Uint8Array,
  options: OfdReadOptions & { readonly errorsMax?: number } = {},
): OfdError[] {
  const { errorsMax = 100, ...readOptions } = options;
  const errors: OfdError[] = [];
  const parser = new FileParser(readOptions, (error) => {
    if (errors.length + 1 >= errorsMax) throw error;
    errors.push(error);
  });
  try {
    parser.push(asBuffer(bytes));
    parser.end();
  } catch (error) {
    if (!(error instanceof OfdError)) throw error;
    errors.push(error);
  }
  return errors;
}
