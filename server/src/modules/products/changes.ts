/**
 * Changes of parameters and fees need two people. A proposal is judged, then held as an approval
 * whose payload is exactly what will be written; the executor judges it again on the state it finds.
 */
import { AppError, assert, type Finding, type LocalDate, localDate } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { registerApproval, requestApproval } from '../../platform/approvals.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import {
  type ChangeContext,
  type FeeChange,
  findParameters,
  type Judged,
  judgeFees,
  judgeParameters,
  loadChangeContext,
  type ParameterChange,
} from './change-rules.ts';
import type { FeeVersion, ParameterVersion } from './domain/catalogue.ts';
import { feesBefore, parametersBefore } from './change-before.ts';
import { formatParameters, type WireParameters } from './domain/parameters.ts';
import { FEE_KINDS, formatTiers, type WireTier } from './domain/tiers.ts';
import { insertFees, insertParameters, touchCatalogue } from './store.ts';

const PARAMETERS_APPROVAL = 'products.parameters';
const FEES_APPROVAL = 'products.fee-schedules';

/** A change that is held until a second person decides. */
export interface HeldChange {
  readonly approvalId: string;
  /** Warnings that the second person should read. */
  readonly findings: readonly Finding[];
}

/** A change as an approval carries it, with the version it was judged on. */
export type Held<T> = T & { readonly baseVersion: number };

function refuse(fundCode: string, judged: Judged<unknown>): void {
  const reasons = judged.findings.filter((finding) => finding.severity === 'block');
  if (reasons.length > 0) {
    throw new AppError('PRODUCT_CHANGE_REFUSED', { fundCode, count: reasons.length, reasons });
  }
  if (judged.fate === 'unchanged') throw new AppError('PRODUCT_CHANGE_EMPTY', { fundCode });
}

function assertKnown(context: ChangeContext, fundCode: string): void {
  if (!context.funds.has(fundCode)) throw new AppError('PRODUCT_NOT_FOUND', { fundCode });
}

/** Asks for four eyes on changes of parameters that were judged; runs in a firm-bucket work. */
export async function holdParameters(
  unit: Work,
  actor: Actor,
  subject: string,
  rows: readonly Held<ParameterChange>[],
): Promise<string> {
  const payload = { rows: rows.map((row) => ({ ...row })) };
  return requestApproval(unit, { kind: PARAMETERS_APPROVAL, subject, payload, maker: actor });
}

/** Asks for four eyes on fee schedules that were judged; runs in a firm-bucket work. */
export async function holdFees(
  unit: Work,
  actor: Actor,
  subject: string,
  rows: readonly Held<FeeChange>[],
): Promise<string> {
  const payload = { rows: rows.map((row) => ({ ...row })) };
  return requestApproval(unit, { kind: FEES_APPROVAL, subject, payload, maker: actor });
}

/**
 * Proposes a change of some parameters from a date; the others stay as they are in force on that
 * date, and a fund without any needs them all. An empty text takes an offer date away.
 *
 * Errors: PRODUCT_NOT_FOUND, PRODUCT_CHANGE_REFUSED (with every reason), PRODUCT_CHANGE_EMPTY.
 */
export async function proposeParameters(
  world: World,
  actor: Actor,
  change: { fundCode: string; effectiveDate: LocalDate; changes: WireParameters },
): Promise<HeldChange> {
  const { fundCode, effectiveDate } = change;
  return work(world, [FIRM], async (unit) => {
    const context = await loadChangeContext(unit.tx, unit.now, [fundCode]);
    assertKnown(context, fundCode);
    const inForce = findParameters(context, fundCode, effectiveDate);
    const standing = inForce === undefined ? {} : formatParameters(inForce.parameters);
    const whole = { fundCode, effectiveDate, values: { ...standing, ...change.changes } };
    const judged = judgeParameters(context, whole);
    refuse(fundCode, judged);
    const rows = [{ ...whole, baseVersion: judged.baseVersion }];
    const approvalId = await holdParameters(unit, actor, `fund:${fundCode}`, rows);
    return { approvalId, findings: judged.findings };
  });
}

/**
 * Proposes the tiers of one kind of fee from a date.
 *
 * Errors: PRODUCT_NOT_FOUND, PRODUCT_CHANGE_REFUSED (with every breach of the rule in force on the
 * effective date), PRODUCT_CHANGE_EMPTY.
 */
