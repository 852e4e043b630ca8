/** Holding movements: what one batch of confirmations does to holdings and their lots. */
import {
  add,
  type Amount,
  assert,
  type LocalDate,
  negate,
  subtract,
  sum,
  type Units,
  units,
} from '@cairn/kernel';
import { consumeLots, type Lot, type LotPart, type LotSource } from './lots.ts';

/** The key of one holding. */
export interface HoldingKey {
  readonly bucket: number;
  readonly tradingAccountNo: string;
  readonly fundCode: string;
  readonly shareClass: string;
}

/** '0' reinvest, '1' cash: DefDividendMethod of the exchange protocol. */
export type DividendMethod = '0' | '1';

/** Why units move; the first four bring units in, the others take them out. */
export type MovementKind =
  | 'subscription'
  | 'purchase'
  | 'reinvestment'
  | 'transferIn'
  | 'redemption'
  | 'transferOut';

/** One confirmed change of a holding, from exactly one record of the registrar. */
export interface Movement extends HoldingKey {
  readonly movementId: string;
  readonly customerId: string;
  readonly kind: MovementKind;
  /** Positive for units in, negative for units out. */
  readonly units: Units;
  /** Units in: what they cost. Units out: what they brought, after fees. In fen, never negative. */
  readonly amount: Amount;
  readonly registrarCode: string;
  readonly taSerial: string;
  readonly businessCode: string;
  readonly confirmDate: LocalDate;
  readonly ref: string;
  /** What a holding that this movement creates does with dividends. */
  readonly defaultDividendMethod: DividendMethod;
}

/** A holding as movements see it. */
export interface HoldingState {
  readonly units: Units;
  readonly frozen: Units;
  /** Lots that the holding ever had: the sequence of the next one is one more. */
  readonly lotCount: number;
  /** Its lots with units left; needed only when units leave. */
  readonly lots: readonly Lot[];
}

/** What a movement did. `parts` are the lots that went, empty for units in. */
export interface AppliedMovement {
  readonly movement: Movement;
  readonly parts: readonly LotPart[];
  /** Units in: their cost. Units out: the cost of the lots that went. */
  readonly cost: Amount;
}

/** A movement that cannot be applied: the holding has fewer free units than would leave. */
export interface RefusedMovement {
  readonly movement: Movement;
  readonly code: 'UNITS_INSUFFICIENT';
  readonly available: Units;
}

/** The holding after the batch; `isNew` when no row exists yet. */
export interface HoldingChange extends HoldingKey {
  readonly customerId: string;
  readonly isNew: boolean;
  readonly unitsChange: Units;
  readonly lotCount: number;
  readonly defaultDividendMethod: DividendMethod;
}

/** A lot to write: inserted when `isNew`, else only its units left change. */
export interface LotChange extends HoldingKey {
  readonly lot: Lot;
  readonly isNew: boolean;
}

/** Everything one batch of movements writes. */
export interface MovementPlan {
  readonly applied: readonly AppliedMovement[];
  readonly refused: readonly RefusedMovement[];
  readonly holdings: readonly HoldingChange[];
  readonly lots: readonly LotChange[];
}

const sources: Readonly<Partial<Record<MovementKind, LotSource>>> = {
  subscription: 'subscription',
  purchase: 'purchase',
  reinvestment: 'dividend',
  transferIn: 'transfer',
};

/** One text for a holding, to key maps with. */
export function holdingKeyOf(key: HoldingKey): string {
  return `${key.bucket}/${key.tradingAccountNo}/${key.fundCode}/${key.shareClass}`;
}

interface Working {
  readonly first: Movement;
  readonly isNew: boolean;
  readonly unitsBefore: Units;
  readonly frozen: Units;
  units: Units;
  lotCount: number;
  lots: Lot[];
  readonly newLots: Set<string>;
  readonly touchedLots: Set<string>;
}

