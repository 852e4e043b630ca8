export * from './black-litterman.ts';
export * from './covariance.ts';
export * from './hierarchical.ts';
export * from './risk-parity.ts';
