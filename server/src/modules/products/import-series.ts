/** Imports of NAVs, dividends, splits and closed days: appended, a correction as a new version. */
import { type Instant, parsePrice, type Price } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';
import { booleanCodec, type Codec, dateCodec, priceCodec, textUpTo } from './domain/codecs.ts';
import type { CsvFault, CsvRow } from './domain/csv.ts';
import { RowReader } from './domain/row-reader.ts';
import {
  faultyPlan,
  findTwice,
  findUnknownFunds,
  fundCodeCodec,
  type ImportDefinition,
  type ImportPlan,
  type Read,
} from './import-plan.ts';
import { applyNavPlan, previewNavs } from './navs.ts';
import {
  type ClosedDayRow,
  type DividendRow,
  insertClosedDays,
  insertDividends,
  insertSplits,
  loadClosedDays,
  loadDividends,
  loadSplits,
  type NavRow,
  type SplitRow,
  type Versioned,
} from './series.ts';
import { touchCatalogue } from './store.ts';

// Zero and minus are read, so that the answer names what is wrong with them.
const navCodec: Codec<Price> = {
  ...priceCodec,
  read: (text) => priceCodec.read(text) ?? parsePrice(text, { signed: true }),
};
const sourceCodec = textUpTo(60);

type ReadRow<T> = (reader: RowReader) => T | undefined;

function readRows<T>(rows: readonly CsvRow[], readRow: ReadRow<T>) {
  const faults: CsvFault[] = [];
  const read: Read<T>[] = [];
  for (const row of rows) {
    const reader = new RowReader(row);
    const item = readRow(reader);
    faults.push(...reader.faults);
    if (item !== undefined && reader.faults.length === 0) read.push({ line: row.line, item });
  }
  return { read, faults };
}

const readNav: ReadRow<NavRow> = (reader) => {
  const fundCode = reader.required('fund_code', fundCodeCodec);
  const navDate = reader.required('nav_date', dateCodec);
  const nav = reader.required('nav', navCodec);
  const accumulated = reader.optional('accumulated', priceCodec, undefined);
  const source = reader.optional('source', sourceCodec, 'import');
  if (fundCode === undefined || navDate === undefined || nav === undefined) return undefined;
  if (source === undefined) return undefined;
  return { fundCode, navDate, nav, ...(accumulated === undefined ? {} : { accumulated }), source };
};

async function planNavImport(sql: Sql, now: Instant, rows: readonly CsvRow[]): Promise<ImportPlan> {
  const { read, faults } = readRows(rows, readNav);
  faults.push(...findTwice(read, (row) => `${row.fundCode} ${row.navDate}`));
  const withLines = read.map(({ line, item }) => ({ ...item, line }));
  const plan = await previewNavs(sql, now, withLines);
  for (const { item, code, details } of plan.refused) {
    if (code === 'NAV_TWICE') continue;
    const column = code === 'PRODUCT_UNKNOWN_FUND' ? 'fund_code' : 'nav';
    faults.push({ line: item.line, column, code, details });
  }
  if (faults.length > 0) return faultyPlan(faults);
  const changed = plan.write.filter((row) => row.version > 1).length;
  return {
    created: plan.write.length - changed,
    changed,
    unchanged: plan.unchanged.length,
    held: plan.held.length,
    faults,
    apply: async (unit, actor) => (await applyNavPlan(unit, actor, plan)).approvalId,
  };
}

/** How one kind of versioned row is read, keyed, compared, loaded and written. */
interface Series<T extends { fundCode: string }> {
  readRow: ReadRow<T>;
  keyOf(item: T): string;
  /** What makes two rows of one key the same. */
  contentOf(item: T): string;
  load(sql: Sql, codes: readonly string[]): Promise<Versioned<T>[]>;
  insert(tx: Tx, rows: readonly Versioned<T>[], at: Instant): Promise<void>;
  readonly touchesTerms: boolean;
}

