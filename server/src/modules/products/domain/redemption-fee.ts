/**
 * A redemption taken from lots first in, first out by confirmation (先确认的先赎回), each lot with the
 * fee of its own holding days. Gross is rounded half up to fen per lot and summed; the fee of a lot
 * is its rounded gross × the tier's rate. `perLot` rounds each lot's fee half up; `total` rounds the
 * sum of the exact fees once and gives the lots their parts so that they sum to it.
 */
import {
  type Amount,
  add,
  allocate,
  amount,
  applyRate,
  assert,
  compareDates,
  daysBetween,
  type LocalDate,
  mulDiv,
  type Price,
  pow10,
  type Rate,
  RATE_SCALE,
  subtract,
  sum,
  type Units,
  units,
  valueOf,
} from '@cairn/kernel';
import { getRedemptionTier, type RedemptionTier } from './tiers.ts';

/** Units that were confirmed together. */
export interface RedemptionLot {
  readonly lotId: string;
  readonly units: Units;
  readonly confirmDate: LocalDate;
}

/** What a redemption takes from one lot. */
export interface RedemptionPart {
  readonly lotId: string;
  readonly units: Units;
  /** Calendar days held, from the lot's confirmation to `onDate`. */
  readonly days: number;
  readonly rate: Rate;
  readonly gross: Amount;
  readonly fee: Amount;
  readonly net: Amount;
}

/** A redemption with its parts; gross, fee and net are the sums over the parts. */
export interface RedemptionResult {
  readonly gross: Amount;
  readonly fee: Amount;
  readonly net: Amount;
  /** The part of the fee that goes into fund assets; the rest goes to distributor and registrar. */
  readonly feeToFund: Amount;
  readonly parts: readonly RedemptionPart[];
}

/** What a redemption fee is computed from. */
export interface RedemptionInput {
  /** Lots in the order of the holding; lots of one date leave in the order given. */
  readonly lots: readonly RedemptionLot[];
  /** Above zero. */
  readonly units: Units;
  readonly nav: Price;
  readonly tiers: readonly RedemptionTier[];
  /** The end of the holding period: application or confirmation date, as the fund's rule says. */
  readonly onDate: LocalDate;
  readonly feeRounding: 'perLot' | 'total';
}

interface Taken {
  readonly lotId: string;
  readonly units: Units;
  readonly days: number;
  readonly tier: RedemptionTier;
  readonly gross: Amount;
}

function takeLots(input: RedemptionInput): Taken[] | undefined {
  const taken: Taken[] = [];
  let open: bigint = input.units;
  const order = input.lots.toSorted((a, b) => compareDates(a.confirmDate, b.confirmDate));
  for (const lot of order) {
    if (open === 0n) break;
    if (lot.units <= 0n) continue;
    const part = units(lot.units < open ? lot.units : open);
    // A lot confirmed after the application's day (it was in transit then) has been held no day.
    const days = Math.max(0, daysBetween(lot.confirmDate, input.onDate));
    const tier = getRedemptionTier(input.tiers, days);
    const gross = valueOf(part, input.nav, 'halfUp');
    taken.push({ lotId: lot.lotId, units: part, days, tier, gross });
    open -= part;
  }
  return open > 0n ? undefined : taken;
}

function computeFees(taken: readonly Taken[], feeRounding: 'perLot' | 'total'): Amount[] {
  if (feeRounding === 'perLot') {
    return taken.map(({ gross, tier }) => applyRate(gross, tier.rate, 'halfUp'));
  }
  const exact = taken.map(({ gross, tier }) => gross * tier.rate);
  const whole = sum<bigint>(exact);
  if (whole === 0n) return taken.map(() => amount(0n));
  return allocate(mulDiv(whole, 1n, pow10(RATE_SCALE), 'halfUp'), exact).map(amount);
}

/** The share of the fund in the fee: of each lot's fee, or once of the exact fees of all. */
function computeToFund(
  taken: readonly Taken[],
  fees: readonly Amount[],
  feeRounding: 'perLot' | 'total',
): Amount {
  if (feeRounding === 'perLot') {
    const shares = taken.map(({ tier }, n) =>
      applyRate(fees[n] ?? amount(0n), tier.toFundShare, 'halfUp'),
    );
    return shares.reduce((left, share) => add(left, share), amount(0n));
  }
  const exact = sum<bigint>(taken.map(({ gross, tier }) => gross * tier.rate * tier.toFundShare));
  return amount(mulDiv(exact, 1n, pow10(2 * RATE_SCALE), 'halfUp'));
}

/**
 * Gross, fee and net of a redemption and of each lot it takes. Undefined when the lots hold less
 * than the units wanted. The share of the fund is rounded half up, as often as the fee is.
 * AppError PRODUCT_FEE_SCHEDULE_MISSING without tiers.
 */
export function computeRedemption(input: RedemptionInput): RedemptionResult | undefined {
  assert(input.units > 0n, 'a redemption is of units above zero');
  const taken = takeLots(input);
  if (taken === undefined) return undefined;
  const fees = computeFees(taken, input.feeRounding);
  const parts = taken.map(({ tier, ...part }, index): RedemptionPart => {
    const fee = fees[index] ?? amount(0n);
    return { ...part, rate: tier.rate, fee, net: subtract(part.gross, fee) };
  });
  const zero = amount(0n);
  const total = (of: (part: RedemptionPart) => Amount) =>
    parts.reduce((left, part) => add(left, of(part)), zero);
  return {
    gross: total((part) => part.gross),
    fee: total((part) => part.fee),
    net: total((part) => part.net),
    feeToFund: computeToFund(taken, fees, input.feeRounding),
    parts,
  };
}
