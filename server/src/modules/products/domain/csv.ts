/**
 * CSV as people send it: columns by header in any order, UTF-8 with or without BOM, or GB18030. It
 * is read strictly, because a file that is read wrongly is worse than one that is refused: an
 * unclosed quote, a doubled or unknown column, a row of another length, a control character and a
 * cell that a spreadsheet would run as a formula are errors with their line and column.
 */
/** One fault of a file: the line in it (the header is line 1), the column by name where known. */
export interface CsvFault {
  readonly line: number;
  readonly column?: string;
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** One data row: its line in the file and its cells by column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What a file may be at most. */
export interface CsvLimits {
  readonly rowsMax: number;
  readonly bytesMax: number;
}

/** The columns that a kind of file has. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const CELL_MAX = 500;
const BOM = '\uFEFF';

function fault(line: number, code: string, details: CsvFault['details'] = {}): CsvFault {
  return { line, code, details };
}

/** Bytes as text: UTF-8 first (with or without BOM), else GB18030; neither, UTF-16 or NUL: a fault. */
export function decodeCsv(bytes: Uint8Array, bytesMax: number): string | CsvFault {
  if (bytes.length > bytesMax) return fault(1, 'CSV_TOO_LARGE', { bytesMax });
  if (bytes.includes(0)) return fault(1, 'CSV_ENCODING');
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding; the next one, or the fault below.
    }
  }
  return fault(1, 'CSV_ENCODING');
}

interface Line {
  readonly line: number;
  readonly cells: string[];
}

/** Cuts text into cells (RFC 4180: quotes doubled inside quotes, CRLF or LF or CR ends a row). */
function cutCells(text: string, rowsMax: number): { lines: Line[]; faults: CsvFault[] } {
  const lines: Line[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const cells: string[] = [];
    const first = line;
    for (;;) {
      let cell: string;
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1);
        if (end < 0) return { lines, faults: [fault(line, 'CSV_QUOTE_OPEN')] };
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        line += (cell.match(/\r\n|\n|\r/g) ?? []).length;
        at = end + 1;
        if (at < text.length && !',\r\n'.includes(text[at] ?? '')) {
          return { lines, faults: [fault(line, 'CSV_QUOTE_INSIDE')] };
        }
      } else {
        const from = at;
        while (at < text.length && !',\r\n'.includes(text[at] ?? '')) at += 1;
        cell = text.slice(from, at);
        if (cell.includes('"')) return { lines, faults: [fault(line, 'CSV_QUOTE_INSIDE')] };
      }
      cells.push(cell);
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') lines.push({ line: first, cells });
    if (lines.length > rowsMax + 1) {
      return { lines, faults: [fault(first, 'CSV_TOO_MANY_ROWS', { rowsMax })] };
    }
  }
  return { lines, faults: [] };
}

function closingQuote(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
}

function headerFaults(names: readonly string[], columns: CsvColumns): CsvFault[] {
  const faults: CsvFault[] = [];
  const known = new Set([...columns.required, ...columns.optional]);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) faults.push(fault(1, 'CSV_COLUMN_TWICE', { column: name }));
    else if (!known.has(name)) {
      const column = name.slice(0, 80);
      faults.push(fault(1, 'CSV_COLUMN_UNKNOWN', { column, known: [...known].join(', ') }));
    }
  }
  for (const name of columns.required) {
    if (!names.includes(name)) faults.push(fault(1, 'CSV_COLUMN_MISSING', { column: name }));
  }
  return faults;
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/u;

function cellFault(line: number, column: string, text: string): CsvFault | undefined {
  if (text.length > CELL_MAX) {
    return { ...fault(line, 'CSV_CELL_TOO_LONG', { lengthMax: CELL_MAX }), column };
  }
  if (CONTROL.test(text)) return { ...fault(line, 'CSV_CELL_CONTROL'), column };
  // A minus before a digit is a number that its own column then judges, not a formula.
  if (/^\s*([=+@]|-(?!\d))/.test(text)) {
    return { ...fault(line, 'CSV_CELL_FORMULA', { value: text.slice(0, 40) }), column };
  }
  return undefined;
}

/**
 * Reads a whole CSV text. `rows` is empty when the shape of the file is at fault; otherwise it has
 * every row whose cells are in order, and `faults` names those that are not. Cells are trimmed.
 */
export function readCsv(
  text: string,
  columns: CsvColumns,
  limits: CsvLimits,
): { rows: CsvRow[]; faults: CsvFault[] } {
  if (text.length > limits.bytesMax) {
    return { rows: [], faults: [fault(1, 'CSV_TOO_LARGE', { bytesMax: limits.bytesMax })] };
  }
  const cut = cutCells(text.startsWith(BOM) ? text.slice(1) : text, limits.rowsMax);
  if (cut.faults.length > 0) return { rows: [], faults: cut.faults };
  const [header, ...data] = cut.lines;
  if (header === undefined) return { rows: [], faults: [fault(1, 'CSV_EMPTY')] };
  const names = header.cells.map((cell) => cell.trim());
  const faults = headerFaults(names, columns);
  if (faults.length > 0) return { rows: [], faults };
  const rows: CsvRow[] = [];
  for (const { line, cells } of data) {
    if (cells.length !== names.length) {
      const details = { cells: cells.length, columns: names.length };
      faults.push(fault(line, 'CSV_ROW_LENGTH', details));
      continue;
    }
    const found = cells.flatMap((cell, index) => cellFault(line, names[index] ?? '', cell) ?? []);
    faults.push(...found);
    if (found.length > 0) continue;
    const pairs = names.map((name, index) => [name, (cells[index] ?? '').trim()] as const);
    rows.push({ line, cells: Object.fromEntries(pairs) });
  }
  return { rows, faults };
}