function planSeries<T extends { fundCode: string }>(series: Series<T>) {
  return async (sql: Sql, _now: Instant, rows: readonly CsvRow[]): Promise<ImportPlan> => {
    const { read, faults } = readRows(rows, series.readRow);
    faults.push(...findTwice(read, (item) => series.keyOf(item)));
    faults.push(...(await findUnknownFunds(sql, read)));
    if (faults.length > 0) return faultyPlan(faults);
    const codes = [...new Set(read.map(({ item }) => item.fundCode))];
    const standing = new Map(
      (await series.load(sql, codes)).map((row) => [series.keyOf(row), row]),
    );
    const write = read.flatMap(({ item }): Versioned<T>[] => {
      const current = standing.get(series.keyOf(item));
      if (current !== undefined && series.contentOf(current) === series.contentOf(item)) return [];
      return [{ ...item, version: (current?.version ?? 0) + 1 }];
    });
    const changed = write.filter((row) => row.version > 1).length;
    return {
      created: write.length - changed,
      changed,
      unchanged: read.length - write.length,
      held: 0,
      faults,
      apply: async (unit) => {
        await series.insert(unit.tx, write, unit.now);
        if (series.touchesTerms && write.length > 0) await touchCatalogue(unit.tx);
        return undefined;
      },
    };
  };
}

const readDividend: ReadRow<DividendRow> = (reader) => {
  const fundCode = reader.required('fund_code', fundCodeCodec);
  const recordDate = reader.required('record_date', dateCodec);
  const exDate = reader.required('ex_date', dateCodec);
  const payDate = reader.required('pay_date', dateCodec);
  const perUnit = reader.required('per_unit', priceCodec);
  const source = reader.optional('source', sourceCodec, 'import');
  if (recordDate === undefined || exDate === undefined || payDate === undefined) return undefined;
  if (recordDate > exDate || exDate > payDate) reader.fail('DIVIDEND_DATES_ORDER', 'ex_date');
  if (fundCode === undefined || perUnit === undefined || source === undefined) return undefined;
  return { fundCode, recordDate, exDate, payDate, perUnit, source };
};

const readSplit: ReadRow<SplitRow> = (reader) => {
  const fundCode = reader.required('fund_code', fundCodeCodec);
  const exDate = reader.required('ex_date', dateCodec);
  const ratio = reader.required('ratio', priceCodec);
  const source = reader.optional('source', sourceCodec, 'import');
  if (fundCode === undefined || exDate === undefined) return undefined;
  if (ratio === undefined || source === undefined) return undefined;
  return { fundCode, exDate, ratio, source };
};

const readClosedDay: ReadRow<ClosedDayRow> = (reader) => {
  const fundCode = reader.required('fund_code', fundCodeCodec);
  const closedDate = reader.required('closed_date', dateCodec);
  const closed = reader.optional('closed', booleanCodec, true);
  const reason = reader.required('reason', textUpTo(100));
  if (fundCode === undefined || closedDate === undefined) return undefined;
  if (closed === undefined || reason === undefined) return undefined;
  return { fundCode, closedDate, closed, reason };
};

/** NAVs: what is wrong refuses the file, a jump is held for a second person. */
export const navsImport: ImportDefinition = {
  columns: { required: ['fund_code', 'nav_date', 'nav'], optional: ['accumulated', 'source'] },
  plan: planNavImport,
};

/** Dividends per unit with their three dates. */
export const dividendsImport: ImportDefinition = {
  columns: {
    required: ['fund_code', 'record_date', 'ex_date', 'pay_date', 'per_unit'],
    optional: ['source'],
  },
  plan: planSeries<DividendRow>({
    readRow: readDividend,
    keyOf: (row) => `${row.fundCode} ${row.recordDate}`,
    contentOf: (row) => `${row.exDate} ${row.payDate} ${row.perUnit}`,
    load: loadDividends,
    insert: insertDividends,
    touchesTerms: false,
  }),
};

/** Splits and mergers of units. */
export const splitsImport: ImportDefinition = {
  columns: { required: ['fund_code', 'ex_date', 'ratio'], optional: ['source'] },
  plan: planSeries<SplitRow>({
    readRow: readSplit,
    keyOf: (row) => `${row.fundCode} ${row.exDate}`,
    contentOf: (row) => row.ratio.toString(),
    load: loadSplits,
    insert: insertSplits,
    touchesTerms: false,
  }),
};

/** Days on which a fund does not deal; `closed` false opens a day again. */
export const closedDaysImport: ImportDefinition = {
  columns: { required: ['fund_code', 'closed_date', 'reason'], optional: ['closed'] },
  plan: planSeries<ClosedDayRow>({
    readRow: readClosedDay,
    keyOf: (row) => `${row.fundCode} ${row.closedDate}`,
    contentOf: (row) => `${row.closed} ${row.reason}`,
    load: loadClosedDays,
    insert: insertClosedDays,
    touchesTerms: true,
  }),
};
