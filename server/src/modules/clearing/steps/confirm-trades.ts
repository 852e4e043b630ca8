/**
 * Books the waiting confirmations of file 04: order outcomes, units and lots, money in transit.
 *
 * Several records may name one order (120 then 130, a partial and its rest), and several
 * redemptions may take from one holding, so records are decided in file order against state that
 * earlier records of the batch already changed in memory.
 */
import {
  type Amount,
  amount,
  assert,
  type LocalDate,
  negate,
  type TradingCalendar,
  units,
} from '@cairn/kernel';
import type { Work } from '../../../platform/work.ts';
import {
  applyMovements,
  type DividendChoice,
  type Movement,
  type MovementKind,
  openSettlements,
  setDividendMethods,
  type SettlementItem,
} from '../../accounts/index.ts';
import type { FundTerms } from '../../products/index.ts';
import { applyOrderOutcomes, type Order, type OrderOutcome } from '../../trading/index.ts';
import {
  type Confirmation,
  type ConfirmedOrder,
  decideConfirmation,
} from '../domain/confirmation.ts';
import { SUCCESS } from '../domain/confirmation-checks.ts';
import type { Mismatch, Tolerances } from '../domain/mismatch.ts';
import { behind, findBefore } from '../domain/turn.ts';
import { type BookedDifference, differencesOf, insertDifferences } from '../differences.ts';
import { setRecordStates } from '../store.ts';
import { serialKey } from './booked-serials.ts';
import {
  addLot,
  expectationOf,
  type Facts,
  holdingOf,
  loadFacts,
  NO_UNITS,
  outstandingAt,
  progressOf,
  standsOut,
  takeLots,
  ZERO,
} from './trade-facts.ts';

/** A record that could not be booked, with every reason. */
export interface Unbooked {
  readonly confirmation: Confirmation;
  /** Whose it is, when the record names an order of ours. */
  readonly customerId: string | undefined;
  readonly reasons: readonly Mismatch[];
}

export interface ConfirmTradesResult {
  readonly applied: number;
  readonly rejected: number;
  readonly unbooked: readonly Unbooked[];
  /** Records that stay waiting until what came before them is booked. */
  readonly behind: readonly Unbooked[];
  /** Orders that got an answer. */
  readonly answered: readonly string[];
  /** What differed in the booked ones. */
  readonly differences: readonly BookedDifference[];
}

interface Bookings {
  readonly outcomes: OrderOutcome[];
  readonly movements: Movement[];
  readonly items: SettlementItem[];
  readonly choices: DividendChoice[];
  readonly applied: Confirmation[];
  readonly unbooked: Unbooked[];
  readonly behind: Unbooked[];
  readonly differences: BookedDifference[];
  rejected: number;
}

function settlement(
  c: Confirmation,
  kind: SettlementItem['kind'],
  value: Amount,
  dueDate: LocalDate,
  assetAccountNo: string,
): SettlementItem[] {
  if (value === 0n) return [];
  return [
    {
      bucket: c.bucket,
      itemId: `${kind}:${serialKey(c)}`,
      kind,
      assetAccountNo: kind === 'fee' ? undefined : assetAccountNo,
      amount: value,
      dueDate,
      ref: c.orderId,
    },
  ];
}

const MOVEMENT_KINDS: Readonly<Record<string, MovementKind>> = {
  '122': 'purchase',
  '124': 'redemption',
  '130': 'subscription',
};

function movementOf(c: Confirmation, order: Order, terms: FundTerms): Movement[] {
  const kind = MOVEMENT_KINDS[c.businessCode];
  if (kind === undefined || c.confirmedUnits === 0n) return [];
  return [
    {
      ...holdingOf(c),
      movementId: `${c.registrarCode}-${c.taSerial}-${c.businessCode}`,
      customerId: order.customerId,
      kind,
      units: kind === 'redemption' ? negate(c.confirmedUnits) : c.confirmedUnits,
      amount: c.confirmedAmount,
      registrarCode: c.registrarCode,
      taSerial: c.taSerial,
      businessCode: c.businessCode,
      confirmDate: c.confirmDate,
      ref: c.orderId,
      defaultDividendMethod: terms.defaultDividendMethod,
    },
  ];
}

