/** The files themselves: the font that is joined for them, and what a reader finds inside. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import PdfKit from 'pdfkit';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Document } from './domain/document.ts';
import { fontOf, MISSING } from './fonts.ts';
import { renderPdf } from './pdf.ts';
import { renderXlsx } from './xlsx.ts';

const TEXT = '赟喆璟犇，。“”（）¥Aé0123456789';

const documentOf = (rows: readonly (readonly string[])[]): Document => ({
  language: 'zh',
  title: '清单',
  firm: '聚石',
  subtitle: '',
  foot: '{page}/{pages}',
  isWide: false,
  sections: [
    {
      type: 'table',
      title: '明细',
      columns: [
        { title: '名称', kind: 'text', share: 1 },
        { title: '金额', kind: 'figure', share: 1 },
      ],
      rows,
      empty: '',
    },
  ],
});

async function textOf(bytes: Uint8Array): Promise<string[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await loading.promise;
  const pages: string[] = [];
  for (let i = 1; i <= pdf.numPages; i++) {
    const { items } = await (await pdf.getPage(i)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await loading.destroy();
  return pages;
}

test('one font holds the characters of many files, at both weights', async () => {
  const widths = await Promise.all(
    [400, 700].map(async (weight) => {
      const pdf = new PdfKit();
      const { font, codePoints } = await fontOf(`${TEXT}𠮷`, weight);
      const lacking = Array.from(TEXT).filter((one) => !codePoints.has(one.codePointAt(0) ?? 0));
      expect(lacking).toEqual([]);
      expect(codePoints.has('𠮷'.codePointAt(0) ?? 0)).toBe(false);
      pdf.font(font as unknown as string).fontSize(1000);
      pdf.end();
      return Array.from(TEXT, (one) => Math.round(pdf.widthOfString(one)));
    }),
  );
  const [regular = [], bold = []] = widths;
  expect(regular.slice(0, 4)).toEqual([1000, 1000, 1000, 1000]);
  const figures = regular.slice(-10);
  expect(new Set(figures).size).toBe(1);
  expect(bold.at(-1)).toBeGreaterThan(figures[0] ?? 0);
  expect([...regular, ...bold].every((width) => width > 0)).toBe(true);
});

test('a long list goes on over pages, each with its number; what the font lacks is said', async () => {
  const rows = Array.from({ length: 90 }, (_, i) => [`𠮷野家${i}`, `${i}.50`]);
  const pages = await textOf(await renderPdf(documentOf(rows)));
  expect(pages.length).toBe(3);
  expect(pages.map((text, i) => text.includes(`${i + 1}/3`))).toEqual([true, true, true]);
  expect(pages.every((text) => text.includes('名称'))).toBe(true);
  const whole = pages.join('');
  expect(rows.filter(([, figure]) => !whole.includes(figure ?? ''))).toEqual([]);
  expect(whole).toContain(`${MISSING}野家89`);
});

test('text of any writing makes a page: signs that steer, emoji, marks on marks', async () => {
  const texts = [
    '\u0007',
    '\u2028',
    '\u202e',
    'שלום',
    'İı',
    '👨‍👩‍👧‍👦🇨🇳',
    'Ｚ͑ͫ̓',
    '\u200b',
    'fi ffl',
  ];
  const [page = ''] = await textOf(
    await renderPdf(documentOf(texts.map((text) => [text, '1.00']))),
  );
  expect(page.match(/1\.00/g)).toHaveLength(texts.length);
});

test('names that look like formulas are text, and figures are numbers', async () => {
  const rows = [
    ['=HYPERLINK("http://x")', '1234.50'],
    ['@SUM(A1)', '12345678901234567.89'],
  ];
  const [, sheet] = await readXlsx(await renderXlsx(documentOf(rows)));
  expect(sheet?.data.slice(1)).toEqual([
    [`'=HYPERLINK("http://x")`, 1234.5],
    [`'@SUM(A1)`, '12345678901234567.89'],
  ]);
});
