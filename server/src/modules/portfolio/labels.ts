/** Names of what an allocation is told by, in both languages. */
import type { FundType, RiskLevel } from '../products/index.ts';

/** Fund types as people call them. */
export const FUND_TYPE_LABELS: Readonly<Record<FundType, readonly [en: string, zh: string]>> = {
  equity: ['Equity', '股票型'],
  equityMixed: ['Equity-leaning mixed', '偏股混合型'],
  mixed: ['Mixed', '混合型'],
  index: ['Index', '指数型'],
  bond: ['Bond', '债券型'],
  shortBond: ['Short-term bond', '短债型'],
  bondIndex: ['Bond index', '债券指数型'],
  money: ['Money market', '货币型'],
  certificateIndex: ['Certificates of deposit', '同业存单指数型'],
  qdii: ['Overseas (QDII)', 'QDII'],
  fof: ['Fund of funds', '基金中基金'],
  commodity: ['Commodity', '商品型'],
  etf: ['Exchange-traded', 'ETF'],
};

/** Risk levels as people call them. */
export const RISK_LABELS: Readonly<Record<RiskLevel, readonly [en: string, zh: string]>> = {
  1: ['R1 low', 'R1 低风险'],
  2: ['R2 fairly low', 'R2 中低风险'],
  3: ['R3 medium', 'R3 中风险'],
  4: ['R4 fairly high', 'R4 中高风险'],
  5: ['R5 high', 'R5 高风险'],
};
