/** What stands in the place of a proposed change: shown beside it to the second person. */
import { formatPrice, localDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { formatParameters } from './domain/parameters.ts';
import { formatTiers } from './domain/tiers.ts';
import { latestNavs } from './series.ts';
import { termsOn } from './terms-book.ts';

interface ChangeRow {
  readonly fundCode: string;
  readonly effectiveDate: string;
  readonly kind?: string;
  readonly navDate?: string;
}

function rowsOf(payload: Record<string, unknown>): ChangeRow[] {
  const rows = payload['rows'];
  return Array.isArray(rows) ? (rows as ChangeRow[]) : [];
}

/** The parameters in force on the day on which the proposed ones would begin. */
export async function parametersBefore(
  sql: Sql,
  payload: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const rows = rowsOf(payload);
  const books = await termsOn(
    sql,
    rows.map((row) => localDate(row.effectiveDate)),
  );
  return {
    rows: rows.map(({ fundCode, effectiveDate }) => {
      const terms = books.get(localDate(effectiveDate))?.get(fundCode);
      const values = terms === undefined ? null : formatParameters(terms);
      return { fundCode, version: terms?.parameterVersion ?? 0, values };
    }),
  };
}

/** The fee schedules in force on the day on which the proposed ones would begin. */
export async function feesBefore(
  sql: Sql,
  payload: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const rows = rowsOf(payload);
  const books = await termsOn(
    sql,
    rows.map((row) => localDate(row.effectiveDate)),
  );
  return {
    rows: rows.map(({ fundCode, effectiveDate, kind }) => {
      const terms = books.get(localDate(effectiveDate))?.get(fundCode);
      if (terms === undefined) return { fundCode, kind, tiers: [] };
      const schedules = {
        subscription: () => formatTiers({ kind: 'subscription', tiers: terms.subscriptionFees }),
        purchase: () => formatTiers({ kind: 'purchase', tiers: terms.purchaseFees }),
        redemption: () => formatTiers({ kind: 'redemption', tiers: terms.redemptionFees }),
      };
      const tiers = Object.entries(schedules).find(([name]) => name === kind)?.[1]() ?? [];
      return { fundCode, kind, tiers };
    }),
  };
}

/** The last NAV of each fund before the first of those that are held. */
export async function navsBefore(
  sql: Sql,
  payload: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const rows = rowsOf(payload);
  const [first] = rows.map((row) => row.navDate ?? '').toSorted();
  if (first === undefined || first === '') return { rows: [] };
  const codes = [...new Set(rows.map((row) => row.fundCode))].toSorted();
  const navs = await latestNavs(sql, localDate(first), codes);
  return {
    rows: codes.flatMap((fundCode) => {
      const known = navs.get(fundCode);
      if (known === undefined) return [];
      return [{ fundCode, navDate: known.navDate, nav: formatPrice(known.nav) }];
    }),
  };
}
