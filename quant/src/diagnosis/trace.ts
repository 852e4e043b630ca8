/** The daily series behind one account's figures, for the page of a single customer. */
import { type Answer, absent } from '../figure.ts';
import { type AccountBatch, checkAccounts } from './accounts.ts';
import { type Days, measureDays, sumSectors } from './attribute.ts';
import type { Market } from './market.ts';
import { replayAccount } from './replay.ts';
import { createScratch } from './scratch.ts';

/** D numbers each, day 0 the opening. */
export interface AccountTrace {
  /** Money at the close, cash included. */
  readonly values: Float64Array;
  readonly cash: Float64Array;
  /** Π(1 + r) up to the day, 1 at the opening; flat over days without money. */
  readonly netValues: Float64Array;
  readonly benchmarkNetValues: Float64Array;
  /** 1 − net value ÷ highest net value so far. */
  readonly drawdowns: Float64Array;
  /** 1 on days with money at work, else 0; day 0 is 0. */
  readonly isActive: Uint8Array;
}

/**
 * Values, net values and drawdowns of one account, with the definitions of `diagnoseAccounts`; the
 * last net value is 1 + total return.
 *
 * Absent: `OVERSOLD`, `NOT_FINITE`, `NO_CAPITAL` as there.
 */
export function traceAccount(
  market: Market,
  batch: AccountBatch,
  account: number,
): Answer<AccountTrace> {
  checkAccounts(market, batch);
  const scratch = createScratch(market);
  const refused = replayAccount(market, batch, account, scratch);
  if (refused !== undefined) return absent(refused);
  sumSectors(market, scratch);
  const days: Days = {
    active: 0,
    growth: 1,
    benchmarkGrowth: 1,
    invested: 0,
    values: 0,
    ruined: false,
  };
  const reason = measureDays(market, scratch, days);
  if (reason !== undefined) return absent(reason);
  const { daily } = scratch;
  const length = market.rows + 1;
  const trace = {
    values: daily.value.slice(),
    cash: daily.cash.slice(),
    netValues: new Float64Array(length).fill(1),
    benchmarkNetValues: new Float64Array(length).fill(1),
    drawdowns: new Float64Array(length),
    isActive: new Uint8Array(length),
  };
  let [value, benchmark, peak, active] = [1, 1, 1, 0];
  for (let row = 0; row < market.rows; row++) {
    if (daily.perCapital[row] !== 0) {
      value *= 1 + (daily.returns[active] as number);
      benchmark *= 1 + (daily.benchmark[active] as number);
      peak = Math.max(peak, value);
      active += 1;
      trace.isActive[row + 1] = 1;
    }
    trace.netValues[row + 1] = value;
    trace.benchmarkNetValues[row + 1] = benchmark;
    trace.drawdowns[row + 1] = 1 - value / peak;
  }
  return { value: trace };
}
