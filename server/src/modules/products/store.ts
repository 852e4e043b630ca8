import { assert, type CurrencyCode, type Instant, type LocalDate } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';
import type { Catalogue, FeeVersion, ParameterVersion } from './domain/catalogue.ts';
import { type FeeRule, type RuleContent, readRuleContent } from './domain/fee-rule.ts';
import { type ParameterName, parameterNames } from './domain/parameters.ts';
import type { Fund, FundParameters, FundType } from './domain/terms.ts';
import { type FeeKind, formatTiers, readTiers, type WireTier } from './domain/tiers.ts';

/** Draws a new token: every cache of the catalogue is stale from this commit on. */
export async function touchCatalogue(tx: Tx): Promise<void> {
  await tx.query(
    `update products.revision set revision = revision + 1, token = gen_random_uuid() where id = 1`,
  );
}

interface FundRow {
  fund_code: string;
  name: string;
  main_code: string;
  class_name: string;
  share_class: '0' | '1';
  registrar_code: string;
  manager_name: string;
  custodian_name: string;
  fund_type: FundType;
  currency: CurrencyCode;
  established_date: LocalDate | null;
  sold: boolean;
}

function toFund(row: FundRow): Fund {
  return {
    fundCode: row.fund_code,
    name: row.name,
    mainCode: row.main_code,
    className: row.class_name,
    shareClass: row.share_class,
    registrarCode: row.registrar_code,
    managerName: row.manager_name,
    custodianName: row.custodian_name,
    fundType: row.fund_type,
    currency: row.currency,
    ...(row.established_date === null ? {} : { establishedDate: row.established_date }),
    sold: row.sold,
  };
}

/** The funds with these codes, or all. */
export async function loadFunds(sql: Sql, codes?: readonly string[]): Promise<Map<string, Fund>> {
  const rows = await sql.query<FundRow>(
    'select * from products.funds where $1::text[] is null or fund_code = any($1::text[])',
    [codes ?? null],
  );
  return new Map(rows.map((row) => [row.fund_code, toFund(row)]));
}

const FUND_COLUMNS = [
  'fund_code',
  'name',
  'main_code',
  'class_name',
  'share_class',
  'registrar_code',
  'manager_name',
  'custodian_name',
  'fund_type',
  'currency',
  'established_date',
  'sold',
] as const;

function fundValues(fund: Fund): unknown[] {
  return [
    fund.fundCode,
    fund.name,
    fund.mainCode,
    fund.className,
    fund.shareClass,
    fund.registrarCode,
    fund.managerName,
    fund.custodianName,
    fund.fundType,
    fund.currency,
    fund.establishedDate ?? null,
    fund.sold,
  ];
}

/** Writes new funds. */
export async function insertFunds(tx: Tx, funds: readonly Fund[], at: Instant): Promise<void> {
  const rows = funds.map((fund) => [...fundValues(fund), at]);
  await tx.copyIn('products.funds', [...FUND_COLUMNS, 'created_at'], rows);
}

/** Overwrites the master rows of known funds; what they were stands in the audit. */
export async function updateFunds(tx: Tx, funds: readonly Fund[]): Promise<void> {
  for (const fund of funds) {
    await tx.query(
      `update products.funds set name = $2, main_code = $3, class_name = $4, share_class = $5,
         registrar_code = $6, manager_name = $7, custodian_name = $8, fund_type = $9,
         currency = $10, established_date = $11, sold = $12, version = version + 1
       where fund_code = $1`,
      fundValues(fund),
    );
  }
}

function columnOf(name: ParameterName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const PARAMETER_COLUMNS: readonly string[] = parameterNames.map(columnOf);

interface VersionRow extends Record<string, unknown> {
  fund_code: string;
  version: number;
  effective_date: LocalDate;
}

function toParameterVersion(row: VersionRow): ParameterVersion {
  const values: Partial<Record<ParameterName, unknown>> = {};
  for (const name of parameterNames) {
    const value = row[columnOf(name)];
    if (value !== null) values[name] = value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns' checks give the types
  const parameters = values as unknown as FundParameters;
  return {
    fundCode: row.fund_code,
    version: row.version,
    effectiveDate: row.effective_date,
    parameters,
  };
}

function groupByFund<T extends { fundCode: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.fundCode);
    if (group === undefined) groups.set(item.fundCode, [item]);
    else group.push(item);
  }
  return groups;
}

/** Every version of the parameters of these funds, or of all, by fund. */
export async function loadParameterVersions(
  sql: Sql,
  codes?: readonly string[],
): Promise<Map<string, ParameterVersion[]>> {
  const rows = await sql.query<VersionRow>(
    `select * from products.fund_parameters
     where $1::text[] is null or fund_code = any($1::text[]) order by fund_code, version`,
    [codes ?? null],
  );
  return groupByFund(rows.map(toParameterVersion));
}

