export * from './attribution/index.ts';
export * from './factors/index.ts';
export * from './figure.ts';
export * from './investor/index.ts';
export * from './performance/index.ts';
export * from './series/index.ts';
export * from './style/index.ts';
export * from './timing/index.ts';
export { fromColumns, fromRows, matrix, toRows, type Matrix } from './linear-algebra/index.ts';
