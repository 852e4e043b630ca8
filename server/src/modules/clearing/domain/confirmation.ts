/**
 * What one confirmation of a registrar (file 04) means for our books.
 *
 * The registrar's word is taken only when it agrees with what we asked and with our own
 * arithmetic within the tolerance; anything else is an exception with every reason, never a
 * silent fix. Pure: orders, terms and lots come in, a decision goes out.
 */
import {
  abs,
  add,
  type Amount,
  type LocalDate,
  mulDiv,
  pow10,
  type Price,
  PRICE_SCALE,
  subtract,
  type Units,
} from '@cairn/kernel';

/** One record of file 04, in our units. */
export interface Confirmation {
  readonly bucket: number;
  readonly fileId: bigint;
  readonly recordNo: number;
  readonly registrarCode: string;
  readonly taSerial: string;
  readonly orderId: string;
  readonly businessCode: string;
  readonly confirmDate: LocalDate;
  readonly tradeDate: LocalDate;
  readonly tradingAccountNo: string;
  readonly taAccountId: string;
  readonly fundCode: string;
  readonly shareClass: string;
  readonly returnCode: string;
  readonly errorDetail: string;
  /** BusinessFinishFlag: nothing more will come for this application. */
  readonly isFinished: boolean;
  readonly confirmedAmount: Amount;
  readonly confirmedUnits: Units;
  readonly nav: Price;
  readonly charge: Amount;
  readonly agencyFee: Amount;
  readonly refundAmount: Amount;
  readonly interest: Amount;
  readonly interestUnits: Units;
}

/** What we know of the order that a confirmation names. */
export interface ConfirmedOrder {
  readonly orderId: string;
  readonly state: string;
  readonly businessCode: string;
  readonly tradeDate: LocalDate;
  readonly registrarCode: string;
  readonly tradingAccountNo: string;
  readonly fundCode: string;
  readonly shareClass: string;
  readonly amount: Amount;
  readonly units: Units;
  readonly confirmedAmount: Amount;
  readonly confirmedUnits: Units;
}

/** Our own arithmetic for the same event; undefined when a term it needs is missing. */
export interface Expectation {
  readonly fee: Amount;
  /** The part of the fee that stays with us. */
  readonly agencyFee: Amount;
  /** What redeemed units are worth: rounded lot by lot, so not always that of their sum. */
  readonly gross?: Amount;
  /** Units that should come in; undefined where none do. */
  readonly units?: Units;
}

export interface Tolerances {
  readonly amount: Amount;
  readonly fee: Amount;
  readonly units: Units;
}

/** Why a confirmation was not applied. */
export interface Mismatch {
  readonly code: string;
  readonly ours?: string;
  readonly theirs?: string;
}

export type ConfirmationDecision =
  | { readonly kind: 'apply'; readonly outcome: OutcomeState }
  | { readonly kind: 'reject' }
  | { readonly kind: 'exception'; readonly reasons: readonly Mismatch[] };

export type OutcomeState = 'subscribed' | 'partlyConfirmed' | 'confirmed' | 'failed';

/** Confirm code → apply code, for the confirmations that this house can book. */
export const APPLY_CODES: Readonly<Record<string, string>> = {
  '120': '020',
  '122': '022',
  '124': '024',
  '129': '029',
  '130': '020',
  '149': '020',
};

/** Confirmations that carry a fee: purchase, redemption, and the result of a subscription. */
const FEE_CODES = new Set(['122', '124', '130']);
const SUCCESS = '0000';
const OPEN_STATES: Readonly<Record<string, readonly string[]>> = {
  '120': ['sent'],
  '122': ['sent', 'partlyConfirmed'],
  '124': ['sent', 'partlyConfirmed'],
  '129': ['sent'],
  '130': ['subscribed'],
  '149': ['subscribed'],
};

type Check<T = Given> = (given: T) => Mismatch | undefined;

/** What a decision is made on. */
export interface ConfirmationFacts {
  readonly confirmation: Confirmation;
  readonly tolerances: Tolerances;
  /** The NAV that the registrar published for the trade date. */
  readonly navOnFile: Price | undefined;
  /** Our own arithmetic; asked for only when the record's numbers are those of a possible order. */
  expect(): Expectation | undefined;
}

interface Given extends ConfirmationFacts {
  readonly order: ConfirmedOrder;
}

interface Computed extends Given {
  readonly expected: Expectation | undefined;
}

const differs = (code: string, ours: unknown, theirs: unknown): Mismatch => ({
  code,
  ours: String(ours),
  theirs: String(theirs),
});

