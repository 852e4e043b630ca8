/** Imports of parameters and of fee schedules: judged row by row, then held for a second person. */
import type { Finding, Instant, LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import {
  type FeeChange,
  type Judged,
  judgeFees,
  judgeParameters,
  loadChangeContext,
  type ParameterChange,
} from './change-rules.ts';
import { type Held, holdFees, holdParameters } from './changes.ts';
import { dateCodec, oneOf } from './domain/codecs.ts';
import type { CsvFault, CsvRow } from './domain/csv.ts';
import { formatParameters, type ParameterName, parameterNames } from './domain/parameters.ts';
import { RowReader } from './domain/row-reader.ts';
import { FEE_KINDS, type FeeKind, formatTiers, type WireTier } from './domain/tiers.ts';
import {
  faultyPlan,
  findTwice,
  fundCodeCodec,
  type ImportDefinition,
  type ImportPlan,
  type Read,
} from './import-plan.ts';

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Findings as faults; one that names a tier stands at that tier's own line. */
function faultsOf(lines: readonly number[], findings: readonly Finding[]): CsvFault[] {
  return findings.flatMap(({ severity, code, details = {} }) => {
    if (severity !== 'block') return [];
    const { field, tier } = details;
    const line = (typeof tier === 'number' ? lines[tier - 1] : undefined) ?? lines[0] ?? 1;
    const column = typeof field === 'string' ? { column: columnOf(field) } : {};
    const texts = Object.entries(details).map(([name, value]) => [name, String(value)] as const);
    return [{ line, ...column, code, details: Object.fromEntries(texts) }];
  });
}

interface JudgedRow<T> {
  readonly row: Held<T>;
  readonly fate: Judged<unknown>['fate'];
}

function planOf<T>(
  judged: readonly JudgedRow<T>[],
  apply: (rows: readonly Held<T>[]) => ImportPlan['apply'],
): ImportPlan {
  const rows = judged.flatMap(({ row, fate }) => (fate === 'unchanged' ? [] : [row]));
  const count = (fate: string) => judged.filter((one) => one.fate === fate).length;
  return {
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    held: rows.length,
    faults: [],
    apply: (unit, actor) =>
      rows.length === 0 ? Promise.resolve(undefined) : apply(rows)(unit, actor),
  };
}

interface KeyedRow {
  readonly fundCode: string;
  readonly effectiveDate: LocalDate;
  readonly row: CsvRow;
}

function readKeys(rows: readonly CsvRow[]): { read: Read<KeyedRow>[]; faults: CsvFault[] } {
  const faults: CsvFault[] = [];
  const read: Read<KeyedRow>[] = [];
  for (const row of rows) {
    const reader = new RowReader(row);
    const fundCode = reader.required('fund_code', fundCodeCodec);
    const effectiveDate = reader.required('effective_date', dateCodec);
    faults.push(...reader.faults);
    if (fundCode === undefined || effectiveDate === undefined) continue;
    read.push({ line: row.line, item: { fundCode, effectiveDate, row } });
  }
  return { read, faults };
}

async function planParameters(
  sql: Sql,
  now: Instant,
  rows: readonly CsvRow[],
): Promise<ImportPlan> {
  const { read, faults } = readKeys(rows);
  faults.push(...findTwice(read, ({ fundCode, effectiveDate }) => `${fundCode} ${effectiveDate}`));
  const codes = [...new Set(read.map(({ item }) => item.fundCode))];
  const context = await loadChangeContext(sql, now, codes);
  const judgedRows: JudgedRow<ParameterChange>[] = [];
  for (const { line, item } of read) {
    const { fundCode, effectiveDate } = item;
    const values: Partial<Record<ParameterName, string>> = {};
    for (const name of parameterNames) values[name] = item.row.cells[columnOf(name)] ?? '';
    const judged = judgeParameters(context, { fundCode, effectiveDate, values });
    faults.push(...faultsOf([line], judged.findings));
    if (judged.value === undefined) continue;
    const { baseVersion, fate } = judged;
    const whole = formatParameters(judged.value);
    judgedRows.push({ row: { fundCode, effectiveDate, values: whole, baseVersion }, fate });
  }
  if (faults.length > 0) return faultyPlan(faults);
  return planOf(judgedRows, (held) => (unit, actor) => {
    return holdParameters(unit, actor, `import:parameters:${held.length}`, held);
  });
}

interface ScheduleRows {
  /** Of each tier. */
  readonly lines: number[];
  readonly fundCode: string;
  readonly kind: FeeKind;
  readonly effectiveDate: LocalDate;
  readonly tiers: WireTier[];
}

function groupSchedules(rows: readonly CsvRow[]): {
  schedules: ScheduleRows[];
  faults: CsvFault[];
} {
  const { read, faults } = readKeys(rows);
  const schedules = new Map<string, ScheduleRows>();
  for (const { line, item } of read) {
    const reader = new RowReader(item.row);
    const kind = reader.required('kind', oneOf(FEE_KINDS));
    faults.push(...reader.faults);
    if (kind === undefined) continue;
    const { fundCode, effectiveDate } = item;
    const tier: WireTier = {
      fromAmount: reader.text('from_amount'),
      fromDays: reader.text('from_days'),
      rate: reader.text('rate'),
      flat: reader.text('flat'),
      toFundShare: reader.text('to_fund_share'),
    };
    const key = `${fundCode} ${kind} ${effectiveDate}`;
    const known = schedules.get(key);
    if (known === undefined) {
      schedules.set(key, { lines: [line], fundCode, kind, effectiveDate, tiers: [tier] });
    } else {
      known.tiers.push(tier);
      known.lines.push(line);
    }
  }
  return { schedules: [...schedules.values()], faults };
}

async function planFeeSchedules(
  sql: Sql,
  now: Instant,
  rows: readonly CsvRow[],
): Promise<ImportPlan> {
  const { schedules, faults } = groupSchedules(rows);
  const codes = [...new Set(schedules.map(({ fundCode }) => fundCode))];
  const context = await loadChangeContext(sql, now, codes);
  const judgedRows: JudgedRow<FeeChange>[] = [];
  for (const { lines, fundCode, kind, effectiveDate, tiers } of schedules) {
    const judged = judgeFees(context, { fundCode, kind, effectiveDate, tiers });
    faults.push(...faultsOf(lines, judged.findings));
    if (judged.value === undefined) continue;
    const { baseVersion, fate } = judged;
    const whole = formatTiers(judged.value);
    judgedRows.push({ row: { fundCode, kind, effectiveDate, tiers: whole, baseVersion }, fate });
  }
  if (faults.length > 0) return faultyPlan(faults);
  return planOf(judgedRows, (held) => (unit, actor) => {
    return holdFees(unit, actor, `import:feeSchedules:${held.length}`, held);
  });
}

/** Whole sets of parameters with their effective date. */
export const parametersImport: ImportDefinition = {
  columns: {
    required: [
      'fund_code',
      'effective_date',
      ...parameterNames.filter((name) => !name.startsWith('offer')).map(columnOf),
    ],
    optional: ['offer_start', 'offer_end'],
  },
  plan: planParameters,
};

/** Fee schedules, one row per tier; rows of one fund, kind and effective date are one schedule. */
export const feeSchedulesImport: ImportDefinition = {
  columns: {
    required: ['fund_code', 'kind', 'effective_date'],
    optional: ['from_amount', 'from_days', 'rate', 'flat', 'to_fund_share'],
  },
  plan: planFeeSchedules,
};