/**
 * Applies movements in the order given to holdings in memory. `states` has the holdings that exist,
 * by `holdingKeyOf`. A movement that would leave fewer units than are frozen is refused and changes
 * nothing; later movements see the holding without it.
 */
export function planMovements(
  states: ReadonlyMap<string, HoldingState>,
  movements: readonly Movement[],
): MovementPlan {
  const working = new Map<string, Working>();
  const applied: AppliedMovement[] = [];
  const refused: RefusedMovement[] = [];
  for (const movement of movements) {
    const holding = workOn(working, states, movement);
    const outcome = movement.units > 0n ? bringIn(holding, movement) : takeOut(holding, movement);
    if ('code' in outcome) refused.push(outcome);
    else applied.push(outcome);
  }
  return { applied, refused, ...collectChanges(working) };
}

function workOn(
  working: Map<string, Working>,
  states: ReadonlyMap<string, HoldingState>,
  movement: Movement,
): Working {
  const key = holdingKeyOf(movement);
  const known = working.get(key);
  if (known !== undefined) return known;
  const state = states.get(key);
  const created: Working = {
    first: movement,
    isNew: state === undefined,
    unitsBefore: state?.units ?? units(0n),
    frozen: state?.frozen ?? units(0n),
    units: state?.units ?? units(0n),
    lotCount: state?.lotCount ?? 0,
    lots: [...(state?.lots ?? [])],
    newLots: new Set(),
    touchedLots: new Set(),
  };
  working.set(key, created);
  return created;
}

function bringIn(holding: Working, movement: Movement): AppliedMovement {
  const source = sources[movement.kind];
  assert(source !== undefined, `${movement.kind} ${movement.movementId} brings no units in`);
  holding.lotCount += 1;
  holding.units = units(holding.units + movement.units);
  holding.lots.push({
    lotId: movement.movementId,
    source,
    confirmDate: movement.confirmDate,
    sequence: holding.lotCount,
    unitsOriginal: movement.units,
    unitsLeft: movement.units,
    costAmount: movement.amount,
  });
  holding.newLots.add(movement.movementId);
  holding.touchedLots.add(movement.movementId);
  return { movement, parts: [], cost: movement.amount };
}

function takeOut(holding: Working, movement: Movement): AppliedMovement | RefusedMovement {
  assert(sources[movement.kind] === undefined, `${movement.kind} takes no units out`);
  assert(movement.units < 0n, `movement ${movement.movementId} moves nothing`);
  const wanted = negate(movement.units);
  const available = subtract(holding.units, holding.frozen);
  if (wanted > available) return { movement, code: 'UNITS_INSUFFICIENT', available };
  const consumed = consumeLots(holding.lots, wanted);
  assert(consumed !== undefined, `lots of ${holdingKeyOf(movement)} hold less than the holding`);
  holding.units = add(holding.units, movement.units);
  holding.lots = consumed.lots;
  for (const part of consumed.parts) holding.touchedLots.add(part.lotId);
  return { movement, parts: consumed.parts, cost: sum(consumed.parts.map((part) => part.cost)) };
}

function collectChanges(working: ReadonlyMap<string, Working>): {
  holdings: HoldingChange[];
  lots: LotChange[];
} {
  const holdings: HoldingChange[] = [];
  const lots: LotChange[] = [];
  for (const holding of working.values()) {
    if (holding.touchedLots.size === 0) continue;
    const { bucket, tradingAccountNo, fundCode, shareClass } = holding.first;
    const key = { bucket, tradingAccountNo, fundCode, shareClass };
    holdings.push({
      ...key,
      customerId: holding.first.customerId,
      isNew: holding.isNew,
      unitsChange: subtract(holding.units, holding.unitsBefore),
      lotCount: holding.lotCount,
      defaultDividendMethod: holding.first.defaultDividendMethod,
    });
    for (const lot of holding.lots) {
      if (!holding.touchedLots.has(lot.lotId)) continue;
      lots.push({ ...key, lot, isNew: holding.newLots.has(lot.lotId) });
    }
  }
  return { holdings, lots };
}
