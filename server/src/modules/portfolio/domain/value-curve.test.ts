import {
  addDays,
  type Amount,
  amount,
  type LocalDate,
  localDate,
  price,
  units,
} from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CashFlow, CustomerBook, DueFlow, UnitFlow } from '../../accounts/index.ts';
import { computeCurve, type CurvePoint, type ExDateOf, type NavOn } from './value-curve.ts';

const START = localDate('2026-03-02');
const day = (n: number): LocalDate => addDays(START, n);
const DAYS = Array.from({ length: 12 }, (_, n) => day(n));
const fen = (yuan: number) => amount(BigInt(yuan * 100));
const count = (n: number) => units(BigInt(n * 100));
const NEVER: ExDateOf = () => undefined;

const cash = (n: number, kind: CashFlow['kind'], yuan: number): CashFlow => ({
  date: day(n),
  kind,
  amount: fen(yuan),
});
const due = (
  kind: DueFlow['kind'],
  yuan: number,
  ref: string,
  from: number,
  to: number,
): DueFlow => ({
  kind,
  amount: fen(yuan),
  ref,
  recognisedDate: day(from),
  dueDate: day(to),
  settledDate: day(to),
});
const flow = (
  kind: UnitFlow['kind'],
  n: number,
  held: number,
  yuan: number,
  ref: string,
): UnitFlow => ({
  fundCode: '990001',
  kind,
  units: count(held),
  amount: fen(yuan),
  confirmDate: day(n),
  ref,
});
/** NAVs by day; the last one known goes on. */
const navs =
  (list: readonly number[]): NavOn =>
  (_code, date) => {
    const known = list[Math.min(DAYS.indexOf(date), list.length - 1)];
    return known === undefined ? undefined : price(BigInt(Math.round(known * 1e8)));
  };
const yuan = (value: Amount) => Number(value) / 100;
const row = (point: CurvePoint | undefined) =>
  point === undefined
    ? []
    : [point.cash, point.holdings, point.onTheWay, point.total, point.profit].map(yuan);

describe('the value of a day', () => {
  it('never shows money twice nor loses it: purchase, redemption and their days on the way', () => {
    const book: CustomerBook = {
      cash: [cash(0, 'deposit', 1000), cash(1, 'purchase', -600), cash(8, 'redemption', 315)],
      dues: [due('purchase', 600, 'A', 1, 2), due('redemption', 315, 'B', 5, 8)],
      units: [flow('purchase', 1, 594, 600, 'A'), flow('redemption', 5, -297, 315, 'B')],
    };
    const navOn = navs([1, 1, 1.02, 1.05, 1.06, 1.1]);
    const points = computeCurve(book, DAYS, { navOn, exDateOf: NEVER });
    // cash, holdings, on the way, total, profit
    expect(row(points[0])).toEqual([1000, 0, 0, 1000, 0]);
    expect(row(points[1])).toEqual([400, 594, 0, 994, -6]);
    expect(row(points[4])).toEqual([400, 629.64, 0, 1029.64, 29.64]);
    expect(row(points[5])).toEqual([400, 326.7, 315, 1041.7, 41.7]);
    expect(row(points[7])).toEqual([400, 326.7, 315, 1041.7, 41.7]);
    expect(row(points[8])).toEqual([715, 326.7, 0, 1041.7, 41.7]);
  });

  it('keeps a subscription on its way until its units come, or its money comes back', () => {
    const book: CustomerBook = {
      cash: [
        cash(0, 'deposit', 500),
        cash(1, 'purchase', -300),
        cash(1, 'purchase', -100),
        cash(7, 'refund', 100.5),
      ],
      dues: [
        due('purchase', 300, 'S', 1, 2),
        due('purchase', 100, 'F', 1, 2),
        due('refund', 100.5, 'F', 5, 7),
      ],
      // 130 names the money after the fee; what was paid is the cost.
      units: [flow('subscription', 5, 300, 297, 'S')],
    };
    const points = computeCurve(book, DAYS, { navOn: navs([1]), exDateOf: NEVER });
    expect(row(points[3])).toEqual([100, 0, 400, 500, 0]);
    expect(row(points[5])).toEqual([100, 300, 100.5, 500.5, 0.5]);
    expect(row(points[7])).toEqual([200.5, 300, 0, 500.5, 0.5]);
    // Half a yuan of interest belongs to no fund.
    expect(yuan(points[7]?.otherProfit ?? amount(0n))).toBe(0.5);
  });

  it('takes a subscription that was allotted in part for what became units', () => {
    const book: CustomerBook = {
      cash: [cash(0, 'deposit', 500), cash(1, 'purchase', -300), cash(7, 'refund', 120)],
      dues: [due('purchase', 300, 'S', 1, 2), due('refund', 120, 'S', 5, 7)],
      units: [flow('subscription', 5, 180, 180, 'S')],
    };
    const points = computeCurve(book, DAYS, { navOn: navs([1]), exDateOf: NEVER });
    expect(row(points[3])).toEqual([200, 0, 300, 500, 0]);
    expect(row(points[5])).toEqual([200, 180, 120, 500, 0]);
    expect(row(points[7])).toEqual([320, 180, 0, 500, 0]);
    expect(yuan(points[7]?.otherProfit ?? amount(0n))).toBe(0);
  });

  it.each(['cash', 'reinvested'])('counts a dividend from its ex date: %s', (how) => {
    const ref = 'dividend:990001:2026-03-05';
    const exDateOf: ExDateOf = (text) =>
      text === ref ? { fundCode: '990001', exDate: day(3) } : undefined;
    const book: CustomerBook = {
      cash: [
        cash(0, 'deposit', 1000),
        cash(0, 'purchase', -1000),
        ...(how === 'cash' ? [cash(7, 'dividend', 50)] : []),
      ],
      dues: [
        due('purchase', 1000, 'A', 0, 1),
        ...(how === 'cash' ? [due('dividend', 50, ref, 5, 7)] : []),
      ],
      units: [
        flow('purchase', 0, 1000, 1000, 'A'),
        ...(how === 'cash' ? [] : [flow('reinvestment', 5, 52.63, 50, ref)]),
      ],
    };
    const points = computeCurve(book, DAYS, { navOn: navs([1, 1, 1, 0.95]), exDateOf });
    expect(
      points
        .slice(0, 7)
        .map((point) => yuan(point.profit))
        .every((profit) => profit === 0),
    ).toBe(true);
    expect(yuan(points[9]?.total ?? amount(0n))).toBe(1000);
  });

  it('shows a late record on its way, not as profit', () => {
    const book: CustomerBook = {
      cash: [cash(0, 'deposit', 1000), cash(3, 'purchase', -1000)],
      dues: [due('purchase', 1000, 'A', 3, 4)],
      units: [flow('purchase', 1, 1000, 1000, 'A')],
    };
    const points = computeCurve(book, DAYS, { navOn: navs([1]), exDateOf: NEVER });
    expect(points.map((point) => yuan(point.profit))).toEqual(DAYS.map(() => 0));
    expect(row(points[2])).toEqual([1000, 1000, -1000, 1000, 0]);
  });
});

