/** Everything that terms are made of, in memory, and the terms of a fund on a date. */
import { compareDates, type LocalDate } from '@cairn/kernel';
import type { Fund, FundParameters, FundTerms } from './terms.ts';
import type { FeeKind, FeeTiers, PurchaseTier, RedemptionTier } from './tiers.ts';

/** Something that holds from a date until a later version replaces it. */
export interface Effective {
  readonly effectiveDate: LocalDate;
  readonly version: number;
}

/** One version of a fund's parameters. */
export interface ParameterVersion extends Effective {
  readonly fundCode: string;
  readonly parameters: FundParameters;
}

/** One version of a fund's fee schedule. */
export interface FeeVersion extends Effective {
  readonly fundCode: string;
  readonly fee: FeeTiers;
}

/** The whole catalogue; versions by fund in any order, closed days by date. */
export interface Catalogue {
  readonly funds: ReadonlyMap<string, Fund>;
  readonly parameters: ReadonlyMap<string, readonly ParameterVersion[]>;
  readonly fees: ReadonlyMap<string, readonly FeeVersion[]>;
  readonly closed: ReadonlyMap<LocalDate, ReadonlySet<string>>;
}

/** The version in force: the latest effective date that has come, then the latest version of it. */
export function findInForce<T extends Effective>(
  versions: readonly T[],
  on: LocalDate,
): T | undefined {
  let best: T | undefined;
  for (const version of versions) {
    if (version.effectiveDate > on) continue;
    if (
      best === undefined ||
      (compareDates(version.effectiveDate, best.effectiveDate) || version.version - best.version) >
        0
    ) {
      best = version;
    }
  }
  return best;
}

function findFee(versions: readonly FeeVersion[], kind: FeeKind, on: LocalDate) {
  const ofKind = versions.filter((version) => version.fee.kind === kind);
  return findInForce(ofKind, on)?.fee;
}

function purchaseTiers(
  versions: readonly FeeVersion[],
  kind: 'subscription' | 'purchase',
  on: LocalDate,
): readonly PurchaseTier[] {
  const fee = findFee(versions, kind, on);
  return fee === undefined || fee.kind === 'redemption' ? [] : fee.tiers;
}

function redemptionTiers(
  versions: readonly FeeVersion[],
  on: LocalDate,
): readonly RedemptionTier[] {
  const fee = findFee(versions, 'redemption', on);
  return fee?.kind === 'redemption' ? fee.tiers : [];
}

/** A fund's terms on a date; undefined when the fund is unknown or has no parameters by then. */
export function findTerms(
  catalogue: Catalogue,
  fundCode: string,
  on: LocalDate,
): FundTerms | undefined {
  const fund = catalogue.funds.get(fundCode);
  const version = findInForce(catalogue.parameters.get(fundCode) ?? [], on);
  if (fund === undefined || version === undefined) return undefined;
  const fees = catalogue.fees.get(fundCode) ?? [];
  return {
    ...fund,
    ...version.parameters,
    parameterVersion: version.version,
    subscriptionFees: purchaseTiers(fees, 'subscription', on),
    purchaseFees: purchaseTiers(fees, 'purchase', on),
    redemptionFees: redemptionTiers(fees, on),
    closed: catalogue.closed.get(on)?.has(fundCode) ?? false,
  };
}
