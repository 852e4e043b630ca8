/**
 * Random commands against a plain model of one broker: what is accepted, frozen, sent and confirmed
 * must agree after every command, and every check must stay clean.
 */
import { addDays, instant, instantAtShanghai, type LocalDate, localDate } from '@cairn/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestPglite,
  type TestDatabase,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { work } from '../../platform/work.ts';
import { loadCash, loadHoldings } from '../accounts/index.ts';
import {
  failingChecks,
  giveUnits,
  maker,
  openBroker,
  openTraders,
  purchase,
  redemption,
  share,
  system,
  type Trader,
  yuan,
} from './fixture.ts';
import {
  applyOrderOutcomes,
  cancelOrders,
  findOrders,
  markSent,
  ordersToSend,
  type OrderOutcome,
  placeOrders,
  recordCutOff,
} from './index.ts';

interface ModelOrder {
  readonly orderId: string;
  readonly kind: 'buy' | 'sell';
  readonly asked: bigint;
  readonly tradeDate: LocalDate;
  state: string;
  held: bigint;
  confirmed: bigint;
}

/** The plain twin: one trader, whole days, no database. */
class Model {
  readonly orders = new Map<string, ModelOrder>();
  readonly cash = yuan('1000');
  readonly units = share('1000');
  lastCut: LocalDate | undefined;

  frozen(kind: 'buy' | 'sell'): bigint {
    let total = 0n;
    for (const order of this.orders.values()) if (order.kind === kind) total += order.held;
    return total;
  }

  accepts(kind: 'buy' | 'sell', asked: bigint): boolean {
    const free: bigint = (kind === 'buy' ? this.cash : this.units) - this.frozen(kind);
    return asked <= free;
  }
}

type Step =
  | { readonly do: 'buy' | 'sell'; readonly amount: number; readonly number: number }
  | { readonly do: 'cancel' | 'confirm' | 'reject' | 'part'; readonly pick: number }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'cut' | 'send' | 'close' };

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: placing() },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'cancel' as const,
          'confirm' as const,
          'reject' as const,
          'part' as const,
        ),
        pick: fc.nat({ max: 20 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.nat({ max: 30 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('cut' as const, 'send' as const, 'close' as const, 'close' as const),
      }),
    },
  ),
  { minLength: 20, maxLength: 45, size: 'max' },
);

function placing() {
  return fc.record({
    do: fc.constantFrom('buy' as const, 'sell' as const),
    amount: fc.integer({ min: 100, max: 600 }),
    number: fc.nat({ max: 12 }),
  });
}

/** One history: its own trader and its own stretch of days. */
class Run {
  readonly model = new Model();
  readonly world: TestWorld;
  readonly trader: Trader;

  constructor(world: TestWorld, trader: Trader) {
    this.world = world;
    this.trader = trader;
  }

  async apply(step: Step): Promise<void> {
    if (step.do === 'buy' || step.do === 'sell')
      return this.place(step.do, step.amount, step.number);
    if (step.do === 'wait') return this.world.clock.advanceMs(step.hours * 3_600_000);
    if (step.do === 'cut' || step.do === 'close') await this.cut();
    if (step.do === 'cut') return;
    if (step.do === 'send' || step.do === 'close') return this.send();
    if (!('pick' in step)) return;
    const known = [...this.model.orders.values()];
    const order = known[step.pick % Math.max(known.length, 1)];
    if (order === undefined) return;
    if (step.do === 'cancel') return this.cancel(order);
    return this.answer(order, step.do);
  }

  async place(kind: 'buy' | 'sell', asked: number, number: number): Promise<void> {
    const text = String(asked);
    const no = `${kind}${number}`;
    const order =
      kind === 'buy' ? purchase(this.trader, no, text) : redemption(this.trader, no, text);
    const [result] = await placeOrders(this.world, maker, [order]);
    if (result === undefined) throw new Error('one order, one answer');
    const before = this.seen.get(no);
    const wanted = kind === 'buy' ? yuan(text) : share(text);
    if (before !== undefined) {
      if (before.asked === wanted) expect(result).toEqual({ ...before.result, isReplay: true });
      else expect(result).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
      return;
    }
    if (result.kind !== 'decided') throw new Error(result.code);
    this.seen.set(no, { asked: wanted, result });
    const { orderId, tradeDate, outcome } = result.receipt;
    // Redeeming is refused for more than the cash rule alone, so only purchases are predicted whole.
    if (kind === 'buy') expect(outcome === 'accepted').toBe(this.model.accepts(kind, wanted));
    if (outcome === 'accepted') {
      expect(this.model.accepts(kind, wanted)).toBe(true);
      expect(this.model.lastCut === undefined || tradeDate > this.model.lastCut).toBe(true);
    }
    const state = outcome === 'accepted' ? 'accepted' : 'refused';
    const held = outcome === 'accepted' ? wanted : 0n;
    this.model.orders.set(orderId, {
      orderId,
      kind,
      asked: wanted,
      tradeDate,
      state,
      held,
      confirmed: 0n,
    });
  }

  readonly seen = new Map<string, { readonly asked: bigint; readonly result: object }>();

