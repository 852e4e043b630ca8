/**
 * What a customer's assets were worth day by day, and what they earned, from the books alone.
 *
 * On each day: cash + holdings at their NAV + money on its way. Profit is what that is worth above
 * the money he brought in: it needs no model of fees or prices, because every fen of the books is in
 * one of the three. The same profit, told by fund, is value + money out − money in of that fund; the
 * two agree to the fen, which the tests prove on drawn books.
 *
 * Money on its way is what has left one of the three and not yet reached another: decided and not
 * paid (redemption, dividend, refund), paid for units that are not confirmed yet (subscriptions wait
 * for weeks), and dividends from their ex date, when the NAV has fallen, until they are booked.
 */
import {
  type Amount,
  amount,
  type LocalDate,
  negate,
  type Price,
  type Units,
  units,
  valueOf,
} from '@cairn/kernel';
import type { CustomerBook, DueFlow, UnitFlow } from '../../accounts/index.ts';

/** One fund on one day. */
export interface FundPoint {
  readonly units: Units;
  /** Units × NAV, half up to the fen; zero while no NAV is known. */
  readonly value: Amount;
  /** Everything it has earned until that day. */
  readonly profit: Amount;
}

/** One day of a customer. Amounts in fen. */
export interface CurvePoint {
  readonly date: LocalDate;
  readonly cash: Amount;
  readonly holdings: Amount;
  readonly onTheWay: Amount;
  readonly total: Amount;
  /** Money brought in less money taken out until that day. */
  readonly netDeposits: Amount;
  /** total − netDeposits. */
  readonly profit: Amount;
  readonly funds: ReadonlyMap<string, FundPoint>;
  /** Profit that belongs to no fund, such as interest on money that was refunded. */
  readonly otherProfit: Amount;
}

/** The profit until a day; zero before there was one. */
export function profitOf(point: CurvePoint | undefined): Amount {
  return point?.profit ?? amount(0n);
}

/** The NAV of a fund on or before a date; undefined while none is known. */
export type NavOn = (fundCode: string, date: LocalDate) => Price | undefined;

/** When the NAV fell for a dividend, by the reference under which the books carry it. */
export type ExDateOf = (ref: string) => { fundCode: string; exDate: LocalDate } | undefined;

interface Dated {
  readonly date: LocalDate;
  readonly amount: bigint;
}

/** A running sum over dated amounts, asked in rising order of days. */
class Running {
  private readonly steps: readonly Dated[];
  private next = 0;
  private total = 0n;

  constructor(steps: readonly Dated[]) {
    this.steps = steps.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  }

  upTo(date: LocalDate): bigint {
    for (;;) {
      const step = this.steps[this.next];
      if (step === undefined || step.date > date) return this.total;
      this.total += step.amount;
      this.next += 1;
    }
  }
}

const EXTERNAL: ReadonlySet<string> = new Set(['deposit', 'withdrawal', 'reversal']);
const isPaid = (due: DueFlow): boolean => due.kind === 'purchase';
const isOwed = (due: DueFlow): boolean => due.kind !== 'purchase' && due.kind !== 'fee';

/** Money that was decided and not paid, as it comes and goes. */
function owedSteps(dues: readonly DueFlow[]): Dated[] {
  return dues
    .filter(isOwed)
    .flatMap((due) => [
      { date: due.recognisedDate, amount: due.amount },
      ...(due.settledDate === undefined
        ? []
        : [{ date: due.settledDate, amount: negate(due.amount) }]),
    ]);
}

const isIn = (flow: UnitFlow): boolean => flow.kind === 'purchase' || flow.kind === 'subscription';

function sumByRef(items: readonly { ref: string; amount: bigint }[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { ref, amount: value } of items) sums.set(ref, (sums.get(ref) ?? 0n) + value);
  return sums;
}

/**
 * What was paid for orders and became units: a subscription that was allotted in part, or not at
 * all, comes back as a refund. What a refund brings above what was paid is interest.
 */
function paidForUnits(dues: readonly DueFlow[]): Map<string, bigint> {
  const paid = sumByRef(dues.filter(isPaid));
  for (const [ref, refund] of sumByRef(dues.filter((due) => due.kind === 'refund'))) {
    const whole = paid.get(ref) ?? 0n;
    paid.set(ref, refund < whole ? whole - refund : 0n);
  }
  return paid;
}

/** What a movement of units took from the customer's money; a subscription costs what was paid. */
function costOf(flow: UnitFlow, paid: ReadonlyMap<string, bigint>): bigint {
  return flow.kind === 'subscription' ? (paid.get(flow.ref) ?? flow.amount) : flow.amount;
}