/** The parameters of given versions, in no order; unknown ones are left out. */
export async function loadParametersByVersion(
  sql: Sql,
  keys: readonly { fundCode: string; version: number }[],
): Promise<ParameterVersion[]> {
  const rows = await sql.query<VersionRow>(
    `select p.* from products.fund_parameters p
     join unnest($1::text[], $2::int4[]) as k(fund_code, version)
       on k.fund_code = p.fund_code and k.version = p.version`,
    [keys.map((key) => key.fundCode), keys.map((key) => key.version)],
  );
  return rows.map(toParameterVersion);
}

/** Appends versions of parameters. */
export async function insertParameters(
  tx: Tx,
  versions: readonly ParameterVersion[],
  at: Instant,
): Promise<void> {
  const rows = versions.map(({ fundCode, version, effectiveDate, parameters }) => [
    fundCode,
    version,
    effectiveDate,
    ...parameterNames.map((name) => parameters[name] ?? null),
    at,
  ]);
  const columns = ['fund_code', 'version', 'effective_date', ...PARAMETER_COLUMNS, 'recorded_at'];
  await tx.copyIn('products.fund_parameters', columns, rows);
}

/** Every version of the fee schedules of these funds, or of all, by fund. */
export async function loadFeeVersions(
  sql: Sql,
  codes?: readonly string[],
): Promise<Map<string, FeeVersion[]>> {
  const rows = await sql.query<VersionRow & { kind: FeeKind; tiers: WireTier[] }>(
    `select fund_code, kind, version, effective_date, tiers from products.fee_schedules
     where $1::text[] is null or fund_code = any($1::text[]) order by fund_code, kind, version`,
    [codes ?? null],
  );
  const versions = rows.map((row): FeeVersion => {
    const { tiers: fee } = readTiers(row.kind, row.tiers);
    assert(fee !== undefined, `stored fee schedule of ${row.fund_code} is readable`);
    const { fund_code: fundCode, version, effective_date: effectiveDate } = row;
    return { fundCode, version, effectiveDate, fee };
  });
  return groupByFund(versions);
}

/** Appends versions of fee schedules. */
export async function insertFees(
  tx: Tx,
  versions: readonly FeeVersion[],
  at: Instant,
): Promise<void> {
  await tx.copyIn(
    'products.fee_schedules',
    ['fund_code', 'kind', 'version', 'effective_date', 'tiers', 'recorded_at'],
    versions.map(({ fundCode, fee, version, effectiveDate }) => [
      fundCode,
      fee.kind,
      version,
      effectiveDate,
      JSON.stringify(formatTiers(fee)),
      at,
    ]),
  );
}

async function loadClosed(sql: Sql): Promise<Map<LocalDate, Set<string>>> {
  const rows = await sql.query<{ fund_code: string; closed_date: LocalDate }>(
    `select fund_code, closed_date from (
       select distinct on (fund_code, closed_date) fund_code, closed_date, closed
       from products.closed_days order by fund_code, closed_date, version desc) as latest
     where closed`,
  );
  const closed = new Map<LocalDate, Set<string>>();
  for (const { fund_code: fundCode, closed_date: date } of rows) {
    const funds = closed.get(date);
    if (funds === undefined) closed.set(date, new Set([fundCode]));
    else funds.add(fundCode);
  }
  return closed;
}

/** Reads the whole catalogue. */
export async function loadCatalogue(sql: Sql): Promise<Catalogue> {
  return {
    funds: await loadFunds(sql),
    parameters: await loadParameterVersions(sql),
    fees: await loadFeeVersions(sql),
    closed: await loadClosed(sql),
  };
}

interface RuleRow {
  rule_id: string;
  effective_date: LocalDate;
  item: FeeRule['item'];
  fund_types: string[];
  charges_service_fee: boolean | null;
  investor: FeeRule['investor'];
  content: RuleContent;
  source_note: string;
}

/** Every row of the fee rules. */
export async function loadFeeRules(sql: Sql): Promise<FeeRule[]> {
  const rows = await sql.query<RuleRow>(
    'select * from products.fee_rules order by effective_date, rule_id',
  );
  return rows.map((row) => ({
    ruleId: row.rule_id,
    effectiveDate: row.effective_date,
    item: row.item,
    fundTypes: row.fund_types,
    ...(row.charges_service_fee === null ? {} : { chargesServiceFee: row.charges_service_fee }),
    investor: row.investor,
    ...readRuleContent(row.content),
    sourceNote: row.source_note,
  }));
}
