import {
  addDays,
  addMonths,
  assert,
  formatFixed,
  type LocalDate,
  localDate,
  mulDiv,
  type Price,
} from '@cairn/kernel';

/** Spans over which a fund's return is told, besides its last day. */
export const RETURN_PERIODS = ['w1', 'm1', 'm3', 'm6', 'ytd', 'y1', 'y3'] as const;

export type ReturnPeriod = (typeof RETURN_PERIODS)[number];

const MONTHS = { m1: 1, m3: 3, m6: 6, y1: 12, y3: 36 } as const;

/** The day at whose close a period begins, for a series that ends on `end`. */
export function startOf(period: ReturnPeriod, end: LocalDate): LocalDate {
  if (period === 'w1') return addDays(end, -7);
  if (period === 'ytd') return addDays(localDate(`${end.slice(0, 4)}-01-01`), -1);
  return addMonths(end, -MONTHS[period]);
}

/** Something that changed what one unit is: a dividend paid out of it, or a split of it. */
export type UnitEvent =
  | {
      readonly kind: 'dividend';
      readonly exDate: LocalDate;
      readonly perUnit: Price;
      /** NAV of the ex date, from which the dividend is gone. */
      readonly nav: Price;
    }
  | { readonly kind: 'split'; readonly exDate: LocalDate; readonly ratio: Price };

interface NavPoint {
  readonly navDate: LocalDate;
  readonly nav: Price;
}

const PRICE_ONE = 100_000_000n;

/**
 * The return between two NAVs in percent with two decimals, half away from zero: the growth of one
 * unit with each dividend reinvested at the NAV of its ex date (复权), computed as one fraction and
 * rounded once. Events outside (from, to] do not count.
 */
export function computeReturn(from: NavPoint, to: NavPoint, events: readonly UnitEvent[]): string {
  assert(from.navDate <= to.navDate, 'a period does not end before it begins');
  let [now, then]: [bigint, bigint] = [to.nav, from.nav];
  for (const event of events) {
    if (event.exDate <= from.navDate || event.exDate > to.navDate) continue;
    if (event.kind === 'split') {
      now *= event.ratio;
      then *= PRICE_ONE;
    } else {
      now *= event.nav + event.perUnit;
      then *= event.nav;
    }
  }
  return formatFixed(mulDiv(now - then, 10_000n, then, 'halfUp'), 2);
}
