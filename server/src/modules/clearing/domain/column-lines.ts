/** Everything that was compared on a day, as lines of text: who agreed can be shown years later. */
import type { Column3 } from './reconcile.ts';

/** What the three columns of a row count: units, or money in fen. */
export type ColumnKind = 'units' | 'cash';

export interface ColumnRow extends Column3 {
  readonly kind: ColumnKind;
}

const LINE = /^(units|cash)\t([^\t\n]+)\t(-?\d+)\t(-?\d+)\t(-?\d+)$/;

/** Every subject of the three columns, in order; absent counts as zero. */
export function columnsOf(
  ours: ReadonlyMap<string, bigint>,
  theirs: ReadonlyMap<string, bigint>,
  customerView: ReadonlyMap<string, bigint>,
): Column3[] {
  const subjects = new Set([...ours.keys(), ...theirs.keys(), ...customerView.keys()]);
  return [...subjects].sort().map((subject) => ({
    subject,
    ours: ours.get(subject) ?? 0n,
    theirs: theirs.get(subject) ?? 0n,
    customerView: customerView.get(subject) ?? 0n,
  }));
}

/** One line a row, its fields parted by tabs. */
export function writeColumnLines(rows: readonly ColumnRow[]): string {
  return rows
    .map((row) => `${row.kind}\t${row.subject}\t${row.ours}\t${row.theirs}\t${row.customerView}\n`)
    .join('');
}

/** The rows whose subject holds a text, in order; a line of another form is a fault of ours. */
export function readColumnLines(text: string, part = ''): ColumnRow[] {
  return text.split('\n').flatMap((line): ColumnRow[] => {
    if (line === '' || !line.includes(part)) return [];
    const [, kind, subject = '', ours = '0', theirs = '0', shown = '0'] = LINE.exec(line) ?? [];
    if (kind !== 'units' && kind !== 'cash') throw new Error('a line of the columns is broken');
    if (!subject.includes(part)) return [];
    return [
      { kind, subject, ours: BigInt(ours), theirs: BigInt(theirs), customerView: BigInt(shown) },
    ];
  });
}
