/*
 * Account diagnosis: 500 days, 20 holdings, daily Brinson over 10 sectors, 15 indicators and the
 * rest of `DIAGNOSIS_FIGURES`, on one thread and on two. The floor reads the same rows of prices and gains
 * once and sums them by day, and computes nothing from them.
 */
import { type AccountBatch, diagnoseAccounts, shareAccounts } from '../src/diagnosis/index.ts';
import { type Market, type MarketInput, prepareMarket } from '../src/diagnosis/market.ts';
import { seededRandom } from '../src/numeric/random.ts';
import { createPool } from '../src/parallel/index.ts';
import { medianSeconds, medianSecondsAsync, report } from './bench.ts';

const DAYS = 501;
const SECURITIES = 3000;
const SECTORS = 10;
const ACCOUNTS = 2000;
const HOLDINGS = 20;
const TRADES = 40;

const random = seededRandom(1);

function marketOf(): MarketInput {
  const common = Float64Array.from({ length: DAYS }, () => 0.0004 + 0.012 * random.normal());
  const prices = new Float64Array(SECURITIES * DAYS);
  for (let security = 0; security < SECURITIES; security++) {
    let price = 5 + 40 * random.uniform();
    for (let day = 0; day < DAYS; day++) {
      prices[security * DAYS + day] = price;
      price *= 1 + (common[day] as number) + 0.02 * random.normal();
    }
  }
  return {
    days: Int32Array.from({ length: DAYS }, (_, day) => 18_000 + Math.floor((day * 7) / 5)),
    securities: SECURITIES,
    sectors: SECTORS,
    sectorOf: Int32Array.from({ length: SECURITIES }, (_, security) => security % SECTORS),
    prices,
    benchmarkWeights: new Float64Array(DAYS * SECTORS).fill(1 / SECTORS),
    benchmarkReturns: Float64Array.from(
      { length: DAYS * SECTORS },
      (_, at) => (common[Math.floor(at / SECTORS)] as number) + 0.004 * random.normal(),
    ),
    riskFree: new Float64Array(DAYS).fill(0.00008),
    groupings: [
      { groups: 9, groupOf: Int32Array.from({ length: SECURITIES }, () => random.integer(9)) },
      { groups: 5, groupOf: Int32Array.from({ length: SECURITIES }, () => random.integer(5)) },
    ],
  };
}

/** Twenty holdings from the opening on, each made larger or smaller twice. */
function batchOf({ prices }: Market): AccountBatch {
  const starts = (width: number) =>
    Int32Array.from({ length: ACCOUNTS + 1 }, (_, account) => account * width);
  const held = Int32Array.from({ length: ACCOUNTS * HOLDINGS }, () => random.integer(SECURITIES));
  const units = Float64Array.from(held, () => 100 * (1 + random.integer(20)));
  const trades = Array.from({ length: ACCOUNTS * TRADES }, (_, at) => {
    const account = Math.floor(at / TRADES);
    const day = 1 + Math.floor(((at % TRADES) * (DAYS - 2)) / TRADES);
    const security = held[account * HOLDINGS + (at % HOLDINGS)] as number;
    const traded = at % 3 === 0 ? -20 : 100;
    return { day, security, traded, cash: -traded * (prices[security * DAYS + day] as number) };
  });
  return {
    accounts: ACCOUNTS,
    openingCash: new Float64Array(ACCOUNTS).fill(200_000),
    positions: { starts: starts(HOLDINGS), security: held, units },
    trades: {
      starts: starts(TRADES),
      day: Int32Array.from(trades, ({ day }) => day),
      security: Int32Array.from(trades, ({ security }) => security),
      units: Float64Array.from(trades, ({ traded }) => traded),
      cash: Float64Array.from(trades, ({ cash }) => cash),
    },
    flows: {
      starts: starts(4),
      day: Int32Array.from({ length: ACCOUNTS * 4 }, (_, at) => 100 * (1 + (at % 4))),
      amount: new Float64Array(ACCOUNTS * 4).fill(5000),
    },
  };
}

const market = prepareMarket(marketOf(), { shared: true });
const batch = shareAccounts(batchOf(market));

/** The bare pass: units times prices and gains of twenty rows, summed by day. */
function floor(): number {
  const { prices, gains, rows } = market;
  const values = new Float64Array(rows);
  const gained = new Float64Array(rows);
  let check = 0;
  for (let account = 0; account < ACCOUNTS; account++) {
    values.fill(0);
    gained.fill(0);
    for (let place = account * HOLDINGS; place < (account + 1) * HOLDINGS; place++) {
      const security = batch.positions.security[place] as number;
      addRow(prices, security * (rows + 1), batch.positions.units[place] as number, values);
      addRow(gains, security * rows, batch.positions.units[place] as number, gained);
    }
    check += (values[rows - 1] as number) + (gained[rows - 1] as number);
  }
  return check;
}

function addRow(from: Float64Array, offset: number, units: number, into: Float64Array): void {
  for (let row = 0; row < into.length; row++) {
    into[row] = (into[row] as number) + units * (from[offset + row] as number);
  }
}

const perHour = (seconds: number) => (ACCOUNTS / seconds) * 3600;
const diagnosed = medianSeconds(5, () => diagnoseAccounts(market, batch));
const bare = medianSeconds(5, floor);
const pool = createPool(2);
const together = await medianSecondsAsync(5, () => pool.diagnose(market, batch));
await pool.close();

const row = (seconds: number, threads: string) => ({
  work: `diagnose accounts, 500 days, 20 holdings, 40 trades, 10 sectors, ${threads}`,
  figure: perHour(seconds),
  unit: 'per hour' as const,
  target: 6_000_000,
  floor: 'sum prices and gains of the holdings by day, one thread',
  floorFigure: perHour(bare),
});
report([row(diagnosed, 'one thread'), row(together, 'two threads')]);
