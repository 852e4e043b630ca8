import { appendFileSync, cpSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Day } from './dates.ts';
import { parseDecimal } from './fixed.ts';
import type { ScenarioSource } from './scenario.ts';
import {
  type Customer,
  sampleFund,
  sampleScenario,
  sampleTradingDays,
  TestBroker,
} from './test-broker.ts';
import { createRegistrarWorld } from './world.ts';

const brokers: TestBroker[] = [];
afterEach(() => {
  for (const broker of brokers.splice(0)) broker.remove();
});

/** A small generator of the test's own, so that a seed is a whole month. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * sides);
  };
}

const codes = ['01', '02'];
const days = sampleTradingDays();
const month = days.slice(0, 24);

function scenario(): ScenarioSource {
  const funds = [
    sampleFund({ fundCode: '000001' }),
    sampleFund({ fundCode: '000002', confirmDays: 2, feeRounding: 'total' }),
    sampleFund({ fundCode: '000003', registrarCode: '02', unitsRounding: 'down' }),
    sampleFund({
      fundCode: '000004',
      registrarCode: '02',
      offerStart: '2026-01-05',
      offerEnd: '2026-01-13',
      setUpDate: '2026-01-19',
    }),
  ];
  const roll = dice(7);
  const series = (from: number) => {
    let nav = from;
    return Object.fromEntries(
      days.map((day) => {
        nav += roll(200) - 98;
        return [day, `${Math.floor(nav / 10_000)}.${String(nav % 10_000).padStart(4, '0')}`];
      }),
    );
  };
  const navs = Object.fromEntries(
    funds.map((fund, index) => [fund.fundCode, series(12_000 + index * 3000)]),
  );
  const dividends = [
    { fundCode: '000001', recordDate: '2026-01-15', exDate: '2026-01-15', perUnit: '0.05' },
    { fundCode: '000003', recordDate: '2026-01-20', exDate: '2026-01-21', perUnit: '0.0123' },
  ];
  return sampleScenario(funds, { navs, dividends });
}

const customers: Customer[] = Array.from({ length: 30 }, (_, index) => ({
  registrarCode: codes[index % 2] as string,
  tradingAccountId: `T${String(index).padStart(6, '0')}`,
  depositAcct: `A${String(index).padStart(6, '0')}`,
  certificateNo: `C${String(index).padStart(6, '0')}`,
}));

/** Queues the orders of a day: the same for the same seed and day number. */
function queueOrders(broker: TestBroker, dayNumber: number): void {
  const roll = dice(1000 + dayNumber);
  for (const customer of customers) {
    if (dayNumber === 0) {
      broker.apply(customer, '001');
      broker.bank('DEPOSIT', customer.depositAcct, '500000.00');
    }
    const funds = customer.registrarCode === '01' ? ['000001', '000002'] : ['000003', '000004'];
    const fund = funds[roll(2)] as string;
    const amount = `${1000 + roll(9000)}.${String(roll(100)).padStart(2, '0')}`;
    const kind = roll(10);
    if (kind < 4) broker.order(customer, '022', fund, { ApplicationAmount: amount });
    else if (kind < 7) broker.order(customer, '024', fund, { ApplicationVol: `${roll(3000)}.50` });
    else if (kind < 8) broker.order(customer, '020', '000004', { ApplicationAmount: amount });
    else if (kind < 9) broker.order(customer, '029', fund, { DefDividendMethod: `${roll(2)}` });
    else if (roll(5) === 0) broker.bank('WITHDRAW', customer.depositAcct, amount);
  }
}

interface Run {
  readonly broker: TestBroker;
  /** Opens the world again before these days, as another process would. */
  readonly reopenBefore?: readonly Day[];
}

function playMonth({ broker, reopenBefore = [] }: Run, onDay?: (day: Day) => void): void {
  brokers.push(broker);
  const openWorld = () =>
    createRegistrarWorld({
      scenario: scenario(),
      stateDir: broker.stateDir(),
      exchangeDir: broker.exchangeDir,
    });
  let world = openWorld();
  for (const [number, day] of month.entries()) {
    if (reopenBefore.includes(day)) world = openWorld();
    queueOrders(broker, number);
    broker.send(day, codes);
    world.playDay(day);
    onDay?.(day);
  }
}

