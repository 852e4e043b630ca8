/**
 * What happens on one day, decided before it begins from the seed, the date and where the chosen
 * customers stand. The plan is written down, so that a day that was cut short is finished as it was
 * meant; every act in it may be repeated.
 */
import { type Amount, amount, type Instant, type LocalDate, type Random } from '@cairn/kernel';
import type { OpenFundAccount, PlaceOrder } from '../../modules/trading/index.ts';

/** A customer of the run with what orders are drawn from. */
export interface Player {
  readonly bucket: number;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly level: number;
  /** Funds that suit the customer, and some of those that do not. */
  readonly suited: readonly string[];
  readonly unsuited: readonly string[];
  /** Registrars where the customer keeps an account without trading until it is opened anew. */
  readonly dormant: readonly string[];
  readonly homeRegistrar: string;
}

/** A trading account as the plan sees it. */
export interface PlayerAccount {
  readonly tradingAccountNo: string;
  readonly registrarCode: string;
  readonly status: string;
  readonly taAccountId: string | undefined;
}

/** Where a chosen customer stands before the day. */
export interface PlayerState {
  readonly accounts: readonly PlayerAccount[];
  readonly cash: Amount;
  readonly frozen: Amount;
  readonly holdings: readonly { readonly fundCode: string; readonly free: bigint }[];
}

/** A fund as orders are drawn for it on the day. */
export interface PlayFund {
  readonly fundCode: string;
  readonly registrarCode: string;
  readonly isOpen: boolean;
  readonly isOffered: boolean;
}

/** One act of the day; `at` is its instant. */
export type Act =
  | { readonly at: Instant; readonly kind: 'navs'; readonly csv: string }
  | {
      readonly at: Instant;
      readonly kind: 'transfers';
      readonly direction: 'in' | 'out';
      readonly items: readonly {
        readonly assetAccountNo: string;
        readonly amount: Amount;
        readonly clientTransferNo: string;
      }[];
    }
  | {
      readonly at: Instant;
      readonly kind: 'closeAccounts';
      readonly closing: readonly { readonly bucket: number; readonly tradingAccountNo: string }[];
    }
  | {
      readonly at: Instant;
      readonly kind: 'openAccounts';
      readonly opening: readonly OpenFundAccount[];
    }
  | { readonly at: Instant; readonly kind: 'place'; readonly orders: readonly PlaceOrder[] }
  | { readonly at: Instant; readonly kind: 'insist'; readonly orders: readonly PlaceOrder[] }
  | { readonly at: Instant; readonly kind: 'cancel'; readonly orderIds: readonly string[] };

export interface DayPlan {
  readonly date: LocalDate;
  readonly acts: readonly Act[];
}

/** Whom a day concerns, drawn before their state is read. */
export interface DayDraw {
  readonly date: LocalDate;
  readonly orders: readonly Player[];
  readonly deposits: readonly Player[];
  readonly withdrawals: readonly Player[];
  readonly joining: readonly Player[];
  readonly visiting: readonly Player[];
  readonly insisting: readonly Player[];
}

const some = (random: Random, players: readonly Player[], count: number): Player[] =>
  players.length === 0 ? [] : Array.from({ length: count }, () => random.pick(players));

/** Draws who acts on the day: at least `ordersMin` orders. */
export function drawDay(
  random: Random,
  date: LocalDate,
  players: readonly Player[],
  ordersMin: number,
): DayDraw {
  const own = random.fork(`draw ${date}`);
  const part = (share: number) => Math.ceil(ordersMin * share);
  return {
    date,
    orders: some(own, players, ordersMin + own.int(0, part(0.1))),
    deposits: some(own, players, own.int(1, part(0.03))),
    withdrawals: some(own, players, own.int(1, part(0.02))),
    joining: some(own, players, own.int(1, 3)),
    visiting: some(
      own,
      players.filter((player) => player.dormant.length > 0),
      own.int(1, 3),
    ),
    insisting: some(
      own,
      players.filter((player) => player.unsuited.length > 0),
      own.int(1, 2),
    ),
  };
}

/** Every customer that the draw names, once. */
export function playersOf(draw: DayDraw): Player[] {
  const { orders, deposits, withdrawals, joining, visiting, insisting } = draw;
  const all = [orders, deposits, withdrawals, joining, visiting, insisting].flat();
  return [...new Map(all.map((player) => [player.customerId, player])).values()];
}

/** A live account that may be traded from: not one that is only kept. */
export function tradableAt(
  player: Player,
  accounts: readonly PlayerAccount[],
  registrarCode: string,
): boolean {
  const own = accounts.filter((account) => account.registrarCode === registrarCode);
  const isLive = own.some(({ status }) => status === 'active' || status === 'opening');
  const isKept = player.dormant.includes(registrarCode) && own.length < 2;
  return isLive && !isKept;
}

export const NO_MONEY: Amount = amount(0n);
