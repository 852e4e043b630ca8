/*
 * What the house must answer to its own people: who may decide an approval and what comes of it, what
 * may be done about an exception, what a change of terms comes to, what a stranger is told.
 */
import type { ModelFees, ModelMarket, ModelTerms } from './market.ts';

/** Somebody who acts, as the model knows him. */
export interface ModelPerson {
  /** As records name him: 'staff:mei.zhou'. */
  readonly name: string;
  readonly isStaff: boolean;
  readonly roles: readonly string[];
}

/** Who may check, by the kind of change. */
const CHECKERS: Readonly<Record<string, readonly string[]>> = {
  'clearing.waive': ['reviewer'],
  'clearing.accept-exceptions': ['reviewer'],
  'clearing.void-record': ['reviewer'],
  'products.parameters': ['reviewer', 'productManager'],
  'products.fee-schedules': ['reviewer', 'productManager'],
};

const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

/** An exception as it stands. */
export interface ModelException {
  readonly id: string;
  readonly date: string;
  readonly code: string;
  readonly subject: string;
  readonly severity: string;
}

/** What an approval is for. */
export type Wanted =
  | { readonly kind: 'clearing.waive'; readonly date: string; readonly package: string }
  | { readonly kind: 'clearing.accept-exceptions'; readonly passed: readonly ModelException[] }
  | { readonly kind: 'clearing.void-record'; readonly exception: string }
  | {
      readonly kind: 'products.parameters' | 'products.fee-schedules';
      readonly fund: string;
      /** How many versions there were when it was asked for. */
      readonly base: number;
    };

interface ModelApproval {
  readonly id: string;
  readonly wanted: Wanted;
  readonly maker: string;
  readonly atMs: number;
  state: 'waiting' | 'approved' | 'rejected';
}

/** A change of terms in the model's words. */
export type ModelChange =
  | { readonly kind: 'parameters'; readonly fund: string; readonly terms: ModelTerms }
  | { readonly kind: 'feeSchedules'; readonly fund: string; readonly fees: ModelFees }
  | { readonly kind: 'closedDays'; readonly fund: string; readonly date: string };

/** What an import of one change reports. */
export interface ImportReply {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly held: number;
  readonly errors: readonly string[];
  readonly isHeld: boolean;
}

const isAboutRecord = (subject: string): boolean =>
  ['confirmation:', 'account:', 'distribution:'].some((head) => subject.startsWith(head));

const NO_CHANGE = { created: 0, changed: 0, unchanged: 0, held: 0, errors: [], isHeld: false };

export class Office {
  readonly #market: ModelMarket;
  readonly #approvals = new Map<string, ModelApproval>();
  /** What two people let pass: day, code and subject. */
  readonly #passed = new Set<string>();
  /** Exceptions as they were last read, and every one that ever was. */
  #open = new Map<string, ModelException>();
  readonly #known = new Set<string>();

  constructor(market: ModelMarket) {
    this.#market = market;
  }

  /** The exception list was read. */
  listed(open: readonly ModelException[]): void {
    this.#open = new Map(open.map((one) => [one.id, one]));
    for (const { id } of open) this.#known.add(id);
  }

