/** Draws the orders of a day from where the customers stand. */
import {
  type Amount,
  amount,
  type Random,
  rate,
  type Rate,
  type Units,
  units,
} from '@cairn/kernel';
import type { PlaceOrder } from '../../modules/trading/index.ts';
import {
  type DayDraw,
  NO_MONEY,
  type PlayFund,
  type Player,
  type PlayerState,
  tradableAt,
} from './plan.ts';

const NO_DISCOUNT = rate(100_000_000n);
/** What both real schedules show beside their rates: a tenth, for orders over the internet. */
const INTERNET_DISCOUNT = rate(10_000_000n);
const YUAN = 100n;
const LEAST_PURCHASE = 100n * YUAN;

interface Running {
  cash: bigint;
  readonly free: Map<string, bigint>;
}

/** The drawing of one day: what earlier orders of the day took is gone for later ones. */
export class OrderDrawer {
  readonly #random: Random;
  readonly #states: ReadonlyMap<string, PlayerState>;
  readonly #funds: ReadonlyMap<string, PlayFund>;
  readonly #running = new Map<string, Running>();
  readonly #date: string;
  #count = 0;

  constructor(
    random: Random,
    draw: DayDraw,
    states: ReadonlyMap<string, PlayerState>,
    funds: ReadonlyMap<string, PlayFund>,
  ) {
    this.#random = random.fork(`orders ${draw.date}`);
    this.#states = states;
    this.#funds = funds;
    this.#date = draw.date.replaceAll('-', '');
  }

  /** Money that came in, or went out, before the orders. */
  addCash(player: Player, change: bigint): void {
    this.#runningOf(player).cash += change;
  }

  cashOf(player: Player): bigint {
    return this.#runningOf(player).cash;
  }

  /** One order of the customer: mostly one that should pass, sometimes one that should not. */
  draw(player: Player): PlaceOrder {
    const dice = this.#random.int(1, 100);
    if (dice <= 8) return this.#faulty(player);
    const held = this.#held(player);
    if (dice <= 14 && held.length > 0) return this.#dividendMethod(player, held);
    if (dice <= 44 && held.length > 0) return this.#redemption(player, held);
    return this.#purchase(player);
  }

  /** A purchase of a fund that does not suit the customer, who will insist on it. */
  drawInsisted(player: Player): PlaceOrder | undefined {
    const open = player.unsuited.filter(
      (code) => this.#funds.get(code)?.isOpen === true && this.#isTradable(player, code),
    );
    if (open.length === 0 || this.cashOf(player) < LEAST_PURCHASE) return undefined;
    return this.#buy(player, '022', this.#random.pick(open), this.#takeCash(player));
  }