/** Registrar, account, fund and business: all that says which order a record is about. */
const sameOrder: Check = ({ confirmation: c, order: o }) => {
  const where = (of: Confirmation | ConfirmedOrder, code: string) =>
    [code, of.registrarCode, of.tradingAccountNo, of.fundCode, of.shareClass].join(' ');
  const ours = where(o, o.businessCode);
  const theirs = where(c, APPLY_CODES[c.businessCode] ?? c.businessCode);
  return ours === theirs ? undefined : differs('ORDER_DIFFERS', ours, theirs);
};

const serialGiven: Check = ({ confirmation: c }) =>
  c.taSerial === '' ? { code: 'SERIAL_MISSING' } : undefined;

const sameTradeDate: Check = ({ confirmation: c, order: o }) =>
  c.tradeDate === o.tradeDate ? undefined : differs('TRADE_DATE_DIFFERS', o.tradeDate, c.tradeDate);

const confirmedAfterTrade: Check = ({ confirmation: c }) =>
  c.confirmDate >= c.tradeDate
    ? undefined
    : differs('CONFIRMED_BEFORE_APPLIED', c.tradeDate, c.confirmDate);

const stateOpen: Check = ({ confirmation: c, order: o }) =>
  OPEN_STATES[c.businessCode]?.includes(o.state) === true
    ? undefined
    : differs('ORDER_NOT_WAITING', o.state, c.businessCode);

const nothingNegative: Check = ({ confirmation: c }) => {
  const values = [
    c.confirmedAmount,
    c.confirmedUnits,
    c.charge,
    c.agencyFee,
    c.refundAmount,
    c.interest,
    c.interestUnits,
    c.nav,
  ];
  return values.some((value) => value < 0n) ? { code: 'NEGATIVE_VALUE' } : undefined;
};

const withinApplied: Check = ({ confirmation: c, order: o }) => {
  if (c.businessCode === '130' && c.confirmedAmount !== o.confirmedAmount) {
    return differs('AMOUNT_DIFFERS', o.confirmedAmount, c.confirmedAmount);
  }
  if (c.businessCode === '122' && o.confirmedAmount + c.confirmedAmount > o.amount) {
    return differs('MORE_THAN_APPLIED', o.amount, o.confirmedAmount + c.confirmedAmount);
  }
  if (c.businessCode === '120' && c.confirmedAmount > o.amount) {
    return differs('MORE_THAN_APPLIED', o.amount, c.confirmedAmount);
  }
  if (c.businessCode === '124' && o.confirmedUnits + c.confirmedUnits > o.units) {
    return differs('MORE_THAN_APPLIED', o.units, o.confirmedUnits + c.confirmedUnits);
  }
  return undefined;
};

const navPublished: Check = ({ confirmation: c, navOnFile }) => {
  if (c.businessCode !== '122' && c.businessCode !== '124') return undefined;
  if (c.nav === 0n) return { code: 'NAV_ZERO' };
  if (navOnFile === undefined) return { code: 'NAV_UNKNOWN', theirs: String(c.nav) };
  return navOnFile === c.nav ? undefined : differs('NAV_DIFFERS', navOnFile, c.nav);
};

/** Units × NAV in fen, of numbers as they stand in a file: they need not fit an amount of ours. */
const worth = (units: bigint, nav: bigint, rounding: 'halfUp' | 'up'): bigint =>
  mulDiv(units, nav, pow10(PRICE_SCALE), rounding);

/** SH4: confirmed amount = units × NAV ± fee, within the tolerance of a different rounding. */
const amountMatchesUnits: Check<Computed> = ({ confirmation: c, expected, tolerances }) => {
  if (c.businessCode === '122') {
    const net = subtract(c.confirmedAmount, c.charge);
    // One unit step more or less is worth its NAV, so the slack grows with the NAV.
    const slack = tolerances.amount + worth(tolerances.units, c.nav, 'up');
    const value = worth(c.confirmedUnits, c.nav, 'halfUp');
    return abs(net - value) <= slack ? undefined : differs('AMOUNT_DIFFERS', value, net);
  }
  if (c.businessCode === '124') {
    const gross = expected?.gross ?? worth(c.confirmedUnits, c.nav, 'halfUp');
    const net = gross - c.charge;
    return abs(net - c.confirmedAmount) <= tolerances.amount
      ? undefined
      : differs('AMOUNT_DIFFERS', net, c.confirmedAmount);
  }
  return undefined;
};

const feeAsExpected: Check<Computed> = ({ confirmation: c, expected, tolerances }) => {
  if (!FEE_CODES.has(c.businessCode)) return undefined;
  if (expected === undefined) return { code: 'CHARGE_NOT_EVALUATED', theirs: String(c.charge) };
  if (abs(subtract(expected.fee, c.charge)) > tolerances.fee) {
    return differs('FEE_DIFFERS', expected.fee, c.charge);
  }
  return abs(subtract(expected.agencyFee, c.agencyFee)) <= tolerances.fee
    ? undefined
    : differs('AGENCY_FEE_DIFFERS', expected.agencyFee, c.agencyFee);
};

