import {
  amount,
  type Finding,
  localDate,
  parseAmount,
  parseUnits,
  rate,
  runChecks,
  units,
} from '@cairn/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tradingMessages } from '../messages.ts';
import { orderChecks, type OrderContext } from './checks.ts';
import type { PlaceOrder } from './order.ts';
import type { OrderTerms } from './terms.ts';

const yuan = (text: string) => parseAmount(text) ?? amount(0n);
const parts = (text: string) => parseUnits(text) ?? units(0n);

const terms: OrderTerms = {
  fundCode: '000001',
  shareClass: '0',
  registrarCode: '01',
  sold: true,
  status: '0',
  closed: false,
  minFirstPurchase: yuan('100'),
  minNextPurchase: yuan('10'),
  purchaseStep: yuan('0.01'),
  maxPurchase: yuan('50000'),
  dayMaxPurchase: yuan('80000'),
  minRedemption: parts('10'),
  redemptionStep: parts('0.01'),
  minHolding: parts('10'),
  subscriptionFees: ['a tier'],
  purchaseFees: ['a tier'],
  redemptionFees: ['a tier'],
};

const head = { customerId: 'C0', clientOrderNo: 'N1', fundCode: '000001', channel: '2' } as const;
const buy = (text: string, code: '020' | '022' = '022'): PlaceOrder => ({
  ...head,
  businessCode: code,
  amount: yuan(text),
  discountRate: rate(100_000_000n),
});
const redeem = (text: string): PlaceOrder => ({
  ...head,
  businessCode: '024',
  units: parts(text),
  largeRedemptionFlag: '1',
});
const dividend: PlaceOrder = { ...head, businessCode: '029', dividendMethod: '0' };

const base: OrderContext = {
  order: buy('1000'),
  tradeDate: localDate('2026-03-03'),
  customer: { status: 'active', kycStatus: 'verified', certificateValidUntil: null },
  account: { status: 'active', assetAccountStatus: 'active' },
  terms,
  cashAvailable: yuan('60000'),
  holding: { units: parts('100'), frozen: parts('0') },
  dayPurchased: yuan('0'),
  suitability: [],
};

const codes = (change: Partial<OrderContext>) =>
  runChecks(orderChecks, { ...base, ...change }).map((finding) => finding.code);

const withTerms = (change: Partial<OrderTerms>): OrderTerms => ({ ...terms, ...change });
const offered = withTerms({
  status: '1',
  offerStart: localDate('2026-03-03'),
  offerEnd: localDate('2026-03-20'),
});
const none = { units: parts('0'), frozen: parts('0') };

