/** Transfers between a customer's bank card and his asset account (银证转账), decided in order. */
import {
  type Amount,
  amount,
  compareDates,
  houseCutOffOn,
  type Instant,
  type LocalDate,
  negate,
  shanghaiDate,
  shanghaiTime,
  type TradingCalendar,
} from '@cairn/kernel';
import type { AssetAccountStatus } from './account-states.ts';
import { cashAccountCode, house, MONEY_MAX } from './chart.ts';
import type { Entry } from './entries.ts';

/** `in`: from the bank to the broker; `out`: back to the bank. */
export type TransferDirection = 'in' | 'out';

/** One transfer as asked for. */
export interface TransferRequest {
  readonly bucket: number;
  readonly transferId: string;
  readonly assetAccountNo: string;
  readonly direction: TransferDirection;
  readonly amount: Amount;
}

/** The cash that a decision sees, in fen. */
export interface CashState {
  readonly balance: Amount;
  readonly frozen: Amount;
  readonly status: AssetAccountStatus;
}

/** Why a transfer is not made. */
export interface TransferRefusal {
  readonly code:
    | 'ASSET_ACCOUNT_NOT_ACTIVE'
    | 'CASH_INSUFFICIENT'
    | 'BALANCE_LIMIT_EXCEEDED'
    | 'TRANSFER_AMOUNT_INVALID';
  readonly details: Readonly<Record<string, string>>;
}

/** A request with its answer: no refusal means that it is booked. */
export interface TransferDecision {
  readonly request: TransferRequest;
  readonly refusal: TransferRefusal | undefined;
}

/** What can be taken out or frozen. */
export function computeAvailable(cash: { balance: Amount; frozen: Amount }): Amount {
  return amount(cash.balance - cash.frozen);
}

/**
 * Decides transfers in the order given over balances in memory: each sees what the ones before it
 * left. A frozen account takes money in and lets none out; a closed one does neither. `bank` is the
 * balance at the depository bank per bucket, which has a range too.
 */
export function decideTransfers(
  requests: readonly TransferRequest[],
  cash: ReadonlyMap<string, CashState>,
  bank: ReadonlyMap<number, Amount>,
  show: (value: Amount) => string,
): TransferDecision[] {
  const states = new Map(cash);
  const banks = new Map(bank);
  return requests.map((request) => {
    const state = states.get(request.assetAccountNo);
    const held = banks.get(request.bucket) ?? amount(0n);
    const refusal = refuseTransfer(request, state, held, show);
    if (refusal === undefined && state !== undefined) {
      const change = signedAmountOf(request);
      const balance = amount(state.balance + change);
      states.set(request.assetAccountNo, { ...state, balance });
      banks.set(request.bucket, amount(held + change));
    }
    return { request, refusal };
  });
}

function signedAmountOf(request: TransferRequest): Amount {
  return request.direction === 'in' ? request.amount : negate(request.amount);
}

function refuseTransfer(
  request: TransferRequest,
  state: CashState | undefined,
  bank: Amount,
  show: (value: Amount) => string,
): TransferRefusal | undefined {
  const { assetAccountNo, direction } = request;
  if (request.amount <= 0n || request.amount > MONEY_MAX) {
    return { code: 'TRANSFER_AMOUNT_INVALID', details: { amountMax: show(MONEY_MAX) } };
  }
  const status = state?.status ?? 'closed';
  if (state === undefined || status === 'closed' || (status === 'frozen' && direction === 'out')) {
    return { code: 'ASSET_ACCOUNT_NOT_ACTIVE', details: { assetAccountNo, status } };
  }
  if (direction === 'in') {
    const largest = state.balance > bank ? state.balance : bank;
    if (largest + request.amount <= MONEY_MAX) return undefined;
    return { code: 'BALANCE_LIMIT_EXCEEDED', details: { account: assetAccountNo } };
  }
  const available = computeAvailable(state);
  if (request.amount <= available) return undefined;
  const details = { assetAccountNo, available: show(available), amount: show(request.amount) };
  return { code: 'CASH_INSUFFICIENT', details };
}

/** The entry that books a transfer. */
export function transferEntry(request: TransferRequest, businessDate: LocalDate): Entry {
  const change = signedAmountOf(request);
  return {
    bucket: request.bucket,
    entryId: `transfer:${request.transferId}`,
    kind: request.direction === 'in' ? 'deposit' : 'withdrawal',
    ref: request.transferId,
    businessDate,
    lines: [
      { account: house.clientBank, amount: change },
      { account: cashAccountCode(request.assetAccountNo), amount: negate(change) },
    ],
  };
}

/**
 * The day a transfer belongs to: today when it is a trading day before the cut-off, else the next
 * trading day; always later than the last day whose transfers went to the bank.
 */
export function computeTransferDate(
  now: Instant,
  calendar: TradingCalendar,
  lastCutOffDate: LocalDate | undefined,
): LocalDate {
  const today = shanghaiDate(now);
  const late = calendar.isTradingDay(today) && shanghaiTime(now) >= houseCutOffOn(today);
  const date = late ? calendar.nextTradingDay(today) : calendar.tradingDayOnOrAfter(today);
  if (lastCutOffDate === undefined || compareDates(date, lastCutOffDate) > 0) return date;
  return calendar.nextTradingDay(lastCutOffDate);
}
