/** The front door of suitability: decide, keep the evidence, prove it again. */
export { forgetAnswerDrafts } from './answer-drafts.ts';
export {
  type AssessOutcome,
  confirmWarning,
  issueWarning,
  type ShownWarning,
  type SubmitAnswers,
  submitAnswers,
} from './commands.ts';
export type { Answer } from './domain/assess.ts';
export { type DecisionInput, decide, type SuitabilityDecision } from './domain/decide.ts';
export { decideOrder, type Evidence } from './domain/evidence.ts';
export type {
  InvestorClass,
  InvestorLevel,
  ProductFacts,
  ProfileFact,
  WarningFact,
} from './domain/facts.ts';
export type { Questionnaire } from './domain/questionnaire.ts';
export type { Rules } from './domain/rules.ts';
export { suitabilityErrors } from './errors.ts';
export { suitabilityFigures } from './figures.ts';
export {
  type ConversionRequest,
  type NewVersion,
  proposeVersion,
  requestConversion,
} from './governance.ts';
export { suitabilityMessages } from './messages.ts';
export { suitabilityModule } from './module.ts';
export { checkEvidence, productKey, type ProductFactsLoader, type Proof, prove } from './proof.ts';
export { suitabilityView } from './queries.ts';
export { questionnaireAt, rulesAt } from './rulebook.ts';
export { installSampleQuestionnaire } from './sample.ts';
export {
  evidenceFor,
  type Profile,
  profilesFor,
  saveEvidence,
  type WarningKey,
  warningsFor,
} from './store.ts';
