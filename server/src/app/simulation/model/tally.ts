/* What was booked and what was paid, counted one by one: a run of the day says how many it did. */
import type { ModelMarket } from './market.ts';
import type { TruthRecord } from './truth.ts';

/** Money that is owed between the house, a customer and a registrar until its day. */
interface Item {
  readonly kind: 'purchase' | 'redemption' | 'dividend' | 'refund' | 'fee';
  readonly customer: string;
  readonly amount: bigint;
  readonly dueDate: string;
}

export class Tally {
  readonly #market: ModelMarket;
  readonly #counts = new Map<string, number>();
  #open: Item[] = [];

  constructor(market: ModelMarket) {
    this.#market = market;
  }

  countOf(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  add(name: string): void {
    this.#counts.set(name, this.countOf(name) + 1);
  }

  /** Everything counted until now. */
  read(): ReadonlyMap<string, number> {
    return new Map(this.#counts);
  }

  booked(record: TruthRecord): void {
    const { code, isGood } = record;
    const isAccount = code === '101' || code === '108';
    this.add(isAccount ? 'accounts' : code === '143' ? 'distributions' : 'trades');
    if (!isGood) this.add('rejected');
    else this.#open.push(...this.#itemsOf(record).filter(({ amount }) => amount > 0n));
  }

  /** Money due up to a day has moved for these customers. */
  paid(customers: readonly string[], day: string): void {
    const own = new Set(customers);
    const isPaid = ({ customer, dueDate }: Item) => own.has(customer) && dueDate <= day;
    for (const { kind } of this.#open.filter(isPaid)) {
      this.add('items');
      this.add(kind);
    }
    this.#open = this.#open.filter((item) => !isPaid(item));
  }

  /** What left the customer's cash and is still with the bank. */
  unpaidPurchases(customer: string): bigint {
    return this.#open
      .filter((item) => item.customer === customer && item.kind === 'purchase')
      .reduce((sum, { amount }) => sum + amount, 0n);
  }

  #itemsOf(record: TruthRecord): Item[] {
    const { customer, dueDate, amount, agencyFee, refund } = record;
    const fee: Item = { kind: 'fee', customer, amount: agencyFee, dueDate };
    switch (record.code) {
      case '120':
        return [{ kind: 'purchase', customer, amount, dueDate }];
      case '122':
        return [{ kind: 'purchase', customer, amount, dueDate }, fee];
      case '124':
        return [{ kind: 'redemption', customer, amount, dueDate }, fee];
      case '130': {
        const days = this.#market.funds.get(record.fund)?.purchasePayDays ?? 0;
        const feeDate = this.#market.plus(record.date, days);
        return [
          { kind: 'refund', customer, amount: refund, dueDate },
          { ...fee, dueDate: feeDate },
        ];
      }
      case '149':
        return [{ kind: 'refund', customer, amount: refund, dueDate }];
      case '143':
        return [{ kind: 'dividend', customer, amount: refund, dueDate }];
      default:
        return [];
    }
  }
}
