/** What a document holds, whatever it becomes: a page that is printed or a workbook. */

export const KINDS = ['statement', 'holdings'] as const;
export const FORMATS = ['pdf', 'xlsx'] as const;
export const LANGUAGES = ['zh', 'en'] as const;

export type DocumentKind = (typeof KINDS)[number];
export type DocumentFormat = (typeof FORMATS)[number];
export type Language = (typeof LANGUAGES)[number];

/** A figure is exact decimal text; `gain` is one whose sign tells more or less. */
export type CellKind = 'text' | 'figure' | 'gain';

export interface Column {
  readonly title: string;
  readonly kind: CellKind;
  /** Its share of the width. */
  readonly share: number;
}

/** A part of a document. An absent cell is one that cannot be told, such as a value without NAV. */
export type Section =
  | { readonly type: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | {
      readonly type: 'figures';
      readonly title: string;
      readonly items: readonly {
        readonly name: string;
        readonly value: string;
        readonly kind: 'figure' | 'gain';
      }[];
    }
  | {
      readonly type: 'curve';
      readonly title: string;
      readonly points: readonly { readonly date: string; readonly value: string }[];
    }
  | {
      readonly type: 'bars';
      readonly title: string;
      readonly columns: readonly [label: string, value: string, percent: string];
      /** `percent` is decimal text; the bars of one section add up to 100. */
      readonly bars: readonly {
        readonly label: string;
        readonly value: string;
        readonly percent: string;
      }[];
    }
  | {
      readonly type: 'table';
      readonly title: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly (string | undefined)[])[];
      readonly empty: string;
    }
  | { readonly type: 'note'; readonly text: string };

export interface Document {
  readonly language: Language;
  readonly title: string;
  readonly firm: string;
  /** Whose it is and of what time, under the title. */
  readonly subtitle: string;
  /** At the foot of each page; {page} and {pages} stand for their numbers. */
  readonly foot: string;
  readonly isWide: boolean;
  readonly sections: readonly Section[];
}

/** '-1234567.8' is '-1,234,567.8'; text that is no decimal stays as it is. */
export function groupDigits(text: string): string {
  const [, sign = '', whole, rest = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  return `${sign}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${rest}`;
}

/** What a cell shows. */
export function shownText(kind: CellKind, text: string | undefined): string {
  if (text === undefined) return '—';
  if (kind === 'text') return text;
  const grouped = groupDigits(text);
  return kind === 'gain' && /[1-9]/.test(text) && !text.startsWith('-') ? `+${grouped}` : grouped;
}
