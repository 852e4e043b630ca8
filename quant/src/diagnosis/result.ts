/** The columns of a diagnosis: one row an account, and how to read a row. */
import { absent, type Figure, REASONS, type Reason } from '../figure.ts';
import { COLUMN, DIAGNOSIS_FIGURE_IDS, type DiagnosisFigureId } from './figures.ts';
import { allocate, allocateWhole, type Market } from './market.ts';

const REASON_IDS = Object.keys(REASONS) as readonly Reason[];

/** Results of a batch; an account's row begins at account × width in each array. */
export interface Diagnosis {
  readonly accounts: number;
  /** K + 1: the sectors, then cash. */
  readonly segments: number;
  /** A × F values in the order of `DIAGNOSIS_FIGURE_IDS`; NaN where there is none. */
  readonly values: Float64Array;
  /** A × F: 0, or 1 + the place of the reason in `REASONS`. */
  readonly reasons: Uint8Array;
  /** A × (K + 1) linked Brinson effects by segment; NaN where attribution is absent. */
  readonly allocation: Float64Array;
  readonly selection: Float64Array;
  readonly interaction: Float64Array;
  /** A × (K + 1) mean weights. */
  readonly weights: Float64Array;
  /** One for each grouping of the market: A × groups mean weights. */
  readonly preferences: readonly Float64Array[];
  /** A securities with the largest profit and the largest loss; −1 without one. */
  readonly bestSecurity: Int32Array;
  readonly worstSecurity: Int32Array;
}

/** Room for the results of so many accounts; with `shared` threads can fill it together. */
export function createDiagnosis(
  market: Market,
  accounts: number,
  { shared = false } = {},
): Diagnosis {
  const segments = market.sectors + 1;
  const cells = accounts * DIAGNOSIS_FIGURE_IDS.length;
  const numbers = (width: number) => allocate(accounts * width, shared);
  return {
    accounts,
    segments,
    values: allocate(cells, shared),
    reasons: new Uint8Array(shared ? new SharedArrayBuffer(cells) : new ArrayBuffer(cells)),
    allocation: numbers(segments),
    selection: numbers(segments),
    interaction: numbers(segments),
    weights: numbers(segments),
    preferences: market.groupings.map(({ groups }) => numbers(groups)),
    bestSecurity: allocateWhole(accounts, shared),
    worstSecurity: allocateWhole(accounts, shared),
  };
}

/** Writes a value, or the reason when it is not finite. */
export function writeValue(
  { values, reasons }: Diagnosis,
  cell: number,
  value: number,
  otherwise: Reason = 'NOT_FINITE',
): void {
  if (Number.isFinite(value)) {
    values[cell] = value;
    reasons[cell] = 0;
  } else {
    values[cell] = Number.NaN;
    reasons[cell] = 1 + REASON_IDS.indexOf(otherwise);
  }
}

export function writeReason({ values, reasons }: Diagnosis, cell: number, reason: Reason): void {
  values[cell] = Number.NaN;
  reasons[cell] = 1 + REASON_IDS.indexOf(reason);
}

/** One figure of one account. */
export function readFigure(
  { values, reasons }: Diagnosis,
  account: number,
  id: DiagnosisFigureId,
): Figure {
  const cell = account * DIAGNOSIS_FIGURE_IDS.length + COLUMN[id];
  const code = reasons[cell] as number;
  if (code === 0) return { value: values[cell] as number };
  return absent(REASON_IDS[code - 1] as Reason);
}

/** All figures of one account. */
export function readAccount(
  result: Diagnosis,
  account: number,
): Readonly<Record<DiagnosisFigureId, Figure>> {
  return Object.fromEntries(
    DIAGNOSIS_FIGURE_IDS.map((id) => [id, readFigure(result, account, id)]),
  ) as Record<DiagnosisFigureId, Figure>;
}
