/** The report step: what the day was, in figures that other screens and the close read. */
import { formatAmount, formatUnits, type LocalDate, amount, units } from '@cairn/kernel';
import { FIRM, work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import { daySummary } from '../../trading/index.ts';

export interface DayReport {
  readonly orders: readonly { businessCode: string; state: string; count: number }[];
  readonly confirmations: readonly {
    businessCode: string;
    state: string;
    count: number;
    amount: string;
    units: string;
    fee: string;
    agencyFee: string;
  }[];
  readonly exceptions: readonly { code: string; count: number }[];
  readonly breaks: number;
}

/** Computes and keeps the day's report. */
export async function reportDay(world: World, date: LocalDate): Promise<Record<string, number>> {
  const report = await computeReport(world, date);
  await work(world, [FIRM], async ({ tx }) => {
    await tx.query(
      'update clearing.business_days set report = $2::jsonb where business_date = $1',
      [date, JSON.stringify(report)],
    );
  });
  return {
    orders: report.orders.reduce((sum, row) => sum + row.count, 0),
    confirmations: report.confirmations.reduce((sum, row) => sum + row.count, 0),
    exceptions: report.exceptions.reduce((sum, row) => sum + row.count, 0),
  };
}

async function computeReport(world: World, date: LocalDate): Promise<DayReport> {
  const confirmations = await world.db.query<{
    business_code: string;
    state: string;
    n: bigint;
    amount: bigint;
    units: bigint;
    fee: bigint;
    agency_fee: bigint;
  }>(
    `select c.business_code, c.state, count(*) as n, sum(confirmed_amount)::int8 as amount,
       sum(confirmed_units)::int8 as units, sum(charge)::int8 as fee,
       sum(agency_fee)::int8 as agency_fee
     from clearing.files f join clearing.confirmations c on c.file_id = f.file_id
     where f.business_date = $1 and f.direction = 'in' and f.file_type = '04'
     group by 1, 2 order by 1, 2`,
    [date],
  );
  const exceptions = await world.db.query<{ code: string; n: bigint }>(
    `select code, count(*) as n from clearing.exceptions
     where business_date = $1 group by code order by code`,
    [date],
  );
  const [breaks] = await world.db.query<{ n: bigint }>(
    'select count(*) as n from clearing.breaks where business_date = $1',
    [date],
  );
  return {
    orders: await daySummary(world.db, date),
    confirmations: confirmations.map((row) => ({
      businessCode: row.business_code,
      state: row.state,
      count: Number(row.n),
      amount: formatAmount(amount(row.amount)),
      units: formatUnits(units(row.units)),
      fee: formatAmount(amount(row.fee)),
      agencyFee: formatAmount(amount(row.agency_fee)),
    })),
    exceptions: exceptions.map((row) => ({ code: row.code, count: Number(row.n) })),
    breaks: Number(breaks?.n ?? 0n),
  };
}
