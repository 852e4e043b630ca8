/** The customer as a fund manager: every figure of every account of a batch. */
import type { Reason } from '../figure.ts';
import { moneyWeightedReturn } from '../investor/money-weighted.ts';
import type { Columns } from '../performance/columns.ts';
import { computeFacts } from '../performance/compute-facts.ts';
import { findReason, type MeasurePlan, planMeasures } from '../performance/evaluate.ts';
import {
  createFacts,
  createScratch as createFactScratch,
  type Target,
} from '../performance/facts.ts';
import { STANDARD_MEASURES } from '../performance/measures.ts';
import { type AccountBatch, checkAccounts } from './accounts.ts';
import { type Days, linkEffects, measureDays, sumSectors, weighSecurities } from './attribute.ts';
import { COLUMN, DIAGNOSIS_FIGURE_IDS, type DiagnosisFigureId } from './figures.ts';
import { prepareTiming, type TimingModels, writeTiming } from './fit-timing.ts';
import { writeHabits, writeHoldings } from './habits.ts';
import type { Market } from './market.ts';
import { replayAccount } from './replay.ts';
import { createDiagnosis, type Diagnosis, writeReason, writeValue } from './result.ts';
import { type AbilityScales, placeOnScale } from './scores.ts';
import { createScratch, type Scratch } from './scratch.ts';

export interface DiagnoseOptions {
  /** The figures of funds that scores compare with; without them scores are `NO_BENCHMARK`. */
  readonly scales?: AbilityScales;
  /** Accounts from … to before; default all. Other rows of the result are left as they are. */
  readonly from?: number;
  readonly to?: number;
  /** Where to write; default a new result. */
  readonly into?: Diagnosis;
}

/**
 * Diagnoses the accounts of a batch over the days of a market: profit, returns, the fifteen
 * standard measures against the benchmark, Brinson attribution by sector, market timing, trading
 * habits, holding preferences and scores among funds. `DIAGNOSIS_FIGURES` says what each figure is.
 *
 * Returns are those of the days with money in the account (time-weighted); an account that was
 * empty for some days is measured over the others, and the benchmark with it. Years are those days
 * ÷ periods per year. An account whose holdings lack a price is `NOT_FINITE`, one that sells more
 * than it holds `OVERSOLD`, one that never had money `NO_CAPITAL`, in all figures that need it.
 *
 * Each account is computed by itself, so any cut of the batch gives the same bits.
 *
 * @throws RangeError when the batch does not fit the market (see `checkAccounts`).
 */
export function diagnoseAccounts(
  market: Market,
  batch: AccountBatch,
  options: DiagnoseOptions = {},
): Diagnosis {
  const { from = 0, to = batch.accounts, into = createDiagnosis(market, batch.accounts) } = options;
  createDiagnoser(market, batch, options.scales)({ from, to }, into);
  return into;
}

/** Diagnoses accounts from … to before, as often as it is called; one for each thread. */
export type Diagnoser = (range: { from: number; to: number }, into: Diagnosis) => void;

/** Checks the batch and prepares what all its accounts share. Errors as `diagnoseAccounts`. */
export function createDiagnoser(
  market: Market,
  batch: AccountBatch,
  scales?: AbilityScales,
): Diagnoser {
  checkAccounts(market, batch);
  const kernel = createKernel(market, scales);
  return ({ from, to }, into) => {
    for (let account = from; account < to; account++) diagnose(kernel, batch, account, into);
  };
}

interface Kernel {
  readonly market: Market;
  readonly scales: AbilityScales | undefined;
  readonly scratch: Scratch;
  readonly days: Days;
  readonly plan: MeasurePlan;
  readonly columns: Columns;
  readonly target: Target;
  readonly models: TimingModels;
}

function createKernel(market: Market, scales: AbilityScales | undefined): Kernel {
  const scratch = createScratch(market);
  const { returns, benchmark, riskFree } = scratch.daily;
  return {
    market,
    scales,
    scratch,
    days: { active: 0, growth: 1, benchmarkGrowth: 1, invested: 0, values: 0, ruined: false },
    plan: planMeasures(STANDARD_MEASURES),
    columns: {
      returns,
      benchmark,
      riskFree,
      threshold: 0,
      days: undefined,
      periodsPerYear: market.periodsPerYear,
      annualiseBelowYear: false,
    },
    target: { facts: createFacts(), scratch: createFactScratch() },
    models: prepareTiming(market),
  };
}

function diagnose(kernel: Kernel, batch: AccountBatch, account: number, result: Diagnosis): void {
  const { market, scratch, days } = kernel;
  const row = account * DIAGNOSIS_FIGURE_IDS.length;
  const refused = replayAccount(market, batch, account, scratch);
  if (refused !== undefined) {
    refuse(result, account, refused);
    return;
  }
  sumSectors(market, scratch);
  const reason = measureDays(market, scratch, days);
  if (reason === 'NOT_FINITE') {
    refuse(result, account, reason);
    return;
  }
  writeMoney(kernel, batch, account, result);
  if (reason !== undefined) {
    refuse(result, account, reason, PERFORMANCE);
    return;
  }
  weighSecurities(market, scratch, days.active);
  writeHoldings(market, scratch, { result, account });
  writeHabits(market, scratch, { result, row, days });
  writeMeasures(kernel, result, row);
  writeAttribution(kernel, result, account);
  writeTiming(market, scratch.daily, { models: kernel.models, active: days.active, result, row });
  writeScores(kernel.scales, result, row);
}

