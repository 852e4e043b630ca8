/**
 * The checks on a confirmation. Identity first: whether the record can be the answer that the order
 * waits for. Then its numbers, against our own arithmetic.
 */
import { add, formatFixed, formatPrice, mulDiv, pow10, PRICE_SCALE, subtract } from '@cairn/kernel';
import type {
  Confirmation,
  ConfirmationFacts,
  ConfirmedOrder,
  Expectation,
} from './confirmation.ts';
import {
  asStated,
  currencyReason,
  differs,
  differsBy,
  differsInPrice,
  type Findings,
  findingsOf,
  type Judged,
  judge,
  type Mismatch,
} from './mismatch.ts';

/** Confirm code → apply code, for the confirmations that this house can book. */
export const APPLY_CODES: Readonly<Record<string, string>> = {
  '120': '020',
  '122': '022',
  '124': '024',
  '129': '029',
  '130': '020',
  '149': '020',
};

/** The one return code that means success; any other is a refusal or unknown. */
export const SUCCESS = '0000';

/** Confirmations that carry a fee: purchase, redemption, and the result of a subscription. */
const FEE_CODES = new Set(['122', '124', '130']);
const OPEN_STATES: Readonly<Record<string, readonly string[]>> = {
  '120': ['sent'],
  '122': ['sent', 'partlyConfirmed'],
  '124': ['sent', 'partlyConfirmed'],
  '129': ['sent'],
  '130': ['subscribed'],
  '149': ['subscribed'],
};

/** A record with the order that it names. */
export interface Given extends ConfirmationFacts {
  readonly order: ConfirmedOrder;
}

interface Computed extends Given {
  readonly expected: Expectation | undefined;
}

type Check = (given: Given) => Mismatch | undefined;
type NumberCheck = (given: Computed) => Judged | undefined;

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

const sameCurrency: Check = ({ confirmation: c }) => currencyReason(c.currency);

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
  const more = (ours: bigint, theirs: bigint) =>
    theirs > ours ? differsBy('MORE_THAN_APPLIED', ours, theirs) : undefined;
  switch (c.businessCode) {
    case '120':
      return more(o.amount, c.confirmedAmount);
    case '122':
      return more(o.amount, o.confirmedAmount + c.confirmedAmount);
    case '124':
      return more(o.units, o.confirmedUnits + c.confirmedUnits);
    case '130':
      return more(o.confirmedAmount, c.confirmedAmount);
    default:
      return undefined;
  }
};

/** What was paid is never less than its fee, and our part of the fee never more than the fee. */
const feeWithinAmount: Check = ({ confirmation: c }) => {
  if (c.businessCode === '122' && c.charge > c.confirmedAmount) {
    return differsBy('FEE_ABOVE_AMOUNT', c.confirmedAmount, c.charge);
  }
  return FEE_CODES.has(c.businessCode) && c.agencyFee > c.charge
    ? differsBy('AGENCY_FEE_ABOVE_FEE', c.charge, c.agencyFee)
    : undefined;
};

const navPublished: Check = ({ confirmation: c, navOnFile }) => {
  if (c.businessCode !== '122' && c.businessCode !== '124') return undefined;
  if (c.nav === 0n) return { code: 'NAV_ZERO' };
  if (navOnFile === undefined) return { code: 'NAV_UNKNOWN', theirs: formatPrice(c.nav) };
  return navOnFile === c.nav ? undefined : differsInPrice('NAV_DIFFERS', navOnFile, c.nav);
};

/** The result of a subscription brings units. */
const unitsGiven: Check = ({ confirmation: c }) =>
  c.businessCode === '130' && c.confirmedUnits === 0n ? { code: 'UNITS_MISSING' } : undefined;

/** Units × NAV in fen, of numbers as they stand in a file: they need not fit an amount of ours. */
const worth = (units: bigint, nav: bigint, rounding: 'halfUp' | 'up'): bigint =>
  mulDiv(units, nav, pow10(PRICE_SCALE), rounding);

/** SH4: confirmed amount = units × NAV ± fee, within the tolerance of a different rounding. */
const amountMatchesUnits: NumberCheck = ({ confirmation: c, expected, tolerances }) => {
  if (c.businessCode === '122') {
    const net = subtract(c.confirmedAmount, c.charge);
    // One unit step more or less is worth its NAV, so the slack grows with the NAV. What is within
    // it is the rounding of units to their step, which every purchase has.
    const slack = tolerances.amount + worth(tolerances.units, c.nav, 'up');
    const judged = judge('AMOUNT_DIFFERS', worth(c.confirmedUnits, c.nav, 'halfUp'), net, slack);
    return judged?.isTolerated === true ? undefined : judged;
  }
  if (c.businessCode === '124') {
    const gross = expected?.gross ?? worth(c.confirmedUnits, c.nav, 'halfUp');
    return judge('AMOUNT_DIFFERS', gross - c.charge, c.confirmedAmount, tolerances.amount);
  }
  return undefined;
};

