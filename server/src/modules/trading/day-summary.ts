/** How a day's orders stand, for the board of the business day. */
import type { LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';

/** How many orders and account applications of a trade date stand in each state, by business code. */
export async function daySummary(
  sql: Sql,
  tradeDate: LocalDate,
): Promise<{ businessCode: string; state: string; count: number }[]> {
  const rows = await sql.query<{ business_code: string; state: string; n: bigint }>(
    `select business_code, state, count(*) as n from trading.orders
       where trade_date = $1 group by 1, 2
     union all
     select business_code, state, count(*) from trading.account_applications
       where trade_date = $1 group by 1, 2
     order by 1, 2`,
    [tradeDate],
  );
  return rows.map((row) => ({
    businessCode: row.business_code,
    state: row.state,
    count: Number(row.n),
  }));
}
