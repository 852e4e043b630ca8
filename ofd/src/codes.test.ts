import { expect, test } from 'vitest';
import { businessCodes, fileTypes, findConfirmCode } from './codes.ts';

test('applications lead to their confirmations', () => {
  const pairs = ['001', '008', '020', '022', '024', '029', '036', '039', '098'].map((code) => [
    code,
    findConfirmCode(code),
  ]);
  expect(pairs).toEqual([
    ['001', '101'],
    ['008', '108'],
    ['020', '120'],
    ['022', '122'],
    ['024', '124'],
    ['029', '129'],
    ['036', '136'],
    ['039', '139'],
    ['098', '198'],
  ]);
  expect(findConfirmCode('130')).toBeUndefined();
  expect(findConfirmCode('999')).toBeUndefined();
});

test('every code stands under itself, every confirmation is known, every name is in both languages', () => {
  for (const [code, row] of businessCodes) {
    expect(row.code).toBe(code);
    expect(row.zh).toMatch(/\p{Script=Han}/u);
    expect(row.en).not.toBe('');
    expect(row.confirm === undefined || businessCodes.has(row.confirm)).toBe(true);
  }
  expect(businessCodes.get('143')?.zh).toBe('红利发放');
  expect(fileTypes.get('04')).toEqual({ zh: '交易确认', en: 'trade confirmations' });
  expect(fileTypes.size).toBe(35);
});
