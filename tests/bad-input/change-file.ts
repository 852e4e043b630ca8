/** Changes of a good file as the corpus says them. */
import { type Input, written } from './corpus.ts';

/** What is done to a file, from top to bottom of this list. */
export interface FileChange {
  /** Another file in its place. */
  readonly whole?: Input;
  /** The first of two texts, once, becomes the second. */
  readonly replace?: readonly [string, string];
  /** A line, counted from 0, or from the end where negative; the last is what follows the last line end. */
  readonly line?: {
    readonly at: number;
    readonly drop?: boolean;
    readonly twice?: boolean;
    readonly set?: string;
    readonly append?: string;
    /** So many bytes less at its start. */
    readonly dropBytes?: number;
  };
  /** A cell of the first row of a table; {} stands for what it is. */
  readonly cell?: { readonly column: number; readonly raw: Input };
  /** One more column; {} stands for the first one. */
  readonly addColumn?: { readonly name: string; readonly cell: string };
  readonly dropColumn?: number;
  readonly columnsReversed?: boolean;
  readonly quoted?: boolean;
  /** The first row so many times. */
  readonly rows?: number;
  readonly emptyLines?: boolean;
  readonly separator?: string;
  readonly lineEnd?: string;
  readonly noLastLineEnd?: boolean;
  readonly before?: string;
  readonly after?: string;
  /** The share of its bytes that is kept. */
  readonly cut?: number;
  readonly encode?: 'utf16le';
}

function changedLine(line: string, { drop, twice, set, append, dropBytes }: LineChange): string[] {
  if (drop === true) return [];
  if (twice === true) return [line, line];
  return [`${(set ?? line).slice(dropBytes ?? 0)}${append ?? ''}`];
}

type LineChange = NonNullable<FileChange['line']>;

/** Cells of a table without quotes, changed; the table's rows are its lines but the last, empty one. */
function changedTable(lines: readonly string[], change: FileChange): string[] {
  const { cell, addColumn, dropColumn, columnsReversed, quoted, rows, separator } = change;
  let table = lines.filter((line) => line !== '').map((line) => line.split(','));
  if (cell !== undefined) {
    const raw = String(written(cell.raw));
    table = table.map((row, n) =>
      n === 1
        ? row.map((own, at) => (at === cell.column ? raw.replaceAll('{}', () => own) : own))
        : row,
    );
  }
  if (addColumn !== undefined) {
    const more = (row: readonly string[], text: string) => text.replaceAll('{}', row[0] ?? '');
    table = table.map((row, n) => [...row, more(row, n === 0 ? addColumn.name : addColumn.cell)]);
  }
  if (dropColumn !== undefined)
    table = table.map((row) => row.filter((_, at) => at !== dropColumn));
  if (columnsReversed === true) table = table.map((row) => row.toReversed());
  if (quoted === true) table = table.map((row) => row.map((own) => `"${own}"`));
  if (rows !== undefined) {
    const [header = [], first = [], ...others] = table;
    table = [header, ...Array.from({ length: rows }, () => first), ...others];
  }
  return [...table.map((row) => row.join(separator ?? ',')), ''];
}

const OF_TABLES = [
  'cell',
  'addColumn',
  'dropColumn',
  'columnsReversed',
  'quoted',
  'rows',
  'separator',
] as const;

/** The file with the change; texts of the change are UTF-8, its own bytes stay as they are. */
export function changedFile(good: Buffer, change: FileChange): Buffer {
  if (change.whole !== undefined) return Buffer.from(written(change.whole));
  const bytesOf = (text: string) => Buffer.from(text).toString('latin1');
  let text = good.toString('latin1');
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const { replace, line } = change;
  if (replace !== undefined) {
    if (!text.includes(replace[0])) throw new Error(`the file does not say '${replace[0]}'`);
    text = text.replace(replace[0], () => bytesOf(replace[1]));
  }
  let lines = text.split(lineEnd);
  if (line !== undefined) {
    const at = line.at < 0 ? lines.length + line.at : line.at;
    lines = lines.flatMap((own, n) => (n === at ? changedLine(own, line) : [own]));
  }
  if (OF_TABLES.some((name) => change[name] !== undefined)) {
    const decoded = lines.map((own) => Buffer.from(own, 'latin1').toString());
    lines = changedTable(decoded, change).map(bytesOf);
  }
  if (change.emptyLines === true) lines = lines.flatMap((own) => (own === '' ? [own] : [own, '']));
  if (change.noLastLineEnd === true) lines.pop();
  text = lines.join(change.lineEnd ?? lineEnd);
  text = `${bytesOf(change.before ?? '')}${text}${bytesOf(change.after ?? '')}`;
  const bytes = Buffer.from(text, 'latin1');
  const kept = bytes.subarray(0, Math.floor(bytes.length * (change.cut ?? 1)));
  return change.encode === undefined ? kept : Buffer.from(kept.toString(), change.encode);
}
