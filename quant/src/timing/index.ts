export * from './market-timing.ts';
