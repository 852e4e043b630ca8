/** What the house must answer to an order: the rules of its README, in their order, over the state. */
import { inShanghai, show } from './arithmetic.ts';
import type { ModelMarket, ModelTerms } from './market.ts';
import {
  boughtOn,
  type CustomerState,
  frozenCash,
  frozenUnits,
  isBuy,
  type ModelAccount,
  type ModelFinding,
  type ModelOrder,
  type ModelWarning,
  type OrderKind,
  type OrderRequest,
  withEntry,
} from './state.ts';

/** The answer to one order. */
export interface OrderReply {
  readonly outcome: 'accepted' | 'refused' | 'mismatch';
  readonly tradeDate: string;
  /** '' where nothing was taken; undefined where the first answer was lost. */
  readonly acceptedAt: string | undefined;
  readonly isReplay: boolean;
  readonly findings: readonly ModelFinding[];
}

export interface Predicted {
  readonly reply: OrderReply;
  readonly next: CustomerState;
}

interface Case {
  readonly state: CustomerState;
  readonly order: OrderRequest;
  readonly tradeDate: string;
  readonly now: string;
  readonly account: ModelAccount | undefined;
  readonly terms: ModelTerms | undefined;
  readonly registrar: string;
  readonly units: bigint;
  readonly frozen: bigint;
}

const block = (code: string, facts: Record<string, string> = {}): ModelFinding => ({
  code,
  severity: 'block',
  facts,
});

const OPEN: Readonly<Record<OrderKind, string>> = {
  '020': '1',
  '022': '06',
  '024': '05',
  '029': '04569',
};
const FEE_OF = { '020': 'subscription', '022': 'purchase', '024': 'redemption' } as const;

function* ofApplicant({ state, tradeDate }: Case): Iterable<ModelFinding> {
  if (state.validUntil !== null && state.validUntil < tradeDate) {
    yield block('ORDER_CERTIFICATE_EXPIRED', { validUntil: state.validUntil });
  }
}

function* ofAccount({ state, account, terms, registrar }: Case): Iterable<ModelFinding> {
  if (account === undefined) {
    if (terms !== undefined) yield block('FUND_ACCOUNT_MISSING', { registrarCode: registrar });
    return;
  }
  if (state.assetStatus !== 'active') yield block('ORDER_ASSET_ACCOUNT_NOT_ACTIVE');
  if (account.status === 'rejected') yield block('FUND_ACCOUNT_NOT_ACTIVE');
}

function* ofProduct(market: ModelMarket, one: Case): Iterable<ModelFinding> {
  const { order, terms, tradeDate } = one;
  if (terms === undefined) {
    yield block('PRODUCT_UNKNOWN');
    return;
  }
  if (!OPEN[order.kind].includes(terms.status)) {
    yield block('PRODUCT_STATUS_CLOSED', { status: terms.status });
  }
  if (market.closedHere.has(`${order.fund} ${tradeDate}`)) yield block('PRODUCT_CLOSED_DAY');
  const kind = order.kind === '029' ? undefined : FEE_OF[order.kind];
  if (kind !== undefined && market.feesOn('here', order.fund, kind, tradeDate) === undefined) {
    yield block('FEE_SCHEDULE_MISSING');
  }
  if (order.kind !== '020') return;
  const { offerStart, offerEnd } = terms;
  if (offerStart === undefined || offerEnd === undefined) yield block('OFFER_PERIOD_MISSING');
  else if (tradeDate < offerStart || tradeDate > offerEnd) yield block('OUTSIDE_OFFER_PERIOD');
}

function* ofBuying({ state, order, terms, tradeDate, units }: Case): Iterable<ModelFinding> {
  if (terms === undefined || !isBuy(order)) return;
  const amount = show(order.amount);
  const minimum = units === 0n ? terms.minFirst : terms.minNext;
  if (order.amount < minimum) {
    const code = units === 0n ? 'BELOW_FIRST_MINIMUM' : 'BELOW_NEXT_MINIMUM';
    yield block(code, { amount, minimum: show(minimum) });
  }
  if (terms.step > 0n && order.amount % terms.step !== 0n) {
    yield block('NOT_MULTIPLE_OF_STEP', { amount });
  }
  if (terms.max > 0n && order.amount > terms.max) {
    yield block('ABOVE_ORDER_MAXIMUM', { amount, maximum: show(terms.max) });
  }
  const used = boughtOn(state, order.fund, tradeDate);
  if (terms.dayMax > 0n && used + order.amount > terms.dayMax) {
    yield block('ABOVE_DAY_MAXIMUM', { amount, used: show(used) });
  }
}

function* ofSelling({ order, terms, units, frozen }: Case): Iterable<ModelFinding> {
  if (terms === undefined || order.kind !== '024') return;
  const free = units - frozen;
  if (order.units >= free) return;
  const asked = show(order.units);
  if (order.units < terms.minRedemption) yield block('BELOW_REDEMPTION_MINIMUM', { units: asked });
  if (terms.redemptionStep > 0n && order.units % terms.redemptionStep !== 0n) {
    yield block('NOT_MULTIPLE_OF_UNITS_STEP', { units: asked });
  }
  if (free - order.units < terms.minHolding) {
    yield block('REMAINDER_BELOW_MINIMUM', { rest: show(free - order.units), all: show(free) });
  }
}

const TERM_ORDER = ['d0_90', 'd90_365', 'y1_3', 'y3_plus'];

