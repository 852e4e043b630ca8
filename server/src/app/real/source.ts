/** Reads the folder of real funds: two sets of NAVs, the list of funds and two fee schedules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, type LocalDate, localDate } from '@cairn/kernel';
import { CODES_OF_NAMES } from './catalogue.ts';

export interface RealNav {
  readonly date: LocalDate;
  readonly nav: string;
  readonly accumulated?: string;
}

export interface RealFund {
  readonly fundCode: string;
  readonly name: string;
  /** In rising order of date, each date once. */
  readonly navs: readonly RealNav[];
  /** Cash per unit by the date whose NAV fell by it. */
  readonly dividends: readonly { readonly exDate: LocalDate; readonly perUnit: string }[];
  /** New units for one old unit. */
  readonly splits: readonly { readonly exDate: LocalDate; readonly ratio: string }[];
}

/** The files as they are, not yet given terms. */
export interface RealSource {
  readonly funds: readonly RealFund[];
  /** The JSON of `fund_fee_schedules_2funds.json`. */
  readonly schedules: unknown;
}

type Row = ReadonlyMap<string, string>;

/** Rows of a plain CSV: a header, no quotes. */
function readRows(folder: string, file: string): Row[] {
  const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  assert(!text.includes('"'), `${file} is plain: no quoted cells`);
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = header.split(',');
  return lines.map((line, index) => {
    const cells = line.split(',');
    assert(
      cells.length === columns.length,
      `${file} line ${index + 2} has ${columns.length} cells`,
    );
    return new Map(columns.map((column, at) => [column, (cells[at] ?? '').trim()]));
  });
}

interface Draft {
  navs: RealNav[];
  dividends: { exDate: LocalDate; perUnit: string }[];
  splits: { exDate: LocalDate; ratio: string }[];
}

function draftOf(drafts: Map<string, Draft>, key: string): Draft {
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const fresh: Draft = { navs: [], dividends: [], splits: [] };
  drafts.set(key, fresh);
  return fresh;
}

function navOf(date: LocalDate, nav: string, accumulated: string): RealNav {
  return accumulated === '' ? { date, nav } : { date, nav, accumulated };
}

function readFiveFunds(folder: string): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const row of readRows(folder, 'fund5_NetAssetValue.csv')) {
    const cell = (name: string) => row.get(name) ?? '';
    const draft = draftOf(drafts, cell('fund_code'));
    const date = localDate(cell('report_date'));
    draft.navs.push(navOf(date, cell('unit_net_value'), cell('accumulated_net_value')));
    const perUnit = cell('bonus_per_share');
    if (perUnit !== '') draft.dividends.push({ exDate: date, perUnit });
  }
  return drafts;
}

/** Up to eight decimals, the rest cut off: as many as a ratio has here. */
const eightDecimals = (text: string) => text.replace(/(\.\d{8})\d+$/, '$1');

function readSeventeenFunds(folder: string): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const row of readRows(folder, 'nav_17funds_eastmoney_to_2021-02.csv')) {
    const cell = (name: string) => row.get(name) ?? '';
    const code = cell('fund_code') || (CODES_OF_NAMES[cell('source_file')]?.fundCode ?? '');
    assert(code !== '', `${cell('source_file')} has a code in the file or in the mapping`);
    const draft = draftOf(drafts, code);
    const date = localDate(cell('nav_date'));
    draft.navs.push(navOf(date, cell('unit_nav'), cell('accum_nav')));
    const text = cell('dividend_text');
    if (text === '') continue;
    const perUnit = /^每份派现金([\d.]+)元$/.exec(text)?.[1];
    const ratio = /^每份基金份额折算([\d.]+)份$/.exec(text)?.[1];
    assert(perUnit !== undefined || ratio !== undefined, `an event that is read: ${text}`);
    if (perUnit !== undefined) draft.dividends.push({ exDate: date, perUnit });
    if (ratio !== undefined) draft.splits.push({ exDate: date, ratio: eightDecimals(ratio) });
  }
  return drafts;
}

const byDate = <T extends { date: LocalDate }>(a: T, b: T) => (a.date < b.date ? -1 : 1);
const byExDate = <T extends { exDate: LocalDate }>(a: T, b: T) => (a.exDate < b.exDate ? -1 : 1);

/**
 * Reads the folder. Where both sets hold a fund, the set of five wins whole. Throws when a file is
 * missing, a date stands twice, or a fund has no code or is not in the list of funds.
 */
export function readRealFunds(folder: string): RealSource {
  const names = new Map(
    readRows(folder, 'fund_list_2021-01-15.csv').map((row) => [
      row.get('fund_code') ?? '',
      row.get('name') ?? '',
    ]),
  );
  const drafts = new Map([...readSeventeenFunds(folder), ...readFiveFunds(folder)]);
  const funds = [...drafts].map(([fundCode, { navs, dividends, splits }]): RealFund => {
    const name = names.get(fundCode);
    assert(name !== undefined, `fund ${fundCode} is in the list of funds`);
    assert(new Set(navs.map((row) => row.date)).size === navs.length, `${fundCode}: a date twice`);
    return {
      fundCode,
      name,
      navs: navs.toSorted(byDate),
      dividends: dividends.toSorted(byExDate),
      splits: splits.toSorted(byExDate),
    };
  });
  const schedules: unknown = JSON.parse(
    readFileSync(join(folder, 'fund_fee_schedules_2funds.json'), 'utf8'),
  );
  return { funds: funds.toSorted((a, b) => (a.fundCode < b.fundCode ? -1 : 1)), schedules };
}