const unitsAsExpected: Check<Computed> = ({ confirmation: c, expected, tolerances }) => {
  if (expected?.units === undefined) return undefined;
  return abs(subtract(expected.units, c.confirmedUnits)) <= tolerances.units
    ? undefined
    : differs('UNITS_DIFFER', expected.units, c.confirmedUnits);
};

const agencyWithinFee: Check<Computed> = ({ confirmation: c }) =>
  c.agencyFee <= c.charge ? undefined : differs('AGENCY_FEE_ABOVE_FEE', c.charge, c.agencyFee);

const subscriptionUnits: Check<Computed> = ({ confirmation: c }) =>
  c.businessCode === '130' && c.confirmedUnits === 0n ? { code: 'UNITS_MISSING' } : undefined;

/** A failed offer pays back what was taken and the interest that the registrar names, no more. */
const refundWhole: Check<Computed> = ({ confirmation: c, order: o, tolerances }) => {
  if (c.businessCode !== '149') return undefined;
  const due = add(o.confirmedAmount, c.interest);
  return abs(subtract(due, c.refundAmount)) <= tolerances.amount
    ? undefined
    : differs('REFUND_DIFFERS', due, c.refundAmount);
};

/** Whether the record can be the answer that the order waits for. */
const IDENTITY_CHECKS: readonly Check[] = [
  sameOrder,
  serialGiven,
  sameTradeDate,
  confirmedAfterTrade,
  stateOpen,
  nothingNegative,
  withinApplied,
  navPublished,
];

/** Whether its numbers are right; asked when the record is one that could be. */
const NUMBER_CHECKS: readonly Check<Computed>[] = [
  amountMatchesUnits,
  feeAsExpected,
  unitsAsExpected,
  agencyWithinFee,
  subscriptionUnits,
  refundWhole,
];

/** A refusal answers an order that got no other answer yet; later ones cannot be taken back. */
const nothingAnswered: Check = ({ confirmation: c, order: o }) =>
  o.state === 'sent' ? undefined : differs('REFUSED_AFTER_ANSWER', o.state, c.returnCode);

/** Checks that a refusal must pass: it names our order, and the order waits for an answer. */
const REFUSAL_CHECKS: readonly Check[] = [
  sameOrder,
  serialGiven,
  sameTradeDate,
  confirmedAfterTrade,
  stateOpen,
  nothingAnswered,
];

function outcomeOf(c: Confirmation, o: ConfirmedOrder): OutcomeState {
  if (c.businessCode === '120') return 'subscribed';
  if (c.businessCode === '149') return 'failed';
  if (c.businessCode === '130' || c.businessCode === '129' || c.isFinished) return 'confirmed';
  const whole =
    c.businessCode === '122'
      ? o.confirmedAmount + c.confirmedAmount === o.amount
      : o.confirmedUnits + c.confirmedUnits === o.units;
  return whole ? 'confirmed' : 'partlyConfirmed';
}

function findReasons(given: Given): Mismatch[] {
  const run = <T extends Given>(checks: readonly Check<T>[], on: T) =>
    checks.map((check) => check(on)).filter((reason) => reason !== undefined);
  if (given.confirmation.returnCode !== SUCCESS) return run(REFUSAL_CHECKS, given);
  const reasons = run(IDENTITY_CHECKS, given);
  return reasons.length > 0 ? reasons : run(NUMBER_CHECKS, { ...given, expected: given.expect() });
}

/**
 * Decides one confirmation against its order. Unknown business codes and unknown orders are
 * exceptions; a return code that is not success is a refusal, whatever it says.
 */
export function decideConfirmation(
  given: ConfirmationFacts & { readonly order: ConfirmedOrder | undefined },
): ConfirmationDecision {
  const { confirmation, order } = given;
  const exception = (...reasons: readonly Mismatch[]) => ({ kind: 'exception', reasons }) as const;
  if (APPLY_CODES[confirmation.businessCode] === undefined) {
    return exception({ code: 'BUSINESS_CODE_UNKNOWN', theirs: confirmation.businessCode });
  }
  if (order === undefined) {
    return exception({ code: 'ORDER_UNKNOWN', theirs: confirmation.orderId });
  }
  const reasons = findReasons({ ...given, order });
  if (reasons.length > 0) return exception(...reasons);
  return confirmation.returnCode === SUCCESS
    ? { kind: 'apply', outcome: outcomeOf(confirmation, order) }
    : { kind: 'reject' };
}
