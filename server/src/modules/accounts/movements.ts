/** Confirmed changes of holdings, written with their lots. */
import { assert, formatUnits } from '@cairn/kernel';
import type { Work } from '../../platform/work.ts';
import { refuseDuplicates } from './database-errors.ts';
import {
  type AppliedMovement,
  type DividendMethod,
  type HoldingChange,
  type HoldingKey,
  type HoldingState,
  holdingKeyOf,
  type LotChange,
  type Movement,
  planMovements,
} from './domain/movements.ts';
import { holdingColumns, loadHoldings, loadLots } from './holdings.ts';
import type { BatchOutcome } from './outcome.ts';

/**
 * Applies confirmed movements in the order given: units in become a lot, units out consume lots
 * first in, first out. A hold on units that leave is released before. One statement per table.
 *
 * Refusal per movement: UNITS_INSUFFICIENT (fewer free units than would leave; nothing of it is
 * written, clearing keeps it as an exception). AppError MOVEMENT_EXISTS, and nothing is written,
 * when a movement id or a registrar's serial was applied before. The caller audits the act.
 */
export async function applyMovements(
  work: Work,
  movements: readonly Movement[],
): Promise<BatchOutcome<AppliedMovement, Movement>> {
  if (movements.length === 0) return { done: [], refused: [] };
  const plan = planMovements(await loadStates(work, movements), movements);
  await insertMovements(work, plan.applied);
  await writeHoldings(work, plan.holdings);
  await writeLots(work, plan.lots);
  const refused = plan.refused.map(({ movement, code, available }) => ({
    item: movement,
    code,
    details: {
      tradingAccountNo: movement.tradingAccountNo,
      fundCode: movement.fundCode,
      available: formatUnits(available),
      units: formatUnits(movement.units),
    },
  }));
  return { done: plan.applied, refused };
}

async function loadStates(
  work: Work,
  movements: readonly Movement[],
): Promise<Map<string, HoldingState>> {
  const holdings = await loadHoldings(work.tx, movements);
  const lots = await loadLots(
    work.tx,
    movements.filter((movement) => movement.units < 0n),
  );
  const states = new Map<string, HoldingState>();
  for (const [key, holding] of holdings) {
    states.set(key, { ...holding, lots: lots.get(key) ?? [] });
  }
  return states;
}

async function insertMovements(work: Work, applied: readonly AppliedMovement[]): Promise<void> {
  if (applied.length === 0) return;
  const rows = applied.map((one) => one.movement);
  await refuseDuplicates(
    'MOVEMENT_EXISTS',
    { movementIds: rows.map((row) => row.movementId) },
    work.tx.query(
      `insert into accounts.holding_movements (bucket, trading_account_no, fund_code, share_class,
         movement_id, units, kind, amount, cost_amount, registrar_code, ta_serial, business_code,
         confirm_date, ref, posted_at)
       select t.*, $15::timestamptz
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[],
         $7::text[], $8::int8[], $9::int8[], $10::text[], $11::text[], $12::text[], $13::date[],
         $14::text[]) as t`,
      [
        ...holdingColumns(rows),
        rows.map((row) => row.movementId),
        rows.map((row) => row.units),
        rows.map((row) => row.kind),
        rows.map((row) => row.amount),
        applied.map((one) => one.cost),
        rows.map((row) => row.registrarCode),
        rows.map((row) => row.taSerial),
        rows.map((row) => row.businessCode),
        rows.map((row) => row.confirmDate),
        rows.map((row) => row.ref),
        work.now,
      ],
    ),
  );
}

async function writeHoldings(work: Work, changes: readonly HoldingChange[]): Promise<void> {
  const fresh = changes.filter((change) => change.isNew);
  if (fresh.length > 0) {
    await work.tx.query(
      `insert into accounts.holdings (bucket, trading_account_no, fund_code, share_class,
         customer_id, units, lot_count, dividend_method)
       select * from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[],
         $7::int4[], $8::text[])`,
      [
        ...holdingColumns(fresh),
        fresh.map((change) => change.customerId),
        fresh.map((change) => change.unitsChange),
        fresh.map((change) => change.lotCount),
        fresh.map((change) => change.defaultDividendMethod),
      ],
    );
  }
  const known = changes.filter((change) => !change.isNew);
  if (known.length === 0) return;
  const written = await work.tx.affected(
    `update accounts.holdings h set units = h.units + t.units, lot_count = t.lot_count
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::int4[])
       as t(bucket, trading_account_no, fund_code, share_class, units, lot_count)
     where h.bucket = t.bucket
       and h.trading_account_no = t.trading_account_no and h.fund_code = t.fund_code
       and h.share_class = t.share_class and h.units + t.units >= h.frozen`,
    [
      ...holdingColumns(known),
      known.map((change) => change.unitsChange),
      known.map((change) => change.lotCount),
    ],
  );
  assert(written === known.length, 'the holdings that were decided on are those that are written');
}

async function writeLots(work: Work, changes: readonly LotChange[]): Promise<void> {
  const fresh = changes.filter((change) => change.isNew);
  if (fresh.length > 0) {
    await work.tx.query(
      `insert into accounts.lots (bucket, trading_account_no, fund_code, share_class, lot_id,
         source, confirm_date, sequence, units_original, units_left, cost_amount)
       select * from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::date[], $8::int4[], $9::int8[], $10::int8[], $11::int8[])`,
      [
        ...holdingColumns(fresh),
        fresh.map(({ lot }) => lot.lotId),
        fresh.map(({ lot }) => lot.source),
        fresh.map(({ lot }) => lot.confirmDate),
        fresh.map(({ lot }) => lot.sequence),
        fresh.map(({ lot }) => lot.unitsOriginal),
        fresh.map(({ lot }) => lot.unitsLeft),
        fresh.map(({ lot }) => lot.costAmount),
      ],
    );
  }
  const known = changes.filter((change) => !change.isNew);
  if (known.length === 0) return;
  const written = await work.tx.affected(
    `update accounts.lots l set units_left = t.units_left
     from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, lot_id, units_left)
     where l.bucket = t.bucket and l.lot_id = t.lot_id
       and l.units_left > t.units_left`,
    [
      known.map((change) => change.bucket),
      known.map(({ lot }) => lot.lotId),
      known.map(({ lot }) => lot.unitsLeft),
    ],
  );
  assert(written === known.length, 'every consumed lot is written');
}

/** What a holding shall do with dividends from now on. */
export interface DividendChoice extends HoldingKey {
  readonly customerId: string;
  readonly dividendMethod: DividendMethod;
}

/**
 * Records confirmed choices of the dividend method; a choice made before the first purchase creates
 * the holding with zero units. When a holding is named twice the last choice stands. The caller
 * audits the act.
 */
export async function setDividendMethods(
  work: Work,
  choices: readonly DividendChoice[],
): Promise<void> {
  const last = [...new Map(choices.map((choice) => [holdingKeyOf(choice), choice])).values()];
  if (last.length === 0) return;
  await work.tx.query(
    `insert into accounts.holdings
       (bucket, trading_account_no, fund_code, share_class, customer_id, dividend_method)
     select * from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     on conflict (bucket, trading_account_no, fund_code, share_class)
       do update set dividend_method = excluded.dividend_method`,
    [
      ...holdingColumns(last),
      last.map((choice) => choice.customerId),
      last.map((choice) => choice.dividendMethod),
    ],
  );
}
