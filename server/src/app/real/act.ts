/** Carries out the acts of a day's plan through the commands of real business; each may be repeated. */
import { AppError, assert, shanghaiDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { work } from '../../platform/work.ts';
import type { FixedClock } from '../../platform/clock.ts';
import { changeTradingAccounts, transferCash } from '../../modules/accounts/index.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import { importCsv, termsAsOf } from '../../modules/products/index.ts';
import { confirmWarning, issueWarning } from '../../modules/suitability/index.ts';
import {
  cancelOrders,
  findOrders,
  openFundAccounts,
  orderIdFor,
  placeOrders,
  type PlaceOrder,
} from '../../modules/trading/index.ts';
import { playMaker, playOperator } from '../sandbox/house.ts';
import type { Act, DayPlan } from './plan.ts';

/** A world whose clock the run moves. */
export interface RunWorld extends DayWorld {
  readonly clock: FixedClock;
}

type ActOf<K extends Act['kind']> = Extract<Act, { kind: K }>;

async function importNavs(world: RunWorld, { csv }: ActOf<'navs'>): Promise<void> {
  const report = await importCsv(world, playMaker, { kind: 'navs', csv, dryRun: false });
  assert(report.errorCount === 0, `the NAVs are imported: ${JSON.stringify(report.errors[0])}`);
}

async function transfer(world: RunWorld, { direction, items }: ActOf<'transfers'>): Promise<void> {
  await transferCash(
    world,
    playOperator,
    items.map((item) => ({ ...item, direction, idempotencyKey: undefined })),
  );
}

/** Gives up accounts that hold nothing; one that is closed already is left as it is. */
async function closeAccounts(world: RunWorld, { closing }: ActOf<'closeAccounts'>): Promise<void> {
  const steps = ['requestClose', 'confirmClose'] as const;
  await work(
    world,
    closing.map(({ bucket }) => bucket),
    (unit) =>
      changeTradingAccounts(
        unit,
        playMaker,
        steps.flatMap((event) =>
          closing.map((account) => ({
            ...account,
            event,
            reason: '客户申请销户 asked by customer',
          })),
        ),
      ),
  );
}

async function openAccounts(world: RunWorld, { opening }: ActOf<'openAccounts'>): Promise<void> {
  await openFundAccounts(world, playMaker, opening);
}

/** The warning that the customer is shown and confirms; undefined when none can be given. */
async function confirmedWarning(world: RunWorld, order: PlaceOrder): Promise<string | undefined> {
  const { customerId, fundCode } = order;
  const today = world.calendar.tradingDayOnOrAfter(shanghaiDate(world.clock.now()));
  const terms = (await termsAsOf(world.db, today)).get(fundCode);
  assert(terms !== undefined, `fund ${fundCode} has terms`);
  const { riskLevel, term, variety, parameterVersion } = terms;
  const product = { fundCode, riskLevel, term, variety, parameterVersion };
  const channel = 'counter';
  try {
    const { warningId } = await issueWarning(world, playMaker, { customerId, product, channel });
    await confirmWarning(world, playMaker, { customerId, warningId, channel });
    return warningId;
  } catch (error) {
    if (error instanceof AppError && error.code === 'WARNING_NOT_ISSUED') return undefined;
    throw error;
  }
}

async function insist(world: RunWorld, { orders }: ActOf<'insist'>): Promise<void> {
  const idOf = ({ customerId, clientOrderNo }: PlaceOrder) =>
    orderIdFor(bucketOf(customerId), customerId, clientOrderNo);
  const placed = await findOrders(world.db, orders.map(idOf));
  for (const order of orders) {
    if (placed.has(idOf(order))) continue;
    const warningId = await confirmedWarning(world, order);
    const named = warningId === undefined ? order : { ...order, warningId };
    await placeOrders(world, playOperator, [named as PlaceOrder]);
  }
}

async function actOnce(world: RunWorld, act: Act): Promise<void> {
  switch (act.kind) {
    case 'navs':
      return importNavs(world, act);
    case 'transfers':
      return transfer(world, act);
    case 'closeAccounts':
      return closeAccounts(world, act);
    case 'openAccounts':
      return openAccounts(world, act);
    case 'place':
      await placeOrders(world, playOperator, act.orders);
      return;
    case 'insist':
      return insist(world, act);
    case 'cancel':
      await cancelOrders(world, playOperator, act.orderIds);
  }
}

/** Carries the plan out in its order, each act at its instant. */
export async function carryOut(
  world: RunWorld,
  plan: DayPlan,
  onAct: (kind: Act['kind']) => () => void,
): Promise<void> {
  for (const act of plan.acts) {
    world.clock.set(act.at);
    const done = onAct(act.kind);
    await actOnce(world, act);
    done();
  }
}