  #runningOf(player: Player): Running {
    const known = this.#running.get(player.customerId);
    if (known !== undefined) return known;
    const state = this.#states.get(player.customerId);
    const fresh: Running = {
      cash: state === undefined ? 0n : state.cash - state.frozen,
      free: new Map(state?.holdings.map(({ fundCode, free }) => [fundCode, free])),
    };
    this.#running.set(player.customerId, fresh);
    return fresh;
  }

  #isTradable(player: Player, fundCode: string): boolean {
    const fund = this.#funds.get(fundCode);
    const accounts = this.#states.get(player.customerId)?.accounts ?? [];
    return fund !== undefined && tradableAt(player, accounts, fund.registrarCode);
  }

  #head(player: Player, fundCode: string) {
    this.#count += 1;
    return {
      customerId: player.customerId,
      clientOrderNo: `${this.#date}-${this.#count}`,
      fundCode,
      channel: this.#random.pick(['2', '2', '2', '0', '1'] as const),
    };
  }

  #buy(player: Player, businessCode: '020' | '022', fundCode: string, paid: Amount): PlaceOrder {
    const head = this.#head(player, fundCode);
    const discountRate: Rate = head.channel === '2' ? INTERNET_DISCOUNT : NO_DISCOUNT;
    return { ...head, businessCode, amount: paid, discountRate };
  }

  /** One to eight per cent of the free cash, mostly in hundreds of yuan. */
  #takeCash(player: Player): Amount {
    const running = this.#runningOf(player);
    const share = (running.cash * BigInt(this.#random.int(10, 80))) / 1000n;
    const round = this.#random.chance(0.8) ? 100n * YUAN : 1n;
    const wanted = (share / round) * round;
    const paid = wanted < LEAST_PURCHASE ? LEAST_PURCHASE : wanted;
    if (paid <= running.cash) running.cash -= paid;
    return amount(paid);
  }

  #purchase(player: Player): PlaceOrder {
    const mine = player.suited.filter((code) => this.#isTradable(player, code));
    const offered = mine.filter((code) => this.#funds.get(code)?.isOffered === true);
    if (offered.length > 0 && this.#random.chance(0.5)) {
      return this.#buy(player, '020', this.#random.pick(offered), this.#takeCash(player));
    }
    const open = mine.filter((code) => this.#funds.get(code)?.isOpen === true);
    // Without a fund that can be bought the customer tries one all the same and is refused.
    const choice = open.length > 0 ? open : [...player.suited, ...player.unsuited];
    return this.#buy(player, '022', this.#random.pick(choice), this.#takeCash(player));
  }

  #held(player: Player): string[] {
    const { free } = this.#runningOf(player);
    return [...free]
      .filter(([code, left]) => left > 0n && this.#funds.get(code)?.isOpen === true)
      .map(([code]) => code);
  }

  #redemption(player: Player, held: readonly string[]): PlaceOrder {
    const fundCode = this.#random.pick(held);
    const { free } = this.#runningOf(player);
    const left = free.get(fundCode) ?? 0n;
    const part = (left * BigInt(this.#random.int(10, 70))) / 100n;
    const isAll = part < 100n || left - part < 100n || this.#random.chance(0.3);
    const taken = isAll ? left : part;
    free.set(fundCode, left - taken);
    return this.#redeem(player, fundCode, units(taken));
  }

  #redeem(player: Player, fundCode: string, taken: Units): PlaceOrder {
    return {
      ...this.#head(player, fundCode),
      businessCode: '024',
      units: taken,
      largeRedemptionFlag: this.#random.pick(['0', '1'] as const),
    };
  }

  #dividendMethod(player: Player, held: readonly string[]): PlaceOrder {
    return {
      ...this.#head(player, this.#random.pick(held)),
      businessCode: '029',
      dividendMethod: this.#random.pick(['0', '1'] as const),
    };
  }

  /** An order that the checks should refuse: each of eight reasons in turn of the dice. */
  #faulty(player: Player): PlaceOrder {
    const any = () => this.#random.pick([...player.suited, ...player.unsuited]);
    const cash = this.cashOf(player);
    switch (this.#random.int(1, 8)) {
      case 1:
        return this.#buy(player, '022', any(), amount(cash + 1_000_000n * YUAN));
      case 2:
        return this.#redeem(player, any(), units(99_999_999_900n));
      case 3:
        return this.#buy(player, '022', any(), amount(50n));
      case 4:
        return this.#buy(player, '022', '999999', LEAST_AMOUNT);
      case 5:
        return this.#buy(player, '022', '159919', LEAST_AMOUNT);
      case 6:
        return this.#buy(player, '020', any(), LEAST_AMOUNT);
      case 7:
        return { ...this.#head(player, '952004'), businessCode: '029', dividendMethod: '0' };
      default:
        return player.unsuited.length === 0
          ? this.#buy(player, '022', '460300', NO_MONEY_LEFT)
          : this.#buy(player, '022', this.#random.pick(player.unsuited), LEAST_AMOUNT);
    }
  }
}

const LEAST_AMOUNT = amount(LEAST_PURCHASE);
const NO_MONEY_LEFT = amount(NO_MONEY + 1n);
