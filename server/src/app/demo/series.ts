/** NAV series that look like such funds: seeded random walks in whole numbers. */
import { formatFixed, type LocalDate, type Random } from '@cairn/kernel';
import type { NavSpec } from '../sandbox/market.ts';

const NAV_DECIMALS = 4;
const ONE = 100_000_000n;
// A trading year: 244 days; its root, for the swing of a day.
const YEAR_DAYS = 244n;
const YEAR_ROOT_E4 = 156_205n;

/** About normal with mean 0 and deviation 10,000: the sum of twelve even draws. */
function gaussE4(random: Random): bigint {
  let sum = -60_000;
  for (let draw = 0; draw < 12; draw++) sum += random.int(0, 10_000);
  return BigInt(sum);
}

/** What a day adds, in parts of 1e-8: drift and swing are yearly, in basis points. */
function dailyReturnE8(driftBps: number, swingBps: number, gauss: bigint): bigint {
  const drift = (BigInt(driftBps) * 10_000n) / YEAR_DAYS;
  const swing = (BigInt(swingBps) * 10_000n * gauss) / YEAR_ROOT_E4;
  return drift + swing;
}

/** The common part of the days' moves, so that funds of one market rise and fall together. */
export function marketMoves(random: Random, days: readonly LocalDate[]): Map<LocalDate, bigint> {
  // A mild lean upwards, so that two years of one seed are not all loss.
  return new Map(days.map((day) => [day, gaussE4(random) + 700n]));
}

/** How a walk goes. */
export interface WalkSpec {
  /** First NAV, in parts of 1e-8. */
  readonly start: bigint;
  readonly driftBps: number;
  readonly swingBps: number;
  /** Dividend per unit by ex-date, in parts of 1e-8; the NAV of that day falls by it. */
  readonly dividends: ReadonlyMap<LocalDate, bigint>;
}

/** NAV and accumulated NAV of each day, four decimals. */
export function walk(
  random: Random,
  days: readonly LocalDate[],
  market: ReadonlyMap<LocalDate, bigint>,
  spec: WalkSpec,
): NavSpec[] {
  let nav = spec.start;
  let paid = 0n;
  return days.map((date, index) => {
    if (index > 0) {
      // Four parts of the market's move to three of the fund's own keep the swing about as stated.
      const gauss = ((market.get(date) ?? 0n) * 8n + gaussE4(random) * 6n) / 10n;
      nav += (nav * dailyReturnE8(spec.driftBps, spec.swingBps, gauss)) / ONE;
    }
    const dividend = spec.dividends.get(date) ?? 0n;
    nav -= dividend;
    paid += dividend;
    return { date, nav: fourDecimals(nav), accumulated: fourDecimals(nav + paid) };
  });
}

function fourDecimals(valueE8: bigint): string {
  return formatFixed((valueE8 + 5_000n) / 10_000n, NAV_DECIMALS);
}