describe('a month of random orders', () => {
  it('keeps units: file 05 is the sum of all confirmations, every day', () => {
    const broker = new TestBroker();
    const units = new Map<string, bigint>();
    const kinds = new Map<string, number>();
    const add = (key: string, change: bigint) => units.set(key, (units.get(key) ?? 0n) + change);
    playMonth({ broker }, (day) => {
      const confirmDate = days[days.indexOf(day) + 1] as Day;
      for (const code of codes) {
        for (const record of broker.records(code, confirmDate, '04')) {
          const business = record.text('BusinessCode');
          const name = `${business} ${record.text('ReturnCode')}`;
          kinds.set(name, (kinds.get(name) ?? 0) + 1);
          if (record.text('ReturnCode') !== '0000') continue;
          const key = `${record.text('TransactionAccountID')} ${record.text('FundCode')}`;
          const change = record.number('ConfirmedVol');
          add(key, business === '124' ? -change : change);
        }
        for (const record of broker.records(code, confirmDate, '06')) {
          kinds.set('143', (kinds.get('143') ?? 0) + 1);
          const key = `${record.text('TransactionAccountID')} ${record.text('FundCode')}`;
          add(key, record.number('VolOfDividendforReinvestment'));
        }
      }
      const shown = codes.flatMap((code) =>
        broker
          .records(code, confirmDate, '05')
          .map((record): [string, bigint] => [
            `${record.text('TransactionAccountID')} ${record.text('FundCode')}`,
            record.number('TotalVolOfDistributorInTA'),
          ]),
      );
      const expected = [...units].filter(([, value]) => value !== 0n);
      expect(shown).toHaveLength(expected.length);
      expect(new Map(shown)).toEqual(new Map(expected));
    });
    const wanted = ['120 0000', '122 0000', '124 0000', '124 1004', '129 0000', '130 0000', '143'];
    expect(wanted.filter((kind) => (kinds.get(kind) ?? 0) < 4)).toEqual([]);
  });

  it('keeps money: every account leads from opening to closing, and on to the next day', () => {
    const broker = new TestBroker();
    const closings = new Map<string, bigint>();
    const kinds = new Set<string>();
    const breaks: string[] = [];
    const check = (day: Day, what: string, amount: bigint, expected: bigint) => {
      if (amount !== expected) breaks.push(`${day} ${what}: ${amount}, not ${expected}`);
    };
    playMonth({ broker }, (day) => {
      const running = new Map<string, bigint>();
      let total = 0n;
      const rows = broker.statement(day);
      for (const [, , account = '', kind = '', text = ''] of rows) {
        kinds.add(kind);
        const amount = parseDecimal(text, 2, kind);
        const sum = running.get(account) ?? 0n;
        if (kind === 'TOTAL') check(day, 'total', amount, total);
        if (kind === 'OPENING') check(day, account, amount, closings.get(account) ?? 0n);
        if (kind === 'CLOSING') {
          check(day, account, amount, sum);
          closings.set(account, amount);
          total += amount;
        } else running.set(account, sum + amount);
      }
      expect(rows.at(-1)?.slice(3, 4)).toEqual(['TOTAL']);
      expect(rows.at(-1)?.[5]).toBe(String(rows.length - 1));
    });
    expect(breaks).toEqual([]);
    expect(closings.size).toBe(customers.length);
    const wanted = ['DEPOSIT', 'WITHDRAW', 'PURCHASE', 'REDEMPTION', 'DIVIDEND'];
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('writes the same bytes when it is restarted in between', () => {
    const straight = new TestBroker();
    playMonth({ broker: straight });
    const restarted = new TestBroker();
    playMonth({ broker: restarted, reopenBefore: month });
    expect(restarted.written()).toEqual(straight.written());
  });

  it('plays a killed day again to the same bytes', () => {
    const broker = new TestBroker();
    const statePath = join(broker.stateDir(), 'state.jsonl');
    const openWorld = () =>
      createRegistrarWorld({
        scenario: scenario(),
        stateDir: broker.stateDir(),
        exchangeDir: broker.exchangeDir,
      });
    let before = Buffer.alloc(0);
    const again: { day: Day; sameFiles: boolean; sameState: boolean }[] = [];
    playMonth({ broker }, (day) => {
      const after = readFileSync(statePath);
      if (day === month[5] || day === month[11]) {
        const written = broker.written();
        // The files are out, but the line of the day is not whole.
        truncateSync(statePath, before.length);
        appendFileSync(statePath, after.subarray(before.length, before.length + 200));
        const { alreadyPlayed } = openWorld().playDay(day);
        const sameFiles = !alreadyPlayed && isDeepStrictEqual(broker.written(), written);
        again.push({ day, sameFiles, sameState: readFileSync(statePath).equals(after) });
      }
      before = after;
    });
    expect(again).toEqual([
      { day: month[5], sameFiles: true, sameState: true },
      { day: month[11], sameFiles: true, sameState: true },
    ]);
  });

  it('goes on from a state that was written anew as a whole', () => {
    const broker = new TestBroker();
    brokers.push(broker);
    const all = days.slice(0, 70);
    const other = new TestBroker();
    brokers.push(other);
    const play = (target: TestBroker, reopen: boolean) => {
      const openWorld = () =>
        createRegistrarWorld({
          scenario: scenario(),
          stateDir: target.stateDir(),
          exchangeDir: target.exchangeDir,
        });
      let world = openWorld();
      for (const [number, day] of all.entries()) {
        if (number < 24) queueOrders(target, number);
        target.send(day, codes);
        if (reopen && number > 55) world = openWorld();
        world.playDay(day);
      }
    };
    play(broker, false);
    play(other, true);
    expect(other.written()).toEqual(broker.written());
    const lines = readFileSync(join(other.stateDir(), 'state.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThan(20);
  });

  it('can be copied and continued elsewhere', () => {
    const broker = new TestBroker();
    playMonth({ broker });
    const copy = broker.stateDir('copy');
    cpSync(broker.stateDir(), copy, { recursive: true });
    const options = { scenario: scenario(), exchangeDir: broker.exchangeDir };
    const next = days[month.length] as Day;
    broker.send(next, codes);
    createRegistrarWorld({ ...options, stateDir: broker.stateDir() }).playDay(next);
    const written = broker.written();
    createRegistrarWorld({ ...options, stateDir: copy }).playDay(next);
    expect(broker.written()).toEqual(written);
  });
});
