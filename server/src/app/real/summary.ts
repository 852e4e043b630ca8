/** What a run did, read back from the books when it is over. */
import { type Amount, amount, type LocalDate, type Units, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { computeValuation, loadPositions, type Valuation } from '../../modules/accounts/index.ts';
import { getCustomer } from '../../modules/customers/index.ts';
import { latestNavs } from '../../modules/products/index.ts';
import { playMaker } from '../sandbox/house.ts';
import type { Player } from './plan.ts';

export interface OrderCount {
  readonly businessCode: string;
  readonly state: string;
  readonly count: number;
}

export interface CashFlow {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
  readonly amount: Amount;
}

export interface UnitFlow {
  readonly kind: string;
  readonly count: number;
  readonly units: Units;
  readonly amount: Amount;
}

export interface FeeSum {
  readonly businessCode: string;
  readonly charge: Amount;
  /** The part that the agency earns; the rest stays in the fund. */
  readonly agency: Amount;
}

export interface PositionLine extends Valuation {
  readonly fundCode: string;
  readonly units: Units;
}

export interface CustomerLine {
  readonly customerId: string;
  readonly nameMasked: string;
  readonly kind: string;
  readonly level: number;
  readonly positions: readonly PositionLine[];
}

export interface RunSummary {
  readonly customers: bigint;
  readonly orders: readonly OrderCount[];
  readonly transfers: readonly CashFlow[];
  readonly settlements: readonly CashFlow[];
  readonly movements: readonly UnitFlow[];
  readonly fees: readonly FeeSum[];
  readonly shown: readonly CustomerLine[];
}

interface FlowRow {
  kind: string;
  state: string;
  n: bigint;
  amount: bigint;
}

async function flows(sql: Sql, text: string): Promise<CashFlow[]> {
  return (await sql.query<FlowRow>(text)).map(({ kind, state, n, amount: sum }) => ({
    kind,
    state,
    count: Number(n),
    amount: amount(sum),
  }));
}

async function countOrders(sql: Sql): Promise<OrderCount[]> {
  const rows = await sql.query<{ code: string; state: string; n: bigint }>(
    `select business_code as code, state, count(*) as n from trading.orders
     where bucket between 0 and 255 group by 1, 2
     union all
     select business_code, state, count(*) from trading.account_applications
     where bucket between 0 and 255 group by 1, 2
     order by 1, 2`,
  );
  return rows.map(({ code, state, n }) => ({ businessCode: code, state, count: Number(n) }));
}

async function sumMovements(sql: Sql): Promise<UnitFlow[]> {
  const rows = await sql.query<{ kind: string; n: bigint; units: bigint; amount: bigint }>(
    `select kind, count(*) as n, sum(units)::int8 as units, sum(amount)::int8 as amount
     from accounts.holding_movements where bucket between 0 and 255 group by 1 order by 1`,
  );
  return rows.map((row) => ({
    kind: row.kind,
    count: Number(row.n),
    units: units(row.units),
    amount: amount(row.amount),
  }));
}

async function sumFees(sql: Sql): Promise<FeeSum[]> {
  const rows = await sql.query<{ code: string; charge: bigint; agency: bigint }>(
    `select business_code as code, sum(charge)::int8 as charge, sum(agency_fee)::int8 as agency
     from clearing.confirmations
     where bucket between 0 and 255 and state = 'applied' and return_code = '0000'
     group by 1 having sum(charge) > 0 order by 1`,
  );
  return rows.map(({ code, charge, agency }) => ({
    businessCode: code,
    charge: amount(charge),
    agency: amount(agency),
  }));
}

const SHOWN = 5;

/** Five customers of different levels, those with most funds first. */
async function showCustomers(
  sql: Sql,
  players: readonly Player[],
  date: LocalDate,
): Promise<CustomerLine[]> {
  const positions = await loadPositions(sql, players);
  const navs = await latestNavs(sql, date);
  const held = Map.groupBy(positions, ({ customerId }) => customerId);
  const ranked = players
    .filter(({ customerId }) => held.has(customerId))
    .toSorted((a, b) => {
      const more = (held.get(b.customerId)?.length ?? 0) - (held.get(a.customerId)?.length ?? 0);
      return more !== 0 ? more : a.customerId < b.customerId ? -1 : 1;
    });
  const byLevel = [...Map.groupBy(ranked, ({ level }) => level)].map(([, of]) => of[0]);
  const first = byLevel.filter((player) => player !== undefined);
  const chosen = [...new Set([...first, ...ranked])].slice(0, SHOWN);
  const lines: CustomerLine[] = [];
  for (const player of chosen.sort((a, b) => a.level - b.level)) {
    const view = await getCustomer(sql, playMaker, player.customerId);
    lines.push({
      customerId: player.customerId,
      nameMasked: view.nameMasked,
      kind: view.kind,
      level: player.level,
      positions: (held.get(player.customerId) ?? []).map((position) => ({
        fundCode: position.fundCode,
        units: position.units,
        ...computeValuation(position, navs.get(position.fundCode)?.nav),
      })),
    });
  }
  return lines;
}

/** Reads the summary of a run as of its last day. */
export async function readSummary(
  sql: Sql,
  players: readonly Player[],
  date: LocalDate,
): Promise<RunSummary> {
  const [customers] = await sql.query<{ n: bigint }>(
    'select count(*) as n from customers.customers where bucket between 0 and 255',
  );
  return {
    customers: customers?.n ?? 0n,
    orders: await countOrders(sql),
    transfers: await flows(
      sql,
      `select direction as kind, state, count(*) as n, sum(amount)::int8 as amount
       from accounts.transfers where bucket between 0 and 255 group by 1, 2 order by 1, 2`,
    ),
    settlements: await flows(
      sql,
      `select kind, state, count(*) as n, sum(amount)::int8 as amount
       from accounts.settlement_items where bucket between 0 and 255 group by 1, 2 order by 1, 2`,
    ),
    movements: await sumMovements(sql),
    fees: await sumFees(sql),
    shown: await showCustomers(sql, players, date),
  };
}