function itemsOf(
  c: Confirmation,
  order: Order,
  terms: FundTerms,
  calendar: TradingCalendar,
): SettlementItem[] {
  const after = (days: number) => calendar.addTradingDays(c.confirmDate, days);
  const account = order.assetAccountNo;
  switch (c.businessCode) {
    case '120':
      return settlement(c, 'purchase', c.confirmedAmount, after(terms.purchasePayDays), account);
    case '122':
      return [
        ...settlement(c, 'purchase', c.confirmedAmount, after(terms.purchasePayDays), account),
        ...settlement(c, 'fee', c.agencyFee, after(terms.purchasePayDays), account),
      ];
    case '130':
      return [
        ...settlement(c, 'fee', c.agencyFee, after(terms.purchasePayDays), account),
        ...settlement(c, 'refund', c.refundAmount, after(terms.redemptionCashDays), account),
      ];
    case '124':
      return [
        ...settlement(c, 'redemption', c.confirmedAmount, after(terms.redemptionCashDays), account),
        ...settlement(c, 'fee', c.agencyFee, after(terms.redemptionCashDays), account),
      ];
    case '149':
      return settlement(c, 'refund', c.refundAmount, after(terms.redemptionCashDays), account);
    default:
      return [];
  }
}

function outcomeOf(c: Confirmation, to: OrderOutcome['to']): OrderOutcome {
  const isApplied = to !== 'rejected' && to !== 'failed';
  return {
    orderId: c.orderId,
    to,
    // What 130 says takes the place of what 120 said: trading does not add the two up.
    confirmedAmount: isApplied ? c.confirmedAmount : ZERO,
    confirmedUnits: isApplied ? c.confirmedUnits : NO_UNITS,
    fee: isApplied ? c.charge : ZERO,
    ...(c.nav > 0n ? { nav: c.nav } : {}),
    confirmDate: c.confirmDate,
    ref: `${c.registrarCode}/${c.taSerial}`,
  };
}

function advance(facts: Facts, c: Confirmation, before: ConfirmedOrder, state: string): void {
  const counts = c.businessCode === '120' || c.businessCode === '122' || c.businessCode === '124';
  facts.progress.set(c.orderId, {
    ...before,
    state,
    confirmedAmount: counts
      ? amount(before.confirmedAmount + c.confirmedAmount)
      : before.confirmedAmount,
    confirmedUnits: counts
      ? units(before.confirmedUnits + c.confirmedUnits)
      : before.confirmedUnits,
  });
}

/** What must be booked before this record: units leave a holding in the registrar's order. */
function waitsFor(facts: Facts, c: Confirmation): Mismatch | undefined {
  if (c.businessCode !== '124' || c.returnCode !== SUCCESS || c.isStated) return undefined;
  const before = findBefore(c, outstandingAt(facts, c));
  return before === undefined ? undefined : behind(before);
}

