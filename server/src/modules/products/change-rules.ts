/** The rules for changes of parameters and fees: the same when proposed, imported and approved. */
import type { Finding, Instant, LocalDate } from '@cairn/kernel';
import { shanghaiDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import {
  type Catalogue,
  type FeeVersion,
  findInForce,
  type ParameterVersion,
} from './domain/catalogue.ts';
import { assessFeeSchedule, assessServiceFee, type FeeRule } from './domain/fee-rule.ts';
import { formatParameters, readParameters, type WireParameters } from './domain/parameters.ts';
import type { Fund, FundParameters } from './domain/terms.ts';
import {
  type FeeKind,
  type FeeTiers,
  formatTiers,
  readTiers,
  type WireTier,
} from './domain/tiers.ts';
import { loadFeeRules, loadFeeVersions, loadFunds, loadParameterVersions } from './store.ts';

/** What a change is judged against. */
export interface ChangeContext extends Omit<Catalogue, 'closed'> {
  readonly rules: readonly FeeRule[];
  readonly today: LocalDate;
}

/** Loads what changes of these funds are judged against. */
export async function loadChangeContext(
  sql: Sql,
  now: Instant,
  codes: readonly string[],
): Promise<ChangeContext> {
  return {
    funds: await loadFunds(sql, codes),
    parameters: await loadParameterVersions(sql, codes),
    fees: await loadFeeVersions(sql, codes),
    rules: await loadFeeRules(sql),
    today: shanghaiDate(now),
  };
}

/** Parameters that shall hold from a date; the whole set, as text. */
export interface ParameterChange {
  readonly fundCode: string;
  readonly effectiveDate: LocalDate;
  readonly values: WireParameters;
}

/** Tiers of one kind of fee that shall hold from a date, as text. */
export interface FeeChange {
  readonly fundCode: string;
  readonly kind: FeeKind;
  readonly effectiveDate: LocalDate;
  readonly tiers: readonly WireTier[];
}

/** A judged change: the value when nothing blocks it, whether it changes anything, and why not. */
export interface Judged<T> {
  readonly value?: T;
  readonly fate: 'created' | 'changed' | 'unchanged';
  /** The latest version before the change; 0 for none. */
  readonly baseVersion: number;
  /** Blocks and warnings. */
  readonly findings: readonly Finding[];
}

function unknownFund(fundCode: string): Finding {
  return { code: 'PRODUCT_UNKNOWN_FUND', severity: 'block', details: { fundCode } };
}

function backdated(effectiveDate: LocalDate, isFirst: boolean, today: LocalDate): Finding[] {
  // The first terms of a fund say how it has always been; a later change into the past is unusual.
  if (isFirst || effectiveDate >= today) return [];
  return [{ code: 'CHANGE_BACKDATED', severity: 'warn', details: { effectiveDate, today } }];
}

function fateOf(isFirst: boolean, isSame: boolean): Judged<unknown>['fate'] {
  if (isFirst) return 'created';
  return isSame ? 'unchanged' : 'changed';
}

function newest(versions: readonly { version: number }[]): number {
  return versions.reduce((best, { version }) => Math.max(best, version), 0);
}

function isBlocked(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'block');
}

/** The parameters of a fund in force on a date. */
export function findParameters(
  context: ChangeContext,
  fundCode: string,
  on: LocalDate,
): ParameterVersion | undefined {
  return findInForce(context.parameters.get(fundCode) ?? [], on);
}

/** Judges a change of parameters against their own shape and the cap on the service fee. */
export function judgeParameters(
  context: ChangeContext,
  change: ParameterChange,
): Judged<FundParameters> {
  const fund = context.funds.get(change.fundCode);
  const versions = context.parameters.get(change.fundCode) ?? [];
  const baseVersion = newest(versions);
  if (fund === undefined) {
    return { fate: 'created', baseVersion, findings: [unknownFund(change.fundCode)] };
  }
  const { parameters, findings } = readParameters(change.values);
  if (parameters === undefined) return { fate: 'changed', baseVersion, findings };
  const inForce = findInForce(versions, change.effectiveDate);
  const isFirst = versions.length === 0;
  const isSame =
    inForce !== undefined &&
    JSON.stringify(formatParameters(inForce.parameters)) ===
      JSON.stringify(formatParameters(parameters));
  const fate = fateOf(isFirst, isSame);
  const all = [
    ...assessServiceFee(
      parameters.serviceFeeRate,
      change.effectiveDate,
      fund.fundType,
      context.rules,
    ),
    ...(fate === 'unchanged' ? [] : backdated(change.effectiveDate, isFirst, context.today)),
  ];
  if (isBlocked(all)) return { fate, baseVersion, findings: all };
  return { value: parameters, fate, baseVersion, findings: all };
}

function assessFee(
  context: ChangeContext,
  change: FeeChange,
  fund: Fund,
  fee: FeeTiers,
): Finding[] {
  const inForce = findParameters(context, change.fundCode, change.effectiveDate);
  if (inForce === undefined) {
    // Without parameters nobody knows whether the class carries a service fee: not evaluated, so no.
    const { fundCode, effectiveDate } = change;
    const details = { fundCode, effectiveDate };
    return [{ code: 'PARAMETERS_MISSING', severity: 'block', details }];
  }
  const chargesServiceFee = inForce.parameters.serviceFeeRate > 0n;
  const ruled = { fundType: fund.fundType, chargesServiceFee };
  return assessFeeSchedule(fee, change.effectiveDate, ruled, context.rules);
}

/** Judges a fee schedule against its own shape and the rule in force on its effective date. */
export function judgeFees(context: ChangeContext, change: FeeChange): Judged<FeeTiers> {
  const fund = context.funds.get(change.fundCode);
  const ofKind: readonly FeeVersion[] = (context.fees.get(change.fundCode) ?? []).filter(
    (version) => version.fee.kind === change.kind,
  );
  const baseVersion = newest(ofKind);
  if (fund === undefined) {
    return { fate: 'created', baseVersion, findings: [unknownFund(change.fundCode)] };
  }
  const { tiers: fee, findings } = readTiers(change.kind, change.tiers);
  if (fee === undefined) return { fate: 'changed', baseVersion, findings };
  const inForce = findInForce(ofKind, change.effectiveDate);
  const isSame =
    inForce !== undefined &&
    JSON.stringify(formatTiers(inForce.fee)) === JSON.stringify(formatTiers(fee));
  const isFirst = ofKind.length === 0;
  const fate = fateOf(isFirst, isSame);
  const all = [
    ...assessFee(context, change, fund, fee),
    ...(fate === 'unchanged' ? [] : backdated(change.effectiveDate, isFirst, context.today)),
  ];
  if (isBlocked(all)) return { fate, baseVersion, findings: all };
  return { value: fee, fate, baseVersion, findings: all };
}
