/** What the demonstration's customers do on a day: seeded, and placed like real orders. */
import {
  amount,
  instantAtShanghai,
  type LocalDate,
  type Random,
  rate,
  seededRandom,
  units,
} from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import type { FixedClock } from '../../platform/clock.ts';
import type { World } from '../../platform/world.ts';
import { loadPositions, type Position } from '../../modules/accounts/index.ts';
import { type FundTerms, type TermsBook, termsAsOf } from '../../modules/products/index.ts';
import {
  confirmWarning,
  issueWarning,
  type Profile,
  profilesFor,
} from '../../modules/suitability/index.ts';
import { cancelOrders, placeOrders, type PlaceOrder } from '../../modules/trading/index.ts';
import type { Investor } from '../sandbox/investors.ts';
import { DEMO_SEED } from './period.ts';

const FULL_RATE = rate(100_000_000n);
const DISCOUNT = rate(40_000_000n);

/** The day as the customers see it. */
interface Room {
  readonly world: World;
  readonly actor: Actor;
  readonly random: Random;
  readonly book: TermsBook;
  readonly investors: readonly Investor[];
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly positions: readonly Position[];
}

function orderNo(date: LocalDate, index: number): string {
  return `demo-${date}-${String(index).padStart(2, '0')}`;
}

function wish(room: Room, investor: Investor): FundTerms | undefined {
  const { random, book, profiles } = room;
  const profile = profiles.get(investor.customerId);
  const level = profile?.level ?? 3;
  const sold = book.all().filter((terms) => terms.sold);
  const offers = sold.filter((terms) => isOffered(terms, book.date) && terms.riskLevel <= level);
  if (offers.length > 0 && random.chance(0.2)) return random.pick(offers);
  const reach = random.chance(0.88) ? level : 5;
  const fitting = sold.filter(
    (terms) =>
      terms.riskLevel <= reach &&
      (reach === 5 || profile === undefined || profile.varieties.includes(terms.variety)),
  );
  const open = random.chance(0.95) ? fitting.filter((terms) => terms.status === '0') : fitting;
  return open.length === 0 ? undefined : random.pick(open);
}

function isOffered(terms: FundTerms, date: LocalDate): boolean {
  const { status, offerStart, offerEnd } = terms;
  if (status !== '1' || offerStart === undefined || offerEnd === undefined) return false;
  return offerStart <= date && date <= offerEnd;
}

async function warned(room: Room, investor: Investor, terms: FundTerms) {
  const { world, actor, random, profiles } = room;
  const level = profiles.get(investor.customerId)?.level ?? 5;
  if (terms.riskLevel <= level || random.chance(0.5)) return undefined;
  const { customerId } = investor;
  const { fundCode, riskLevel, term, variety, parameterVersion } = terms;
  const product = { fundCode, riskLevel, term, variety, parameterVersion };
  try {
    const shown = await issueWarning(world, actor, { customerId, product, channel: 'counter' });
    const { warningId } = shown;
    await confirmWarning(world, actor, { customerId, warningId, channel: 'counter' });
    return warningId;
  } catch {
    // Nothing to warn of, or no confirmation helps: the order then says why.
    return undefined;
  }
}

async function buy(room: Room, clientOrderNo: string): Promise<PlaceOrder | undefined> {
  const { random } = room;
  const investor = random.pick(room.investors);
  const terms = wish(room, investor);
  if (terms === undefined) return undefined;
  const share = investor.spec.deposit / BigInt(random.int(4, 20));
  const yuan = random.chance(0.03) ? investor.spec.deposit * 3n : (share / 10_000n) * 10_000n;
  const warningId = await warned(room, investor, terms);
  return {
    businessCode: terms.status === '1' ? '020' : '022',
    customerId: investor.customerId,
    clientOrderNo,
    fundCode: terms.fundCode,
    channel: random.pick(['0', '2', '2', '2'] as const),
    amount: amount(yuan > 10_000n ? yuan : 10_000n),
    discountRate: random.chance(0.5) ? DISCOUNT : FULL_RATE,
    ...(warningId === undefined ? {} : { warningId }),
  };
}

