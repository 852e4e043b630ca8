/** Rounds of faults on houses: load, a fault, healing, and the judgement of the clients' notes. */
import { batchFaults } from './faults-batch.ts';
import { databaseFaults } from './faults-database.ts';
import { networkFaults } from './faults-network.ts';
import { processFaults } from './faults-processes.ts';
import { startFaults } from './faults-starts.ts';
import { dice, type Fault } from './fault.ts';
import { ProcessHouse } from './house.ts';
import { Clients } from './ledger.ts';
import type { Group } from './names.ts';

export const FAULTS: readonly Fault[] = [
  ...batchFaults,
  ...networkFaults,
  ...processFaults,
  ...databaseFaults,
  ...startFaults,
];

const CLIENTS = 8;
/** A house that is healed answers everything within this time. */
const RECOVERY_MS = 180_000;
/** The checks read a whole house, so a house is given up before it is large. */
const ORDERS_PER_HOUSE = 5_000;

export interface Figures {
  /** How often its effect was seen. */
  readonly times: number;
  /** How often it was done. */
  readonly runs: number;
  readonly failures: readonly string[];
}

/** Told of each fault as it is over. */
type OnDone = (fault: Fault, seen: number) => void;

/** Faults done and what came of them. */
export class Campaign {
  readonly #bin: string;
  #house: ProcessHouse | undefined;
  #rounds = 0;
  acknowledged = 0;
  repeated = 0;
  houses = 0;
  readonly statuses = new Map<number, number>();
  readonly #times = new Map<string, number>();
  readonly #runs = new Map<string, number>();
  readonly #failures = new Map<string, string[]>();
  readonly #measured = new Map<string, number[]>();

  constructor(bin: string) {
    this.#bin = bin;
  }

  figuresOf(fault: Fault): Figures {
    return {
      times: this.#times.get(fault.name) ?? 0,
      runs: this.#runs.get(fault.name) ?? 0,
      failures: this.#failures.get(fault.name) ?? [],
    };
  }

  /** How often faults of a group had their effect. */
  timesOf(group: Group): number {
    return FAULTS.filter((fault) => fault.group === group).reduce(
      (sum, fault) => sum + this.figuresOf(fault).times,
      0,
    );
  }

  /**
   * What is to be done next: the faults that are rarest, those of the rarest groups before others,
   * each `times` at most. Those after which the house is spent come last.
   */
  next(from: readonly Fault[], count: number, times: number): Fault[] {
    const open = from.filter(
      (fault) => this.figuresOf(fault).times < times && this.figuresOf(fault).runs < 3 * times,
    );
    const need = (fault: Fault) =>
      Math.min(times, this.timesOf(fault.group)) * 1_000 + this.figuresOf(fault).runs;
    const chosen = dice
      .shuffle(open)
      .sort((a, b) => need(a) - need(b))
      .slice(0, count);
    const isLast = (fault: Fault) => (fault.isHouseSpent === true ? 1 : 0);
    return dice.shuffle(chosen).sort((a, b) => isLast(a) - isLast(b));
  }

  /** What was measured, each with its smallest, middle and largest value. */
  measured(): Record<string, { readonly times: number; min: number; median: number; max: number }> {
    return Object.fromEntries(
      [...this.#measured].map(([what, values]) => {
        const sorted = [...values].sort((a, b) => a - b);
        const at = (share: number) =>
          Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
        return [what, { times: sorted.length, min: at(0), median: at(0.5), max: at(1) }];
      }),
    );
  }

  /** One round of faults one after the other; what was wrong, or nothing. */
  async round(
    faults: readonly Fault[],
    onDone: OnDone = () => undefined,
  ): Promise<readonly string[]> {
    const house = (this.#house ??= await this.#open());
    const before = { acknowledged: house.ledger.acknowledged, repeated: house.ledger.repeated };
    let last = faults[0];
    let found: readonly string[];
    try {
      found = await playRound(house, faults, this.#rounds++, {
        begin: (fault) => {
          last = fault;
          this.#runs.set(fault.name, (this.#runs.get(fault.name) ?? 0) + 1);
        },
        done: (fault, seen) => {
          this.#times.set(fault.name, (this.#times.get(fault.name) ?? 0) + seen);
          onDone(fault, seen);
        },
      });
    } catch (error) {
      found = [
        error instanceof Error ? error.message : String(error),
        ...house.servers.map(({ output }, n) => `server ${n}: ${output.slice(-400)}`),
      ];
    }
    const { ledger } = house;
    this.acknowledged += ledger.acknowledged - before.acknowledged;
    this.repeated += ledger.repeated - before.repeated;
    for (const [status, count] of ledger.statuses) {
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + count);
    }
    ledger.statuses.clear();
    if (found.length > 0 && last !== undefined) {
      this.#failures.set(last.name, [...(this.#failures.get(last.name) ?? []), ...found]);
    }
    const isSpent = faults.some(({ isHouseSpent }) => isHouseSpent === true);
    if (found.length > 0 || isSpent || ledger.acknowledged > ORDERS_PER_HOUSE) await this.close();
    return found;
  }

  async #open(): Promise<ProcessHouse> {
    this.houses += 1;
    return ProcessHouse.open({
      bin: this.#bin,
      onMeasure: (what, ms) => {
        this.#measured.set(what, [...(this.#measured.get(what) ?? []), ms]);
      },
    });
  }

  async close(): Promise<void> {
    const house = this.#house;
    this.#house = undefined;
    await house?.close();
  }
}

interface Steps {
  begin(fault: Fault): void;
  done(fault: Fault, seen: number): void;
}

/**
 * Lets clients work and does the faults one after the other. After each the house must answer again
 * and hold what it acknowledged since the one before; after the last everything is judged.
 */
export async function playRound(
  house: ProcessHouse,
  faults: readonly Fault[],
  round: number,
  steps: Steps = { begin: () => undefined, done: () => undefined },
): Promise<readonly string[]> {
  const counter = { urls: house.clientUrls, key: house.key };
  const clients = new Clients(house.ledger, counter, house.stage.investors, {
    count: CLIENTS,
    prefix: `r${round}`,
  });
  try {
    await clients.more(CLIENTS, RECOVERY_MS);
    for (const fault of faults) {
      steps.begin(fault);
      const seen = await fault.run(house, clients);
      for (const wire of [house.databaseWire, ...house.clientWires]) wire.heal();
      await clients.more(2 * CLIENTS, RECOVERY_MS);
      const found = await house.glance();
      if (found.length > 0) {
        clients.giveUp();
        return found.map((line) => `after '${fault.name}': ${line}`);
      }
      steps.done(fault, seen);
    }
  } catch (error) {
    clients.giveUp();
    throw error;
  }
  await clients.stop(RECOVERY_MS);
  return house.judge();
}