  /** An exception that is not open any more. */
  #notOpen(id: string): string {
    return this.#known.has(id) ? 'EXCEPTION_RESOLVED' : 'EXCEPTION_NOT_FOUND';
  }

  isPassed(date: string, code: string, subject: string): boolean {
    return this.#passed.has(`${date} ${code} ${subject}`);
  }

  /** Exceptions that were open once and are not. */
  resolvedOnes(): string[] {
    return [...this.#known].filter((id) => !this.#open.has(id));
  }

  /** What holds up the close of a day: nothing, or the code of the refusal with a count. */
  holdsUp(date: string): { code: string; exceptions: number } | undefined {
    const open = [...this.#open.values()];
    const blocking = open.filter((one) => one.severity === 'block' && one.date <= date).length;
    if (blocking > 0) return { code: 'DAY_BLOCKED', exceptions: blocking };
    const exceptions = this.unaccepted(date).length;
    return exceptions > 0 ? { code: 'DAY_NOT_ACCEPTED', exceptions } : undefined;
  }

  unaccepted(date: string): ModelException[] {
    return [...this.#open.values()].filter(
      (one) =>
        one.severity === 'approve' &&
        one.date === date &&
        !this.isPassed(date, one.code, one.subject),
    );
  }

  /** The answer to a request for four eyes on one of these. */
  predictAcceptance(date: string): string {
    return this.unaccepted(date).length === 0 ? 'NOTHING_TO_ACCEPT' : 'requested';
  }

  predictVoid(id: string): string {
    const open = this.#open.get(id);
    if (open === undefined) return this.#notOpen(id);
    return isAboutRecord(open.subject) ? 'requested' : 'EXCEPTION_NOT_RETRIABLE';
  }

  /** The answer to trying a record again; what comes of it is the desk's to say. */
  predictRetry(id: string, isDayOpen: boolean): string {
    if (!isDayOpen) return 'NO_DAY_OPEN';
    const open = this.#open.get(id);
    if (open === undefined) return this.#notOpen(id);
    return isAboutRecord(open.subject) ? 'retried' : 'EXCEPTION_NOT_RETRIABLE';
  }

  /** The answer to closing an exception by hand. */
  predictResolve(id: string): string {
    const open = this.#open.get(id);
    if (open === undefined) return this.#notOpen(id);
    if (isAboutRecord(open.subject)) return 'EXCEPTION_STILL_WAITING';
    const { date, code, subject, severity } = open;
    const mayBe =
      severity === 'approve' ? this.isPassed(date, code, subject) : severity !== 'block';
    return mayBe ? 'resolved' : 'EXCEPTION_NEEDS_ACCEPTANCE';
  }

  /**
   * An approval was asked for; false when its id stood for another one before. The same request in
   * the same instant is one, as long as it waits.
   */
  requested(id: string, wanted: Wanted, maker: string, atMs: number): boolean {
    const known = this.#approvals.get(id);
    if (known !== undefined) {
      const isSame = JSON.stringify(known.wanted) === JSON.stringify(wanted);
      return known.state === 'waiting' && known.maker === maker && isSame;
    }
    this.#approvals.set(id, { id, wanted, maker, atMs, state: 'waiting' });
    return true;
  }

  /** What an approval is about and who asked for it, as every answer about it says. */
  shown(id: string): string {
    const { wanted, maker } = this.#approvals.get(id) ?? {};
    return `${id} ${wanted?.kind} by ${maker}`;
  }

  /** Approvals that nobody decided, the oldest first. */
  waiting(): string[] {
    return [...this.#approvals.values()]
      .filter(({ state }) => state === 'waiting')
      .map(({ id }) => id);
  }

  /** The answer to a decision: the state after it, or why it was not taken. */
  predictDecision(
    id: string,
    person: ModelPerson,
    decision: 'approve' | 'reject',
    nowMs: number,
  ): string {
    const approval = this.#approvals.get(id);
    if (approval === undefined) return 'APPROVAL_NOT_FOUND';
    if (approval.state !== 'waiting') return 'APPROVAL_DECIDED';
    if (!person.isStaff) return 'APPROVAL_NOT_STAFF';
    if (approval.maker === person.name) return 'APPROVAL_OWN_REQUEST';
    const checkers = CHECKERS[approval.wanted.kind] ?? [];
    if (!checkers.some((role) => person.roles.includes(role))) return 'APPROVAL_ROLE_MISSING';
    if (nowMs - approval.atMs >= VALID_DAYS * DAY_MS) return 'APPROVAL_EXPIRED';
    if (decision === 'reject') return 'rejected';
    return this.#outdated(approval.wanted) ?? 'approved';
  }

  /** Why a change cannot be carried out any more. */
  #outdated(wanted: Wanted): string | undefined {
    if (wanted.kind === 'clearing.void-record') {
      return this.#open.has(wanted.exception) ? undefined : this.#notOpen(wanted.exception);
    }
    if (wanted.kind === 'products.parameters' || wanted.kind === 'products.fee-schedules') {
      return this.versions(wanted.kind, wanted.fund) === wanted.base
        ? undefined
        : 'PRODUCT_CHANGE_OUTDATED';
    }
    return undefined;
  }

  versions(kind: 'products.parameters' | 'products.fee-schedules', fund: string): number {
    return kind === 'products.parameters'
      ? this.#market.versionsOfTerms(fund)
      : this.#market.versionsOfPurchaseFees(fund);
  }

  /** A decision was taken as predicted. */
  decided(id: string, state: string): void {
    const approval = this.#approvals.get(id);
    if (approval === undefined || (state !== 'approved' && state !== 'rejected')) return;
    approval.state = state;
    const { wanted } = approval;
    if (state === 'rejected') return;
    if (wanted.kind === 'clearing.waive') {
      const subject = `missing:${wanted.date}/${wanted.package}`;
      this.#passed.add(`${wanted.date} PACKAGE_MISSING ${subject}`);
    } else if (wanted.kind === 'clearing.accept-exceptions') {
      for (const { date, code, subject } of wanted.passed) {
        this.#passed.add(`${date} ${code} ${subject}`);
      }
    } else if (wanted.kind === 'clearing.void-record') this.#open.delete(wanted.exception);
  }

  /** The report of an import of one change, for a fund that is there or not. */
  predictImport(change: ModelChange): ImportReply {
    if (!this.#market.funds.has(change.fund)) {
      return { ...NO_CHANGE, errors: ['PRODUCT_UNKNOWN_FUND'] };
    }
    if (change.kind === 'closedDays') {
      const isKnown = this.#market.closedHere.has(`${change.fund} ${change.date}`);
      return isKnown ? { ...NO_CHANGE, unchanged: 1 } : { ...NO_CHANGE, created: 1 };
    }
    const isSame =
      change.kind === 'parameters'
        ? sameBut('effective', this.#termsOn(change), change.terms)
        : sameBut('effective', this.#feesOn(change), change.fees);
    return isSame
      ? { ...NO_CHANGE, unchanged: 1 }
      : { ...NO_CHANGE, changed: 1, held: 1, isHeld: true };
  }

  #termsOn({ fund, terms }: { fund: string; terms: ModelTerms }): ModelTerms | undefined {
    return this.#market.termsOn(fund, terms.effective);
  }

  #feesOn({ fund, fees }: { fund: string; fees: ModelFees }): ModelFees | undefined {
    return this.#market.feesOn('here', fund, fees.kind, fees.effective);
  }

  /** The change is in force here. */
  letIn(change: ModelChange): void {
    if (change.kind === 'parameters') this.#market.addTerms(change.fund, change.terms);
    else if (change.kind === 'feeSchedules') this.#market.addFees('here', change.fund, change.fees);
    else this.#market.closedHere.add(`${change.fund} ${change.date}`);
  }
}

function sameBut<T extends object>(name: keyof T, one: T | undefined, other: T): boolean {
  const text = (value: T | undefined) =>
    JSON.stringify(value, (key, part: unknown) =>
      key === name ? undefined : typeof part === 'bigint' ? part.toString() : part,
    );
  return text(one) === text(other);
}

/** What staff of another branch, or another customer, are told: that nothing is there. */
export const STRANGER_IS_TOLD = {
  place: 'CUSTOMER_NOT_FOUND',
  cancel: 'ORDER_NOT_FOUND',
  transfer: 'ASSET_ACCOUNT_NOT_FOUND',
  freeze: 'ASSET_ACCOUNT_NOT_FOUND',
  assess: 'ASSESSED_CUSTOMER_UNKNOWN',
} as const;
