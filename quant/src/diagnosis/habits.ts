/** Trading habits and holding preferences of an account, from what the replay counted. */
import type { Days } from './attribute.ts';
import { COLUMN, DIAGNOSIS_FIGURE_IDS } from './figures.ts';
import type { Market } from './market.ts';
import { type Diagnosis, writeValue } from './result.ts';
import type { Scratch } from './scratch.ts';

/** Writes how the customer trades; figures of sales are absent (`NO_TRADE`) without sales. */
export function writeHabits(
  market: Market,
  { habits }: Scratch,
  { result, row, days }: { result: Diagnosis; row: number; days: Days },
): void {
  const years = days.active / market.periodsPerYear;
  const meanValue = days.values / (market.rows + 1);
  const sales = habits.wins + habits.losses;
  const write = (id: keyof typeof COLUMN, value: number) => {
    writeValue(result, row + COLUMN[id], value, 'NO_TRADE');
  };
  write('averageInvested', days.invested / days.active);
  write('tradesPerYear', habits.trades / years);
  write('turnover', Math.min(habits.purchases, habits.sales) / meanValue / years);
  write('holdingDays', habits.soldCostDays / habits.soldCost);
  write('saleWinRate', habits.wins / sales);
  write('payoffRatio', habits.won / habits.wins / (habits.lost / habits.losses));
  const gains = habits.gainsRealised + habits.gainsOnPaper;
  const losses = habits.lossesRealised + habits.lossesOnPaper;
  write('dispositionEffect', habits.gainsRealised / gains - habits.lossesRealised / losses);
  write('buyMomentum', habits.boughtRise / habits.bought);
  write('sellMomentum', habits.soldRise / habits.sold);
}

/** Writes concentration, preferences, and the securities that earned and lost most. */
export function writeHoldings(
  market: Market,
  { book }: Scratch,
  { result, account }: { result: Diagnosis; account: number },
): void {
  const row = account * DIAGNOSIS_FIGURE_IDS.length;
  let total = 0;
  let squares = 0;
  let held = 0;
  let best = { security: -1, profit: 0 };
  let worst = { security: -1, profit: 0 };
  for (let place = 0; place < book.touchedCount; place++) {
    const security = book.touched[place] as number;
    const weight = book.weight[security] as number;
    total += weight;
    squares += weight * weight;
    if (weight > 0) held += 1;
    const profit = profitOf(market, book, security);
    if (profit > best.profit) best = { security, profit };
    if (profit < worst.profit) worst = { security, profit };
  }
  writeValue(result, row + COLUMN.concentration, squares / (total * total), 'NO_HOLDING');
  writeValue(result, row + COLUMN.securitiesHeld, held);
  const extremes = [
    ['bestProfit', best, 'NO_GAIN'],
    ['worstProfit', worst, 'NO_LOSS'],
  ] as const;
  for (const [id, { security, profit }, reason] of extremes) {
    writeValue(result, row + COLUMN[id], security === -1 ? Number.NaN : profit, reason);
  }
  result.bestSecurity[account] = best.security;
  result.worstSecurity[account] = worst.security;
  market.groupings.forEach((grouping, which) => {
    const preference = result.preferences[which] as Float64Array;
    const offset = account * grouping.groups;
    preference.fill(0, offset, offset + grouping.groups);
    for (let place = 0; place < book.touchedCount; place++) {
      const security = book.touched[place] as number;
      const group = grouping.groupOf[security] as number;
      if (group === -1) continue;
      preference[offset + group] =
        (preference[offset + group] as number) + (book.weight[security] as number);
    }
  });
}

/** All cash of the security, with its value at the end and without that at the opening. */
function profitOf(market: Market, book: Scratch['book'], security: number): number {
  const units = book.units[security] as number;
  const price = market.prices[security * (market.rows + 1) + market.rows] as number;
  const value = units === 0 ? 0 : units * price;
  return value + (book.cash[security] as number) - (book.opening[security] as number);
}