  async cancel(order: ModelOrder): Promise<void> {
    const [result] = await cancelOrders(this.world, maker, [order.orderId]);
    const now = this.world.clock.now();
    const cutOff = instantAtShanghai(order.tradeDate, '15:00:00.000');
    const isCut = this.model.lastCut !== undefined && this.model.lastCut >= order.tradeDate;
    const may = order.state === 'accepted' && !isCut && now < cutOff;
    expect(result?.kind).toBe(may ? 'cancelled' : 'error');
    if (may) Object.assign(order, { state: 'cancelled', held: 0n });
  }

  async cut(): Promise<void> {
    const { calendar, clock } = this.world;
    const today = localDate(clock.now().slice(0, 10));
    const date = calendar.tradingDayOnOrAfter(
      this.model.lastCut === undefined || today > this.model.lastCut
        ? today
        : addDays(this.model.lastCut, 1),
    );
    await recordCutOff(this.world, system, date);
    this.model.lastCut = date;
  }

  async send(): Promise<void> {
    const { lastCut } = this.model;
    if (lastCut === undefined) return;
    const { orders } = await ordersToSend(this.world.db, lastCut, '01');
    const ours = orders.filter((order) => order.customerId === this.trader.customerId);
    const expected = [...this.model.orders.values()].filter(
      (order) => order.tradeDate === lastCut && !['refused', 'cancelled'].includes(order.state),
    );
    expect(ours.map((order) => order.orderId)).toEqual(expected.map((o) => o.orderId).sort());
    const buckets = [this.trader.bucket];
    await work(this.world, buckets, (current) =>
      markSent(current, { tradeDate: lastCut, registrarCode: '01', buckets, ref: 'file' }),
    );
    for (const order of expected) if (order.state === 'accepted') order.state = 'sent';
  }

  async answer(order: ModelOrder, kind: 'confirm' | 'reject' | 'part'): Promise<void> {
    const rest = order.asked - order.confirmed;
    const now = kind === 'part' ? rest / 3n : rest;
    const zero = kind === 'reject';
    const outcome: OrderOutcome = {
      orderId: order.orderId,
      to: kind === 'confirm' ? 'confirmed' : kind === 'reject' ? 'rejected' : 'partlyConfirmed',
      confirmedAmount: (zero || order.kind === 'sell'
        ? 0n
        : now) as OrderOutcome['confirmedAmount'],
      confirmedUnits: (zero || order.kind === 'buy' ? 0n : now) as OrderOutcome['confirmedUnits'],
      fee: yuan('0'),
      confirmDate: order.tradeDate,
      ref: 'record',
    };
    const { done, refused } = await work(this.world, [this.trader.bucket], (current) =>
      applyOrderOutcomes(current, [outcome]),
    );
    const legal =
      order.state === 'sent' || (order.state === 'partlyConfirmed' && kind !== 'reject');
    expect([done.length, refused.length]).toEqual(legal ? [1, 0] : [0, 1]);
    if (!legal) return;
    order.state = outcome.to;
    if (!zero) order.confirmed += now;
    order.held = outcome.to === 'partlyConfirmed' ? order.held - now : 0n;
  }

  async compare(): Promise<void> {
    const { trader, model, world } = this;
    const { bucket, assetAccountNo } = trader;
    const cash = (await loadCash(world.db, [bucket], [assetAccountNo])).get(assetAccountNo);
    expect(cash?.frozen).toBe(model.frozen('buy'));
    const key = { ...trader, fundCode: '000001', shareClass: '0' };
    const [holding] = (await loadHoldings(world.db, [key])).values();
    expect(holding?.frozen).toBe(model.frozen('sell'));
    const stored = await findOrders(world.db, [...model.orders.keys()]);
    const states = [...stored.values()].map((order) => `${order.orderId} ${order.state}`);
    const expected = [...model.orders.values()].map((order) => `${order.orderId} ${order.state}`);
    expect(states.sort()).toEqual(expected.sort());
  }
}

let database: TestDatabase;
let world: TestWorld;
let sequence = 0;
/** States that some order reached: a run that never gets anywhere proves nothing. */
const reached = new Map<string, number>();
let day = localDate('2026-03-09');

beforeAll(async () => {
  database = await openTestPglite();
  world = testWorld(database.db, instant('2026-03-09T02:00:00.000Z'));
  await openBroker(world);
});
afterAll(() => database.drop());

test('after any commands the books agree with a plain model', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (commands) => {
      sequence += 1;
      // Cut-offs only move forward, so each history begins after the one before it.
      day = addDays(day, 7);
      const start = instantAtShanghai(day, '10:00:00.000');
      world.clock.set(start > world.clock.now() ? start : world.clock.now());
      const [trader] = await openTraders(world, [sequence], { cash: '1000' });
      if (trader === undefined) throw new Error('a trader opens');
      await giveUnits(world, trader, '000001', '1000');
      const run = new Run(world, trader);
      const [last] = await world.db.query<{ last: LocalDate | null }>(
        'select max(trade_date) as last from trading.cut_offs',
      );
      run.model.lastCut = last?.last ?? undefined;
      for (const command of commands) {
        await run.apply(command);
        await run.compare();
      }
      for (const { state } of run.model.orders.values()) {
        reached.set(state, (reached.get(state) ?? 0) + 1);
      }
    }),
    { numRuns: 16 },
  );
  expect([...reached.keys()]).toEqual(
    expect.arrayContaining(['refused', 'cancelled', 'sent', 'confirmed']),
  );
  expect(await failingChecks(world.db, world)).toEqual([]);
});
