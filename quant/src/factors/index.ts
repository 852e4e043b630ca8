export {
  type FactorLoading,
  type FactorModel,
  type FactorModelInput,
  type FactorSeries,
  type FamaFrenchFactors,
  famaFrenchFive,
  famaFrenchThree,
  fitFactorModel,
} from './factor-model.ts';
export {
  type Coefficient,
  type ErrorKind,
  type Regression,
  type RegressionInput,
  regress,
} from './regression.ts';
export * from './cross-section.ts';
export * from './factor-attribution.ts';
export * from './factor-covariance.ts';
export * from './build-factors.ts';
