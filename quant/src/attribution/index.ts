export * from './bonds.ts';
export * from './brinson.ts';
export * from './contribution.ts';
export * from './currency.ts';
export * from './levels.ts';
export {
  type LinkedBrinson,
  type LinkingInput,
  type LinkingMethod,
  linkBrinson,
  linkingCoefficients,
  linkSegments,
} from './linking.ts';
