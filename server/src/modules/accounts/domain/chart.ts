/**
 * The chart of accounts of one bucket. Customer money (client) and the firm's own money (firm) are
 * two books that never meet in one entry (证券法 131: clients' settlement money stands apart).
 */
import { amount, type Amount } from '@cairn/kernel';

/** Whose money an account holds. */
export type AccountClass = 'client' | 'firm';
/** The side on which an account grows. */
export type NormalSide = 'debit' | 'credit';

/** One account that every bucket has once. */
export interface HouseAccount {
  readonly code: string;
  readonly class: AccountClass;
  readonly kind: string;
  readonly normal: NormalSide;
}

/** The largest balance and the largest amount of one posting, in fen: the range of the columns. */
export const MONEY_MAX: Amount = amount(99_999_999_999_999_999n);

/** Codes of the house accounts. */
export const house = {
  clientBank: 'C:BANK',
  purchase: 'C:PURCHASE',
  redemptionDue: 'C:REDEEM-DUE',
  redemption: 'C:REDEEM',
  dividendDue: 'C:DIVIDEND-DUE',
  dividend: 'C:DIVIDEND',
  refundDue: 'C:REFUND-DUE',
  refund: 'C:REFUND',
  firmBank: 'F:BANK',
  feeDue: 'F:FEE-DUE',
  fee: 'F:FEE',
} as const;

/** Every house account; the first migration creates one row of each in every bucket. */
export const houseAccounts: readonly HouseAccount[] = [
  { code: house.clientBank, class: 'client', kind: 'bank', normal: 'debit' },
  { code: house.purchase, class: 'client', kind: 'inTransit', normal: 'credit' },
  { code: house.redemptionDue, class: 'client', kind: 'inTransit', normal: 'debit' },
  { code: house.redemption, class: 'client', kind: 'inTransit', normal: 'credit' },
  { code: house.dividendDue, class: 'client', kind: 'inTransit', normal: 'debit' },
  { code: house.dividend, class: 'client', kind: 'inTransit', normal: 'credit' },
  { code: house.refundDue, class: 'client', kind: 'inTransit', normal: 'debit' },
  { code: house.refund, class: 'client', kind: 'inTransit', normal: 'credit' },
  { code: house.firmBank, class: 'firm', kind: 'bank', normal: 'debit' },
  { code: house.feeDue, class: 'firm', kind: 'inTransit', normal: 'debit' },
  { code: house.fee, class: 'firm', kind: 'income', normal: 'credit' },
];

const CASH_PREFIX = 'C:CASH:';

/** The ledger account that holds one customer's cash. */
export function cashAccountCode(assetAccountNo: string): string {
  return CASH_PREFIX + assetAccountNo;
}

/** The asset account behind a ledger account, or undefined for a house account. */
export function findAssetAccountNo(accountCode: string): string | undefined {
  return accountCode.startsWith(CASH_PREFIX) ? accountCode.slice(CASH_PREFIX.length) : undefined;
}

/** Whose money the code stands for, or undefined when it is no code of this chart. */
export function findAccountClass(accountCode: string): AccountClass | undefined {
  if (accountCode.startsWith('C:')) return 'client';
  return accountCode.startsWith('F:') ? 'firm' : undefined;
}
