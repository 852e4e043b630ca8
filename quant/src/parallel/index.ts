export { createPool, type QuantPool } from './pool.ts';
