export * from './backtest.ts';
export type { BacktestFund, BacktestMarket, FeeStep } from './market.ts';
export * from './walk-forward.ts';
