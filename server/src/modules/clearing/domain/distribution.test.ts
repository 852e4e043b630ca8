import { amount, localDate, price, units } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideDistribution, type DistributionFacts } from './distribution.ts';
import type { Distribution } from './file-rows.ts';

/** 8,060.15 units × 0.05 = 403.01 in cash. */
const cash: Distribution = {
  bucket: 7,
  fileId: 1n,
  recordNo: 1,
  registrarCode: '01',
  taSerial: '01202603050000000001',
  businessCode: '143',
  confirmDate: localDate('2026-03-05'),
  recordDate: localDate('2026-03-03'),
  exDate: localDate('2026-03-04'),
  payDate: localDate('2026-03-06'),
  tradingAccountNo: '07TRADINGACCOUNT1',
  taAccountId: '010000000001',
  fundCode: '000001',
  shareClass: '0',
  returnCode: '0000',
  dividendMethod: '1',
  basisUnits: units(806_015n),
  grossAmount: amount(40_301n),
  cashAmount: amount(40_301n),
  reinvestedUnits: units(0n),
  nav: price(0n),
  // 0.05 yuan for one unit, written as 50.00 for a thousand.
  perUnit: amount(5_000n),
  perUnits: 1_000n,
  currency: '156',
  isStated: false,
};
/** The same reinvested at 1.2000: 335.84 units. */
const reinvested: Distribution = {
  ...cash,
  dividendMethod: '0',
  cashAmount: amount(0n),
  nav: price(120_000_000n),
  reinvestedUnits: units(33_584n),
};
const facts: DistributionFacts = {
  unitsOnRecordDate: units(806_015n),
  perUnitOnFile: price(5_000_000n),
  unitsRounding: 'halfUp',
};
const tolerances = { amount: amount(1n), fee: amount(1n), units: units(1n) };

const decide = (record: Distribution, known: Partial<DistributionFacts> = {}) =>
  decideDistribution(record, { ...facts, ...known }, tolerances);
const reasonsOf = (record: Distribution, known: Partial<DistributionFacts> = {}) => {
  const decision = decide(record, known);
  return decision.kind === 'exception' ? decision.reasons.map((reason) => reason.code) : [];
};

describe('good distributions', () => {
  test.each([
    ['cash', cash, { kind: 'cash', amount: 40_301n }],
    ['reinvested', reinvested, { kind: 'reinvest', units: 33_584n, amount: 40_301n }],
    [
      'less than a fen in cash',
      { ...cash, basisUnits: units(1n), grossAmount: amount(0n), cashAmount: amount(0n) },
      { kind: 'nothing' },
    ],
  ])('%s', (_name, record, decision) => {
    expect(decide(record, { unitsOnRecordDate: record.basisUnits })).toEqual({
      ...decision,
      tolerated: [],
    });
  });

  test('a dividend that our master does not know is judged by the file alone', () => {
    expect(decide(cash, { perUnitOnFile: undefined }).kind).toBe('cash');
  });
});

describe('every check catches alone', () => {
  test.each([
    ['another business', { ...cash, businessCode: '144' }, {}, 'BUSINESS_CODE_UNKNOWN'],
    ['no success', { ...cash, returnCode: '9001' }, {}, 'RETURN_CODE'],
    ['another currency', { ...cash, currency: '392' }, {}, 'CURRENCY_DIFFERS'],
    ['no serial', { ...cash, taSerial: '' }, {}, 'SERIAL_MISSING'],
    [
      'paid before the record date',
      { ...cash, payDate: localDate('2026-03-02') },
      {},
      'DATES_DISAGREE',
    ],
    [
      'confirmed before it',
      { ...cash, confirmDate: localDate('2026-03-02') },
      {},
      'DATES_DISAGREE',
    ],
    ['a negative amount', { ...cash, cashAmount: amount(-1n) }, {}, 'NEGATIVE_VALUE'],
    ['an unknown account', cash, { unitsOnRecordDate: undefined }, 'ACCOUNT_UNKNOWN'],
    [
      'other units on the record date',
      cash,
      { unitsOnRecordDate: units(806_014n) },
      'BASIS_DIFFERS',
    ],
    [
      'an amount off by 0.02',
      { ...cash, grossAmount: amount(40_303n), cashAmount: amount(40_303n) },
      {},
      'AMOUNT_DIFFERS',
    ],
    [
      'another dividend than announced',
      cash,
      { perUnitOnFile: price(5_100_000n) },
      'PER_UNIT_DIFFERS',
    ],
    ['cash short of the gross', { ...cash, cashAmount: amount(40_300n) }, {}, 'CASH_DIFFERS'],
    ['reinvested at no NAV', { ...reinvested, nav: price(0n) }, {}, 'NAV_ZERO'],
    ['units off by 0.02', { ...reinvested, reinvestedUnits: units(33_586n) }, {}, 'UNITS_DIFFER'],
  ] as const)('%s', (_name, record, known, code) => {
    expect(reasonsOf(record, known)).toEqual([code]);
  });
});

describe('what is let pass is told', () => {
  test('a gross dividend off by 0.01', () => {
    const record = { ...cash, grossAmount: amount(40_302n), cashAmount: amount(40_302n) };
    expect(decide(record)).toMatchObject({
      kind: 'cash',
      tolerated: [{ code: 'AMOUNT_DIFFERS', ours: '403.01', theirs: '403.02' }],
    });
  });
  test('as stated: units on the record date that two people let stand', () => {
    const given = { unitsOnRecordDate: units(806_000n) };
    expect(reasonsOf(cash, given)).toEqual(['BASIS_DIFFERS']);
    expect(decide({ ...cash, isStated: true }, given)).toMatchObject({
      kind: 'cash',
      tolerated: [{ code: 'BASIS_DIFFERS', ours: '8060.00', theirs: '8060.15' }],
    });
  });
  test('an unknown account is never booked as stated', () => {
    const given = { unitsOnRecordDate: undefined };
    expect(reasonsOf({ ...cash, isStated: true }, given)).toEqual(['ACCOUNT_UNKNOWN']);
  });
});

test('any numbers that fit the file are decided, never thrown at', () => {
  const n16 = fc.bigInt({ min: 0n, max: 9_999_999_999_999_999n });
  fc.assert(
    fc.property(
      fc.tuple(n16, n16, n16, n16, n16),
      fc.bigInt({ min: 0n, max: 99_999_990_000n }),
      fc.bigInt({ min: 1n, max: 9_999_999_999n }),
      fc.constantFrom('0', '1'),
      ([a, b, c, d, e], nav, perUnits, dividendMethod) => {
        const record: Distribution = {
          ...cash,
          dividendMethod,
          basisUnits: units(a),
          grossAmount: amount(b),
          cashAmount: amount(c),
          reinvestedUnits: units(d),
          perUnit: amount(e),
          nav: price(nav),
          perUnits,
        };
        const decision = decide(record, { unitsOnRecordDate: units(a), perUnitOnFile: undefined });
        const paid = decision.kind === 'cash' ? decision.amount : record.grossAmount;
        expect(paid).toBe(record.grossAmount);
      },
    ),
    { numRuns: 1_000 },
  );
});
