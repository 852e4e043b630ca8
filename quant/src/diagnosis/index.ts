export {
  type AccountBatch,
  checkAccounts,
  type Flows,
  type Positions,
  shareAccounts,
  type Trades,
} from './accounts.ts';
export { type DiagnoseOptions, diagnoseAccounts } from './diagnose.ts';
export {
  DIAGNOSIS_FIGURE_IDS,
  DIAGNOSIS_FIGURES,
  type DiagnosisFigure,
  type DiagnosisFigureId,
  type DiagnosisUnit,
} from './figures.ts';
export { type Grouping, type Market, type MarketInput, prepareMarket } from './market.ts';
export { type Match, type MatchInput, matchManagers } from './match.ts';
export { createDiagnosis, type Diagnosis, readAccount, readFigure } from './result.ts';
export { type AbilityScales, placeOnScale, scaleAbilities } from './scores.ts';
export { type AccountTrace, traceAccount } from './trace.ts';
