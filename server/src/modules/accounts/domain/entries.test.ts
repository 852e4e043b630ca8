import { amount, localDate, sum } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cashAccountCode, findAssetAccountNo, houseAccounts, MONEY_MAX } from './chart.ts';
import { type Entry, findEntryFaults, planEntries, reverseEntry } from './entries.ts';
import { recognitionEntry, type SettlementItem, settlementEntry } from './settlements.ts';

const DAY = localDate('2026-03-02');
const CASH = cashAccountCode('0AABCDEFGHJKMN');

function entry(...lines: [account: string, fen: bigint][]): Entry {
  const head = { bucket: 10, entryId: 'e', kind: 'deposit' as const, ref: 'r', businessDate: DAY };
  return { ...head, lines: lines.map(([account, fen]) => ({ account, amount: amount(fen) })) };
}

describe('entries', () => {
  test.each([
    ['balanced', entry(['C:BANK', 5n], [CASH, -5n]), []],
    ['one line', entry(['C:BANK', 5n]), ['fewer than two lines', 'debits and credits differ by 5']],
    ['a cent off', entry(['C:BANK', 5n], [CASH, -4n]), ['debits and credits differ by 1']],
    [
      'both purses',
      entry(['F:BANK', 5n], [CASH, -5n]),
      ['customer money and firm money in one entry'],
    ],
    ['a zero line', entry(['C:BANK', 0n], [CASH, 0n]), ['a line of zero']],
    [
      'another chart',
      entry(['C:BANK', 5n], ['X:1', -5n]),
      ['an account outside the chart', 'customer money and firm money in one entry'],
    ],
    [
      'beyond the range',
      entry(['C:BANK', MONEY_MAX + 1n], [CASH, -1n - MONEY_MAX]),
      ['a line beyond the range'],
    ],
  ])('%s', (_, given, faults) => {
    expect(findEntryFaults(given)).toEqual(faults);
  });

  test('the plan nets every account over the batch', () => {
    const plan = planEntries([
      entry(['C:BANK', 500n], [CASH, -500n]),
      entry(['C:BANK', -200n], [CASH, 200n]),
      { ...entry(['C:BANK', 7n], [CASH, -7n]), bucket: 11 },
    ]);
    expect(plan).toEqual([
      { bucket: 10, account: 'C:BANK', amount: 300n },
      { bucket: 10, account: CASH, amount: -300n },
      { bucket: 11, account: 'C:BANK', amount: 7n },
      { bucket: 11, account: CASH, amount: -7n },
    ]);
  });

  test('a reversal undoes every account', () => {
    const given = entry(['C:BANK', 500n], [CASH, -500n]);
    const back = reverseEntry(given, 'approval:1', DAY);
    expect(findEntryFaults(back)).toEqual([]);
    expect([back.entryId, back.reverses]).toEqual(['reversal:e', 'e']);
    expect(planEntries([given, back]).map((change) => change.amount)).toEqual([0n, 0n]);
  });

  test('the code of a cash account names its asset account; house accounts name none', () => {
    expect(findAssetAccountNo(CASH)).toBe('0AABCDEFGHJKMN');
    expect(houseAccounts.map(({ code }) => findAssetAccountNo(code))).toEqual(
      houseAccounts.map(() => undefined),
    );
  });
});

describe('settlement items', () => {
  const item = fc
    .record({
      kind: fc.constantFrom('purchase', 'redemption', 'dividend', 'refund', 'fee'),
      fen: fc.bigInt({ min: 1n, max: MONEY_MAX }),
    })
    .map(
      ({ kind, fen }): SettlementItem => ({
        bucket: 10,
        itemId: 'i',
        kind,
        assetAccountNo: kind === 'fee' ? undefined : '0AABCDEFGHJKMN',
        amount: amount(fen),
        dueDate: DAY,
        ref: 'o',
      }),
    );

  test('both entries of any item are sound and leave nothing in transit', () => {
    fc.assert(
      fc.property(item, (given) => {
        const entries = [recognitionEntry(given, DAY), settlementEntry(given, DAY)];
        expect(entries.flatMap(findEntryFaults)).toEqual([]);
        const transit = new Set(
          houseAccounts.filter(({ kind }) => kind === 'inTransit').map(({ code }) => code),
        );
        const left = planEntries(entries).filter((change) => transit.has(change.account));
        expect(left.map((change) => change.amount)).toEqual(left.map(() => 0n));
        expect(sum(planEntries(entries).map((change) => change.amount))).toBe(0n);
      }),
    );
  });

  test('a purchase takes the cash at once, the bank pays on the due date', () => {
    const given: SettlementItem = {
      bucket: 10,
      itemId: 'buy',
      kind: 'purchase',
      assetAccountNo: '0AABCDEFGHJKMN',
      amount: amount(1_000n),
      dueDate: DAY,
      ref: 'o',
    };
    expect(recognitionEntry(given, DAY).lines).toEqual([
      { account: CASH, amount: 1_000n },
      { account: 'C:PURCHASE', amount: -1_000n },
    ]);
    expect(settlementEntry(given, DAY).lines).toEqual([
      { account: 'C:PURCHASE', amount: 1_000n },
      { account: 'C:BANK', amount: -1_000n },
    ]);
  });

  test('a redemption reaches the customer on the due date only', () => {
    const given: SettlementItem = {
      bucket: 10,
      itemId: 'sell',
      kind: 'redemption',
      assetAccountNo: '0AABCDEFGHJKMN',
      amount: amount(1_000n),
      dueDate: DAY,
      ref: 'o',
    };
    expect(recognitionEntry(given, DAY).lines.map((line) => line.account)).toEqual([
      'C:REDEEM-DUE',
      'C:REDEEM',
    ]);
    expect(settlementEntry(given, DAY).lines).toContainEqual({ account: CASH, amount: -1_000n });
  });
});
