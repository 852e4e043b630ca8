/** The suitability proof of an order: decided again from what was in force at its instant. */
import { AppError } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { parametersByVersion } from '../products/index.ts';
import {
  evidenceFor,
  productKey,
  type ProductFactsLoader,
  type Proof,
  prove,
} from '../suitability/index.ts';
import { getOrder } from './queries.ts';

/** What suitability judged of products, from the very versions of their parameters. */
export const loadProductFacts: ProductFactsLoader = async (sql, keys) => {
  const versions = await parametersByVersion(
    sql,
    keys.map(({ fundCode, parameterVersion: version }) => ({ fundCode, version })),
  );
  return new Map(
    versions.map(({ fundCode, version: parameterVersion, parameters }) => {
      const { riskLevel, term, variety } = parameters;
      const facts = { fundCode, riskLevel, term, variety, parameterVersion };
      return [productKey(facts), facts];
    }),
  );
};

/**
 * The recorded and the recomputed decision of one order; `agrees` must be true. AppErrors:
 * ORDER_NOT_FOUND, ORDER_WITHOUT_SUITABILITY (redemptions, dividend methods, unknown products).
 */
export async function proveOrder(sql: Sql, actor: Actor, orderId: string): Promise<Proof> {
  const { order } = await getOrder(sql, actor, orderId);
  const evidence = (await evidenceFor(sql, [order])).get(orderId);
  if (evidence === undefined) throw new AppError('ORDER_WITHOUT_SUITABILITY', { orderId });
  const [proof] = await prove(sql, [evidence], loadProductFacts);
  if (proof === undefined) throw new AppError('ORDER_WITHOUT_SUITABILITY', { orderId });
  return proof;
}
