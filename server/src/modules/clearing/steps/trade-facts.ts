/** What confirmations are decided on: orders, lots, terms and NAVs, and our own arithmetic with them. */
import { amount, type LocalDate, type Price, units } from '@cairn/kernel';
import type { Tx } from '../../../platform/db.ts';
import {
  compareLots,
  type HoldingKey,
  holdingKeyOf,
  loadLots,
  type Lot,
} from '../../accounts/index.ts';
import {
  computePurchase,
  computeRedemption,
  computeSubscription,
  type FundTerms,
  navsOn,
  termsOn,
  type TermsBook,
} from '../../products/index.ts';
import { findOrders, type Order } from '../../trading/index.ts';
import type { Confirmation, ConfirmedOrder, Expectation } from '../domain/confirmation.ts';
import type { Tolerances } from '../domain/mismatch.ts';
import type { Outstanding } from '../domain/turn.ts';
import { type AnsweredRecord, loadRefusals } from '../refusal-codes.ts';
import { type BookedRecords, loadBooked } from './booked-serials.ts';
import { loadOutstanding } from './outstanding.ts';

/** What the records of one batch are decided on, as earlier records of it left it. */
export interface Facts {
  readonly orders: Map<string, Order>;
  /** Order state as earlier records of this batch left it. */
  readonly progress: Map<string, ConfirmedOrder>;
  readonly lots: Map<string, Lot[]>;
  /** What is not booked about the holdings that units leave, by `holdingKeyOf`. */
  readonly outstanding: Map<string, Outstanding[]>;
  readonly terms: Map<LocalDate, TermsBook>;
  readonly navs: Map<LocalDate, ReadonlyMap<string, Price>>;
  /** Records already booked: the registrar repeats itself at times. */
  readonly booked: BookedRecords;
  readonly tolerances: Tolerances;
  readonly isRefusalKnown: (record: AnsweredRecord) => boolean;
}

export const ZERO = amount(0n);
export const NO_UNITS = units(0n);

/** Reads the facts of a batch: asked for together, they travel together. */
export async function loadFacts(
  tx: Tx,
  confirmations: readonly Confirmation[],
  tolerances: Tolerances,
): Promise<Facts> {
  const ids = [...new Set(confirmations.map((c) => c.orderId).filter((id) => id.length === 24))];
  const dates = [...new Set(confirmations.map((c) => c.tradeDate))];
  const redemptions = confirmations.filter((c) => c.businessCode === '124');
  const [orders, lots, outstanding, terms, navs, booked, isRefusalKnown] = await Promise.all([
    findOrders(tx, ids),
    loadLots(tx, redemptions.map(holdingOf)),
    loadOutstanding(tx, redemptions),
    termsOn(tx, dates),
    Promise.all(dates.map((date) => loadNavs(tx, date))),
    loadBooked(tx, 'confirmations', confirmations),
    loadRefusals(tx, confirmations),
  ]);
  return {
    orders,
    progress: new Map(),
    lots,
    outstanding,
    terms,
    navs: new Map(navs),
    booked,
    tolerances,
    isRefusalKnown,
  };
}

async function loadNavs(tx: Tx, date: LocalDate): Promise<[LocalDate, Map<string, Price>]> {
  const published = await navsOn(tx, date);
  return [date, new Map([...published].map(([code, row]) => [code, row.nav]))];
}

/** The holding that a record moves. */
export function holdingOf(c: Confirmation): HoldingKey {
  return {
    bucket: c.bucket,
    tradingAccountNo: c.tradingAccountNo,
    fundCode: c.fundCode,
    shareClass: c.shareClass,
  };
}

/** What is not booked about a holding now; an order that this batch answered is. */
export function outstandingAt(facts: Facts, c: Confirmation): Outstanding[] {
  const found = facts.outstanding.get(holdingKeyOf(holdingOf(c))) ?? [];
  return found.filter(({ orderId, place }) => {
    const answered = orderId === undefined ? undefined : facts.progress.get(orderId);
    if (answered === undefined) return true;
    // Of an order that is answered in part, a part may be among the exceptions.
    return answered.state === 'partlyConfirmed' && place !== undefined;
  });
}

/** A record that is an exception now stands before the later ones of its holding. */
export function standsOut(facts: Facts, c: Confirmation): void {
  const key = holdingKeyOf(holdingOf(c));
  const { orderId } = c;
  const found = facts.outstanding.get(key) ?? [];
  facts.outstanding.set(key, [...found, { what: `order ${orderId}`, orderId, place: c }]);
}

