import { findLayout, type OfdHeaderInput, type OfdLayout, writeFile } from '@cairn/ofd';
import type { RecordValues } from './day.ts';
import type { Fund } from './scenario.ts';
import type { PositionRow } from './state.ts';

/*
 * File 05 repeats every position every day, though most did not change. So the bytes of a record
 * are kept beside the position they were made from (a changed position is a new row), and only
 * the date is written anew. A test compares the file with the one written record by record.
 */

/** What the file says about all positions. */
export interface HoldingsTerms {
  readonly distributorCode: string;
  readonly funds: ReadonlyMap<string, Fund>;
}

/** One record of file 05, without a difference between account and detail level. */
export function holdingValues(
  position: PositionRow,
  terms: HoldingsTerms,
  compactDate: string,
): RecordValues {
  const fund = terms.funds.get(position.fundCode);
  return {
    AvailableVol: position.units,
    TotalVolOfDistributorInTA: position.units,
    TransactionCfmDate: compactDate,
    FundCode: position.fundCode,
    TransactionAccountID: position.tradingAccountId,
    DistributorCode: terms.distributorCode,
    TAAccountID: position.taAccountId,
    BranchCode: position.branchCode,
    ShareClass: position.shareClass,
    DetailFlag: '0',
    AccountStatus: '0',
    DefDividendMethod: position.dividendMethod || fund?.defaultDividendMethod,
  };
}

function layoutOfHoldings(): OfdLayout {
  const layout = findLayout('21', '05');
  if (layout === undefined) throw new Error('the codec has no layout 05');
  return layout;
}

/** Writes file 05 of all positions with units, reusing the records of unchanged ones. */
export class HoldingsWriter {
  readonly #terms: HoldingsTerms;
  readonly #stride: number;
  readonly #dateAt: number;
  #records = new WeakMap<PositionRow, Buffer>();

  constructor(terms: HoldingsTerms) {
    const layout = layoutOfHoldings();
    const before = layout.fields.findIndex((field) => field.name === 'TransactionCfmDate');
    this.#terms = terms;
    this.#stride = layout.recordLength + 2;
    this.#dateAt = layout.fields.slice(0, before).reduce((total, field) => total + field.length, 0);
  }

  /** Encodes the positions that have no record yet, all in one go. */
  #encodeNew(header: OfdHeaderInput, positions: readonly PositionRow[]): void {
    const missing = positions.filter((position) => !this.#records.has(position));
    if (missing.length === 0) return;
    const values = missing.map((position) => holdingValues(position, this.#terms, header.date));
    const file = writeFile(header, '05', values);
    const start = this.#bodyStart(header);
    missing.forEach((position, index) => {
      const at = start + index * this.#stride;
      // A copy, so that one changed position does not keep a whole day's file alive.
      this.#records.set(position, Buffer.from(file.subarray(at, at + this.#stride)));
    });
  }

  #bodyStart(header: OfdHeaderInput): number {
    return writeFile(header, '05', []).lastIndexOf('OFDCFEND');
  }

  /** The file with one record for each position, in order; all must have units. */
  write(header: OfdHeaderInput, positions: readonly PositionRow[]): Buffer {
    this.#encodeNew(header, positions);
    const empty = writeFile(header, '05', []);
    const start = empty.lastIndexOf('OFDCFEND');
    const file = Buffer.allocUnsafe(empty.length + positions.length * this.#stride);
    empty.copy(file, 0, 0, start);
    // The record count is the line before the records: eight digits and CR LF.
    file.write(String(positions.length).padStart(8, '0'), start - 10, 'latin1');
    let at = start;
    for (const position of positions) {
      (this.#records.get(position) as Buffer).copy(file, at);
      file.write(header.date, at + this.#dateAt, 'latin1');
      at += this.#stride;
    }
    empty.copy(file, at, start);
    return file;
  }
}
