/** When the demonstration plays. Everything in it is synthetic and follows from one seed. */
import { localDate } from '@cairn/kernel';

export const DEMO_SEED = 'juniper';
/** The first day with a NAV: two years before the demonstration's clock. */
export const NAVS_FROM = localDate('2024-03-11');
/** The eve of the first business day: products and customers are brought in. */
export const EVE = localDate('2025-12-05');
/** The business days that are played before anyone looks; the fee rules change in between. */
export const FIRST_DAY = localDate('2025-12-08');
export const LAST_DAY = localDate('2026-03-06');
/** Where the demonstration's clock stands when it is handed over, at half past nine. */
export const OPENING_DAY = localDate('2026-03-09');
/** The last day that can be played: payments after it must still fall inside the calendar. */
export const FINAL_DAY = localDate('2026-10-30');
export const REGISTRARS = ['01', '02', '03'] as const;
/** Yearly, on money that waits for the set-up of a fund. */
export const INTEREST_RATE = '0.003';
