import {
  type Amount,
  amount,
  parseAmount,
  parsePrice,
  parseRate,
  price,
  type Rate,
  rate,
} from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  computePurchase,
  computePurchaseFee,
  computeSubscription,
  FULL_RATE,
} from './purchase-fee.ts';
import type { PurchaseTier } from './tiers.ts';

const yuan = (text: string): Amount => parseAmount(text) ?? amount(-1n);
const pct = (text: string): Rate => parseRate(text) ?? rate(-1n);
const nav = (text: string) => parsePrice(text) ?? price(-1n);

const flatRate = (text: string): PurchaseTier[] => [{ fromAmount: amount(0n), rate: pct(text) }];

const ladder: PurchaseTier[] = [
  { fromAmount: yuan('0'), rate: pct('0.015') },
  { fromAmount: yuan('1000000'), rate: pct('0.008') },
  { fromAmount: yuan('5000000'), flat: yuan('1000') },
];

describe('purchase by the outside method', () => {
  test.each([
    // amount, rate, NAV, net, fee, units half up, units cut
    ['10000', '0.015', '1.2345', '9852.22', '147.78', '7980.74', '7980.73'],
    ['10000', '0.0015', '1.2345', '9985.02', '14.98', '8088.31', '8088.31'],
    ['50000', '0.008', '1.0683', '49603.17', '396.83', '46431.87', '46431.87'],
  ])('%s at %s, NAV %s', (paid, at, navText, net, fee, halfUp, down) => {
    const input = { tiers: flatRate(at), amount: yuan(paid), nav: nav(navText) };
    const up = computePurchase({ ...input, unitsRounding: 'halfUp' });
    expect(up).toEqual({ net: yuan(net), fee: yuan(fee), rate: pct(at), units: yuan(halfUp) });
    expect(computePurchase({ ...input, unitsRounding: 'down' }).units).toBe(yuan(down));
  });

  test('a flat fee is subtracted and not discounted', () => {
    const result = computePurchase({
      tiers: ladder,
      amount: yuan('6000000'),
      discount: pct('0.1'),
      nav: nav('1.2345'),
      unitsRounding: 'halfUp',
    });
    expect(result).toEqual({
      fee: yuan('1000'),
      flat: yuan('1000'),
      net: yuan('5999000'),
      units: yuan('4859457.27'),
    });
  });

  test.each([
    ['999999.99', '0.015'],
    ['1000000', '0.008'],
    ['4999999.99', '0.008'],
  ])('the tier of %s is %s', (paid, at) => {
    expect(computePurchaseFee(ladder, yuan(paid)).rate).toBe(pct(at));
  });

  test('a discount multiplies the rate: a tenth of 1.5 % is 0.15 %', () => {
    const result = computePurchaseFee(ladder, yuan('10000'), pct('0.1'));
    expect(result).toEqual({ net: yuan('9985.02'), fee: yuan('14.98'), rate: pct('0.0015') });
  });

  test('published cases: 1,200 at 1.88 % and 1,174.55 at 0.5 %', () => {
    expect(computePurchaseFee(flatRate('0.0188'), yuan('1200')).net).toBe(yuan('1177.86'));
    expect(computePurchaseFee(flatRate('0.005'), yuan('1174.55')).net).toBe(yuan('1168.71'));
  });

  test('no tiers: no fee can be named', () => {
    expect(() => computePurchaseFee([], yuan('1'))).toThrow('PRODUCT_FEE_SCHEDULE_MISSING');
  });
});

describe('instalments of 500 at 0.15 %', () => {
  test.each([
    ['1.0000', '499.25'],
    ['0.9000', '554.72'],
    ['0.8000', '624.06'],
    ['0.9500', '525.53'],
    ['1.1000', '453.86'],
  ])('NAV %s buys %s units', (navText, bought) => {
    const input = { tiers: flatRate('0.0015'), amount: yuan('500'), nav: nav(navText) };
    expect(computePurchase({ ...input, unitsRounding: 'halfUp' }).units).toBe(yuan(bought));
  });
});

describe('subscription', () => {
  test('10,000 at 0.8 % with interest 3.00 and face value 1.00', () => {
    const result = computeSubscription({
      tiers: flatRate('0.008'),
      amount: yuan('10000'),
      interest: yuan('3'),
      faceValue: nav('1'),
      unitsRounding: 'halfUp',
    });
    expect(result).toEqual({
      net: yuan('9920.63'),
      fee: yuan('79.37'),
      rate: pct('0.008'),
      units: yuan('9923.63'),
      unitsByInterest: yuan('3'),
    });
  });
});

const amounts = fc.bigInt({ min: 0n, max: 10n ** 14n }).map(amount);
const rates = fc.bigInt({ min: 0n, max: 5_000_000n }).map(rate);
const discounts = fc.bigInt({ min: 0n, max: 100_000_000n }).map(rate);

describe('properties of purchase fees', () => {
  test('net and fee sum to the amount, the fee is from zero to the amount', () => {
    fc.assert(
      fc.property(amounts, rates, discounts, fc.boolean(), (paid, at, discount, isFlat) => {
        const tier: PurchaseTier = isFlat
          ? { fromAmount: amount(0n), flat: amount(at) }
          : { fromAmount: amount(0n), rate: at };
        const result = computePurchaseFee([tier], paid, discount);
        expect(result.net + result.fee).toBe(paid);
        expect(result.fee >= 0n && result.fee <= paid).toBe(true);
      }),
    );
  });

  test('within a tier a larger amount never has a smaller fee or net', () => {
    fc.assert(
      fc.property(amounts, amounts, rates, (a, b, at) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        const tiers: PurchaseTier[] = [{ fromAmount: amount(0n), rate: at }];
        const less = computePurchaseFee(tiers, small);
        const more = computePurchaseFee(tiers, large);
        expect(less.fee <= more.fee && less.net <= more.net).toBe(true);
      }),
    );
  });

  test('a deeper discount never raises the fee', () => {
    fc.assert(
      fc.property(amounts, rates, discounts, (paid, at, discount) => {
        const tiers: PurchaseTier[] = [{ fromAmount: amount(0n), rate: at }];
        const full = computePurchaseFee(tiers, paid, FULL_RATE);
        expect(computePurchaseFee(tiers, paid, discount).fee <= full.fee).toBe(true);
      }),
    );
  });
});
