/** Front door of products: what other modules may call. */
export {
  type HeldChange,
  proposeFeeSchedule,
  proposeParameters,
} from './changes.ts';
export type { FeeChange } from './change-rules.ts';
export { productsChecks } from './checks.ts';
export { type CutOffHistory, loadCutOffHistory } from './cut-offs.ts';
export type { ParameterVersion } from './domain/catalogue.ts';
export * from './domain/dividend.ts';
export type { RefusedNav } from './domain/nav-plan.ts';
export type { WireParameters } from './domain/parameters.ts';
export * from './domain/purchase-fee.ts';
export * from './domain/redemption-fee.ts';
export * from './domain/terms.ts';
export {
  type FeeKind,
  formatTiers,
  type PurchaseTier,
  type RedemptionTier,
  type WireTier,
} from './domain/tiers.ts';
export { productsErrors } from './errors.ts';
export { productFigures } from './figures.ts';
export {
  type FigureEngine,
  type FigureText,
  type FundFigures,
  type FundHistory,
  registerFigureEngine,
} from './fund-figures.ts';
export {
  IMPORT_KINDS,
  type ImportError,
  type ImportKind,
  type ImportReport,
} from './import-report.ts';
export { importCsv, type ImportRequest } from './imports.ts';
export { productsMessages } from './messages.ts';
export { productsModule } from './module.ts';
export { type NavOutcome, recordNavs } from './navs.ts';
export {
  type DividendRow,
  dividendsOn,
  latestNavs,
  unmovedNavs,
  loadDividends,
  loadNavs,
  type NavRow,
  navsOn,
} from './series.ts';
export { loadParametersByVersion as parametersByVersion } from './store.ts';
export { fundsOf, type TermsBook, termsAsOf, termsOn } from './terms-book.ts';
