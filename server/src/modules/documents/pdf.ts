/** A document as A4 pages: text that can be searched and copied, charts drawn as lines and bars. */
import PdfKit from 'pdfkit';
import {
  type CellKind,
  type Document,
  groupDigits,
  type Section,
  shownText,
} from './domain/document.ts';
import { filledShare, placeCurve } from './domain/placed-curve.ts';
import { fontOf, MISSING } from './fonts.ts';

type Pdf = InstanceType<typeof PdfKit>;
type Of<T extends Section['type']> = Extract<Section, { type: T }>;

const INK = '#1B232D';
const QUIET = '#5B6673';
const LINE = '#D9DEE4';
const BAND = '#F4F6F8';
const ACCENT = '#1F5FA8';
// The convention of the Chinese market: red is up, green is down.
const UP = '#B42318';
const DOWN = '#0B6B3A';
const MARGIN = 42;
const FOOT_HEIGHT = 34;
const ROW_PAD = 4;

/** Draws a document from the top of a page to its foot, on as many pages as it takes. */
class Press {
  private readonly pdf: Pdf;
  private readonly document: Document;
  private y = MARGIN;

  constructor(pdf: Pdf, document: Document) {
    this.pdf = pdf;
    this.document = document;
  }

  private get width(): number {
    return this.pdf.page.width - 2 * MARGIN;
  }

  private get bottom(): number {
    return this.pdf.page.height - MARGIN - FOOT_HEIGHT;
  }

  private use(size: number, color = INK, weight: 'regular' | 'bold' = 'regular'): Pdf {
    return this.pdf.font(weight).fontSize(size).fillColor(color);
  }

  private need(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.pdf.addPage();
    this.y = MARGIN;
    return true;
  }

  private write(
    text: string,
    at: { x: number; y: number; width: number; align?: 'left' | 'right' },
  ): void {
    const { x, y, width, align = 'left' } = at;
    this.pdf.text(text, x, y, { width, align, lineBreak: true });
  }

  /** Everything, from the head to the foot of the last page. */
  print(): void {
    this.head();
    for (const section of this.document.sections) this.draw(section);
    this.foots();
  }

  private head(): void {
    const { title, firm } = this.document;
    this.use(10, ACCENT, 'bold');
    this.write(firm, { x: MARGIN, y: this.y, width: this.width });
    this.use(20, INK, 'bold');
    this.write(title, { x: MARGIN, y: this.y + 16, width: this.width });
    this.y += 52;
    this.rule(ACCENT, 1.2);
    this.y += 12;
  }