test.each<[string, Partial<OrderContext>, string[]]>([
  ['an ordinary purchase', {}, []],
  ['all the cash to the last fen', { cashAvailable: yuan('1000') }, []],
  ['one fen more than the cash', { cashAvailable: yuan('999.99') }, ['CASH_SHORT']],
  ['the first minimum exactly', { order: buy('100'), holding: none }, []],
  ['below the first minimum', { order: buy('99.99'), holding: none }, ['BELOW_FIRST_MINIMUM']],
  ['below the first minimum, but units are held', { order: buy('99.99') }, []],
  ['below the next minimum', { order: buy('9.99') }, ['BELOW_NEXT_MINIMUM']],
  [
    'not a multiple of the step',
    { order: buy('1050'), terms: withTerms({ purchaseStep: yuan('100') }) },
    ['NOT_MULTIPLE_OF_STEP'],
  ],
  ['the order maximum exactly', { order: buy('50000') }, []],
  ['above the order maximum', { order: buy('50000.01') }, ['ABOVE_ORDER_MAXIMUM']],
  ['the day maximum exactly', { dayPurchased: yuan('79000') }, []],
  ['above the day maximum', { dayPurchased: yuan('79000.01') }, ['ABOVE_DAY_MAXIMUM']],
  [
    'no maxima are set',
    { dayPurchased: yuan('9999999'), terms: withTerms({ dayMaxPurchase: yuan('0') }) },
    [],
  ],
  [
    'a frozen customer',
    { customer: { ...base.customer, status: 'frozen' } },
    ['ORDER_CUSTOMER_NOT_ACTIVE'],
  ],
  [
    'identity not verified',
    { customer: { ...base.customer, kycStatus: 'expired' } },
    ['ORDER_KYC_NOT_VERIFIED'],
  ],
  [
    'certificate valid on its last day',
    { customer: { ...base.customer, certificateValidUntil: localDate('2026-03-03') } },
    [],
  ],
  [
    'certificate over before the trade date',
    { customer: { ...base.customer, certificateValidUntil: localDate('2026-03-02') } },
    ['ORDER_CERTIFICATE_EXPIRED'],
  ],
  [
    'an account still opening',
    { account: { status: 'opening', assetAccountStatus: 'active' } },
    [],
  ],
  [
    'an account the registrar refused',
    { account: { status: 'rejected', assetAccountStatus: 'active' } },
    ['FUND_ACCOUNT_NOT_ACTIVE'],
  ],
  [
    'a frozen asset account',
    { account: { status: 'active', assetAccountStatus: 'frozen' } },
    ['ORDER_ASSET_ACCOUNT_NOT_ACTIVE'],
  ],
  ['a fund that is not sold', { terms: withTerms({ sold: false }) }, ['PRODUCT_NOT_SOLD']],
  [
    'redeeming a fund that is no longer sold',
    { order: redeem('50'), terms: withTerms({ sold: false }) },
    [],
  ],
  ['purchases stopped', { terms: withTerms({ status: '5' }) }, ['PRODUCT_STATUS_CLOSED']],
  [
    'redeeming while purchases are stopped',
    { order: redeem('50'), terms: withTerms({ status: '5' }) },
    [],
  ],
  ['an unknown status', { terms: withTerms({ status: '7' }) }, ['PRODUCT_STATUS_CLOSED']],
  ['a closed day', { terms: withTerms({ closed: true }) }, ['PRODUCT_CLOSED_DAY']],
  ['a subscription on the first offer day', { order: buy('1000', '020'), terms: offered }, []],
  [
    'a subscription on the last offer day',
    { order: buy('1000', '020'), terms: offered, tradeDate: localDate('2026-03-20') },
    [],
  ],
  [
    'a subscription after the offer',
    { order: buy('1000', '020'), terms: offered, tradeDate: localDate('2026-03-23') },
    ['OUTSIDE_OFFER_PERIOD'],
  ],
  ['a purchase during the offer', { terms: offered }, ['PRODUCT_STATUS_CLOSED']],
  [
    'a subscription of a fund that is set up',
    { order: buy('1000', '020') },
    ['PRODUCT_STATUS_CLOSED', 'OFFER_PERIOD_MISSING'],
  ],
  ['an ordinary redemption', { order: redeem('50') }, []],
  ['redeeming all', { order: redeem('100') }, []],
  ['one hundredth more than all', { order: redeem('100.01') }, ['UNITS_SHORT']],
  [
    'redeeming all while another redemption is open',
    { order: redeem('100'), holding: { units: parts('100'), frozen: parts('100') } },
    ['UNITS_SHORT'],
  ],
  ['below the minimum redemption', { order: redeem('9.99') }, ['BELOW_REDEMPTION_MINIMUM']],
  [
    'below the minimum redemption, but it is all',
    { order: redeem('5'), holding: { units: parts('5'), frozen: parts('0') } },
    [],
  ],
  ['leaving the minimum holding exactly', { order: redeem('90') }, []],
  [
    'leaving less than the minimum holding',
    { order: redeem('90.01') },
    ['REMAINDER_BELOW_MINIMUM'],
  ],
  [
    'leaving less than the minimum beside an open redemption',
    { order: redeem('45'), holding: { units: parts('100'), frozen: parts('50') } },
    ['REMAINDER_BELOW_MINIMUM'],
  ],
  [
    'not a multiple of the units step',
    { order: redeem('50.5'), terms: withTerms({ redemptionStep: parts('1') }) },
    ['NOT_MULTIPLE_OF_UNITS_STEP'],
  ],
  ['no fee schedule', { terms: withTerms({ purchaseFees: [] }) }, ['FEE_SCHEDULE_MISSING']],
  ['a dividend method', { order: dividend }, []],
  ['a dividend method without units', { order: dividend, holding: none }, ['HOLDING_MISSING']],
])('%s', (_, change, expected) => {
  expect(codes(change)).toEqual(expected);
});

