/** The stage of measurements and of fail-over: a house with one open fund and many investors with cash. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addDays,
  amount,
  exchangeCalendar,
  instantAtShanghai,
  type LocalDate,
  localDate,
  rate,
} from '@cairn/kernel';
import { openHouse } from './house.ts';
import { type Investor, openInvestors, syntheticIdCard } from './investors.ts';
import type { Market } from './market.ts';
import { sampleFund } from './sample-fund.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import type { PlaceOrder } from '../../modules/trading/index.ts';
import { type FixedClock, fixedClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db.ts';
import { fileStore } from '../../platform/files.ts';
import { secretsFrom } from '../../platform/secrets.ts';

export const DAY: LocalDate = localDate('2026-03-02');
export const NEXT_DAY: LocalDate = localDate('2026-03-03');
export const FUND = '000001';
export const REGISTRAR = '01';
export const DISTRIBUTOR = '305';
export const MASTER_KEY = Buffer.alloc(32, 7);

/** One mixed fund with the fee ladder in force, and the NAVs of two days. */
export const benchMarket: Market = {
  funds: [
    sampleFund({
      fundCode: FUND,
      name: '聚石测量混合A',
      registrarCode: REGISTRAR,
      terms: { minFirstPurchase: '10' },
    }),
  ],
  navs: new Map([
    [
      FUND,
      [
        { date: '2026-02-27', nav: '1.2300' },
        { date: '2026-03-02', nav: '1.2345' },
        { date: '2026-03-03', nav: '1.2400' },
      ],
    ],
  ]),
  dividends: [],
  closedDays: [],
};

export interface Stage {
  readonly world: DayWorld & { readonly clock: FixedClock };
  readonly investors: readonly Investor[];
  readonly folder: string;
  close(): void;
}

const CASH = amount(10_000_000_000n);

const CHUNK = 2_000;

/**
 * Opens the house on the database with so many investors, each with enough cash; `onOpened` hears
 * how many there are.
 */
export async function openStage(
  db: Db,
  investorCount: number,
  onOpened: (count: number) => void = () => undefined,
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const clock = fixedClock(instantAtShanghai(DAY, '09:30:00.000'));
  const world = {
    db,
    clock,
    calendar: exchangeCalendar,
    secrets: secretsFrom(MASTER_KEY),
    files: fileStore(join(folder, 'files')),
    exchange: { distributorCode: DISTRIBUTOR, folder: join(folder, 'exchange') },
  };
  await openHouse(world, benchMarket, '2026-02-27');
  const first = localDate('1960-01-01');
  const specs = Array.from({ length: investorCount }, (_, index) => ({
    kind: '1' as const,
    name: `测量客户${index}`,
    certificateType: '0',
    certificateNo: syntheticIdCard('110105', addDays(first, Math.floor(index / 900)), index % 900),
    certificateValidUntil: null,
    phone: `138${String(index).padStart(8, '0')}`,
    branchCode: 'B01',
    boldness: 0.75 as const,
    deposit: CASH,
  }));
  const investors: Investor[] = [];
  for (let from = 0; from < specs.length; from += CHUNK) {
    const some = specs.slice(from, from + CHUNK);
    investors.push(...(await openInvestors(world, some, [REGISTRAR])));
    onOpened(investors.length);
  }
  return {
    world,
    investors,
    folder,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const NO_DISCOUNT = rate(100_000_000n);

/** The nth purchase of an investor: 100.00 yuan. */
export function purchaseOf(investor: Investor, clientOrderNo: string): PlaceOrder {
  return {
    customerId: investor.customerId,
    clientOrderNo,
    fundCode: FUND,
    channel: '2',
    businessCode: '022',
    amount: amount(10_000n),
    discountRate: NO_DISCOUNT,
  };
}