/** A drawn life of a customer: what he did, with the days at which the records came. */
const business = fc.record({
  kind: fc.constantFrom(
    'deposit',
    'purchase',
    'redemption',
    'subscription',
    'cashDividend',
    'reinvest',
  ),
  at: fc.integer({ min: 0, max: 8 }),
  wait: fc.integer({ min: 0, max: 4 }),
  late: fc.integer({ min: 0, max: 2 }),
  fund: fc.constantFrom('990001', '990002'),
  yuan: fc.integer({ min: 1, max: 5_000 }),
  held: fc.integer({ min: 1, max: 5_000 }),
});
type Business = typeof business extends fc.Arbitrary<infer T> ? T : never;

function bookOf(all: readonly Business[]): CustomerBook {
  const book = { cash: [] as CashFlow[], dues: [] as DueFlow[], units: [] as UnitFlow[] };
  for (const [index, one] of all.entries()) {
    const booked = one.at + one.late;
    const paid = booked + one.wait;
    const ref =
      one.kind.endsWith('ividend') || one.kind === 'reinvest'
        ? `dividend:${one.fund}:${day(one.at)}`
        : `order-${index}`;
    const units = { ...flow('purchase', one.at, one.held, one.yuan, ref), fundCode: one.fund };
    if (one.kind === 'deposit') book.cash.push(cash(one.at, 'deposit', one.yuan));
    if (one.kind === 'purchase' || one.kind === 'subscription') {
      book.cash.push(cash(booked, 'purchase', -one.yuan));
      book.dues.push(due('purchase', one.yuan, ref, booked, paid));
      const comes = one.kind === 'purchase' ? one.at : one.at + one.wait;
      book.units.push({ ...units, kind: one.kind, confirmDate: day(comes) });
    }
    if (one.kind === 'redemption') {
      book.units.push({ ...units, kind: 'redemption', units: count(-one.held) });
      book.dues.push(due('redemption', one.yuan, ref, booked, paid));
      book.cash.push(cash(paid, 'redemption', one.yuan));
    }
    if (one.kind === 'cashDividend') {
      book.units.push({ ...units, kind: 'transferIn' });
      book.dues.push(due('dividend', one.yuan, ref, booked, paid));
      book.cash.push(cash(paid, 'dividend', one.yuan));
    }
    if (one.kind === 'reinvest')
      book.units.push({ ...units, kind: 'reinvestment', confirmDate: day(booked) });
  }
  return book;
}

it('tells the same profit by assets and by funds, on every day of every drawn book', () => {
  const exDateOf: ExDateOf = (ref) => {
    const [, fundCode = '', date = ''] = ref.split(':');
    return ref.startsWith('dividend:')
      ? { fundCode, exDate: addDays(localDate(date), -1) }
      : undefined;
  };
  fc.assert(
    fc.property(
      fc.array(business, { maxLength: 20 }),
      fc.array(fc.integer({ min: 50, max: 300 }), { minLength: 1, maxLength: 12 }),
      (all, percents) => {
        const navOn = navs(percents.map((percent) => percent / 100));
        for (const point of computeCurve(bookOf(all), DAYS, { navOn, exDateOf })) {
          expect(point.otherProfit).toBe(0n);
          expect(point.total - point.netDeposits).toBe(point.profit);
        }
      },
    ),
  );
});
