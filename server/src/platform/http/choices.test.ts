import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { compileCheck, type ValidationError } from './validation.ts';

const closed = { additionalProperties: false } as const;
const word = (text: string) => Type.Literal(text);
const Channel = Type.Optional(Type.Union(['0', '1', '2', '3', '4', '5'].map(word)));
const Digits = Type.String({ pattern: '^[1-9]+$' });
const shape = (kind: string, field: string) =>
  Type.Object({ kind: word(kind), no: Digits, channel: Channel, [field]: Digits }, closed);
const One = Type.Union([
  shape('subscribe', 'amount'),
  shape('buy', 'amount'),
  shape('sell', 'units'),
  shape('set', 'method'),
]);
const Body = Type.Object({ lines: Type.Array(One) }, closed);
const check = compileCheck({}, Body, 'body');

function refusalOf(...lines: unknown[]): { code: string; paths: string[] } {
  const result = check({ lines });
  if (!('error' in result)) throw new Error('it was taken');
  const { code, details } = (result.error as ValidationError).appError;
  const errors = details['errors'] as { path: string; message: string }[];
  return { code, paths: errors.map(({ path, message }) => `${path} ${message}`) };
}

const form = 'does not have the required form';
const buy = { kind: 'buy', no: '1', amount: '5' };
const sell = { kind: 'sell', no: '1', units: '5' };

describe('a choice between shapes', () => {
  it('names the wrong field of the branch that was meant, however late it stands', () => {
    expect(refusalOf({ ...sell, units: 'x', channel: '9' })).toEqual({
      code: 'VALUE_REFUSED',
      paths: ['/lines/0/channel must be one of 0, 1, 2, 3, 4, 5', `/lines/0/units ${form}`],
    });
    expect(refusalOf({ kind: 'set', no: '1', method: 'x' }).paths).toEqual([
      `/lines/0/method ${form}`,
    ]);
  });

  it('judges each member of a list by its own branch', () => {
    const refusal = refusalOf(buy, { ...buy, amount: 'x' }, sell, { ...sell, no: 'x' });
    expect(refusal).toEqual({
      code: 'VALUE_REFUSED',
      paths: [`/lines/1/amount ${form}`, `/lines/3/no ${form}`],
    });
  });

  it('names every word that may stand where none fits', () => {
    expect(refusalOf({ ...buy, kind: 'x' })).toEqual({
      code: 'VALUE_REFUSED',
      paths: ['/lines/0/kind must be one of subscribe, buy, sell, set'],
    });
  });

  it('tells an unknown, a missing and a mistyped field from a wrong value', () => {
    expect(refusalOf({ ...buy, status: 'x' })).toEqual({
      code: 'REQUEST_INVALID',
      paths: ['/lines/0/status is not a known field'],
    });
    expect(refusalOf({ kind: 'sell', no: '1' })).toEqual({
      code: 'REQUEST_INVALID',
      paths: ['/lines/0/units is required'],
    });
    expect(refusalOf({ ...buy, kind: 7 }).code).toBe('REQUEST_INVALID');
  });

  it('stays exact for hundreds of wrong members, more than are reported', () => {
    const many = Array.from({ length: 500 }, () => ({ ...sell, units: 'x' }));
    const { code, paths } = refusalOf(...many);
    expect(code).toBe('VALUE_REFUSED');
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.every((path) => path.endsWith(`/units ${form}`))).toBe(true);
  });
});
