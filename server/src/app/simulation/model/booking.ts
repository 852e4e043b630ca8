/** What one record of a registrar does to a customer once the house has booked it. */
import type { TruthRecord } from './truth.ts';
import { type CustomerState, type ModelAccount, type ModelOrder, withEntry } from './state.ts';

/** A contradiction between the model and the house. */
export class Disagreement extends Error {
  constructor(what: string, model: unknown, house: unknown) {
    super(`${what}: the model says ${text(model)}, the house says ${text(house)}`);
    this.name = 'Disagreement';
  }
}

function text(value: unknown): string {
  const plain = (_key: string, one: unknown): unknown =>
    typeof one === 'bigint' ? one.toString() : one instanceof Map ? [...one.entries()] : one;
  return typeof value === 'string' ? value : JSON.stringify(value, plain);
}

const NEXT_STATE: Readonly<Record<string, string>> = {
  '120': 'subscribed',
  '122': 'confirmed',
  '124': 'confirmed',
  '129': 'confirmed',
  '130': 'confirmed',
  '149': 'failed',
};

function answered(order: ModelOrder, record: TruthRecord): ModelOrder {
  const confirmDate = record.date;
  if (!record.isGood) return { ...order, state: 'rejected', confirmDate };
  const state = NEXT_STATE[record.code] ?? order.state;
  return {
    ...order,
    state,
    confirmDate,
    confirmedAmount: record.amount,
    confirmedUnits: record.units,
    fee: record.fee,
  };
}

function withUnits(state: CustomerState, fund: string, change: bigint): CustomerState {
  if (change === 0n) return state;
  const units = (state.units.get(fund) ?? 0n) + change;
  return { ...state, units: withEntry(state.units, fund, units) };
}

function owed(state: CustomerState, dueDate: string, amount: bigint): CustomerState {
  return amount === 0n ? state : { ...state, dues: [...state.dues, { dueDate, amount }] };
}

function bookMoney(state: CustomerState, record: TruthRecord): CustomerState {
  switch (record.code) {
    case '120':
      return { ...state, cash: state.cash - record.amount };
    case '122':
      return withUnits({ ...state, cash: state.cash - record.amount }, record.fund, record.units);
    case '124':
      return owed(withUnits(state, record.fund, -record.units), record.dueDate, record.amount);
    case '130':
    case '149':
    case '143':
      return owed(withUnits(state, record.fund, record.units), record.dueDate, record.refund);
    default:
      return state;
  }
}

function bookAccount(state: CustomerState, record: TruthRecord): CustomerState {
  const account = state.accounts.get(record.registrar);
  if (account === undefined || account.applicationId !== record.id) {
    throw new Disagreement(`application ${record.id}`, account, 'booked');
  }
  const status: ModelAccount['status'] = record.isGood ? 'active' : 'rejected';
  return {
    ...state,
    accounts: withEntry(state.accounts, record.registrar, { ...account, status }),
  };
}

/** The customer after a record was booked. */
export function book(state: CustomerState, record: TruthRecord): CustomerState {
  if (record.code === '101' || record.code === '108') return bookAccount(state, record);
  if (record.code === '143') return bookMoney(state, record);
  const order = state.orders.get(record.of);
  if (order === undefined) throw new Disagreement(`order ${record.of}`, 'unknown', 'booked');
  const next = { ...state, orders: withEntry(state.orders, order.no, answered(order, record)) };
  return record.isGood ? bookMoney(next, record) : next;
}

/** The customer after the money due up to a day has moved. */
export function settle(state: CustomerState, day: string): CustomerState {
  const due = state.dues.filter(({ dueDate }) => dueDate <= day);
  if (due.length === 0) return state;
  return {
    ...state,
    cash: due.reduce((sum, { amount }) => sum + amount, state.cash),
    dues: state.dues.filter(({ dueDate }) => dueDate > day),
  };
}
