/**
 * Which values of a NAV series may be recorded at once. A value of zero or less is wrong; one that
 * has moved by a factor is more likely a slip of the decimal point than a market, so it waits for a
 * second person. The factor is 5, not 10, so that a slip is caught with the day's own movement on it.
 */
import { type LocalDate, mulDiv, type Price, price, pow10, PRICE_SCALE } from '@cairn/kernel';

/** A NAV moves by this factor against the one before, up or down: it is held. */
export const NAV_JUMP_FACTOR = 5n;

/** One NAV of a fund on a date. */
export interface NavPoint {
  readonly navDate: LocalDate;
  readonly nav: Price;
}

/** Each unit became `ratio` units on the ex date, so the NAV fell by that factor. */
export interface SplitPoint {
  readonly exDate: LocalDate;
  readonly ratio: Price;
}

/** The earlier NAV as it would have been after the splits between it and a date. */
function adjustForSplits(
  earlier: NavPoint,
  until: LocalDate,
  splits: readonly SplitPoint[],
): Price {
  let adjusted: bigint = earlier.nav;
  for (const split of splits) {
    if (split.exDate > earlier.navDate && split.exDate <= until) {
      adjusted = mulDiv(adjusted, pow10(PRICE_SCALE), split.ratio, 'halfUp');
    }
  }
  return price(adjusted);
}

/** Whether a NAV jumps against the one before it; a first NAV never does. */
export function isNavJump(
  point: NavPoint,
  earlier: NavPoint | undefined,
  splits: readonly SplitPoint[],
): boolean {
  if (earlier === undefined) return false;
  const before = adjustForSplits(earlier, point.navDate, splits);
  return point.nav >= before * NAV_JUMP_FACTOR || point.nav * NAV_JUMP_FACTOR <= before;
}
