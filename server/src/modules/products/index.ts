/** Front door of products: what other modules may call. */
export * from './domain/dividend.ts';
export * from './domain/purchase-fee.ts';
export * from './domain/redemption-fee.ts';
export * from './domain/terms.ts';
export type { FeeKind, PurchaseTier, RedemptionTier } from './domain/tiers.ts';
export { productsErrors } from './errors.ts';
export { productsMessages } from './messages.ts';