/** The mismatches of a product with the customer, as they are warned of. */
export function mismatchesOf(state: CustomerState, terms: ModelTerms, today: string) {
  const { profile } = state;
  if (profile === undefined) return [block('PROFILE_MISSING')];
  const found: ModelFinding[] = [];
  const warn = (code: string, facts: Record<string, string>) =>
    found.push({ code, severity: 'warn', facts });
  if (profile.validUntil < today) {
    found.push(block('PROFILE_EXPIRED', { validUntil: profile.validUntil }));
  }
  if (terms.risk > profile.level) {
    warn('RISK_LEVEL_ABOVE', { level: `C${profile.level}`, riskLevel: `R${terms.risk}` });
  }
  if (profile.lowest && terms.risk !== 1) found.push(block('LOWEST_CLASS_BLOCKED'));
  if (TERM_ORDER.indexOf(terms.term) > TERM_ORDER.indexOf(profile.term)) {
    warn('TERM_TOO_LONG', { accepted: profile.term, term: terms.term });
  }
  if (!profile.varieties.includes(terms.variety)) {
    warn('VARIETY_NOT_ACCEPTED', { variety: terms.variety });
  }
  return found;
}

/** What a warning is about, as text that two equal warnings share. */
export const warnedOf = (found: readonly ModelFinding[]): string =>
  JSON.stringify(found.filter(({ severity }) => severity === 'warn'));

function* ofWarning(
  order: OrderRequest,
  warning: ModelWarning | undefined,
  of: string,
  now: string,
): Iterable<ModelFinding> {
  if (order.warning === '') yield block('WARNING_NOT_CONFIRMED');
  else if (warning === undefined) yield block('WARNING_NOT_FOUND');
  else if (warning.fund !== order.fund || warning.of !== of) yield block('WARNING_DIFFERS');
  else {
    const { confirmedAt, expiresAt } = warning;
    if (confirmedAt === undefined || confirmedAt > now) yield block('WARNING_NOT_CONFIRMED');
    if (expiresAt <= now) yield block('WARNING_EXPIRED');
  }
}

function* ofSuitability({ state, order, terms, now }: Case): Iterable<ModelFinding> {
  if (terms === undefined || !isBuy(order)) return;
  const found = mismatchesOf(state, terms, inShanghai(now).date);
  yield* found;
  const isWarned = found.some(({ severity }) => severity === 'warn');
  if (!isWarned || found.some(({ severity }) => severity === 'block')) return;
  yield* ofWarning(order, state.warnings.get(order.warning), warnedOf(found), now);
}

function* ofMeans({ state, order, account, units, frozen }: Case): Iterable<ModelFinding> {
  if (account === undefined) return;
  const available = state.cash - frozenCash(state);
  if (isBuy(order) && order.amount > available) {
    const missing = show(order.amount - available);
    yield block('CASH_SHORT', {
      amount: show(order.amount),
      available: show(available),
      missing,
    });
  }
  if (order.kind === '024' && order.units > units - frozen) {
    yield block('UNITS_SHORT', { available: show(units - frozen), frozen: show(frozen) });
  }
  if (order.kind === '029' && units === 0n) yield block('HOLDING_MISSING');
}

function caseOf(market: ModelMarket, state: CustomerState, order: OrderRequest, now: string): Case {
  const fund = market.funds.get(order.fund);
  const account = fund === undefined ? undefined : state.accounts.get(fund.registrar);
  const isOpening = account?.status === 'opening';
  const notBefore = isOpening ? account.applicationDate : undefined;
  const tradeDate = market.tradeDateOf(now, order.fund, notBefore);
  return {
    state,
    order,
    tradeDate,
    now,
    account,
    terms: market.termsOn(order.fund, tradeDate),
    registrar: fund?.registrar ?? '',
    units: account === undefined ? 0n : (state.units.get(order.fund) ?? 0n),
    frozen: account === undefined ? 0n : frozenUnits(state, order.fund),
  };
}

function decide(market: ModelMarket, one: Case): ModelFinding[] {
  return [
    ...ofApplicant(one),
    ...ofAccount(one),
    ...ofProduct(market, one),
    ...ofBuying(one),
    ...ofSelling(one),
    ...ofSuitability(one),
    ...ofMeans(one),
  ];
}

/** The answer to a number that was given before with another request. */
export const MISMATCH: OrderReply = {
  outcome: 'mismatch',
  tradeDate: '',
  acceptedAt: '',
  isReplay: true,
  findings: [],
};

/** The answer to an order at an instant, and the customer afterwards. */
export function predictOrder(
  market: ModelMarket,
  state: CustomerState,
  order: OrderRequest,
  now: string,
): Predicted {
  const known = state.orders.get(order.no);
  if (known !== undefined) {
    const { tradeDate, acceptedAt, findings } = known;
    if (known.body !== order.body) return { reply: MISMATCH, next: state };
    const outcome = known.state === 'refused' ? 'refused' : 'accepted';
    return { reply: { outcome, tradeDate, acceptedAt, isReplay: true, findings }, next: state };
  }
  const one = caseOf(market, state, order, now);
  const findings = decide(market, one);
  const outcome = findings.some(({ severity }) => severity === 'block') ? 'refused' : 'accepted';
  const placed: ModelOrder = {
    ...order,
    registrar: one.registrar,
    tradeDate: one.tradeDate,
    acceptedAt: now,
    state: outcome,
    findings,
    confirmedAmount: 0n,
    confirmedUnits: 0n,
    fee: 0n,
    confirmDate: undefined,
  };
  return {
    reply: { outcome, tradeDate: one.tradeDate, acceptedAt: now, isReplay: false, findings },
    next: { ...state, orders: withEntry(state.orders, order.no, placed) },
  };
}