const feeAsExpected: NumberCheck = ({ confirmation: c, expected, tolerances }) => {
  if (!FEE_CODES.has(c.businessCode)) return undefined;
  if (expected === undefined) {
    const theirs = formatFixed(c.charge, 2);
    return { code: 'CHARGE_NOT_EVALUATED', theirs, isTolerated: false };
  }
  return judge('FEE_DIFFERS', expected.fee, c.charge, tolerances.fee);
};

const agencyFeeAsExpected: NumberCheck = ({ confirmation: c, expected, tolerances }) =>
  FEE_CODES.has(c.businessCode) && expected !== undefined
    ? judge('AGENCY_FEE_DIFFERS', expected.agencyFee, c.agencyFee, tolerances.fee)
    : undefined;

const unitsAsExpected: NumberCheck = ({ confirmation: c, expected, tolerances }) =>
  expected?.units === undefined
    ? undefined
    : judge('UNITS_DIFFER', expected.units, c.confirmedUnits, tolerances.units);

/**
 * A failed offer pays back what was taken and the interest that the registrar names, no more. An
 * offer that was wanted too much allots less than was taken (比例配售) and pays back the rest: the
 * two are parts of one sum that was paid, so there is nothing to round.
 */
const refundWhole: NumberCheck = ({ confirmation: c, order: o, tolerances }) => {
  if (c.businessCode === '149') {
    const whole = add(o.confirmedAmount, c.interest);
    return judge('REFUND_DIFFERS', whole, c.refundAmount, tolerances.amount);
  }
  if (c.businessCode !== '130') return undefined;
  const rest = subtract(o.confirmedAmount, c.confirmedAmount);
  return judge('REFUND_DIFFERS', rest, c.refundAmount, 0n);
};

/**
 * A receipt (120) takes the whole payment; a result that allots less tells so with 130. Less would
 * free money that the registrar collects, and the right record could not follow any more.
 */
const receivedWhole: NumberCheck = ({ confirmation: c, order: o }) =>
  c.businessCode === '120' ? judge('RECEIVED_LESS', o.amount, c.confirmedAmount, 0n) : undefined;

/** A part is a part; an order that is done a smallest step short of whole is worth a look. */
const confirmedWhole: NumberCheck = ({ confirmation: c, order: o, tolerances }) => {
  if (!c.isFinished) return undefined;
  const judged =
    c.businessCode === '122'
      ? judge('CONFIRMED_LESS', o.amount, o.confirmedAmount + c.confirmedAmount, tolerances.amount)
      : c.businessCode === '124'
        ? judge('CONFIRMED_LESS', o.units, o.confirmedUnits + c.confirmedUnits, tolerances.units)
        : undefined;
  return judged?.isTolerated === true ? judged : undefined;
};

/** Whether the record can be the answer that the order waits for. */
const IDENTITY_CHECKS: readonly Check[] = [
  sameOrder,
  serialGiven,
  sameTradeDate,
  confirmedAfterTrade,
  stateOpen,
  sameCurrency,
  nothingNegative,
  withinApplied,
  feeWithinAmount,
  unitsGiven,
  navPublished,
];

/** Whether its numbers are right; asked when the record is one that could be. */
const NUMBER_CHECKS: readonly NumberCheck[] = [
  amountMatchesUnits,
  feeAsExpected,
  agencyFeeAsExpected,
  unitsAsExpected,
  refundWhole,
  receivedWhole,
  confirmedWhole,
];

/** A refusal answers an order that got no other answer yet; later ones cannot be taken back. */
const nothingAnswered: Check = ({ confirmation: c, order: o }) =>
  o.state === 'sent' ? undefined : differs('REFUSED_AFTER_ANSWER', o.state, c.returnCode);

/** What a code means is what its registrar published; the protocol's own table is not public. */
const codeKnown: Check = ({ confirmation: c, isRefusalKnown }) =>
  isRefusalKnown ? undefined : { code: 'RETURN_CODE_UNKNOWN', theirs: c.returnCode };

/** Checks that a refusal must pass: it names our order, and the order waits for an answer. */
const REFUSAL_CHECKS: readonly Check[] = [
  sameOrder,
  serialGiven,
  sameTradeDate,
  confirmedAfterTrade,
  stateOpen,
  nothingAnswered,
  codeKnown,
];

function run(checks: readonly Check[], given: Given): Findings {
  const found = checks.map((check) => check(given)).filter((one) => one !== undefined);
  const findings = { wrong: found, tolerated: [] };
  return given.confirmation.isStated ? asStated(findings) : findings;
}

/** Everything that does not agree between a record and its order. */
export function findMismatches(given: Given): Findings {
  const { confirmation } = given;
  if (confirmation.returnCode !== SUCCESS) return run(REFUSAL_CHECKS, given);
  const identity = run(IDENTITY_CHECKS, given);
  if (identity.wrong.length > 0) return identity;
  const computed = { ...given, expected: given.expect() };
  const found = findingsOf(NUMBER_CHECKS.map((check) => check(computed)));
  const numbers = confirmation.isStated ? asStated(found) : found;
  return { wrong: numbers.wrong, tolerated: [...identity.tolerated, ...numbers.tolerated] };
}
