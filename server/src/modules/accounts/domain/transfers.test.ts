import {
  amount,
  exchangeCalendar,
  formatAmount,
  instantAtShanghai,
  localDate,
} from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import { MONEY_MAX } from './chart.ts';
import { findEntryFaults } from './entries.ts';
import {
  type CashState,
  computeTransferDate,
  decideTransfers,
  transferEntry,
  type TransferRequest,
} from './transfers.ts';

const NO = '0AABCDEFGHJKMN';

function request(direction: 'in' | 'out', fen: bigint): TransferRequest {
  return { bucket: 10, transferId: 't', assetAccountNo: NO, direction, amount: amount(fen) };
}

function decide(state: Partial<CashState>, ...requests: TransferRequest[]): (string | undefined)[] {
  const cash: CashState = {
    balance: amount(1_000n),
    frozen: amount(0n),
    status: 'active',
    ...state,
  };
  const bank = new Map([[10, amount(1_000n)]]);
  return decideTransfers(requests, new Map([[NO, cash]]), bank, formatAmount).map(
    (decision) => decision.refusal?.code,
  );
}

describe('transfers are decided in order', () => {
  test.each([
    ['all of it', {}, [request('out', 1_000n)], [undefined]],
    ['one cent more', {}, [request('out', 1_001n)], ['CASH_INSUFFICIENT']],
    [
      'what is frozen stays',
      { frozen: amount(400n) },
      [request('out', 601n)],
      ['CASH_INSUFFICIENT'],
    ],
    [
      'each sees the ones before',
      {},
      [request('out', 600n), request('out', 600n), request('in', 200n), request('out', 600n)],
      [undefined, 'CASH_INSUFFICIENT', undefined, undefined],
    ],
    [
      'a frozen account lets nothing out',
      { status: 'frozen' as const },
      [request('in', 1n), request('out', 1n)],
      [undefined, 'ASSET_ACCOUNT_NOT_ACTIVE'],
    ],
    [
      'a closed account does neither',
      { status: 'closed' as const },
      [request('in', 1n), request('out', 1n)],
      ['ASSET_ACCOUNT_NOT_ACTIVE', 'ASSET_ACCOUNT_NOT_ACTIVE'],
    ],
    ['zero', {}, [request('in', 0n)], ['TRANSFER_AMOUNT_INVALID']],
    ['below zero', {}, [request('out', -1n)], ['TRANSFER_AMOUNT_INVALID']],
    ['the range', {}, [request('in', MONEY_MAX + 1n)], ['TRANSFER_AMOUNT_INVALID']],
    [
      'a balance beyond the range',
      {},
      [request('in', MONEY_MAX - 1_000n), request('in', 1n)],
      [undefined, 'BALANCE_LIMIT_EXCEEDED'],
    ],
  ])('%s', (_, state, requests, codes) => {
    expect(decide(state, ...requests)).toEqual(codes);
  });

  test('a deposit debits the bank and credits the customer; a withdrawal the reverse', () => {
    const day = localDate('2026-03-02');
    const entries = [transferEntry(request('in', 5n), day), transferEntry(request('out', 5n), day)];
    expect(entries.flatMap(findEntryFaults)).toEqual([]);
    expect(entries.map(({ kind, lines }) => [kind, lines[0]?.amount])).toEqual([
      ['deposit', 5n],
      ['withdrawal', -5n],
    ]);
  });
});

describe('the day of a transfer', () => {
  test.each([
    ['before the cut-off', '2026-03-02', '14:59:59.999', undefined, '2026-03-02'],
    ['at the cut-off', '2026-03-02', '15:00:00.000', undefined, '2026-03-03'],
    ['Friday evening', '2026-03-06', '20:00:00.000', undefined, '2026-03-09'],
    ['Saturday', '2026-03-07', '10:00:00.000', undefined, '2026-03-09'],
    ['after the bank was told', '2026-03-02', '10:00:00.000', '2026-03-02', '2026-03-03'],
    ['after a later day was told', '2026-03-02', '10:00:00.000', '2026-03-06', '2026-03-09'],
    [
      'the bank was told of an earlier day',
      '2026-03-03',
      '10:00:00.000',
      '2026-03-02',
      '2026-03-03',
    ],
  ])('%s', (_, date, time, told, expected) => {
    const now = instantAtShanghai(localDate(date), time);
    const last = told === undefined ? undefined : localDate(told);
    expect(computeTransferDate(now, exchangeCalendar, last)).toBe(expected);
  });
});
