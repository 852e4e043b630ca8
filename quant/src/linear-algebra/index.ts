export * from './matrix.ts';
export {
  factorCholesky,
  invertCholesky,
  logDeterminant,
  solveCholesky,
} from './cholesky.ts';
export * from './least-squares.ts';
export * from './linear-system.ts';
export * from './symmetric-eigen.ts';
