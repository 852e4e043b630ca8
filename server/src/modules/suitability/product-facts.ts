/** What suitability needs of a product today, from the terms in force. */
import { AppError, shanghaiDate } from '@cairn/kernel';
import type { World } from '../../platform/world.ts';
import { termsAsOf } from '../products/index.ts';
import type { ProductFacts } from './domain/facts.ts';

/** The facts of a product on the Shanghai day of now. PRODUCT_NOT_RATED when none are in force. */
export async function getProductFacts(world: World, code: string): Promise<ProductFacts> {
  const book = await termsAsOf(world.db, shanghaiDate(world.clock.now()));
  const terms = book.get(code);
  if (terms === undefined) throw new AppError('PRODUCT_NOT_RATED', { fundCode: code });
  const { fundCode, riskLevel, term, variety, parameterVersion } = terms;
  return { fundCode, riskLevel, term, variety, parameterVersion };
}
