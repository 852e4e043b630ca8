/**
 * Lots and their order. Units leave first in, first out by confirmation (先确认的先赎回): by confirm
 * date, then by the order in which the lots of this holding came to be. The cost of what leaves is
 * cut from the lot's original cost by cumulative rounding: what the first n units have cost is the
 * rounded share of n, and a part costs the difference of two such shares. So the parts of a lot sum
 * to its cost exactly, however it was cut, and no remainder has to be stored.
 */
import {
  type Amount,
  amount,
  assert,
  compareDates,
  type LocalDate,
  mulDiv,
  subtract,
  type Units,
  units,
} from '@cairn/kernel';

/** Where the units of a lot came from. */
export type LotSource = 'subscription' | 'purchase' | 'dividend' | 'transfer';

/** Units of one holding that were confirmed together. */
export interface Lot {
  readonly lotId: string;
  readonly source: LotSource;
  readonly confirmDate: LocalDate;
  /** 1, 2, 3 … within the holding. */
  readonly sequence: number;
  readonly unitsOriginal: Units;
  readonly unitsLeft: Units;
  /** What the original units cost, in fen. */
  readonly costAmount: Amount;
}

/** What one consumption took out of one lot. */
export interface LotPart {
  readonly lotId: string;
  readonly confirmDate: LocalDate;
  readonly units: Units;
  readonly cost: Amount;
}

/** Earlier confirmation first, then the earlier of the holding. */
export function compareLots(a: Lot, b: Lot): number {
  return compareDates(a.confirmDate, b.confirmDate) || a.sequence - b.sequence;
}

/** The cost of the units of a lot that are still there. */
export function computeRemainingCost(lot: Lot): Amount {
  return subtract(lot.costAmount, costOfFirst(lot, subtract(lot.unitsOriginal, lot.unitsLeft)));
}

function costOfFirst(lot: Lot, count: Units): Amount {
  return amount(mulDiv(lot.costAmount, count, lot.unitsOriginal, 'halfUp'));
}

/**
 * Takes `wanted` units (above zero) out of lots in their order. Returns the parts taken and the lots
 * as they are afterwards, in the order given; undefined when the lots hold less than wanted.
 */
export function consumeLots(
  lots: readonly Lot[],
  wanted: Units,
): { parts: LotPart[]; lots: Lot[] } | undefined {
  assert(wanted > 0n, 'consumeLots takes units above zero');
  const after = new Map<string, Lot>();
  const parts: LotPart[] = [];
  let open: bigint = wanted;
  for (const lot of lots.toSorted(compareLots)) {
    if (open === 0n) break;
    if (lot.unitsLeft === 0n) continue;
    const taken = units(lot.unitsLeft < open ? lot.unitsLeft : open);
    const rest: Lot = { ...lot, unitsLeft: subtract(lot.unitsLeft, taken) };
    const cost = subtract(computeRemainingCost(lot), computeRemainingCost(rest));
    parts.push({ lotId: lot.lotId, confirmDate: lot.confirmDate, units: taken, cost });
    after.set(lot.lotId, rest);
    open -= taken;
  }
  if (open > 0n) return undefined;
  return { parts, lots: lots.map((lot) => after.get(lot.lotId) ?? lot) };
}
