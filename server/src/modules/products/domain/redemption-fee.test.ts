import {
  type Amount,
  amount,
  localDate,
  parseAmount,
  parsePrice,
  parseRate,
  parseUnits,
  price,
  rate,
  units,
} from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeRedemption, type RedemptionLot } from './redemption-fee.ts';
import type { RedemptionTier } from './tiers.ts';

const yuan = (text: string): Amount => parseAmount(text) ?? amount(-1n);
const pieces = (text: string) => parseUnits(text) ?? units(-1n);
const nav = (text: string) => parsePrice(text) ?? price(-1n);

function tier(fromDays: number, at: string, toFund: string): RedemptionTier {
  return {
    fromDays,
    rate: parseRate(at) ?? rate(-1n),
    toFundShare: parseRate(toFund) ?? rate(-1n),
  };
}

const newLadder = [
  tier(0, '0.015', '1'),
  tier(7, '0.01', '1'),
  tier(30, '0.005', '1'),
  tier(180, '0', '1'),
];
const oldLadder = [
  tier(0, '0.015', '1'),
  tier(7, '0.0075', '1'),
  tier(30, '0.005', '0.75'),
  tier(90, '0.005', '0.5'),
  tier(180, '0', '0.25'),
];

const lots: RedemptionLot[] = [
  { lotId: 'a', units: pieces('3000'), confirmDate: localDate('2025-01-06') },
  { lotId: 'b', units: pieces('5000'), confirmDate: localDate('2026-03-02') },
  { lotId: 'c', units: pieces('2000'), confirmDate: localDate('2026-09-10') },
  { lotId: 'd', units: pieces('1000'), confirmDate: localDate('2026-09-28') },
];

const base = {
  lots,
  units: pieces('10500'),
  nav: nav('1.2345'),
  tiers: newLadder,
  onDate: localDate('2026-09-30'),
  feeRounding: 'perLot',
} as const;

describe('redemption first in, first out', () => {
  test('10,500 units at 1.2345 on the ladder since 2026', () => {
    const result = computeRedemption(base);
    const rows = result?.parts.map((p) => [p.lotId, p.days, p.units, p.gross, p.fee, p.net]);
    expect(rows).toEqual([
      ['a', 632, pieces('3000'), yuan('3703.50'), 0n, yuan('3703.50')],
      ['b', 212, pieces('5000'), yuan('6172.50'), 0n, yuan('6172.50')],
      ['c', 20, pieces('2000'), yuan('2469.00'), yuan('24.69'), yuan('2444.31')],
      ['d', 2, pieces('500'), yuan('617.25'), yuan('9.26'), yuan('607.99')],
    ]);
    expect(result).toMatchObject({
      gross: yuan('12962.25'),
      fee: yuan('33.95'),
      net: yuan('12928.30'),
      feeToFund: yuan('33.95'),
    });
  });

  test('the order of the lots given does not matter, their dates do', () => {
    expect(computeRedemption({ ...base, lots: lots.toReversed() })).toEqual(
      computeRedemption(base),
    );
  });

  test('old ladder: 2,000 units held 30 days pay 12.35, of which 9.26 go to the fund', () => {
    const result = computeRedemption({
      lots: [{ lotId: 'a', units: pieces('2000'), confirmDate: localDate('2025-06-01') }],
      units: pieces('2000'),
      nav: nav('1.2345'),
      tiers: oldLadder,
      onDate: localDate('2025-07-01'),
      feeRounding: 'perLot',
    });
    expect(result).toMatchObject({
      gross: yuan('2469.00'),
      fee: yuan('12.35'),
      feeToFund: yuan('9.26'),
    });
  });

  test.each([
    ['2026-09-24', 6, '0.015'],
    ['2026-09-23', 7, '0.01'],
    ['2026-09-01', 29, '0.01'],
    ['2026-08-31', 30, '0.005'],
    ['2026-04-04', 179, '0.005'],
    ['2026-04-03', 180, '0'],
  ])('confirmed %s: %i days, rate %s', (confirmDate, days, at) => {
    const lot = { lotId: 'x', units: pieces('10'), confirmDate: localDate(confirmDate) };
    const part = computeRedemption({ ...base, lots: [lot], units: pieces('10') })?.parts[0];
    expect(part).toMatchObject({ days, rate: parseRate(at) });
  });

  test('fee rounded per lot or once on the total', () => {
    const small = ['a', 'b', 'c'].map((lotId) => ({
      lotId,
      units: pieces('100'),
      confirmDate: localDate('2026-09-29'),
    }));
    // Each lot: gross 103.00, exact fee 1.545; together 4.635.
    const input = { ...base, lots: small, units: pieces('300'), nav: nav('1.03') };
    expect(computeRedemption({ ...input, feeRounding: 'perLot' })?.fee).toBe(yuan('4.65'));
    const total = computeRedemption({ ...input, feeRounding: 'total' });
    expect(total?.fee).toBe(yuan('4.64'));
    expect(total?.parts.map((p) => p.fee)).toEqual([yuan('1.55'), yuan('1.55'), yuan('1.54')]);
  });

  test('the share of the fund too is rounded per lot, or once on the total', () => {
    const held = ['408.70', '547.83', '15.83', '1271.83'].map((size, n) => ({
      lotId: `${n}`,
      units: pieces(size),
      confirmDate: localDate('2026-09-29'),
    }));
    // Fees 0.74, 0.99, 0.03 and 2.30, exactly 4.0559; a quarter of them 0.19, 0.25, 0.01 and 0.58,
    // exactly 1.0140.
    const input = {
      ...base,
      tiers: [tier(0, '0.001', '0.25')],
      lots: held,
      units: pieces('2244.19'),
      nav: nav('1.8073'),
    };
    const perLot = computeRedemption({ ...input, feeRounding: 'perLot' });
    expect(perLot).toMatchObject({ fee: yuan('4.06'), feeToFund: yuan('1.03') });
    const total = computeRedemption({ ...input, feeRounding: 'total' });
    expect(total).toMatchObject({ fee: yuan('4.06'), feeToFund: yuan('1.01') });
  });

  test('a lot in transit on the day of application has been held no day', () => {
    const lot = { lotId: 'x', units: pieces('10'), confirmDate: localDate('2026-10-09') };
    const part = computeRedemption({ ...base, lots: [lot], units: pieces('10') })?.parts[0];
    expect(part).toMatchObject({ days: 0, rate: parseRate('0.015') });
  });

  test('more units than the lots hold: undefined', () => {
    expect(computeRedemption({ ...base, units: pieces('11000.01') })).toBeUndefined();
  });
});

