import {
  addDays,
  exchangeCalendar,
  instant,
  instantAtShanghai,
  instantFromEpochMs,
  epochMsOf,
  localDate,
  parseInstant,
  shanghaiDate,
} from '@cairn/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeTermsDate, computeTradeDate, isBeforeCutOff } from './trade-date.ts';

const at = (text: string) => {
  const found = parseInstant(`${text}+08:00`);
  if (found === undefined) throw new Error(`no instant ${text}`);
  return found;
};

const tradeDate = (text: string, rest: { last?: string; notBefore?: string } = {}) =>
  computeTradeDate(exchangeCalendar, {
    now: at(text),
    cutOff: '15:00:00',
    lastCutOffDate: rest.last === undefined ? undefined : localDate(rest.last),
    notBeforeDate: rest.notBefore === undefined ? undefined : localDate(rest.notBefore),
  });

test.each([
  ['a millisecond before the cut-off', '2026-03-03T14:59:59.999', '2026-03-03'],
  ['at the cut-off', '2026-03-03T15:00:00.000', '2026-03-04'],
  ['just after midnight', '2026-03-03T00:00:00.000', '2026-03-03'],
  ['late in the evening', '2026-03-03T23:59:59.999', '2026-03-04'],
  ['Friday after the cut-off', '2026-03-06T15:00:00.000', '2026-03-09'],
  ['Saturday', '2026-03-07T10:00:00.000', '2026-03-09'],
  ['Sunday after 15:00', '2026-03-08T16:00:00.000', '2026-03-09'],
  ['a make-up work Sunday of the Spring Festival', '2026-02-15T10:00:00.000', '2026-02-24'],
  ['the last day before National Day, in time', '2026-09-30T14:59:59.999', '2026-09-30'],
  ['the last day before National Day, late', '2026-09-30T15:00:00.000', '2026-10-08'],
  ['New Year’s Eve after the cut-off', '2025-12-31T15:00:00.000', '2026-01-05'],
  ['New Year’s Day', '2026-01-01T09:00:00.000', '2026-01-05'],
])('%s: %s trades on %s', (_, now, expected) => {
  expect(tradeDate(now)).toBe(expected);
});

test('a day that was cut off early takes no more orders, at any hour', () => {
  expect(tradeDate('2026-03-03T10:00:00.000', { last: '2026-03-03' })).toBe('2026-03-04');
  expect(tradeDate('2026-03-03T10:00:00.000', { last: '2026-03-06' })).toBe('2026-03-09');
  expect(tradeDate('2026-03-03T10:00:00.000', { last: '2026-03-02' })).toBe('2026-03-03');
});

test('an order never travels before the application of its fund account', () => {
  expect(tradeDate('2026-03-03T10:00:00.000', { notBefore: '2026-03-04' })).toBe('2026-03-04');
});

test('the terms of the day decide its own cut-off', () => {
  const rule = { now: at('2026-03-03T15:30:00.000') };
  expect(computeTermsDate(exchangeCalendar, rule)).toBe('2026-03-03');
  expect(computeTradeDate(exchangeCalendar, { ...rule, cutOff: '15:30:01' })).toBe('2026-03-03');
  expect(computeTradeDate(exchangeCalendar, { ...rule, cutOff: '15:30' })).toBe('2026-03-04');
});

test('cancelling is possible up to the last millisecond before the cut-off of the trade date', () => {
  const day = localDate('2026-03-03');
  expect(isBeforeCutOff(at('2026-03-02T23:00:00.000'), day, '15:00:00')).toBe(true);
  expect(isBeforeCutOff(at('2026-03-03T14:59:59.999'), day, '15:00:00')).toBe(true);
  expect(isBeforeCutOff(at('2026-03-03T15:00:00.000'), day, '15:00:00')).toBe(false);
  expect(isBeforeCutOff(at('2026-03-04T09:00:00.000'), day, '15:00:00')).toBe(false);
});

test('beyond the calendar no day is guessed', () => {
  const rule = { now: instant('2026-12-31T07:00:00.000Z'), cutOff: '15:00:00' };
  expect(() => computeTradeDate(exchangeCalendar, rule)).toThrow(/calendar covers/);
});

test('at every instant: a trading day, not past, cancellable until it comes, later never earlier', () => {
  const from = epochMsOf(instantAtShanghai(localDate('2019-01-01'), '00:00:00.000'));
  const span = 7 * 365 * 86_400_000;
  fc.assert(
    fc.property(fc.nat({ max: span }), fc.nat({ max: 5 * 86_400_000 }), (offset, later) => {
      const now = instantFromEpochMs(from + offset);
      const day = computeTradeDate(exchangeCalendar, { now, cutOff: '15:00:00' });
      expect(exchangeCalendar.isTradingDay(day)).toBe(true);
      expect(day >= shanghaiDate(now)).toBe(true);
      expect(day <= addDays(shanghaiDate(now), 12)).toBe(true);
      expect(isBeforeCutOff(now, day, '15:00:00')).toBe(true);
      const next = instantFromEpochMs(from + offset + later);
      const nextDay = computeTradeDate(exchangeCalendar, { now: next, cutOff: '15:00:00' });
      expect(nextDay >= day).toBe(true);
    }),
  );
});
