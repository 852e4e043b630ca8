/** Three-column reconciliation: ours, the other party's, and what the customer is shown. */

/** One number that three parties should agree on. Units scale 2 or fen. */
export interface Column3 {
  readonly subject: string;
  readonly ours: bigint;
  readonly theirs: bigint;
  readonly customerView: bigint;
}

export type BreakClass =
  /** A confirmation that explains the difference lies among the exceptions. */
  | 'unappliedConfirmation'
  /** One smallest unit. */
  | 'rounding'
  /** They know a position that we do not. */
  | 'missingHere'
  /** We know a position that they do not. */
  | 'missingThere'
  /** Our books agree with theirs, but the customer is shown something else. */
  | 'customerView'
  | 'unexplained';

export interface Break extends Column3 {
  readonly class: BreakClass;
}

function classify(row: Column3, unapplied: ReadonlyMap<string, bigint>): BreakClass {
  if (row.ours === row.theirs) return 'customerView';
  const difference = row.theirs - row.ours;
  const waiting = unapplied.get(row.subject);
  if (waiting !== undefined && waiting === difference) return 'unappliedConfirmation';
  if (row.ours === 0n) return 'missingHere';
  if (row.theirs === 0n) return 'missingThere';
  return difference === 1n || difference === -1n ? 'rounding' : 'unexplained';
}

/**
 * Every subject on which the three columns differ, in subject order. A subject absent from a
 * column counts as zero there. `unapplied` is what exceptions of the day would have changed.
 */
export function reconcile(
  ours: ReadonlyMap<string, bigint>,
  theirs: ReadonlyMap<string, bigint>,
  customerView: ReadonlyMap<string, bigint>,
  unapplied: ReadonlyMap<string, bigint> = new Map(),
): Break[] {
  const breaks: Break[] = [];
  const consider = (subject: string) => {
    const row = {
      subject,
      ours: ours.get(subject) ?? 0n,
      theirs: theirs.get(subject) ?? 0n,
      customerView: customerView.get(subject) ?? 0n,
    };
    if (row.ours !== row.theirs || row.ours !== row.customerView) {
      breaks.push({ ...row, class: classify(row, unapplied) });
    }
  };
  for (const subject of ours.keys()) consider(subject);
  for (const subject of theirs.keys()) if (!ours.has(subject)) consider(subject);
  for (const subject of customerView.keys()) {
    if (!ours.has(subject) && !theirs.has(subject)) consider(subject);
  }
  return breaks.sort((a, b) => (a.subject < b.subject ? -1 : 1));
}
