/** Rounds of faults on houses: load, a fault, healing, and the judgement of the clients' notes. */
import { databaseFaults } from './faults-database.ts';
import { networkFaults } from './faults-network.ts';
import { processFaults } from './faults-processes.ts';
import { startFaults } from './faults-starts.ts';
import type { Fault } from './fault.ts';
import { ProcessHouse } from './house.ts';
import { Clients } from './ledger.ts';

export const FAULTS: readonly Fault[] = [
  ...networkFaults,
  ...processFaults,
  ...databaseFaults,
  ...startFaults,
];

const CLIENTS = 8;
/** A house that is healed answers everything within this time. */
const RECOVERY_MS = 180_000;
/** The checks read a whole house, so a house is given up before it is large. */
const ROUNDS_PER_HOUSE = 30;

export interface Figures {
  readonly times: number;
  readonly failures: readonly string[];
}

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
  readonly #failures = new Map<string, string[]>();
  readonly #measured = new Map<string, number[]>();

  constructor(bin: string) {
    this.#bin = bin;
  }

  figuresOf(fault: Fault): Figures {
    return {
      times: this.#times.get(fault.name) ?? 0,
      failures: this.#failures.get(fault.name) ?? [],
    };
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

  /** One round; what was wrong, or nothing. */
  async round(fault: Fault): Promise<readonly string[]> {
    const house = (this.#house ??= await this.#open());
    const before = { acknowledged: house.ledger.acknowledged, repeated: house.ledger.repeated };
    let found: readonly string[];
    try {
      found = await playRound(house, fault, this.#rounds++);
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
    this.#times.set(fault.name, (this.#times.get(fault.name) ?? 0) + 1);
    if (found.length > 0) {
      this.#failures.set(fault.name, [...(this.#failures.get(fault.name) ?? []), ...found]);
    }
    if (found.length > 0 || fault.isHouseSpent === true || this.#rounds % ROUNDS_PER_HOUSE === 0) {
      await this.close();
    }
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

/** Lets clients work, does the fault, waits for recovery, and judges. */
export async function playRound(
  house: ProcessHouse,
  fault: Fault,
  round: number,
): Promise<readonly string[]> {
  const counter = { urls: house.clientUrls, key: house.key };
  const clients = new Clients(house.ledger, counter, house.stage.investors, {
    count: CLIENTS,
    prefix: `r${round}`,
  });
  try {
    await clients.more(CLIENTS, RECOVERY_MS);
    await fault.run(house, clients);
    for (const wire of [house.databaseWire, ...house.clientWires]) wire.heal();
    await clients.more(2 * CLIENTS, RECOVERY_MS);
  } catch (error) {
    clients.giveUp();
    throw error;
  }
  await clients.stop(RECOVERY_MS);
  return house.judge();
}