  private rule(color: string, width = 0.6): void {
    this.pdf
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + this.width, this.y)
      .lineWidth(width)
      .strokeColor(color)
      .stroke();
  }

  private title(text: string, room: number): void {
    this.need(room + 26);
    this.y += 8;
    this.use(11.5, INK, 'bold');
    this.write(text, { x: MARGIN, y: this.y, width: this.width });
    this.y += 20;
  }

  private draw(section: Section): void {
    switch (section.type) {
      case 'facts':
        this.facts(section);
        break;
      case 'figures':
        this.figures(section);
        break;
      case 'curve':
        this.curve(section);
        break;
      case 'bars':
        this.bars(section);
        break;
      case 'table':
        this.table(section);
        break;
      default:
        this.note(section.text);
    }
  }

  private facts({ rows }: Of<'facts'>): void {
    const half = this.width / 2;
    for (let i = 0; i < rows.length; i += 2) {
      const pair = rows.slice(i, i + 2);
      this.use(9);
      const heights = pair.map(([, value]) => this.pdf.heightOfString(value, { width: half - 96 }));
      for (const [column, [name, value]] of pair.entries()) {
        const x = MARGIN + column * half;
        this.use(9, QUIET);
        this.write(name, { x, y: this.y, width: 84 });
        this.use(9);
        this.write(value, { x: x + 86, y: this.y, width: half - 96 });
      }
      this.y += Math.max(...heights) + 5;
    }
    this.y += 4;
  }

  private figures({ title, items }: Of<'figures'>): void {
    this.title(title, 50);
    const columns = 4;
    const width = this.width / columns;
    for (let i = 0; i < items.length; i += columns) {
      this.need(44);
      this.pdf.rect(MARGIN, this.y, this.width, 40).fill(BAND);
      for (const [column, { name, value, kind }] of items.slice(i, i + columns).entries()) {
        const x = MARGIN + column * width + 8;
        this.use(8, QUIET);
        this.write(name, { x, y: this.y + 6, width: width - 12 });
        this.use(11.5, colorOf(kind, value), 'bold');
        this.write(shownText(kind, value), { x, y: this.y + 19, width: width - 12 });
      }
      this.y += 44;
    }
    this.y += 6;
  }

  private curve({ title, points }: Of<'curve'>): void {
    if (points.length < 2) return;
    const height = 130;
    this.title(title, height + 36);
    this.y += 6;
    const left = MARGIN + 84;
    const box = { left, top: this.y, width: this.width - 84, height };
    const placed = placeCurve(points, box);
    for (const { y, text } of placed.ticks) {
      this.pdf
        .moveTo(left, y)
        .lineTo(left + box.width, y)
        .lineWidth(0.5)
        .strokeColor(LINE)
        .stroke();
      this.use(7.5, QUIET);
      this.write(groupDigits(text), { x: MARGIN, y: y - 5, width: 78, align: 'right' });
    }
    const trace = () => {
      for (const [i, { x, y }] of placed.points.entries()) {
        if (i === 0) this.pdf.moveTo(x, y);
        else this.pdf.lineTo(x, y);
      }
    };
    trace();
    this.pdf.lineTo(left + box.width, this.y + height).lineTo(left, this.y + height);
    this.pdf.fillColor(ACCENT).fillOpacity(0.08).fill().fillOpacity(1);
    trace();
    this.pdf.lineWidth(1.3).lineJoin('round').strokeColor(ACCENT).stroke();
    this.use(7.5, QUIET);
    const dateY = this.y + height + 5;
    this.write(points[0]?.date ?? '', { x: left, y: dateY, width: 80 });
    const last = { x: left + box.width - 80, y: dateY, width: 80, align: 'right' } as const;
    this.write(points.at(-1)?.date ?? '', last);
    this.y += height + 24;
  }

  private bars({ title, bars }: Of<'bars'>): void {
    this.title(title, Math.min(bars.length, 4) * 17);
    const label = this.width * 0.3;
    const track = this.width * 0.42;
    const rest = this.width - label - track - 16;
    for (const bar of bars) {
      this.need(17);
      this.use(8.5);
      this.pdf.text(bar.label, MARGIN, this.y, { width: label - 8, height: 12, ellipsis: true });
      const x = MARGIN + label;
      this.pdf.rect(x, this.y + 1, track, 9).fill(BAND);
      this.pdf.rect(x, this.y + 1, track * filledShare(bar.percent), 9).fill(ACCENT);
      this.use(8.5);
      this.write(groupDigits(bar.value), {
        x: x + track + 8,
        y: this.y,
        width: rest * 0.62,
        align: 'right',
      });
      const end = { x: x + track + 8 + rest * 0.62, y: this.y, width: rest * 0.38 + 8 } as const;
      this.write(`${bar.percent}%`, { ...end, align: 'right' });
      this.y += 17;
    }
    this.y += 4;
  }

  private table({ title, columns, rows, empty }: Of<'table'>): void {
    this.title(title, 44);
    const shares = columns.reduce((total, { share }) => total + share, 0);
    const widths = columns.map(({ share }) => (this.width * share) / shares);
    const cells = (
      texts: readonly string[],
      colors: readonly string[],
      weight: 'regular' | 'bold',
    ) => {
      this.use(8, INK, weight);
      const heights = texts.map((text, i) =>
        this.pdf.heightOfString(text, { width: (widths[i] ?? 0) - 8 }),
      );
      const height = Math.max(...heights) + 2 * ROW_PAD;
      return {
        height,
        draw: () => {
          let x = MARGIN;
          for (const [i, text] of texts.entries()) {
            const width = widths[i] ?? 0;
            this.use(8, colors[i], weight);
            const align = columns[i]?.kind === 'text' ? 'left' : 'right';
            this.write(text, { x: x + 4, y: this.y + ROW_PAD, width: width - 8, align });
            x += width;
          }
          this.y += height;
        },
      };
    };
    const titles = columns.map((column) => column.title);
    const header = () => {
      const row = cells(
        titles,
        columns.map(() => QUIET),
        'bold',
      );
      this.pdf.rect(MARGIN, this.y, this.width, row.height).fill(BAND);
      row.draw();
    };
    header();
    if (rows.length === 0) {
      this.use(8.5, QUIET);
      this.write(empty, { x: MARGIN + 4, y: this.y + 6, width: this.width });
      this.y += 22;
    }
    for (const row of rows) {
      const texts = columns.map(({ kind }, i) => shownText(kind, row[i]));
      const colors = columns.map(({ kind }, i) => colorOf(kind, row[i]));
      const line = cells(texts, colors, 'regular');
      if (this.need(line.height)) header();
      line.draw();
      this.rule(LINE, 0.4);
    }
    this.y += 10;
  }

  private note(text: string): void {
    this.use(8, QUIET);
    const height = this.pdf.heightOfString(text, { width: this.width });
    this.need(height + 10);
    this.y += 4;
    this.write(text, { x: MARGIN, y: this.y, width: this.width });
    this.y += height;
  }

  /** The foot of every page, when it is known how many there are. */
  private foots(): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let i = 0; i < count; i++) {
      this.pdf.switchToPage(start + i);
      const y = this.pdf.page.height - MARGIN - 8;
      const text = this.document.foot.replace('{page}', `${i + 1}`).replace('{pages}', `${count}`);
      // Below the margin the library would begin a page of its own.
      this.pdf.page.margins.bottom = 0;
      this.use(7.5, QUIET);
      this.write(text, { x: MARGIN, y, width: this.width });
    }
  }
}