export async function proposeFeeSchedule(
  world: World,
  actor: Actor,
  change: FeeChange,
): Promise<HeldChange> {
  const { fundCode } = change;
  return work(world, [FIRM], async (unit) => {
    const context = await loadChangeContext(unit.tx, unit.now, [fundCode]);
    assertKnown(context, fundCode);
    const judged = judgeFees(context, change);
    refuse(fundCode, judged);
    assert(judged.value !== undefined, 'a schedule that is not refused was read');
    const tiers = formatTiers(judged.value);
    const rows = [{ ...change, tiers, baseVersion: judged.baseVersion }];
    const approvalId = await holdFees(unit, actor, `fund:${fundCode}`, rows);
    return { approvalId, findings: judged.findings };
  });
}

function textOf(row: Record<string, unknown>, name: string): string {
  const value = row[name];
  assert(typeof value === 'string', `an approved change has its ${name}`);
  return value;
}

interface ApprovedRow {
  readonly fundCode: string;
  readonly effectiveDate: LocalDate;
  readonly baseVersion: number;
  readonly row: Record<string, unknown>;
}

function readRows(payload: Record<string, unknown>): ApprovedRow[] {
  const rows = payload['rows'];
  assert(Array.isArray(rows), 'an approval of changes holds rows');
  return rows.map((row: Record<string, unknown>) => {
    const baseVersion = row['baseVersion'];
    assert(typeof baseVersion === 'number', 'an approved change has its base version');
    const effectiveDate = localDate(textOf(row, 'effectiveDate'));
    return { fundCode: textOf(row, 'fundCode'), effectiveDate, baseVersion, row };
  });
}

/** Numbers versions upward from each key's base, so that rows of one fund follow each other. */
function createNumbering(): (key: string, base: number) => number {
  const given = new Map<string, number>();
  return (key, base) => {
    const version = (given.get(key) ?? base) + 1;
    given.set(key, version);
    return version;
  };
}

function assertNotOutdated(fundCode: string, judged: Judged<unknown>, baseVersion: number): void {
  if (judged.baseVersion !== baseVersion) {
    throw new AppError('PRODUCT_CHANGE_OUTDATED', { fundCode });
  }
  const reasons = judged.findings.filter((finding) => finding.severity === 'block');
  if (reasons.length > 0) {
    throw new AppError('PRODUCT_CHANGE_REFUSED', { fundCode, count: reasons.length, reasons });
  }
}

async function executeParameters(unit: Work, payload: Record<string, unknown>): Promise<void> {
  const rows = readRows(payload);
  const codes = [...new Set(rows.map((row) => row.fundCode))];
  const context = await loadChangeContext(unit.tx, unit.now, codes);
  const number = createNumbering();
  const versions = rows.map(({ fundCode, effectiveDate, baseVersion, row }): ParameterVersion => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each text is read again below
    const values = row['values'] as WireParameters;
    const judged = judgeParameters(context, { fundCode, effectiveDate, values });
    assertNotOutdated(fundCode, judged, baseVersion);
    assert(judged.value !== undefined, 'parameters that are not refused were read');
    const version = number(fundCode, baseVersion);
    return { fundCode, effectiveDate, version, parameters: judged.value };
  });
  await insertParameters(unit.tx, versions, unit.now);
  await touchCatalogue(unit.tx);
}

async function executeFees(unit: Work, payload: Record<string, unknown>): Promise<void> {
  const rows = readRows(payload);
  const codes = [...new Set(rows.map((row) => row.fundCode))];
  const context = await loadChangeContext(unit.tx, unit.now, codes);
  const number = createNumbering();
  const versions = rows.map(({ fundCode, effectiveDate, baseVersion, row }): FeeVersion => {
    const kind = FEE_KINDS.find((name) => name === row['kind']);
    assert(kind !== undefined, 'an approved schedule has its kind');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each text is read again below
    const tiers = row['tiers'] as WireTier[];
    const judged = judgeFees(context, { fundCode, kind, effectiveDate, tiers });
    assertNotOutdated(fundCode, judged, baseVersion);
    assert(judged.value !== undefined, 'a schedule that is not refused was read');
    const version = number(`${fundCode} ${kind}`, baseVersion);
    return { fundCode, effectiveDate, version, fee: judged.value };
  });
  await insertFees(unit.tx, versions, unit.now);
  await touchCatalogue(unit.tx);
}

registerApproval(PARAMETERS_APPROVAL, {
  title: ['product parameters', '产品参数'],
  roles: ['reviewer', 'productManager'],
  before: parametersBefore,
  execute: executeParameters,
});

registerApproval(FEES_APPROVAL, {
  title: ['fee schedules', '费率'],
  roles: ['reviewer', 'productManager'],
  before: feesBefore,
  execute: executeFees,
});
