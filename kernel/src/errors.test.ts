import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelErrors } from './calendar.ts';
import { AppError, AssertionError, assert, renderMessage } from './errors.ts';

describe('AppError', () => {
  it('carries its code, details and cause', () => {
    const cause = new Error('the row was locked');
    const error = new AppError('ORDER_NOT_FOUND', { orderId: 'A1' }, { cause });
    expect(error).toBeInstanceOf(Error);
    expect([error.code, error.details, error.cause]).toEqual([
      'ORDER_NOT_FOUND',
      { orderId: 'A1' },
      cause,
    ]);
    expect([error.name, error.message]).toEqual(['AppError', 'ORDER_NOT_FOUND']);
    expect(new AppError('X').details).toEqual({});
  });
});

describe('assert', () => {
  it('lets truth pass and throws the reason otherwise', () => {
    expect(() => assert(1 === 1, 'sums')).not.toThrow();
    expect(() => assert(undefined, 'a reason')).toThrow(new AssertionError('a reason'));
  });
});

describe('renderMessage', () => {
  it('fills places by name and shows a missing detail as its name', () => {
    const template = 'Fund {fundCode}: {amount} of {limit} on {days}, {constructor}';
    const details = { fundCode: '000001', amount: 12n, days: ['Mon', 2] };
    expect(renderMessage(template, details)).toBe(
      'Fund 000001: 12 of limit on Mon, 2, constructor',
    );
    expect(renderMessage('{a} {b} {c}', { a: null, b: { n: 1n }, c: false })).toBe(
      'null {"n":"1"} false',
    );
  });

  it('never expands what a detail contains', () => {
    expect(renderMessage('{a}|{b}', { a: '{b}', b: '$& $1' })).toBe('{b}|$& $1');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(renderMessage('<{x}>', { x: text })).toBe(`<${text}>`);
      }),
    );
  });

  it('leaves a sentence without places as it is', () => {
    for (const [status, english, chinese] of Object.values(kernelErrors)) {
      expect(status).toBe(422);
      const details = { first: '1991-01-01', last: '2026-12-31', date: '2027-01-04' };
      expect(renderMessage(english, details)).toBe(
        'The trading calendar covers 1991-01-01 to 2026-12-31; 2027-01-04 is outside it.',
      );
      expect(renderMessage(chinese, details)).toBe(
        '交易日历只覆盖 1991-01-01 至 2026-12-31，2027-01-04 不在其中。',
      );
    }
    expect(renderMessage('No places.', { a: 1 })).toBe('No places.');
  });

  it('says codes as words where the language has one', () => {
    const words: Record<string, string> = { 'term y1_3': '1 至 3 年', 'accepted money': '货币' };
    const speech = {
      wordOf: (name: string, code: string) => words[`${name} ${code}`],
      comma: '、',
    };
    const details = { term: 'y1_3', accepted: ['money', 'gold'], other: 'y1_3' };
    expect(renderMessage('{term}：{accepted}；{other}', details, speech)).toBe(
      '1 至 3 年：货币、gold；y1_3',
    );
  });
});
