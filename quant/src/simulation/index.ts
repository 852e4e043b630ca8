export * from './goal.ts';
export {
  assetsOf,
  type BlockBootstrap,
  type Parametric,
  type ReturnHistory,
  type ReturnSource,
} from './sources.ts';
export * from './stress.ts';
