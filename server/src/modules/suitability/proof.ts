/**
 * The proof of an order: its suitability decision computed again from the versions that were in
 * force at the order's instant, beside what was recorded. They must agree in everything.
 */
import type { Finding, Instant } from '@cairn/kernel';
import { findBucketInId } from '@cairn/kernel/ids';
import type { Check, Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';
import { decide, type SuitabilityDecision } from './domain/decide.ts';
import { canonicalJson } from './domain/digest.ts';
import {
  disagreementsOf,
  type Evidence,
  wasConfirmationSeen,
  wasInForce,
} from './domain/evidence.ts';
import type { ProductFacts } from './domain/facts.ts';
import { allRules, type DatedRules } from './rulebook.ts';
import {
  factOfProfile,
  loadProfileVersions,
  pageOfEvidence,
  type Profile,
  warningsFor,
} from './store.ts';

/** The products' facts of given parameter versions, by `productKey`; missing ones are left out. */
export type ProductFactsLoader = (
  sql: Sql,
  keys: readonly { fundCode: string; parameterVersion: number }[],
) => Promise<ReadonlyMap<string, ProductFacts>>;

/** The key of one parameter version of a product. */
export function productKey(key: { fundCode: string; parameterVersion: number }): string {
  return `${key.fundCode}/${key.parameterVersion}`;
}

/** One order's decision, recorded and computed again. */
export interface Proof {
  readonly orderId: string;
  readonly agrees: boolean;
  /** What differs: outcome, findings, inputDigest, profile, rules, product, warning. */
  readonly disagreements: readonly string[];
  readonly decidedAt: Instant;
  readonly recorded: Evidence;
  readonly recomputed: {
    readonly outcome: SuitabilityDecision['outcome'];
    readonly findings: readonly Finding[];
    readonly inputDigest: string;
  };
}

function wasProfileInForce(evidence: Evidence, versions: readonly Profile[]): boolean {
  const { profileVersion, decidedAt } = evidence;
  const own = versions.find(({ version }) => version === profileVersion);
  const next = versions.find(({ version }) => version > (profileVersion ?? 0));
  const line = { version: profileVersion, fromAt: own?.fromAt, nextFromAt: next?.fromAt };
  return wasInForce(line, decidedAt);
}

function wereRulesInForce(evidence: Evidence, versions: readonly DatedRules[]): boolean {
  const { ruleVersion, decidedAt } = evidence;
  const at = versions.findIndex(({ version }) => version === ruleVersion);
  const next = versions[at + 1];
  const line = {
    version: ruleVersion,
    fromAt: versions[at]?.effectiveAt,
    nextFromAt: next?.effectiveAt,
  };
  // A version that could not be read decided nothing: it does not count as the first one.
  if (ruleVersion === null && next !== undefined && next.rules === undefined) return true;
  return wasInForce(line, decidedAt);
}

/** Computes the decisions of the evidence again, as of their instants; one proof each, in order. */
export async function prove(
  sql: Sql,
  rows: readonly Evidence[],
  loadProducts: ProductFactsLoader,
): Promise<Proof[]> {
  if (rows.length === 0) return [];
  const profiles = await loadProfileVersions(sql, rows);
  const rules = await allRules(sql);
  const products = await loadProducts(
    sql,
    rows.map(({ product }) => product),
  );
  const warnings = await warningsFor(
    sql,
    rows.flatMap(({ bucket, warningId }) => (warningId === null ? [] : [{ bucket, warningId }])),
  );
  return rows.map((evidence) => {
    const versions = profiles.get(evidence.customerId) ?? [];
    const profile = versions.find(({ version }) => version === evidence.profileVersion);
    const product = products.get(productKey(evidence.product));
    // Another customer's warning was not found then, whoever else stands on this page now.
    const isOwn = findBucketInId(evidence.warningId ?? '') === evidence.bucket;
    const warning = isOwn ? warnings.get(evidence.warningId ?? '') : undefined;
    const decision = decide({
      at: evidence.decidedAt,
      customerId: evidence.customerId,
      profile: profile && factOfProfile(profile),
      product: product ?? evidence.product,
      rules: rules.find(({ version }) => version === evidence.ruleVersion)?.rules,
      warningId: evidence.warningId ?? undefined,
      warning: warning && { ...warning, confirmedAt: evidence.warningConfirmedAt },
    });
    const disagreements = disagreementsOf(evidence, decision);
    if (!wasProfileInForce(evidence, versions)) disagreements.push('profile');
    if (!wereRulesInForce(evidence, rules)) disagreements.push('rules');
    const isSameProduct =
      product !== undefined && canonicalJson(product) === canonicalJson(evidence.product);
    if (!isSameProduct) disagreements.push('product');
    const keptAt = warning?.confirmedAt ?? null;
    if (!wasConfirmationSeen(evidence.warningConfirmedAt, keptAt, evidence.decidedAt)) {
      disagreements.push('warning');
    }
    const { outcome, findings, inputDigest } = decision;
    return {
      orderId: evidence.orderId,
      agrees: disagreements.length === 0,
      disagreements,
      decidedAt: evidence.decidedAt,
      recorded: evidence,
      recomputed: { outcome, findings, inputDigest },
    };
  });
}

const PAGE = 2000;
const VIOLATIONS_MAX = 100;

/** O6: the evidence of every order proves again. */
export function checkEvidence(loadProducts: ProductFactsLoader): Check {
  return {
    id: 'O6',
    title: 'Every order was judged on what was in force at its instant, and proves again.',
    titleZh: '每笔订单均按其时生效的档案、规则与产品参数判定，且可重新证明。',
    async run(sql) {
      const violations: Violation[] = [];
      let after = { bucket: -1, orderId: '' };
      for (;;) {
        const rows = await pageOfEvidence(sql, after, PAGE);
        for (const proof of await prove(sql, rows, loadProducts)) {
          if (proof.agrees) continue;
          violations.push({
            subject: `order:${proof.orderId}`,
            detail: {
              disagreements: proof.disagreements,
              recorded: proof.recorded.outcome,
              recomputed: proof.recomputed.outcome,
            },
          });
        }
        const last = rows.at(-1);
        if (rows.length < PAGE || last === undefined || violations.length >= VIOLATIONS_MAX) break;
        after = { bucket: last.bucket, orderId: last.orderId };
      }
      return violations.slice(0, VIOLATIONS_MAX);
    },
  };
}
