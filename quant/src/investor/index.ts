export * from './behaviour-gap.ts';
export * from './lots.ts';
export * from './money-weighted.ts';
export * from './time-weighted.ts';