const MONEY: readonly DiagnosisFigureId[] = [
  'endValue',
  'netFlow',
  'profit',
  'realisedProfit',
  'moneyWeightedReturn',
];

/** What needs capital on some day. */
const PERFORMANCE = DIAGNOSIS_FIGURE_IDS.filter((id) => !MONEY.includes(id));

function refuse(
  result: Diagnosis,
  account: number,
  reason: Reason,
  ids: readonly DiagnosisFigureId[] = DIAGNOSIS_FIGURE_IDS,
): void {
  const row = account * DIAGNOSIS_FIGURE_IDS.length;
  for (const id of ids) writeReason(result, row + COLUMN[id], reason);
  const { segments } = result;
  for (const effect of [result.allocation, result.selection, result.interaction, result.weights]) {
    effect.fill(Number.NaN, account * segments, (account + 1) * segments);
  }
  for (const preference of result.preferences) {
    const groups = preference.length / result.accounts;
    preference.fill(Number.NaN, account * groups, (account + 1) * groups);
  }
  result.bestSecurity[account] = -1;
  result.worstSecurity[account] = -1;
}

function writeMoney(
  { market, scratch }: Kernel,
  { flows }: AccountBatch,
  account: number,
  result: Diagnosis,
): void {
  const { value } = scratch.daily;
  const row = account * DIAGNOSIS_FIGURE_IDS.length;
  const [from, to] = [flows.starts[account], flows.starts[account + 1]] as [number, number];
  const amounts = flows.amount.subarray(from, to);
  const netFlow = amounts.reduce((sum, each) => sum + each, 0);
  const [startValue, endValue] = [value[0], value[market.rows]] as [number, number];
  writeValue(result, row + COLUMN.endValue, endValue);
  writeValue(result, row + COLUMN.netFlow, netFlow);
  writeValue(result, row + COLUMN.profit, endValue - startValue - netFlow);
  writeValue(result, row + COLUMN.realisedProfit, scratch.habits.realised);
  const rate = moneyWeightedReturn({
    startValue,
    endValue,
    startDay: market.days[0] as number,
    endDay: market.days[market.rows] as number,
    flows: amounts,
    days: flows.day.subarray(from, to).map((day) => market.days[day] as number),
  });
  const cell = row + COLUMN.moneyWeightedReturn;
  if (rate.value === null) writeReason(result, cell, rate.reason);
  else writeValue(result, cell, rate.value.annual);
}

function writeMeasures(kernel: Kernel, result: Diagnosis, row: number): void {
  const { plan, columns, target, days } = kernel;
  computeFacts(columns, { from: 0, to: days.active }, { ...target, groups: plan.groups });
  plan.measures.forEach((measure, place) => {
    const cell = row + COLUMN[STANDARD_MEASURES[place] as DiagnosisFigureId];
    const reason = findReason(measure, target.facts);
    if (reason === undefined) {
      writeValue(result, cell, measure.compute(target.facts), 'OUT_OF_RANGE');
    } else writeReason(result, cell, reason);
  });
}

function writeAttribution(kernel: Kernel, result: Diagnosis, account: number): void {
  const { market, scratch, days } = kernel;
  const row = account * DIAGNOSIS_FIGURE_IDS.length;
  const { segments } = result;
  const active = days.growth - days.benchmarkGrowth;
  writeValue(result, row + COLUMN.benchmarkReturn, days.benchmarkGrowth - 1);
  writeValue(result, row + COLUMN.activeReturn, active);
  const offset = account * segments;
  linkEffects(market, scratch, days, result, offset);
  if (days.ruined) {
    for (const effect of [result.allocation, result.selection, result.interaction]) {
      effect.fill(Number.NaN, offset, offset + segments);
    }
    for (const id of ['allocation', 'selection', 'interaction', 'tradingEffect'] as const) {
      writeReason(result, row + COLUMN[id], 'TOTAL_LOSS');
    }
    return;
  }
  let left = active;
  for (const id of ['allocation', 'selection', 'interaction'] as const) {
    let total = 0;
    for (let at = offset; at < offset + segments; at++) total += result[id][at] as number;
    writeValue(result, row + COLUMN[id], total);
    left -= total;
  }
  writeValue(result, row + COLUMN.tradingEffect, left);
}

/** Which figures a score is made of, and whether more is better. */
const SCORES: readonly [DiagnosisFigureId, readonly (keyof AbilityScales)[], boolean][] = [
  ['earningScore', ['totalReturn'], true],
  ['riskAdjustedScore', ['sharpeRatio'], true],
  ['drawdownScore', ['maxDrawdown'], false],
  ['selectionScore', ['selectionTreynorMazuy', 'selectionHenrikssonMerton'], true],
  ['timingScore', ['timingTreynorMazuy', 'timingHenrikssonMerton'], true],
];

function writeScores(scales: AbilityScales | undefined, result: Diagnosis, row: number): void {
  for (const [score, figures, higherIsBetter] of SCORES) {
    const cell = row + COLUMN[score];
    const missing = figures.find((id) => result.reasons[row + COLUMN[id]] !== 0);
    if (scales === undefined) writeReason(result, cell, 'NO_BENCHMARK');
    else if (missing !== undefined) {
      result.values[cell] = Number.NaN;
      result.reasons[cell] = result.reasons[row + COLUMN[missing]] as number;
    } else {
      let total = 0;
      for (const id of figures) {
        const place = placeOnScale(scales[id], result.values[row + COLUMN[id]] as number);
        total += higherIsBetter ? place : 1 - place;
      }
      writeValue(result, cell, (100 * total) / figures.length, 'NO_BENCHMARK');
    }
  }
}
