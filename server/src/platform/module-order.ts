/**
 * The business modules in their one order: each may call those before it, never those after.
 * Migrations run in this order and the import fence reads it.
 */
export const MODULE_ORDER = [
  'customers',
  'products',
  'accounts',
  'suitability',
  'trading',
  'clearing',
  'portfolio',
  'documents',
] as const;

export type ModuleName = (typeof MODULE_ORDER)[number];
