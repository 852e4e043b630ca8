/** Suitability of the purchases of a batch, on the same snapshot as the rest, and its evidence. */
import type { Instant } from '@cairn/kernel';
import { findBucketInId } from '@cairn/kernel/ids';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import type { FundTerms } from '../products/index.ts';
import {
  decideOrder,
  type Evidence,
  type ProductFacts,
  profilesFor,
  rulesAt,
  saveEvidence,
  warningsFor,
} from '../suitability/index.ts';
import type { Assessment, Decision } from './domain/order-book.ts';
import { isBuy, type PlaceOrder } from './domain/order.ts';
import type { BucketedOrder } from './snapshot.ts';
import type { OrderKey } from './store.ts';

/** Assesses the purchases of one batch; redemptions and dividend methods pass. */
export interface Assessor {
  readonly assess: (key: OrderKey, order: PlaceOrder, terms: FundTerms) => Assessment<Evidence>;
  /** Appends the evidence of the decided orders: one deferred statement. */
  save(work: Work, decisions: readonly Decision<Evidence>[]): void;
}

function productOf(terms: FundTerms): ProductFacts {
  const { fundCode, riskLevel, term, variety, parameterVersion } = terms;
  return { fundCode, riskLevel, term, variety, parameterVersion };
}

/** Loads profiles, rules and named warnings of a batch. */
export async function loadAssessor(
  sql: Sql,
  now: Instant,
  orders: readonly BucketedOrder[],
): Promise<Assessor> {
  const buys = orders.flatMap(({ bucket, order }) => (isBuy(order) ? [{ bucket, order }] : []));
  const customers = new Map(buys.map(({ bucket, order }) => [order.customerId, bucket]));
  const keys = [...customers].map(([customerId, bucket]) => ({ bucket, customerId }));
  const named = buys.flatMap(({ bucket, order: { warningId } }) =>
    warningId === undefined ? [] : [{ bucket, warningId }],
  );
  const [rules, profiles, warnings] = await Promise.all([
    buys.length === 0 ? undefined : rulesAt(sql, now),
    profilesFor(sql, keys),
    warningsFor(sql, named),
  ]);
  return {
    assess(key, order, terms) {
      if (!isBuy(order)) return { findings: [] };
      const { customerId, warningId } = order;
      const { decision, evidence } = decideOrder(key, {
        at: now,
        customerId,
        profile: profiles.get(customerId),
        product: productOf(terms),
        rules,
        warningId,
        warning:
          findBucketInId(warningId ?? '') === key.bucket
            ? warnings.get(warningId ?? '')
            : undefined,
      });
      return { findings: decision.findings, evidence };
    },
    save: (work, decisions) =>
      saveEvidence(
        work,
        decisions.flatMap(({ evidence }) => evidence ?? []),
      ),
  };
}
