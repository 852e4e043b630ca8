import type { Actor } from '../../platform/actor.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { type CsvFault, type CsvLimits, type CsvRow, decodeCsv, readCsv } from './domain/csv.ts';
import { tradingDayCorrectionsImport, tradingDaysImport } from './import-calendar.ts';
import { fundsImport } from './import-funds.ts';
import { faultyPlan, type ImportDefinition, type ImportPlan } from './import-plan.ts';
import { type ImportKind, type ImportReport, renderFaults } from './import-report.ts';
import { closedDaysImport, dividendsImport, navsImport, splitsImport } from './import-series.ts';
import { feeSchedulesImport, parametersImport } from './import-terms.ts';

const definitions: Readonly<Record<ImportKind, ImportDefinition>> = {
  funds: fundsImport,
  parameters: parametersImport,
  feeSchedules: feeSchedulesImport,
  navs: navsImport,
  dividends: dividendsImport,
  splits: splitsImport,
  closedDays: closedDaysImport,
  tradingDays: tradingDaysImport,
  tradingDayCorrections: tradingDayCorrectionsImport,
};

/** What a file may be at most: 200,000 rows, 16 MB. */
export const IMPORT_LIMITS: CsvLimits = { rowsMax: 200_000, bytesMax: 16_000_000 };

/** A CSV file to import. Bytes may be UTF-8 (BOM or not) or GB18030. */
export interface ImportRequest {
  readonly kind: ImportKind;
  readonly csv: string | Uint8Array;
  /** Judge everything, write nothing. */
  readonly dryRun: boolean;
}

interface ReadFile {
  readonly rows: CsvRow[];
  readonly faults: CsvFault[];
}

function readFile(definition: ImportDefinition, csv: string | Uint8Array): ReadFile {
  const text = typeof csv === 'string' ? csv : decodeCsv(csv, IMPORT_LIMITS.bytesMax);
  if (typeof text !== 'string') return { rows: [], faults: [text] };
  return readCsv(text, definition.columns, IMPORT_LIMITS);
}

function reportOf(
  request: ImportRequest,
  file: ReadFile,
  plan: ImportPlan,
  approvalId?: string,
): ImportReport {
  const faults = [...file.faults, ...plan.faults];
  const { created, changed, unchanged, held } = faults.length > 0 ? faultyPlan(faults) : plan;
  return {
    kind: request.kind,
    dryRun: request.dryRun,
    rows: file.rows.length,
    created,
    changed,
    unchanged,
    held,
    errorCount: faults.length,
    errors: renderFaults(faults),
    ...(approvalId === undefined ? {} : { approvalId }),
  };
}

/**
 * Imports a CSV file whole or not at all. Columns are found by header, in any order. With any error
 * nothing is written and the report names each with line and column; the same file again changes
 * nothing. Parameters, fee schedules, trading days, and NAVs that jump, wait for a second person under
 * `approvalId`. A refused import is audited too. The original bytes are kept.
 */
export async function importCsv(
  world: World,
  actor: Actor,
  request: ImportRequest,
): Promise<ImportReport> {
  const definition = definitions[request.kind];
  const file = readFile(definition, request.csv);
  if (request.dryRun) {
    return world.db.tx(async (tx) => {
      const plan = await definition.plan(tx, world.clock.now(), file.rows);
      return reportOf(request, file, plan);
    });
  }
  const bytes = typeof request.csv === 'string' ? Buffer.from(request.csv) : request.csv;
  const sha256 = await world.files.put(Buffer.from(bytes));
  return work(world, [FIRM], async (unit) => {
    const plan = await definition.plan(unit.tx, unit.now, file.rows);
    const isRefused = file.faults.length + plan.faults.length > 0;
    const approvalId = isRefused ? undefined : await plan.apply(unit, actor);
    const report = reportOf(request, file, plan, approvalId);
    const { rows, created, changed, unchanged, held, errorCount } = report;
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'products.import',
      subject: `import:${request.kind}`,
      result: isRefused ? 'refused' : 'done',
      detail: { sha256, rows, created, changed, unchanged, held, errorCount },
    });
    return report;
  });
}
