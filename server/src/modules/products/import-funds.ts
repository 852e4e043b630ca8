import { type CurrencyCode, currencies, type Instant } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, type Work } from '../../platform/work.ts';
import { booleanCodec, type Codec, dateCodec, matching, oneOf, textUpTo } from './domain/codecs.ts';
import type { CsvFault, CsvRow } from './domain/csv.ts';
import { RowReader } from './domain/row-reader.ts';
import { FUND_TYPES, type Fund } from './domain/terms.ts';
import {
  faultyPlan,
  findTwice,
  fundCodeCodec,
  type ImportDefinition,
  type ImportPlan,
  type Read,
} from './import-plan.ts';
import { insertFunds, loadFunds, touchCatalogue, updateFunds } from './store.ts';

// Amounts are kept at two decimals, so a currency with others is refused rather than scaled wrongly.
const currencyCodec: Codec<CurrencyCode> = oneOf(
  Object.values(currencies).flatMap(({ code, scale }) => (scale === 2 ? [code] : [])),
);

const DEFAULTS = {
  className: '',
  shareClass: '0',
  managerName: '',
  custodianName: '',
  currency: 'CNY',
  sold: false,
} as const;

function readFund(row: CsvRow, known: ReadonlyMap<string, Fund>): RowReader & { fund?: Fund } {
  const reader: RowReader & { fund?: Fund } = new RowReader(row);
  const fundCode = reader.required('fund_code', fundCodeCodec);
  const current = known.get(fundCode ?? '');
  const base = current ?? { ...DEFAULTS, mainCode: fundCode };
  const name = reader.required('name', textUpTo(100));
  const registrarCode = reader.required(
    'registrar_code',
    matching(/^[0-9A-Z]{2}$/, '2 characters'),
  );
  const fundType = reader.required('fund_type', oneOf(FUND_TYPES));
  const classNames = matching(/^[A-Z]{1,2}$/, 'A-ZZ');
  const className = reader.optional('class_name', classNames, base.className);
  const mainCode = reader.optional('main_code', fundCodeCodec, base.mainCode);
  const shareClass = reader.optional('share_class', oneOf(['0', '1'] as const), base.shareClass);
  const managerName = reader.optional('manager_name', textUpTo(100), base.managerName);
  const custodianName = reader.optional('custodian_name', textUpTo(100), base.custodianName);
  const currency = reader.optional('currency', currencyCodec, base.currency);
  const established = reader.optional('established_date', dateCodec, current?.establishedDate);
  const sold = reader.optional('sold', booleanCodec, base.sold);
  if (reader.faults.length > 0) return reader;
  if (fundCode === undefined || name === undefined || registrarCode === undefined) return reader;
  if (fundType === undefined || className === undefined || mainCode === undefined) return reader;
  if (shareClass === undefined || managerName === undefined || custodianName === undefined) {
    return reader;
  }
  if (currency === undefined || sold === undefined) return reader;
  reader.fund = {
    fundCode,
    name,
    mainCode,
    className,
    shareClass,
    registrarCode,
    managerName,
    custodianName,
    fundType,
    currency,
    ...(established === undefined ? {} : { establishedDate: established }),
    sold,
  };
  return reader;
}

/**
 * A class belongs to a main fund, and a main fund to itself, before and after the file: so no circle
 * can be written, and no class is left behind by its main fund.
 */
function findMainFaults(rows: readonly Read<Fund>[], known: ReadonlyMap<string, Fund>): CsvFault[] {
  const after = new Map(known);
  for (const { item } of rows) after.set(item.fundCode, item);
  const classOf = new Map<string, string>();
  for (const fund of after.values()) {
    if (fund.mainCode !== fund.fundCode) classOf.set(fund.mainCode, fund.fundCode);
  }
  return rows.flatMap(({ line, item: { fundCode, mainCode } }) => {
    const fault = (code: string, details: Record<string, string>) => [
      { line, column: 'main_code', code, details },
    ];
    const main = after.get(mainCode);
    if (main === undefined) return fault('FUND_MAIN_UNKNOWN', { mainCode });
    if (main.mainCode !== mainCode) return fault('FUND_MAIN_IS_CLASS', { mainCode });
    const classCode = classOf.get(fundCode);
    return mainCode === fundCode || classCode === undefined
      ? []
      : fault('FUND_HAS_CLASSES', { fundCode, classCode });
  });
}

// Orders are paid from yuan, so a fund in another currency may be known but not sold.
function findCurrencyFaults(rows: readonly Read<Fund>[]): CsvFault[] {
  return rows.flatMap(({ line, item: { sold, currency } }) =>
    sold && currency !== DEFAULTS.currency
      ? [{ line, column: 'currency', code: 'FUND_CURRENCY_NOT_SOLD', details: { currency } }]
      : [],
  );
}

function changedFields(before: Fund, after: Fund): Record<string, unknown> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Fund>;
  const changes = [...names].filter((name) => before[name] !== after[name]);
  return Object.fromEntries(
    changes.map((name) => [name, [before[name] ?? null, after[name] ?? null]]),
  );
}

async function applyFunds(
  unit: Work,
  actor: Actor,
  created: readonly Fund[],
  changed: readonly { fund: Fund; changes: Record<string, unknown> }[],
): Promise<undefined> {
  if (created.length > 0) await insertFunds(unit.tx, created, unit.now);
  await updateFunds(
    unit.tx,
    changed.map(({ fund }) => fund),
  );
  if (created.length + changed.length > 0) await touchCatalogue(unit.tx);
  for (const { fund, changes } of changed) {
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'products.change-fund',
      subject: `fund:${fund.fundCode}`,
      result: 'done',
      detail: { changes },
    });
  }
  return undefined;
}

async function planFunds(sql: Sql, _now: Instant, rows: readonly CsvRow[]): Promise<ImportPlan> {
  const known = await loadFunds(sql);
  const readers = rows.map((row) => readFund(row, known));
  const faults = readers.flatMap((reader) => reader.faults);
  const read = readers.flatMap(({ row, fund }) =>
    fund === undefined ? [] : [{ line: row.line, item: fund }],
  );
  faults.push(...findTwice(read, (fund) => fund.fundCode));
  faults.push(...findCurrencyFaults(read));
  if (faults.length === 0) faults.push(...findMainFaults(read, known));
  if (faults.length > 0) return faultyPlan(faults);
  const created = read.flatMap(({ item }) => (known.has(item.fundCode) ? [] : [item]));
  const changed = read.flatMap(({ item }) => {
    const before = known.get(item.fundCode);
    const changes = before === undefined ? {} : changedFields(before, item);
    return Object.keys(changes).length === 0 ? [] : [{ fund: item, changes }];
  });
  return {
    created: created.length,
    changed: changed.length,
    unchanged: read.length - created.length - changed.length,
    held: 0,
    faults,
    apply: (unit, actor) => applyFunds(unit, actor, created, changed),
  };
}

/** The fund master: a new fund is written, a known one changed where it differs. */
export const fundsImport: ImportDefinition = {
  columns: {
    required: ['fund_code', 'name', 'registrar_code', 'fund_type'],
    optional: [
      'main_code',
      'class_name',
      'share_class',
      'manager_name',
      'custodian_name',
      'currency',
      'established_date',
      'sold',
    ],
  },
  plan: planFunds,
};
