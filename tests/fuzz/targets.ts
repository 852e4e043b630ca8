/** Everything that is fuzzed. */
import type { Target } from './target.ts';
import { ofdData, ofdIndex } from './target-ofd.ts';
import { routes } from './target-routes.ts';
import { bankStatement, jsonText, productCsv } from './target-text.ts';

export const TARGETS: readonly Target[] = [
  ofdData,
  ofdIndex,
  productCsv,
  bankStatement,
  jsonText,
  routes,
];
