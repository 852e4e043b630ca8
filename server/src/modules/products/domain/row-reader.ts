import type { Codec } from './codecs.ts';
import type { CsvFault, CsvRow } from './csv.ts';

/** Reads the cells of one CSV row and collects every fault; a value is undefined after a fault. */
export class RowReader {
  readonly faults: CsvFault[] = [];
  readonly row: CsvRow;

  constructor(row: CsvRow) {
    this.row = row;
  }

  /** The text of a cell; empty when the file has no such column. */
  text(column: string): string {
    return this.row.cells[column] ?? '';
  }

  /** A cell that must be there and readable. */
  required<T>(column: string, codec: Codec<T>): T | undefined {
    const value = codec.read(this.text(column));
    if (value === undefined) {
      this.fail('CELL_INVALID', column, {
        value: this.text(column).slice(0, 60),
        expects: codec.expects,
      });
    }
    return value;
  }

  /** A cell that may be empty or missing; then the other value stands. */
  optional<T, D>(column: string, codec: Codec<T>, otherwise: D): T | D | undefined {
    return this.text(column) === '' ? otherwise : this.required(column, codec);
  }

  /** Adds a fault of this row. */
  fail(code: string, column?: string, details: CsvFault['details'] = {}): void {
    const place = column === undefined ? {} : { column };
    this.faults.push({ line: this.row.line, ...place, code, details });
  }
}
