/** What becomes of NAVs that arrive: recorded, unchanged, held for a second person, or refused. */
import { compareDates, formatPrice, type LocalDate, type Price } from '@cairn/kernel';
import { isNavJump, type NavPoint, type SplitPoint } from './nav.ts';

/** A NAV as it arrives; the NAV may be zero or negative, which is refused. */
export interface ArrivingNav {
  readonly fundCode: string;
  readonly navDate: LocalDate;
  readonly nav: Price;
  readonly accumulated?: Price;
  readonly source: string;
}

/** A NAV as it stands now. */
export interface StandingNav extends NavPoint {
  readonly accumulated?: Price;
  readonly version: number;
}

/** What is known of a fund: its NAVs in the range of what arrives, and the one before it. */
export interface NavHistory {
  /** In rising order of date. */
  readonly standing: readonly StandingNav[];
  readonly before?: NavPoint;
  readonly splits: readonly SplitPoint[];
}

/** One NAV that is refused, with the code and facts of the reason. */
export interface RefusedNav<T> {
  readonly item: T;
  readonly code: 'PRODUCT_UNKNOWN_FUND' | 'NAV_NOT_POSITIVE' | 'NAV_IN_FUTURE' | 'NAV_TWICE';
  readonly details: Readonly<Record<string, string>>;
}

/** The fate of every NAV that arrived. */
export interface NavPlan<T> {
  readonly write: (T & { readonly version: number })[];
  readonly held: T[];
  readonly unchanged: T[];
  readonly refused: RefusedNav<T>[];
}

function refusalOf<T extends ArrivingNav>(
  item: T,
  facts: { known: boolean; twice: boolean; today: LocalDate },
): RefusedNav<T> | undefined {
  const { fundCode, navDate, nav } = item;
  if (!facts.known) return { item, code: 'PRODUCT_UNKNOWN_FUND', details: { fundCode } };
  if (nav <= 0n) return { item, code: 'NAV_NOT_POSITIVE', details: { nav: formatPrice(nav) } };
  if (navDate > facts.today) {
    return { item, code: 'NAV_IN_FUTURE', details: { navDate, today: facts.today } };
  }
  return facts.twice ? { item, code: 'NAV_TWICE', details: { fundCode, navDate } } : undefined;
}

function planFund<T extends ArrivingNav>(
  items: readonly T[],
  history: NavHistory,
  plan: NavPlan<T>,
): void {
  let earlier = history.before;
  let next = 0;
  for (const item of items.toSorted((a, b) => compareDates(a.navDate, b.navDate))) {
    for (; next < history.standing.length; next += 1) {
      const standing = history.standing[next];
      if (standing === undefined || standing.navDate >= item.navDate) break;
      if (earlier === undefined || standing.navDate > earlier.navDate) earlier = standing;
    }
    const found = history.standing[next];
    const current = found?.navDate === item.navDate ? found : undefined;
    if (current?.nav === item.nav && current.accumulated === item.accumulated) {
      plan.unchanged.push(item);
    } else if (isNavJump(item, earlier, history.splits)) {
      plan.held.push(item);
      continue;
    } else {
      plan.write.push({ ...item, version: (current?.version ?? 0) + 1 });
    }
    earlier = item;
  }
}

/**
 * Sorts arriving NAVs by what becomes of them. Each is compared with the NAV before it, whether that
 * stands already or arrives with it; a held NAV is not compared with, so that one slip of the point
 * does not hold the rest. `histories` has an entry for every fund that exists.
 */
export function planNavs<T extends ArrivingNav>(
  items: readonly T[],
  histories: ReadonlyMap<string, NavHistory>,
  today: LocalDate,
): NavPlan<T> {
  const plan: NavPlan<T> = { write: [], held: [], unchanged: [], refused: [] };
  const byFund = new Map<string, T[]>();
  const seen = new Set<string>();
  for (const item of items) {
    const key = `${item.fundCode} ${item.navDate}`;
    const known = histories.has(item.fundCode);
    const refusal = refusalOf(item, { known, twice: seen.has(key), today });
    seen.add(key);
    if (refusal !== undefined) {
      plan.refused.push(refusal);
      continue;
    }
    const group = byFund.get(item.fundCode);
    if (group === undefined) byFund.set(item.fundCode, [item]);
    else group.push(item);
  }
  for (const [fundCode, group] of byFund) {
    const history = histories.get(fundCode);
    if (history !== undefined) planFund(group, history, plan);
  }
  return plan;
}
