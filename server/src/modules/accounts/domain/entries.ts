/** Double entry: what an entry must be before it may be written, and what it does to balances. */
import { abs, type Amount, amount, type LocalDate, negate } from '@cairn/kernel';
import { findAccountClass, MONEY_MAX } from './chart.ts';

/** One line: debit positive, credit negative, in fen. */
export interface EntryLine {
  readonly account: string;
  readonly amount: Amount;
}

/**
 * One entry. Its id is computed from what it books ('transfer:…', 'due:…', 'settle:…'), so booking
 * the same fact twice meets the primary key. All accounts lie in `bucket`.
 */
export interface Entry {
  readonly bucket: number;
  readonly entryId: string;
  readonly kind: EntryKind;
  /** What business it belongs to: an order, a transfer, a settlement item. */
  readonly ref: string;
  readonly businessDate: LocalDate;
  readonly lines: readonly EntryLine[];
  /** The entry that this one takes back, when it is a reversal. */
  readonly reverses?: string;
}

/** What an entry books, as customers read it in their statement. */
export type EntryKind =
  | 'deposit'
  | 'withdrawal'
  | 'purchase'
  | 'redemption'
  | 'dividend'
  | 'refund'
  | 'fee'
  | 'reversal';

/** The change of one account's balance, debit positive. */
export interface BalanceChange {
  readonly bucket: number;
  readonly account: string;
  readonly amount: Amount;
}

/** Every reason why an entry may not be written; empty when it may. */
export function findEntryFaults(entry: Entry): string[] {
  const faults: string[] = [];
  if (entry.lines.length < 2) faults.push('fewer than two lines');
  if (entry.lines.some((line) => line.amount === 0n)) faults.push('a line of zero');
  if (entry.lines.some((line) => abs(line.amount) > MONEY_MAX)) {
    faults.push('a line beyond the range');
  }
  let total = 0n;
  for (const line of entry.lines) total += line.amount;
  if (total !== 0n) faults.push(`debits and credits differ by ${total}`);
  const classes = new Set(entry.lines.map((line) => findAccountClass(line.account)));
  if (classes.has(undefined)) faults.push('an account outside the chart');
  if (classes.size > 1) faults.push('customer money and firm money in one entry');
  return faults;
}

/** The net change of every touched account, in the order of first touch; zero changes are kept. */
export function planEntries(entries: readonly Entry[]): BalanceChange[] {
  const changes = new Map<string, { bucket: number; account: string; amount: bigint }>();
  for (const entry of entries) {
    for (const line of entry.lines) {
      const key = `${entry.bucket}/${line.account}`;
      const change = changes.get(key);
      if (change === undefined) {
        changes.set(key, { bucket: entry.bucket, account: line.account, amount: line.amount });
      } else {
        change.amount += line.amount;
      }
    }
  }
  return [...changes.values()].map((change) => ({ ...change, amount: amount(change.amount) }));
}

/** The id of the one reversal that an entry can have. */
export function reversalIdOf(entryId: string): string {
  return `reversal:${entryId}`;
}

/** The entry that takes another one back, line by line. */
export function reverseEntry(entry: Entry, ref: string, businessDate: LocalDate): Entry {
  return {
    bucket: entry.bucket,
    entryId: reversalIdOf(entry.entryId),
    kind: 'reversal',
    ref,
    businessDate,
    reverses: entry.entryId,
    lines: entry.lines.map((line) => ({ account: line.account, amount: negate(line.amount) })),
  };
}