function colorOf(kind: CellKind, value: string | undefined): string {
  if (kind !== 'gain' || value === undefined || !/[1-9]/.test(value)) return INK;
  return value.startsWith('-') ? DOWN : UP;
}

/** Every text of the document, for the characters that its font needs. */
function charactersOf(document: Document): Set<string> {
  const texts: string[] = ['0123456789.,+-%—'];
  JSON.stringify(document, (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return new Set(texts.join(''));
}

/** What the font lacks is shown as lacking, never left out. */
function withoutMissing(document: Document, has: ReadonlySet<number>): Document {
  const shown = (text: string) =>
    Array.from(text, (one) => (has.has(one.codePointAt(0) ?? 0) ? one : MISSING)).join('');
  return JSON.parse(JSON.stringify(document), (_key, value: unknown) =>
    typeof value === 'string' ? shown(value) : value,
  ) as Document;
}

/** The pages of a document. */
export async function renderPdf(document: Document): Promise<Buffer> {
  const characters = charactersOf(document);
  const { font: regular, codePoints } = await fontOf(characters, 400);
  const { font: bold } = await fontOf(characters, 700);
  const { title, subtitle, firm, language, isWide } = document;
  const pdf = new PdfKit({
    size: 'A4',
    layout: isWide ? 'landscape' : 'portrait',
    margin: MARGIN,
    bufferPages: true,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    // The file's own font would be Helvetica, which has no Chinese.
    font: regular as unknown as string,
    info: { Title: title, Subject: subtitle, Author: firm, Creator: firm, Producer: firm },
  });
  pdf.registerFont('regular', regular);
  pdf.registerFont('bold', bold);
  const whole = collect(pdf);
  new Press(pdf, withoutMissing(document, codePoints)).print();
  pdf.end();
  return whole;
}

async function collect(pdf: Pdf): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of pdf) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