/** Money between cash and units, or between units and what is owed, because a record came late. */
function crossingSteps({ dues, units: flows }: CustomerBook): Dated[] {
  const paid = sumByRef(dues.filter(isPaid));
  const forUnits = paidForUnits(dues);
  const refunded = new Set(dues.filter((due) => due.kind === 'refund').map((due) => due.ref));
  const steps: Dated[] = [];
  for (const due of dues) {
    const { ref, recognisedDate: date } = due;
    if (isPaid(due)) steps.push({ date, amount: due.amount });
    if (due.kind === 'redemption') steps.push({ date, amount: negate(due.amount) });
    // What was paid for nothing comes back as a refund: it crosses no longer.
    if (due.kind === 'refund' && refunded.delete(ref)) {
      steps.push({ date, amount: (forUnits.get(ref) ?? 0n) - (paid.get(ref) ?? 0n) });
    }
  }
  for (const flow of flows) {
    const { confirmDate: date } = flow;
    if (isIn(flow)) steps.push({ date, amount: -costOf(flow, forUnits) });
    if (flow.kind === 'redemption') steps.push({ date, amount: flow.amount });
  }
  return steps;
}

/** Dividends between their ex date and the day they were booked, as cash due or as units. */
function dividendSteps({ dues, units: flows }: CustomerBook, exDateOf: ExDateOf): FundStep[] {
  const booked = [
    ...dues
      .filter((due) => due.kind === 'dividend')
      .map((due) => ({ ref: due.ref, amount: due.amount, date: due.recognisedDate })),
    ...flows
      .filter((flow) => flow.kind === 'reinvestment')
      .map((flow) => ({ ref: flow.ref, amount: flow.amount, date: flow.confirmDate })),
  ];
  return booked.flatMap(({ ref, amount: value, date }) => {
    const ex = exDateOf(ref);
    if (ex === undefined || ex.exDate >= date) return [];
    const { fundCode, exDate } = ex;
    return [
      { fundCode, date: exDate, amount: value },
      { fundCode, date, amount: negate(value) },
    ];
  });
}

interface FundStep extends Dated {
  readonly fundCode: string;
}

/** Money out of a fund less money into it, and its dividends under way, by fund. */
function fundMoneySteps(book: CustomerBook, exDateOf: ExDateOf): FundStep[] {
  const paid = paidForUnits(book.dues);
  const steps: FundStep[] = dividendSteps(book, exDateOf);
  for (const flow of book.units) {
    const { fundCode, confirmDate: date } = flow;
    if (isIn(flow)) steps.push({ fundCode, date, amount: -costOf(flow, paid) });
    if (flow.kind === 'redemption') steps.push({ fundCode, date, amount: flow.amount });
  }
  for (const due of book.dues) {
    if (due.kind !== 'dividend') continue;
    const fundCode = exDateOf(due.ref)?.fundCode;
    if (fundCode !== undefined) {
      steps.push({ fundCode, date: due.recognisedDate, amount: due.amount });
    }
  }
  return steps;
}

interface FundRun {
  readonly fundCode: string;
  readonly units: Running;
  readonly money: Running;
}

function fundRuns(book: CustomerBook, exDateOf: ExDateOf): FundRun[] {
  const money = fundMoneySteps(book, exDateOf);
  const codes = new Set(book.units.map((flow) => flow.fundCode));
  return [...codes].sort().map((fundCode) => ({
    fundCode,
    units: new Running(
      book.units
        .filter((flow) => flow.fundCode === fundCode)
        .map((flow) => ({ date: flow.confirmDate, amount: flow.units })),
    ),
    money: new Running(money.filter((step) => step.fundCode === fundCode)),
  }));
}

function pointOf(run: FundRun, date: LocalDate, navOn: NavOn): FundPoint {
  const held = units(run.units.upTo(date));
  const nav = navOn(run.fundCode, date);
  const value = nav === undefined ? amount(0n) : valueOf(held, nav, 'halfUp');
  return { units: held, value, profit: amount(value + run.money.upTo(date)) };
}

/** The days in rising order, each with what the books and the NAVs make of it. */
export function computeCurve(
  book: CustomerBook,
  days: readonly LocalDate[],
  { navOn, exDateOf }: { readonly navOn: NavOn; readonly exDateOf: ExDateOf },
): CurvePoint[] {
  const cash = new Running(book.cash);
  const deposits = new Running(book.cash.filter(({ kind }) => EXTERNAL.has(kind)));
  const onTheWay = new Running([
    ...owedSteps(book.dues),
    ...crossingSteps(book),
    ...dividendSteps(book, exDateOf),
  ]);
  const runs = fundRuns(book, exDateOf);
  return days.map((date) => {
    const funds = new Map(runs.map((run) => [run.fundCode, pointOf(run, date, navOn)]));
    const points = [...funds.values()];
    const holdings = points.reduce((total, point) => total + point.value, 0n);
    const own = cash.upTo(date);
    const way = onTheWay.upTo(date);
    const total = own + holdings + way;
    const netDeposits = deposits.upTo(date);
    const profit = total - netDeposits;
    const byFunds = points.reduce((sum, point) => sum + point.profit, 0n);
    return {
      date,
      cash: amount(own),
      holdings: amount(holdings),
      onTheWay: amount(way),
      total: amount(total),
      netDeposits: amount(netDeposits),
      profit: amount(profit),
      funds,
      otherProfit: amount(profit - byFunds),
    };
  });
}
