/**
 * Sample fee schedules of the demonstration: the ladder before 2026 and the one since 2026-01-01,
 * by type and share class. Rates are samples inside the published rules.
 */
import type { FundType } from '../../modules/products/index.ts';
import type { FeeSpec } from '../sandbox/market.ts';

export const NEW_RULES_FROM = '2026-01-01';

type Family = 'equity' | 'mixed' | 'index' | 'bond' | 'money' | 'other';

const FAMILIES: Readonly<Record<FundType, Family>> = {
  equity: 'equity',
  equityMixed: 'equity',
  mixed: 'mixed',
  index: 'index',
  bond: 'bond',
  shortBond: 'bond',
  bondIndex: 'bond',
  money: 'money',
  certificateIndex: 'money',
  qdii: 'other',
  fof: 'other',
  commodity: 'other',
  etf: 'money',
};

type Step = readonly [from: number, rate: string];
type RedemptionStep = readonly [fromDays: number, rate: string, toFundShare: string];

// Purchase rates from 0, 1 and 3 million; a flat fee of 1,000 yuan from 5 million.
const PURCHASE: Readonly<
  Record<Family, readonly [before: readonly Step[], since: readonly Step[]]>
> = {
  equity: [
    [
      [0, '0.015'],
      [1_000_000, '0.01'],
      [3_000_000, '0.006'],
    ],
    [
      [0, '0.008'],
      [1_000_000, '0.005'],
      [3_000_000, '0.003'],
    ],
  ],
  mixed: [
    [
      [0, '0.012'],
      [1_000_000, '0.008'],
      [3_000_000, '0.005'],
    ],
    [
      [0, '0.005'],
      [1_000_000, '0.004'],
      [3_000_000, '0.002'],
    ],
  ],
  index: [
    [
      [0, '0.01'],
      [1_000_000, '0.006'],
      [3_000_000, '0.004'],
    ],
    [
      [0, '0.003'],
      [1_000_000, '0.002'],
      [3_000_000, '0.001'],
    ],
  ],
  bond: [
    [
      [0, '0.008'],
      [1_000_000, '0.005'],
      [3_000_000, '0.003'],
    ],
    [
      [0, '0.003'],
      [1_000_000, '0.002'],
      [3_000_000, '0.001'],
    ],
  ],
  money: [[], []],
  other: [
    [
      [0, '0.012'],
      [1_000_000, '0.008'],
      [3_000_000, '0.005'],
    ],
    [
      [0, '0.008'],
      [1_000_000, '0.005'],
      [3_000_000, '0.003'],
    ],
  ],
};

const LADDER_BEFORE: readonly RedemptionStep[] = [
  [0, '0.015', '1'],
  [7, '0.0075', '1'],
  [30, '0.005', '0.75'],
  [90, '0.005', '0.5'],
  [180, '0.0025', '0.25'],
  [730, '0', '1'],
];
const LADDER_BEFORE_SERVICE: readonly RedemptionStep[] = [
  [0, '0.015', '1'],
  [7, '0.005', '1'],
  [30, '0', '1'],
];
const LADDER_BEFORE_OTHERS: readonly RedemptionStep[] = [
  [0, '0.015', '1'],
  [7, '0.001', '0.25'],
  [365, '0', '1'],
];
const LADDER_SINCE: readonly RedemptionStep[] = [
  [0, '0.015', '1'],
  [7, '0.01', '1'],
  [30, '0.005', '1'],
  [180, '0', '1'],
];
const LADDER_SINCE_BOND: readonly RedemptionStep[] = [
  [0, '0.015', '1'],
  [7, '0.01', '1'],
  [30, '0', '1'],
];
const NO_FEE: readonly RedemptionStep[] = [[0, '0', '1']];

function ladderOf(
  family: Family,
  isSince: boolean,
  hasService: boolean,
): readonly RedemptionStep[] {
  if (family === 'money') return NO_FEE;
  if (isSince) return family === 'bond' ? LADDER_SINCE_BOND : LADDER_SINCE;
  if (family === 'equity' || family === 'mixed') {
    return hasService ? LADDER_BEFORE_SERVICE : LADDER_BEFORE;
  }
  return LADDER_BEFORE_OTHERS;
}

function incoming(
  kind: 'purchase' | 'subscription',
  effectiveDate: string,
  steps: readonly Step[],
): FeeSpec[] {
  if (steps.length === 0) return [{ kind, effectiveDate, fromAmount: '0', rate: '0' }];
  return [
    ...steps.map(([from, rate]) => ({ kind, effectiveDate, fromAmount: String(from), rate })),
    { kind, effectiveDate, fromAmount: '5000000', flat: '1000' },
  ];
}

/** The yearly service fee of a class C before and since 2026. */
export function serviceFeeOf(type: FundType): readonly [before: string, since: string] {
  const family = FAMILIES[type];
  return family === 'bond' || family === 'index' ? ['0.003', '0.002'] : ['0.006', '0.004'];
}

/** Both ladders of a share class; `from` is the day of its first terms. */
export function feesOf(type: FundType, hasService: boolean, from: string): FeeSpec[] {
  const family = FAMILIES[type];
  const dates = from < NEW_RULES_FROM ? [from, NEW_RULES_FROM] : [from];
  return dates.flatMap((effectiveDate) => {
    const isSince = effectiveDate >= NEW_RULES_FROM;
    const steps = hasService ? [] : PURCHASE[family][isSince ? 1 : 0];
    return [
      ...incoming('purchase', effectiveDate, steps),
      ...incoming('subscription', effectiveDate, steps),
      ...ladderOf(family, isSince, hasService).map(
        ([fromDays, rate, toFundShare]): FeeSpec => ({
          kind: 'redemption',
          effectiveDate,
          fromDays,
          rate,
          toFundShare,
        }),
      ),
    ];
  });
}