/** The order as earlier records of the batch left it. */
export function progressOf(facts: Facts, order: Order): ConfirmedOrder {
  return (
    facts.progress.get(order.orderId) ?? {
      orderId: order.orderId,
      state: order.state,
      businessCode: order.businessCode,
      tradeDate: order.tradeDate,
      registrarCode: order.registrarCode,
      tradingAccountNo: order.tradingAccountNo,
      fundCode: order.fundCode,
      shareClass: order.shareClass,
      amount: order.amount ?? ZERO,
      units: order.units ?? NO_UNITS,
      confirmedAmount: order.confirmedAmount,
      confirmedUnits: order.confirmedUnits,
    }
  );
}

/** Our own arithmetic for a redemption, over the lots that are left. */
function expectRedemption(
  facts: Facts,
  c: Confirmation,
  terms: FundTerms,
): Expectation | undefined {
  const key = holdingKeyOf(holdingOf(c));
  const lots = facts.lots.get(key) ?? [];
  if (c.confirmedUnits <= 0n || c.nav <= 0n || terms.redemptionFees.length === 0) return undefined;
  const result = computeRedemption({
    lots: lots.map((lot) => ({
      lotId: lot.lotId,
      units: lot.unitsLeft,
      confirmDate: lot.confirmDate,
    })),
    units: c.confirmedUnits,
    nav: c.nav,
    tiers: terms.redemptionFees,
    onDate: terms.holdingDaysRule === 'applicationDate' ? c.tradeDate : c.confirmDate,
    feeRounding: terms.feeRounding,
  });
  if (result === undefined) return undefined;
  const { fee, feeToFund, gross } = result;
  return { fee, agencyFee: amount(fee - feeToFund), gross };
}

/**
 * Adds the lot of a booked purchase or subscription in its place, so that a later redemption of the
 * batch sees it: a package that came late brings lots that leave before those that are there.
 */
export function addLot(facts: Facts, c: Confirmation): void {
  if (c.confirmedUnits === 0n) return;
  const key = holdingKeyOf(holdingOf(c));
  const lots = facts.lots.get(key) ?? [];
  const lot: Lot = {
    lotId: `${c.registrarCode}-${c.taSerial}-${c.businessCode}`,
    source: c.businessCode === '130' ? 'subscription' : 'purchase',
    confirmDate: c.confirmDate,
    sequence: lots.reduce((last, { sequence }) => Math.max(last, sequence), 0) + 1,
    unitsOriginal: c.confirmedUnits,
    unitsLeft: c.confirmedUnits,
    costAmount: c.confirmedAmount,
  };
  facts.lots.set(key, [...lots, lot].toSorted(compareLots));
}

/** Takes the lots of a booked redemption, so that the next record sees the rest. */
export function takeLots(facts: Facts, c: Confirmation): void {
  const key = holdingKeyOf(holdingOf(c));
  let open: bigint = c.confirmedUnits;
  const left = (facts.lots.get(key) ?? []).map((lot) => {
    const part = lot.unitsLeft < open ? lot.unitsLeft : open;
    open -= part;
    return { ...lot, unitsLeft: units(lot.unitsLeft - part) };
  });
  facts.lots.set(
    key,
    left.filter((lot) => lot.unitsLeft > 0n),
  );
}

/** Our own arithmetic for a record; undefined when a term it needs is missing. */
export function expectationOf(
  facts: Facts,
  c: Confirmation,
  order: Order,
): Expectation | undefined {
  const terms = facts.terms.get(c.tradeDate)?.get(c.fundCode);
  if (terms === undefined) return undefined;
  const discount = order.discountRate;
  if (c.businessCode === '122') {
    if (terms.purchaseFees.length === 0 || c.nav <= 0n || c.confirmedAmount <= 0n) return undefined;
    const { fee, units } = computePurchase({
      tiers: terms.purchaseFees,
      amount: c.confirmedAmount,
      discount,
      nav: c.nav,
      unitsRounding: terms.unitsRounding,
    });
    return { fee, agencyFee: fee, units };
  }
  if (c.businessCode === '130') {
    if (terms.subscriptionFees.length === 0 || c.confirmedAmount <= 0n) return undefined;
    const { fee, units } = computeSubscription({
      tiers: terms.subscriptionFees,
      amount: c.confirmedAmount,
      discount,
      interest: c.interest,
      faceValue: terms.faceValue,
      unitsRounding: terms.unitsRounding,
    });
    return { fee, agencyFee: fee, units };
  }
  return c.businessCode === '124' ? expectRedemption(facts, c, terms) : undefined;
}
