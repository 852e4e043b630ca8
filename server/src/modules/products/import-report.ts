import { renderMessage } from '@cairn/kernel';
import type { CsvFault } from './domain/csv.ts';
import { productsMessages, productsSpeech } from './messages.ts';

/** What can be imported. */
export const IMPORT_KINDS = [
  'funds',
  'parameters',
  'feeSchedules',
  'navs',
  'dividends',
  'splits',
  'closedDays',
  'tradingDays',
  'tradingDayCorrections',
] as const;

/** One of `IMPORT_KINDS`. */
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** One fault of the file, readable in both languages. */
export interface ImportError {
  /** The line in the file; the header is line 1. */
  readonly line: number;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
  readonly messageZh: string;
}

/** What an import did, or would do. A file with any error changes nothing. */
export interface ImportReport {
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  /** Data rows in the file. */
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Waiting, or that would wait, for a second person; not counted elsewhere. */
  readonly held: number;
  readonly errorCount: number;
  /** The first 200. */
  readonly errors: readonly ImportError[];
  readonly approvalId?: string;
}

const ERRORS_MAX = 200;
const SPEECH = [productsSpeech(0), productsSpeech(1)] as const;

/** The faults of a file in both languages, in the order of their lines, the first 200. */
export function renderFaults(faults: readonly CsvFault[]): ImportError[] {
  const sorted = faults.toSorted((a, b) => a.line - b.line);
  return sorted.slice(0, ERRORS_MAX).map(({ line, column, code, details }) => {
    const [en, zh] = productsMessages[code] ?? [code, code];
    const texts = {
      message: renderMessage(en, details, SPEECH[0]),
      messageZh: renderMessage(zh, details, SPEECH[1]),
    };
    return { line, ...(column === undefined ? {} : { column }), code, ...texts };
  });
}