function redeem(room: Room, clientOrderNo: string): PlaceOrder | undefined {
  const { random, positions } = room;
  const free = positions.filter((position) => position.units > position.frozen);
  if (free.length === 0) return undefined;
  const position = random.pick(free);
  const left: bigint = position.units - position.frozen;
  const part = random.chance(0.3) ? left : ((left * BigInt(random.int(20, 80))) / 10_000n) * 100n;
  return {
    businessCode: '024',
    customerId: position.customerId,
    clientOrderNo,
    fundCode: position.fundCode,
    channel: random.pick(['0', '2'] as const),
    units: units(part > 100n ? part : left),
    largeRedemptionFlag: random.pick(['0', '1'] as const),
  };
}

function changeMethod(room: Room, clientOrderNo: string): PlaceOrder | undefined {
  if (room.positions.length === 0) return undefined;
  const position = room.random.pick(room.positions);
  return {
    businessCode: '029',
    customerId: position.customerId,
    clientOrderNo,
    fundCode: position.fundCode,
    channel: '2',
    dividendMethod: position.dividendMethod === '0' ? '1' : '0',
  };
}

async function one(room: Room, clientOrderNo: string): Promise<PlaceOrder | undefined> {
  const draw = room.random.int(1, 100);
  if (draw <= 68) return buy(room, clientOrderNo);
  if (draw <= 93) return redeem(room, clientOrderNo);
  return changeMethod(room, clientOrderNo);
}

async function openRoom(
  world: World,
  actor: Actor,
  date: LocalDate,
  investors: readonly Investor[],
): Promise<Room> {
  const random = seededRandom(DEMO_SEED).fork(`orders ${date}`);
  // A few dozen customers come on a day; the books are asked about these only.
  const visitors = random.shuffle(investors).slice(0, 40);
  const order = new Map(visitors.map(({ customerId }, index) => [customerId, index]));
  const rank = (position: Position) => order.get(position.customerId) ?? 0;
  const positions = await loadPositions(world.db, visitors);
  return {
    world,
    actor,
    random,
    investors: visitors,
    book: await termsAsOf(world.db, date),
    profiles: await profilesFor(world.db, visitors),
    // Ids differ between installations, the order of customers does not.
    positions: positions.toSorted(
      (a, b) => rank(a) - rank(b) || a.fundCode.localeCompare(b.fundCode, 'en'),
    ),
  };
}

const TIMES = ['10:12:31.000', '13:38:20.000', '15:12:45.000'] as const;

/**
 * Places the day's orders: two rounds before the cut-off and, on some days, one after it, which
 * belongs to the next day. The clock is moved from round to round and never back. Placing a day's
 * orders again repeats them without effect.
 */
export async function placeDayOrders(
  world: World,
  clock: FixedClock,
  actor: Actor,
  date: LocalDate,
  investors: readonly Investor[],
): Promise<{ accepted: number; refused: number; cancelled: number }> {
  const room = await openRoom(world, actor, date, investors);
  const counts = { accepted: 0, refused: 0, cancelled: 0 };
  let index = 0;
  for (const [round, time] of TIMES.entries()) {
    const at = instantAtShanghai(date, time);
    if (at > clock.now()) clock.set(at);
    const size = round === 2 ? room.random.int(-4, 2) : room.random.int(5, 11);
    const orders: PlaceOrder[] = [];
    for (let n = 0; n < size; n++) {
      const order = await one(room, orderNo(date, ++index));
      if (order !== undefined) orders.push(order);
    }
    if (orders.length === 0) continue;
    const results = await placeOrders(world, actor, orders);
    const accepted: string[] = [];
    for (const result of results) {
      if (result.kind !== 'decided' || result.receipt.outcome === 'refused') counts.refused += 1;
      else accepted.push(result.receipt.orderId);
    }
    counts.accepted += accepted.length;
    const [first] = accepted;
    if (round === 1 && first !== undefined && room.random.chance(0.25)) {
      const [cancelled] = await cancelOrders(world, actor, [first]);
      if (cancelled?.kind === 'cancelled') counts.cancelled += 1;
    }
  }
  return counts;
}