test('every reason is given at once, in the fixed order, suitability before money', () => {
  const { account: _a, terms: _t, ...rest } = base;
  const unsuitable: Finding = { code: 'LEVEL_TOO_HIGH', severity: 'block', details: {} };
  const change: Partial<OrderContext> = {
    customer: {
      status: 'frozen',
      kycStatus: 'pending',
      certificateValidUntil: localDate('2026-01-01'),
    },
    terms: withTerms({ sold: false, closed: true, status: '4' }),
    order: buy('90000.01'),
    holding: none,
    suitability: [unsuitable],
  };
  expect(codes(change)).toEqual([
    'ORDER_CUSTOMER_NOT_ACTIVE',
    'ORDER_KYC_NOT_VERIFIED',
    'ORDER_CERTIFICATE_EXPIRED',
    'PRODUCT_NOT_SOLD',
    'PRODUCT_STATUS_CLOSED',
    'PRODUCT_CLOSED_DAY',
    'ABOVE_ORDER_MAXIMUM',
    'ABOVE_DAY_MAXIMUM',
    'LEVEL_TOO_HIGH',
    'CASH_SHORT',
  ]);
  expect(runChecks(orderChecks, { ...rest, suitability: [] }).map((f) => f.code)).toEqual([
    'PRODUCT_UNKNOWN',
  ]);
});

test('every reason and remedy that a check can give has both languages and fills its places', () => {
  const seen = new Map<string, Finding>();
  const anyTerms = fc.record({
    sold: fc.boolean(),
    closed: fc.boolean(),
    status: fc.constantFrom('0', '1', '4', '7'),
    purchaseFees: fc.constantFrom(['a tier'], []),
    offerStart: fc.constantFrom(undefined, localDate('2026-04-01')),
    purchaseStep: fc.constantFrom(yuan('0.01'), yuan('1000')),
    redemptionStep: fc.constantFrom(parts('0.01'), parts('7')),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(
        buy('5'),
        buy('99'),
        buy('90001'),
        buy('500', '020'),
        redeem('3.5'),
        redeem('95'),
        redeem('500'),
        dividend,
      ),
      fc.constantFrom('active', 'frozen'),
      fc.option(anyTerms, { nil: undefined }),
      fc.constantFrom(base.holding, none),
      fc.constantFrom(undefined, 'active', 'rejected'),
      (order, status, some, holding, account) => {
        const { offerStart, ...change } = some ?? {};
        const offer = offerStart === undefined ? {} : { offerStart, offerEnd: offerStart };
        const found = runChecks(orderChecks, {
          order,
          tradeDate: base.tradeDate,
          customer: { status, kycStatus: status, certificateValidUntil: localDate('2026-01-01') },
          ...(account === undefined
            ? {}
            : { account: { status: account, assetAccountStatus: account } }),
          ...(some === undefined ? {} : { terms: { ...terms, ...change, ...offer } }),
          cashAvailable: yuan('1'),
          holding,
          dayPurchased: yuan('0'),
          suitability: [],
        });
        for (const finding of found) seen.set(finding.code, finding);
      },
    ),
    { numRuns: 2000 },
  );
  expect(seen.has('RULE_NOT_EVALUATED')).toBe(false);
  const remedies = new Set<string>();
  for (const [code, finding] of seen) {
    remedies.add(finding.remedy ?? '');
    for (const text of [
      ...(tradingMessages[code] ?? []),
      ...(tradingMessages[finding.remedy ?? ''] ?? []),
    ]) {
      for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g)) {
        expect(Object.keys(finding.details ?? {}), `${code}: ${text}`).toContain(name);
      }
    }
  }
  // The registrar of an application for an account is judged by the command.
  const known = new Set([
    ...seen.keys(),
    ...remedies,
    'REGISTRAR_UNKNOWN',
    'REGISTRAR_UNKNOWN_REMEDY',
  ]);
  expect([...known].sort()).toEqual(Object.keys(tradingMessages).sort());
});
