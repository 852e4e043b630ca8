/**
 * What one confirmation of a registrar (file 04) means for our books.
 *
 * The registrar's word is taken only when it agrees with what we asked and with our own
 * arithmetic within the tolerance; anything else is an exception with every reason, never a
 * silent fix. Pure: orders, terms and lots come in, a decision goes out.
 */
import type { Amount, LocalDate, Price, Units } from '@cairn/kernel';
import { APPLY_CODES, findMismatches, SUCCESS } from './confirmation-checks.ts';
import type { Mismatch, Tolerances } from './mismatch.ts';

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
  /** CurrencyType, three digits; empty when the record names none. */
  readonly currency: string;
  /** Two members of staff said that it stands as the registrar states it. */
  readonly isStated: boolean;
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

export type ConfirmationDecision =
  | {
      readonly kind: 'apply';
      readonly outcome: OutcomeState;
      /** What differs and is let pass: within the tolerance, or as stated. */
      readonly tolerated: readonly Mismatch[];
    }
  | { readonly kind: 'reject'; readonly tolerated: readonly Mismatch[] }
  | { readonly kind: 'exception'; readonly reasons: readonly Mismatch[] };

export type OutcomeState = 'subscribed' | 'partlyConfirmed' | 'confirmed' | 'failed';

/** What a decision is made on. */
export interface ConfirmationFacts {
  readonly confirmation: Confirmation;
  readonly tolerances: Tolerances;
  /** The NAV that the registrar published for the trade date. */
  readonly navOnFile: Price | undefined;
  /** Whether the registrar published what its return code refuses; asked of no success. */
  readonly isRefusalKnown: boolean;
  /** Our own arithmetic; asked for only when the record's numbers are those of a possible order. */
  expect(): Expectation | undefined;
}

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

/**
 * Decides one confirmation against its order. Unknown business codes, orders and return codes are
 * exceptions; a return code that the registrar published as a refusal is one.
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
  const { wrong, tolerated } = findMismatches({ ...given, order });
  if (wrong.length > 0) return exception(...wrong);
  return confirmation.returnCode === SUCCESS
    ? { kind: 'apply', outcome: outcomeOf(confirmation, order), tolerated }
    : { kind: 'reject', tolerated };
}
