/**
 * Settlement items: money that is decided today and moves later. Recognising an item books it to an
 * in-transit account, settling it on the due date takes it out again, so each in-transit account is
 * at every moment the sum of its open items and zero when they are all paid (M9).
 */
import { type Amount, assert, type LocalDate, negate } from '@cairn/kernel';
import { cashAccountCode, house } from './chart.ts';
import type { Entry, EntryLine } from './entries.ts';

/**
 * purchase: confirmed purchases that the registrar will collect. redemption, dividend, refund: what
 * the registrar owes us and we owe the customer. fee: the firm's own share of fees.
 */
export type SettlementKind = 'purchase' | 'redemption' | 'dividend' | 'refund' | 'fee';

/** One open or settled item. The amount is above zero, in fen. */
export interface SettlementItem {
  readonly bucket: number;
  readonly itemId: string;
  readonly kind: SettlementKind;
  /** The customer's asset account; undefined exactly for a fee. */
  readonly assetAccountNo: string | undefined;
  readonly amount: Amount;
  readonly dueDate: LocalDate;
  /** What business it belongs to, such as an order id. */
  readonly ref: string;
}

const inTransit = {
  redemption: [house.redemptionDue, house.redemption],
  dividend: [house.dividendDue, house.dividend],
  refund: [house.refundDue, house.refund],
} as const;

const debit = (account: string, amount: Amount): EntryLine => ({ account, amount });
const credit = (account: string, amount: Amount): EntryLine => ({
  account,
  amount: negate(amount),
});

function cashOf(item: SettlementItem): string {
  assert(item.assetAccountNo !== undefined, `settlement ${item.itemId} needs an asset account`);
  return cashAccountCode(item.assetAccountNo);
}

/** The entry that recognises an item on the day it is confirmed. */
export function recognitionEntry(item: SettlementItem, businessDate: LocalDate): Entry {
  assert(item.amount > 0n, `settlement ${item.itemId} needs an amount above zero`);
  const head = { entryId: `due:${item.itemId}`, businessDate };
  return { ...head, ...itemHead(item), lines: recognitionLines(item) };
}

/** The entry that moves the money of an item on the day it is paid. */
export function settlementEntry(item: SettlementItem, businessDate: LocalDate): Entry {
  const head = { entryId: `settle:${item.itemId}`, businessDate };
  return { ...head, ...itemHead(item), lines: settlementLines(item) };
}

function itemHead(item: SettlementItem): Pick<Entry, 'bucket' | 'kind' | 'ref'> {
  return { bucket: item.bucket, kind: item.kind, ref: item.ref };
}

function recognitionLines(item: SettlementItem): EntryLine[] {
  switch (item.kind) {
    case 'purchase':
      return [debit(cashOf(item), item.amount), credit(house.purchase, item.amount)];
    case 'fee':
      return [debit(house.feeDue, item.amount), credit(house.fee, item.amount)];
    default: {
      const [due, owed] = inTransit[item.kind];
      return [debit(due, item.amount), credit(owed, item.amount)];
    }
  }
}

function settlementLines(item: SettlementItem): EntryLine[] {
  switch (item.kind) {
    case 'purchase':
      return [debit(house.purchase, item.amount), credit(house.clientBank, item.amount)];
    case 'fee':
      return [debit(house.firmBank, item.amount), credit(house.feeDue, item.amount)];
    default: {
      const [due, owed] = inTransit[item.kind];
      return [
        debit(house.clientBank, item.amount),
        credit(due, item.amount),
        debit(owed, item.amount),
        credit(cashOf(item), item.amount),
      ];
    }
  }
}
