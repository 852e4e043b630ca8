import { type Amount, assert, type Price, type Units, unitsFor, valueOf } from '@cairn/kernel';
import type { UnitsRounding } from './purchase-fee.ts';

/** A dividend on units: the gross amount, and what it buys when it is reinvested. */
export interface DividendResult {
  readonly amount: Amount;
  /** Units of the reinvestment; absent for cash. */
  readonly units?: Units;
}

/**
 * Units on the record date × dividend per unit, rounded half up to fen. With `reinvestAt` (the NAV
 * of the ex date) also the units it buys, without any fee; they are a new lot.
 */
export function computeDividend(input: {
  units: Units;
  perUnit: Price;
  reinvestAt?: Price;
  unitsRounding?: UnitsRounding;
}): DividendResult {
  assert(
    input.units >= 0n && input.perUnit > 0n,
    'a dividend is above zero, on units of zero or more',
  );
  const amount = valueOf(input.units, input.perUnit, 'halfUp');
  if (input.reinvestAt === undefined) return { amount };
  return { amount, units: unitsFor(amount, input.reinvestAt, input.unitsRounding ?? 'halfUp') };
}
