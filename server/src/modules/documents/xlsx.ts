/** A document as a workbook: a sheet of figures, and a sheet for each of its lists. */
import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';
import type { CellKind, Column, Document, Section } from './domain/document.ts';
import { harmlessText, exactNumber } from './domain/cells.ts';

const HEAD = { fontWeight: 'bold', backgroundColor: '#EEF1F4', align: 'left' } as const;

function cellOf(kind: CellKind, text: string | undefined): Cell {
  if (text === undefined) return { value: '—', align: kind === 'text' ? 'left' : 'right' };
  const value = kind === 'text' ? undefined : exactNumber(text);
  if (value === undefined) {
    return { value: harmlessText(text), type: String, align: kind === 'text' ? 'left' : 'right' };
  }
  const decimals = text.split('.')[1]?.length ?? 0;
  const format = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
  return { value, type: Number, format, align: 'right' };
}

const headOf = (columns: readonly Pick<Column, 'title' | 'kind'>[]): Cell[] =>
  columns.map(({ title, kind }) => ({
    ...HEAD,
    value: title,
    align: kind === 'text' ? 'left' : 'right',
  }));

function sheetOf(
  section: Section,
): { name: string; data: SheetData; columns: { width: number }[] } | undefined {
  switch (section.type) {
    case 'table':
      return {
        name: section.title,
        data: [
          headOf(section.columns),
          ...(section.rows.length === 0
            ? [[{ value: section.empty }]]
            : section.rows.map((row) =>
                section.columns.map(({ kind }, i) => cellOf(kind, row[i])),
              )),
        ],
        columns: section.columns.map(({ share }) => ({ width: Math.round(share * 9) })),
      };
    case 'curve':
      return {
        name: section.title,
        data: section.points.map(({ date, value }) => [
          cellOf('text', date),
          cellOf('figure', value),
        ]),
        columns: [{ width: 14 }, { width: 18 }],
      };
    case 'bars':
      return {
        name: section.title,
        data: [
          headOf(section.columns.map((title, i) => ({ title, kind: i === 0 ? 'text' : 'figure' }))),
          ...section.bars.map(({ label, value, percent }) => [
            cellOf('text', label),
            cellOf('figure', value),
            cellOf('figure', percent),
          ]),
        ],
        columns: [{ width: 36 }, { width: 18 }, { width: 12 }],
      };
    default:
      return undefined;
  }
}

function cover(document: Document): SheetData {
  const rows: Cell[][] = [[{ value: document.title, fontWeight: 'bold', fontSize: 16 }]];
  for (const section of document.sections) {
    if (section.type === 'facts') {
      rows.push(
        ...section.rows.map(([name, value]) => [cellOf('text', name), cellOf('text', value)]),
      );
    } else if (section.type === 'figures') {
      rows.push([
        { ...HEAD, value: section.title },
        { ...HEAD, value: '' },
      ]);
      rows.push(
        ...section.items.map(({ name, value, kind }) => [
          cellOf('text', name),
          cellOf(kind, value),
        ]),
      );
    } else if (section.type === 'note') {
      rows.push([{ value: harmlessText(section.text), textColor: '#5B6673' }]);
    }
  }
  return rows;
}

/** The name of a sheet: what Excel forbids is left out. */
const sheetName = (title: string): string => title.replaceAll(/[\\/?*[\]:]/g, '').slice(0, 31);

/** The workbook of a document. Figures are numbers where a number holds them exactly. */
export async function renderXlsx(document: Document): Promise<Buffer> {
  const sheets = document.sections.flatMap((section) => {
    const sheet = sheetOf(section);
    return sheet === undefined ? [] : [sheet];
  });
  const file = writeXlsxFile(
    [
      {
        data: cover(document),
        sheet: sheetName(document.title),
        columns: [{ width: 30 }, { width: 34 }],
      },
      ...sheets.map(({ name, data, columns }) => ({
        data,
        columns,
        sheet: sheetName(name),
        stickyRowsCount: 1,
      })),
    ],
    { fontFamily: 'Arial', fontSize: 10 },
  );
  return file.toBuffer();
}
