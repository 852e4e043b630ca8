/** The front door of customers: who they are, what decisions may know, and the commands. */
export {
  assertReason,
  changeProfile,
  changeStatus,
  type ClosingGuard,
  expireCertificates,
  getVisible,
  type KycReview,
  registerClosingGuard,
  reviewKyc,
  reviewKycs,
  type ReviewOutcome,
  setInvestorClass,
} from './changes.ts';
export { openCustomers, type OpenOutcome } from './commands.ts';
export type { CustomerKind } from './domain/certificate.ts';
export type { CivilCapacity, OpenCustomer, Representative } from './domain/opening.ts';
export { creditCodeCheckCharacter, organisationCodeCheckCharacter } from './domain/credit-code.ts';
export { idCardCheckCharacter } from './domain/id-card.ts';
export { forgetDrafts } from './drafts.ts';
export { customersErrors } from './errors.ts';
export { type CustomerPage, type CustomerSearch, findActiveIds, searchCustomers } from './lists.ts';
export { customersMessages } from './messages.ts';
export { customersModule } from './module.ts';
export {
  type CustomerFact,
  customersFor,
  type CustomerView,
  getCustomer,
  getWholeView,
  type RegistrarIdentity,
  registerView,
  registrarIdentities,
  unmask,
  type ViewLoader,
} from './queries.ts';
export { indexMissingNames } from './name-index.ts';
export { indexMissingAddresses } from './similar.ts';
export { type Finder, registerFinder, searchByText } from './search.ts';
export type { CustomerKey } from './store.ts';
