/** Every cut-off that funds ever had, with when each was recorded: for proofs about the past. */
import { compareDates, type Instant, type LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';

interface CutOffVersion {
  fund_code: string;
  version: number;
  effective_date: LocalDate;
  cut_off: string;
  recorded_at: Instant;
}

/** What was known of cut-offs at any instant. */
export interface CutOffHistory {
  /**
   * The cut-off of a fund on a date, 'HH:MM:SS.sss' in Shanghai, as it was known at an instant: a
   * version recorded later says nothing about what was decided before. Undefined without terms.
   */
  find(fundCode: string, date: LocalDate, knownAt: Instant): string | undefined;
}

/** Loads the cut-offs of every version of every fund's parameters. */
export async function loadCutOffHistory(sql: Sql): Promise<CutOffHistory> {
  const rows = await sql.query<CutOffVersion>(
    `select fund_code, version, effective_date, cut_off, recorded_at
     from products.fund_parameters order by fund_code, version`,
  );
  const byFund = Map.groupBy(rows, (row) => row.fund_code);
  return {
    find(fundCode, date, knownAt) {
      let best: CutOffVersion | undefined;
      for (const row of byFund.get(fundCode) ?? []) {
        if (row.effective_date > date || row.recorded_at > knownAt) continue;
        const isLater =
          best === undefined || compareDates(row.effective_date, best.effective_date) >= 0;
        if (isLater) best = row;
      }
      return best?.cut_off;
    },
  };
}
