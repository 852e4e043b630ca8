/** Puts the acts of a day together from the draw and where the customers stand. */
import {
  addDays,
  amount,
  instantAtShanghai,
  type Instant,
  type LocalDate,
  type Random,
} from '@cairn/kernel';
import { orderIdFor, type OpenFundAccount, type PlaceOrder } from '../../modules/trading/index.ts';
import { OrderDrawer } from './draw-orders.ts';
import type { Act, DayDraw, DayPlan, PlayFund, Player, PlayerState } from './plan.ts';

const YUAN = 100n;
/** Below this a customer pays money in before buying on. */
const POOR = 2_000n * YUAN;

interface Input {
  readonly draw: DayDraw;
  readonly states: ReadonlyMap<string, PlayerState>;
  readonly funds: ReadonlyMap<string, PlayFund>;
  readonly registrars: readonly string[];
  /** On the first day the house opens in the morning, so nobody came the evening before. */
  readonly isFirstDay: boolean;
  /** No account is closed while an offer runs: its units come long after the order. */
  readonly mayClose: boolean;
  /** NAVs that come as CSV this morning. */
  readonly navsCsv: string | undefined;
}

interface Accounts {
  readonly closing: { bucket: number; tradingAccountNo: string }[];
  readonly opening: OpenFundAccount[];
}

/** Customers who join a further registrar (001). */
function joinAll(random: Random, { draw, states, registrars }: Input, into: Accounts): void {
  for (const player of draw.joining) {
    const own = states.get(player.customerId)?.accounts ?? [];
    const missing = registrars.filter(
      (code) =>
        !player.dormant.includes(code) && !own.some((account) => account.registrarCode === code),
    );
    if (missing.length === 0) continue;
    const { customerId, assetAccountNo } = player;
    into.opening.push({ customerId, assetAccountNo, registrarCode: random.pick(missing) });
  }
}

/** An account that is only kept: opened (001), given up, and added again (008), visit by visit. */
function visitAll(random: Random, { draw, states, mayClose }: Input, into: Accounts): void {
  for (const player of draw.visiting) {
    const registrarCode = random.pick(player.dormant);
    const all = states.get(player.customerId)?.accounts ?? [];
    const own = all.filter((account) => account.registrarCode === registrarCode);
    const { bucket, customerId, assetAccountNo } = player;
    const wanted = { customerId, assetAccountNo, registrarCode };
    const [account] = own;
    if (account === undefined) into.opening.push(wanted);
    else if (own.length > 1) continue;
    else if (account.status === 'active' && mayClose) {
      into.closing.push({ bucket, tradingAccountNo: account.tradingAccountNo });
    } else if (account.status === 'closed' && account.taAccountId !== undefined) {
      into.opening.push({ ...wanted, taAccountId: account.taAccountId });
    }
  }
}

function onlyOnce(opening: readonly OpenFundAccount[]): OpenFundAccount[] {
  return [
    ...new Map(opening.map((one) => [`${one.customerId}/${one.registrarCode}`, one])).values(),
  ];
}

function accountActs(random: Random, input: Input, at: Instant): Act[] {
  const accounts: Accounts = { closing: [], opening: [] };
  joinAll(random, input, accounts);
  visitAll(random, input, accounts);
  const closing = [...new Map(accounts.closing.map((one) => [one.tradingAccountNo, one])).values()];
  const opening = onlyOnce(accounts.opening);
  return [
    ...(closing.length === 0 ? [] : [{ at, kind: 'closeAccounts' as const, closing }]),
    ...(opening.length === 0 ? [] : [{ at, kind: 'openAccounts' as const, opening }]),
  ];
}

/** Deposits of those drawn and of those who have run out of money; withdrawals of others. */
function transferActs(random: Random, input: Input, drawer: OrderDrawer, at: Instant): Act[] {
  const { draw } = input;
  const no = draw.date.replaceAll('-', '');
  const poor = draw.orders.filter((player) => drawer.cashOf(player) < POOR);
  const paying = new Map([...draw.deposits, ...poor].map((player) => [player.customerId, player]));
  const deposits = [...paying.values()].map((player, index) => {
    const paid = amount(BigInt(random.int(5, 200)) * 1_000n * YUAN + BigInt(random.int(0, 99)));
    drawer.addCash(player, paid);
    return {
      assetAccountNo: player.assetAccountNo,
      amount: paid,
      clientTransferNo: `${no}-I${index}`,
    };
  });
  const leaving = new Map(draw.withdrawals.map((player) => [player.customerId, player]));
  const withdrawals = [...leaving.values()].flatMap((player: Player, index) => {
    // The bank pays out what was there in the morning, so nobody pays in and out on one day.
    if (paying.has(player.customerId)) return [];
    const share = (drawer.cashOf(player) * BigInt(random.int(5, 40))) / 100n;
    if (share <= 0n) return [];
    drawer.addCash(player, -share);
    return [
      {
        assetAccountNo: player.assetAccountNo,
        amount: amount(share),
        clientTransferNo: `${no}-O${index}`,
      },
    ];
  });
  return [
    { at, kind: 'transfers' as const, direction: 'in' as const, items: deposits },
    { at, kind: 'transfers' as const, direction: 'out' as const, items: withdrawals },
  ].filter(({ items }) => items.length > 0);
}

/** A few orders that are taken back before the cut-off. */
function pickCancelled(
  random: Random,
  orders: readonly PlaceOrder[],
  bucketOf: (id: string) => number,
) {
  const count = Math.min(orders.length, random.int(1, Math.max(1, Math.ceil(orders.length / 40))));
  return random
    .shuffle(orders)
    .slice(0, count)
    .map(({ customerId, clientOrderNo }) =>
      orderIdFor(bucketOf(customerId), customerId, clientOrderNo),
    );
}

/** The plan of a day: the same for the same seed, date and state. */
export function planDay(random: Random, input: Input): DayPlan {
  const { draw, states, funds, isFirstDay, navsCsv } = input;
  const { date } = draw;
  const own = random.fork(`plan ${date}`);
  const drawer = new OrderDrawer(random, draw, states, funds);
  const at = (time: string, day: LocalDate = date) => instantAtShanghai(day, time);
  const evening = isFirstDay ? at('08:35:00.000') : at('20:30:00.000', addDays(date, -1));
  const transfers = transferActs(own, input, drawer, evening);
  const accounts = accountActs(own, input, at('08:45:00.000'));
  const orders = draw.orders.map((player) => drawer.draw(player));
  const insisted = draw.insisting.flatMap((player) => drawer.drawInsisted(player) ?? []);
  const bucketById = new Map(draw.orders.map((player) => [player.customerId, player.bucket]));
  const cut = [0.15, 0.55].map((share) => Math.floor(orders.length * share));
  const place = (time: Instant, from: number, to: number): Act[] =>
    from === to ? [] : [{ at: time, kind: 'place', orders: orders.slice(from, to) }];
  const [first = 0, second = 0] = cut;
  return {
    date,
    acts: [
      ...transfers,
      ...place(evening, 0, first),
      ...(navsCsv === undefined
        ? []
        : [{ at: at('08:40:00.000'), kind: 'navs' as const, csv: navsCsv }]),
      ...accounts,
      ...place(at('10:10:00.000'), first, second),
      ...(insisted.length === 0
        ? []
        : [{ at: at('11:00:00.000'), kind: 'insist' as const, orders: insisted }]),
      ...place(at('14:40:00.000'), second, orders.length),
      {
        at: at('14:59:59.999'),
        kind: 'cancel',
        orderIds: pickCancelled(own, orders, (id) => bucketById.get(id) ?? 0),
      },
    ],
  };
}