function decideOne(
  facts: Facts,
  bookings: Bookings,
  c: Confirmation,
  calendar: TradingCalendar,
): void {
  const order = facts.orders.get(c.orderId);
  const before = order === undefined ? undefined : progressOf(facts, order);
  const refuse = (...reasons: readonly Mismatch[]) => {
    bookings.unbooked.push({ confirmation: c, customerId: order?.customerId, reasons });
    if (order !== undefined) standsOut(facts, c);
  };
  if (facts.booked.has(c)) {
    refuse({ code: 'CONFIRMED_TWICE' });
    return;
  }
  const reason = waitsFor(facts, c);
  if (reason !== undefined && order !== undefined) {
    bookings.behind.push({ confirmation: c, customerId: order.customerId, reasons: [reason] });
    return;
  }
  const decision = decideConfirmation({
    confirmation: c,
    order: before,
    tolerances: facts.tolerances,
    expect: () => (order === undefined ? undefined : expectationOf(facts, c, order)),
    navOnFile: facts.navs.get(c.tradeDate)?.get(c.fundCode),
    isRefusalKnown: facts.isRefusalKnown(c),
  });
  if (decision.kind === 'exception') {
    refuse(...decision.reasons);
    return;
  }
  assert(order !== undefined && before !== undefined, 'a booked confirmation has its order');
  facts.booked.add(c);
  bookings.applied.push(c);
  bookings.differences.push(...differencesOf('confirmation', c, decision.tolerated));
  if (decision.kind === 'reject') {
    bookings.outcomes.push(outcomeOf(c, 'rejected'));
    bookings.rejected++;
    advance(facts, { ...c, confirmedAmount: ZERO, confirmedUnits: NO_UNITS }, before, 'rejected');
    return;
  }
  const terms = facts.terms.get(c.tradeDate)?.get(c.fundCode);
  assert(terms !== undefined, `terms of ${c.fundCode} on ${c.tradeDate}`);
  bookings.outcomes.push(outcomeOf(c, decision.outcome));
  bookings.movements.push(...movementOf(c, order, terms));
  bookings.items.push(...itemsOf(c, order, terms, calendar));
  if (c.businessCode === '129') {
    bookings.choices.push({
      ...holdingOf(c),
      customerId: order.customerId,
      dividendMethod: order.dividendMethod ?? terms.defaultDividendMethod,
    });
  }
  if (c.businessCode === '124') takeLots(facts, c);
  else if (MOVEMENT_KINDS[c.businessCode] !== undefined) addLot(facts, c);
  advance(facts, c, before, decision.outcome);
}

/**
 * Decides and books the given waiting confirmations (of locked buckets, in file order) and marks
 * each applied or exception. Money is booked on `businessDate`.
 */
export async function confirmTrades(
  work: Work,
  confirmations: readonly Confirmation[],
  context: { calendar: TradingCalendar; businessDate: LocalDate; tolerances: Tolerances },
): Promise<ConfirmTradesResult> {
  if (confirmations.length === 0) {
    return { applied: 0, rejected: 0, unbooked: [], behind: [], answered: [], differences: [] };
  }
  const facts = await loadFacts(work.tx, confirmations, context.tolerances);
  const bookings: Bookings = {
    outcomes: [],
    movements: [],
    items: [],
    choices: [],
    applied: [],
    unbooked: [],
    behind: [],
    differences: [],
    rejected: 0,
  };
  for (const c of confirmations) decideOne(facts, bookings, c, context.calendar);
  // Outcomes first: they release what the orders had frozen, which the bookings then use.
  const outcomes = await applyOrderOutcomes(work, bookings.outcomes);
  assert(outcomes.refused.length === 0, 'decided outcomes fit the orders they were decided on');
  const moved = await applyMovements(work, bookings.movements);
  assert(moved.refused.length === 0, 'redemptions were decided against the lots that are there');
  const opened = await openSettlements(work, bookings.items, context.businessDate);
  assert(opened.refused.length === 0, 'purchases are paid from the cash that was frozen for them');
  await setDividendMethods(work, bookings.choices);
  await insertDifferences(work.tx, context.businessDate, bookings.differences);
  await setRecordStates(work.tx, 'confirmations', [
    ...bookings.applied.map((c) => ({ ...c, state: 'applied' as const })),
    ...bookings.unbooked.map(({ confirmation: c }) => ({ ...c, state: 'exception' as const })),
  ]);
  return {
    applied: bookings.applied.length,
    rejected: bookings.rejected,
    unbooked: bookings.unbooked,
    behind: bookings.behind,
    answered: bookings.applied.map((c) => c.orderId),
    differences: bookings.differences,
  };
}
