import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayNumberOf,
  epochMsOf,
  type Instant,
  instant,
  instantAtShanghai,
  instantFromEpochMs,
  localDate,
  parseInstant,
  shanghaiDate,
  shanghaiTime,
} from './date.ts';
import { AssertionError } from './errors.ts';

const FIRST_MS = dayNumberOf(localDate('1900-01-01')) * 86_400_000;
const END_MS = (dayNumberOf(localDate('2999-12-31')) + 1) * 86_400_000;
const anyMs = fc.integer({ min: FIRST_MS, max: END_MS - 1 });
const HOURS_8 = 8 * 3_600_000;

/** The platform's own clock arithmetic, which the code under test does not use. */
const isoByPlatform = (ms: number) => new Date(ms).toISOString();

describe('instants', () => {
  it('agree with the platform in both directions', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const at = instantFromEpochMs(ms);
        expect(at).toBe(isoByPlatform(ms));
        expect(epochMsOf(at)).toBe(ms);
        expect([instant(at), parseInstant(at)]).toEqual([at, at]);
      }),
      { numRuns: 1000 },
    );
  });

  it('sort as text', () => {
    fc.assert(
      fc.property(anyMs, anyMs, (a, b) => {
        expect(instantFromEpochMs(a) < instantFromEpochMs(b)).toBe(a < b);
      }),
    );
  });

  it('stay within the years 1900 to 2999', () => {
    for (const bad of [FIRST_MS - 1, END_MS, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => instantFromEpochMs(bad)).toThrow(AssertionError);
    }
    expect(parseInstant('2999-12-31T23:00:00-08:00')).toBeUndefined();
    expect(parseInstant('1900-01-01T00:00:00+08:00')).toBeUndefined();
  });
});

describe('parseInstant', () => {
  it('reads any offset and gives UTC', () => {
    const rows = [
      ['2026-11-21T15:00:00+08:00', '2026-11-21T07:00:00.000Z'],
      ['2026-11-21T15:00:00.5+08:00', '2026-11-21T07:00:00.500Z'],
      ['2026-11-21T14:59:59.999999999+08:00', '2026-11-21T06:59:59.999Z'],
      ['2026-03-01T00:00:00+14:00', '2026-02-28T10:00:00.000Z'],
      ['2026-12-31T20:00:00-05:30', '2027-01-01T01:30:00.000Z'],
      ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
      ['2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00.000Z'],
    ] as const;
    for (const [text, utc] of rows) expect([text, parseInstant(text)]).toEqual([text, utc]);
  });

  it('agrees with the platform for every offset it reads', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const inner = fc.integer({ min: FIRST_MS + 86_400_000, max: END_MS - 86_400_001 });
    fc.assert(
      fc.property(inner, offset, (ms, minutes) => {
        const size = Math.abs(minutes);
        const two = (n: number) => `${n}`.padStart(2, '0');
        const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        const local = isoByPlatform(ms + minutes * 60_000).replace('Z', zone);
        expect(parseInstant(local)).toBe(isoByPlatform(ms));
      }),
    );
  });

  it.each([
    '2026-11-21T23:59:60Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T15:00:00',
    '2026-11-21',
    '2026-11-21T15:00:00 Asia/Shanghai',
    '2026-11-21T15:00:00[Asia/Shanghai]',
    '2026-11-21T15:00:00+14:01',
    '2026-11-21T15:00:00+24:00',
    '2026-11-21T15:00:00-00:00',
    '2026-11-21T15:00:00+0800',
    '2026-11-21T15:00:00+08',
    '2026-11-21T15:60:00Z',
    '',
    'now',
    '2026-02-30T00:00:00Z',
    '2026-11-21 15:00:00Z',
    '2026-11-21t15:00:00z',
    'infinity',
    '2026-11-21T15:00Z',
    '2026-11-21T15:00:00.Z',
    '2026-11-21T15:00:00.1234567890Z',
    '2026-11-21T15:00:00Z ',
    '2026-11-21T15:00:00Z\n',
    '20261121T150000Z',
    '1763737200000',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
    expect(() => instant(text)).toThrow(AssertionError);
  });

  it('takes only the one shape where an Instant is promised', () => {
    expect(() => instant('2026-11-21T15:00:00Z')).toThrow(AssertionError);
    expect(() => instant('2026-11-21T15:00:00.000+00:00')).toThrow(AssertionError);
    expect(instant('2026-11-21T15:00:00.000Z')).toBe('2026-11-21T15:00:00.000Z');
  });
});

describe('Shanghai', () => {
  it('is eight hours ahead, so its day begins at 16:00 UTC', () => {
    const before: Instant = instant('2026-11-20T15:59:59.999Z');
    const after: Instant = instant('2026-11-20T16:00:00.000Z');
    expect([shanghaiDate(before), shanghaiTime(before)]).toEqual(['2026-11-20', '23:59:59.999']);
    expect([shanghaiDate(after), shanghaiTime(after)]).toEqual(['2026-11-21', '00:00:00.000']);
    expect(instantAtShanghai(localDate('2026-11-21'), '15:00:00.000')).toBe(
      '2026-11-21T07:00:00.000Z',
    );
  });

  it('splits an instant into day and time, and joins them again', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST_MS, max: END_MS - 1 - HOURS_8 }), (ms) => {
        const at = instantFromEpochMs(ms);
        const local = isoByPlatform(ms + HOURS_8);
        expect(`${shanghaiDate(at)}T${shanghaiTime(at)}Z`).toBe(local);
        expect(instantAtShanghai(shanghaiDate(at), shanghaiTime(at))).toBe(at);
      }),
    );
  });

  it('takes only a whole time of day', () => {
    const date = addDays(localDate('2026-11-20'), 1);
    for (const bad of [
      '24:00:00.000',
      '23:59:60.000',
      '15:00',
      '15:00:00',
      '15:00:00.0000',
      '',
      '9:00:00.000',
    ]) {
      expect(() => instantAtShanghai(date, bad)).toThrow(AssertionError);
    }
  });
});
