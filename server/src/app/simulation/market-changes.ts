/** What changes in a market during a play, and when our house hears of it. */
import { assert, type LocalDate, type Random } from '@cairn/kernel';
import {
  type FeeSpec,
  type FundSpec,
  type Market,
  marketCsv,
  type ParameterSpec,
} from '../sandbox/market.ts';
import type { ModelFees } from './model/market.ts';
import type { ModelChange } from './model/office.ts';
import { feesFor, termsFor } from './tell-model.ts';

/** When in its day a change reaches our house. */
export type Slot = 'morning' | 'trading' | 'cutOff' | 'evening';

/** A change of terms during the play. */
export interface PlannedChange {
  readonly kind: 'parameters' | 'feeSchedules' | 'closedDays';
  readonly fundCode: string;
  /** The place of the day among the trading days of the play. */
  readonly day: number;
  readonly slot: Slot;
  readonly csv: string;
  /** Effective before it reached us. */
  readonly isLate: boolean;
  /** The change in the words of the model. */
  readonly words: ModelChange;
}

const NOTHING: Market = { funds: [], navs: new Map(), dividends: [], closedDays: [] };

/** What of the fund changes from a date on. */
function drawChanged(random: Random, base: ParameterSpec, effectiveDate: LocalDate): ParameterSpec {
  const changed = { ...base, effectiveDate };
  switch (random.int(1, 6)) {
    case 1:
      return { ...changed, status: random.pick(['5', '6']) };
    case 2:
      return { ...changed, dayMaxPurchase: '3000' };
    case 3:
      return { ...changed, riskLevel: Math.min(5, base.riskLevel + 1) };
    case 4:
      return { ...changed, minFirstPurchase: '2000', minNextPurchase: '500' };
    case 5:
      return { ...changed, cutOff: '14:00' };
    default:
      return { ...changed, purchaseStep: '100', maxPurchase: '10000' };
  }
}

interface Moment {
  readonly day: number;
  readonly slot: Slot;
  readonly effectiveDate: LocalDate;
  readonly isLate: boolean;
}

/** A day on which something changes and the moment we hear of it: before, on the day, or too late. */
function drawMoment(random: Random, days: readonly LocalDate[]): Moment {
  const effective = random.int(1, Math.max(1, days.length - 2));
  const effectiveDate = days[effective] ?? days.at(-1);
  assert(effectiveDate !== undefined, 'a play has days');
  const shift = random.pick([-1, -1, 0, 0, 1]);
  const slot = random.pick<Slot>(['morning', 'trading', 'cutOff', 'evening']);
  return {
    day: Math.min(Math.max(0, effective + shift), days.length - 1),
    slot,
    effectiveDate,
    isLate: shift > 0 || (shift === 0 && slot !== 'morning'),
  };
}

function drawParameterChange(
  random: Random,
  fund: FundSpec,
  days: readonly LocalDate[],
): PlannedChange {
  const moment = drawMoment(random, days);
  const base = fund.parameters.at(-1);
  assert(base !== undefined, 'a fund has parameters');
  const spec = drawChanged(random, base, moment.effectiveDate);
  const { parameters } = marketCsv(
    { ...NOTHING, funds: [{ ...fund, parameters: [spec], fees: [] }] },
    '',
  );
  return {
    ...moment,
    kind: 'parameters',
    fundCode: fund.fundCode,
    csv: parameters,
    words: { kind: 'parameters', fund: fund.fundCode, terms: termsFor(spec) },
  };
}

/** A change of fees: what the registrar has from the beginning, and what we hear. */
export interface FeeChange {
  readonly planned: PlannedChange;
  readonly fees: readonly FeeSpec[];
  readonly schedule: ModelFees;
}

/** A purchase fee that goes down from a date on; the registrar always knows. */
function drawFeeChange(random: Random, fund: FundSpec, days: readonly LocalDate[]): FeeChange {
  const moment = drawMoment(random, days);
  const { effectiveDate } = moment;
  const fees: FeeSpec[] = [
    { kind: 'purchase', effectiveDate, fromAmount: '0', rate: '0.002' },
    { kind: 'purchase', effectiveDate, fromAmount: '1000000', rate: '0.001' },
    { kind: 'purchase', effectiveDate, fromAmount: '5000000', flat: '1000' },
  ];
  const { feeSchedules } = marketCsv(
    { ...NOTHING, funds: [{ ...fund, parameters: [], fees }] },
    '',
  );
  const [schedule] = feesFor(fees);
  assert(schedule !== undefined, 'a change of fees has a schedule');
  return {
    fees,
    schedule,
    planned: {
      ...moment,
      kind: 'feeSchedules',
      fundCode: fund.fundCode,
      csv: feeSchedules,
      words: { kind: 'feeSchedules', fund: fund.fundCode, fees: schedule },
    },
  };
}

/** A day on which a fund does not deal; the registrar always knows. */
function drawClosedDay(random: Random, fund: FundSpec, days: readonly LocalDate[]) {
  const moment = drawMoment(random, days);
  const row = { fundCode: fund.fundCode, date: moment.effectiveDate, reason: '境外市场休市' };
  const { closedDays } = marketCsv({ ...NOTHING, closedDays: [row] }, '');
  const planned: PlannedChange = {
    ...moment,
    kind: 'closedDays',
    fundCode: fund.fundCode,
    csv: closedDays,
    words: { kind: 'closedDays', fund: row.fundCode, date: row.date },
  };
  return { planned, row };
}

/** The changes of a play. */
export interface DrawnChanges {
  readonly planned: readonly PlannedChange[];
  readonly fees: FeeChange | undefined;
  /** Days on which the registrar does not deal. */
  readonly closed: readonly { fundCode: string; date: string; reason: string }[];
}

export function drawChanges(
  random: Random,
  funds: readonly FundSpec[],
  days: readonly LocalDate[],
): DrawnChanges {
  const dealing = funds.filter((fund) => fund.setUpDate === undefined);
  const parameters = Array.from({ length: random.int(0, 2) }, () =>
    drawParameterChange(random, random.pick(dealing), days),
  );
  const fees = random.chance(0.6) ? drawFeeChange(random, random.pick(dealing), days) : undefined;
  const closed = random.chance(0.5) ? drawClosedDay(random, random.pick(dealing), days) : undefined;
  return {
    planned: [...parameters, fees?.planned ?? [], closed?.planned ?? []].flat(),
    fees,
    closed: closed === undefined ? [] : [closed.row],
  };
}