const someLots = fc.array(
  fc.record({
    lotId: fc.uuid(),
    units: fc.bigInt({ min: 1n, max: 10n ** 10n }).map(units),
    confirmDate: fc
      .integer({ min: 1, max: 28 })
      .map((d) => localDate(`2026-09-${d < 10 ? '0' : ''}${d}`)),
  }),
  { minLength: 1, maxLength: 8 },
);
const someRate = fc.bigInt({ min: 0n, max: 5_000_000n }).map(rate);
const someShare = fc.bigInt({ min: 0n, max: 100_000_000n }).map(rate);
const someTiers = fc
  .tuple(someRate, someShare, someRate, someShare)
  .map(([r0, s0, r1, s1]): RedemptionTier[] => [
    { fromDays: 0, rate: r0, toFundShare: s0 },
    { fromDays: 14, rate: r1, toFundShare: s1 },
  ]);

describe('properties of redemptions', () => {
  test('parts sum to the whole, each fee within its gross, FIFO takes lots whole but the last', () => {
    fc.assert(
      fc.property(
        someLots,
        someTiers,
        fc.bigInt({ min: 1n, max: 10n ** 10n }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom('perLot' as const, 'total' as const),
        (held, tiers, navValue, percent, feeRounding) => {
          const all = held.reduce((left, lot) => left + lot.units, 0n);
          const wanted = (all * BigInt(percent)) / 100n || 1n;
          const result = computeRedemption({
            lots: held,
            units: units(wanted),
            nav: price(navValue),
            tiers,
            onDate: localDate('2026-09-30'),
            feeRounding,
          });
          const parts = result?.parts ?? [];
          const total = (of: (p: (typeof parts)[number]) => bigint) =>
            parts.reduce((left, p) => left + of(p), 0n);
          expect(total((p) => p.units)).toBe(wanted);
          expect(total((p) => p.gross)).toBe(result?.gross);
          expect(total((p) => p.fee)).toBe(result?.fee);
          expect((result?.gross ?? 0n) - (result?.fee ?? 0n)).toBe(result?.net);
          for (const p of parts) {
            expect(p.fee >= 0n && p.fee <= p.gross).toBe(true);
          }
          const toFund = result?.feeToFund ?? -1n;
          expect(toFund >= 0n && toFund <= (result?.fee ?? 0n)).toBe(true);
          const sizes = new Map(held.map((lot) => [lot.lotId, lot.units]));
          for (const p of parts.slice(0, -1)) expect(p.units).toBe(sizes.get(p.lotId));
        },
      ),
    );
  });

  test('redeeming more never pays less gross', () => {
    fc.assert(
      fc.property(someLots, fc.bigInt({ min: 1n, max: 10n ** 10n }), (held, navValue) => {
        const all = held.reduce((left, lot) => left + lot.units, 0n);
        const of = (wanted: bigint) =>
          computeRedemption({
            lots: held,
            units: units(wanted),
            nav: price(navValue),
            tiers: newLadder,
            onDate: localDate('2026-09-30'),
            feeRounding: 'perLot',
          })?.gross ?? -1n;
        fc.pre(all > 1n);
        expect(of(all / 2n) <= of(all)).toBe(true);
      }),
    );
  });
});
