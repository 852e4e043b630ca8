/** Rounds of faults on houses: load, a fault, healing, and the judgement of the clients' notes. */
import { batchFaults } from './faults-batch.ts';
import { brokerFaults } from './faults-broker.ts';
import { databaseFaults } from './faults-database.ts';
import { fileFaults } from './faults-files.ts';
import { networkFaults } from './faults-network.ts';
import { operatorFaults } from './faults-operators.ts';
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
  ...operatorFaults,
  ...brokerFaults,
  ...fileFaults,
];

const CLIENTS = 8;
/** A house that is healed answers everything within this time. */
const RECOVERY_MS = 180_000;
/** The checks read a whole house, so a house is given up before it is large. */
const ORDERS_PER_HOUSE = 10_000;

/** What a fault came to. */
export interface Figures {
  /** How often its effect was seen. */
  times: number;
  /** How often it was done. */
  runs: number;
  /** Seconds that it took, all told. */
  seconds: number;
  /** What was found wrong, each time. */
  readonly failures: string[];
}

/** A fault that was done so often without any effect is one that cannot be had on this machine. */
const RUNS_IN_VAIN = 3;
const SECONDS_UNKNOWN = 5;

/** What a round may be told. */
export interface RoundOptions {
  /** Whether another fault is wanted; always, unless given. */
  readonly goOn?: () => boolean;
  /** Told of each fault as it is over: how often its effect was seen, in how many seconds. */
  readonly onDone?: (fault: Fault, seen: number, seconds: number) => void;
}

/** Faults done and what came of them. */
export class Campaign {
  readonly #bin: string;
  /** Houses that nothing is done to now. */
  readonly #idle: ProcessHouse[] = [];
  /** The faults of rounds that have begun. */
  readonly #underWay = new Set<readonly Fault[]>();
  #rounds = 0;
  acknowledged = 0;
  repeated = 0;
  houses = 0;
  readonly statuses = new Map<number, number>();
  readonly #figures = new Map(
    FAULTS.map(({ name }): [string, Figures] => [
      name,
      { times: 0, runs: 0, seconds: 0, failures: [] },
    ]),
  );
  readonly #measured = new Map<string, number[]>();

  constructor(bin: string) {
    this.#bin = bin;
  }

  figuresOf({ name }: Fault): Figures {
    const figures = this.#figures.get(name);
    if (figures === undefined) throw new Error(`no fault is called '${name}'`);
    return figures;
  }

  /** How often faults of a group had their effect. */
  timesOf(group: Group): number {
    return FAULTS.filter((fault) => fault.group === group).reduce(
      (sum, fault) => sum + this.figuresOf(fault).times,
      0,
    );
  }

  /**
   * What is to be done next, until every fault has had its effect `times` times: faults that were
   * never done, then those of the group that is rarest, and among these the one that took least time
   * so far. What can be done in a moment is so done often, and what takes long not never. Those after
   * which the house is spent come last.
   */
  next(from: readonly Fault[], count: number, times: number): Fault[] {
    // How it will stand when what is chosen has been done, by what it came to before.
    const expected = new Map(from.map((fault) => [fault, { ...this.figuresOf(fault) }]));
    const ofGroup = new Map(from.map(({ group }) => [group, this.timesOf(group)]));
    const expect = (fault: Fault) => {
      const stands = expected.get(fault);
      if (stands === undefined) return;
      const [seen, seconds] =
        stands.runs === 0
          ? [1, SECONDS_UNKNOWN]
          : [stands.times / stands.runs, stands.seconds / stands.runs];
      stands.runs += 1;
      stands.times += seen;
      stands.seconds += seconds;
      ofGroup.set(fault.group, (ofGroup.get(fault.group) ?? 0) + seen);
    };
    for (const fault of [...this.#underWay].flat()) expect(fault);
    const chosen: Fault[] = [];
    while (chosen.length < count) {
      const open = dice
        .shuffle([...expected])
        .filter(([, { times: seen }]) => seen < times)
        .filter(([, { times: seen, runs }]) => seen > 0 || runs < RUNS_IN_VAIN);
      const need = ([{ group }, { runs, seconds }]: (typeof open)[number]) =>
        runs === 0 ? -1 : Math.min(times, ofGroup.get(group) ?? 0) * 1e6 + seconds;
      const [first] = open.sort((a, b) => need(a) - need(b));
      if (first === undefined) break;
      chosen.push(first[0]);
      expect(first[0]);
    }
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

  /**
   * One round of faults one after the other, on a house that nothing else is done to; what was wrong,
   * or nothing. Rounds may be played at the same time.
   */
  async round(
    faults: readonly Fault[],
    { goOn = () => true, onDone = () => undefined }: RoundOptions = {},
  ): Promise<readonly string[]> {
    this.#underWay.add(faults);
    const house = this.#idle.pop() ?? (await this.#open());
    const before = { acknowledged: house.ledger.acknowledged, repeated: house.ledger.repeated };
    let last = faults[0];
    let isSpent = false;
    let begunAt = performance.now();
    let found: readonly string[];
    try {
      found = await playRound(house, faults, this.#rounds++, {
        goOn,
        begin: (fault) => {
          last = fault;
          isSpent ||= fault.isHouseSpent === true;
          begunAt = performance.now();
          this.figuresOf(fault).runs += 1;
        },
        done: (fault, seen) => {
          const figures = this.figuresOf(fault);
          const seconds = (performance.now() - begunAt) / 1_000;
          figures.times += seen;
          figures.seconds += seconds;
          onDone(fault, seen, seconds);
        },
      });
    } catch (error) {
      found = [
        `'${last?.name}': ${error instanceof Error ? error.message : String(error)}`,
        ...house.servers.map(({ output }, n) => `server ${n}: ${output.slice(-400)}`),
        `database: ${house.cluster.lastWords(600)}`,
      ];
    }
    const { ledger } = house;
    this.acknowledged += ledger.acknowledged - before.acknowledged;
    this.repeated += ledger.repeated - before.repeated;
    for (const [status, count] of ledger.statuses) {
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + count);
    }
    ledger.statuses.clear();
    this.#underWay.delete(faults);
    if (found.length > 0 && last !== undefined) {
      this.figuresOf(last).failures.push(found.join('\n'));
    }
    if (found.length > 0 || isSpent || ledger.acknowledged > ORDERS_PER_HOUSE) await house.close();
    else this.#idle.push(house);
    return found;
  }

  async #open(): Promise<ProcessHouse> {
    this.houses += 1;
    const onMeasure = (what: string, ms: number) => {
      this.#measured.set(what, [...(this.#measured.get(what) ?? []), ms]);
    };
    const startedAt = performance.now();
    const house = await ProcessHouse.open({ bin: this.#bin, onMeasure });
    onMeasure('a house opened', performance.now() - startedAt);
    return house;
  }

  async close(): Promise<void> {
    for (const house of this.#idle.splice(0)) await house.close();
  }
}

interface Steps {
  /** Whether another fault is wanted. */
  goOn(): boolean;
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
  steps: Steps = { goOn: () => true, begin: () => undefined, done: () => undefined },
): Promise<readonly string[]> {
  const counter = { urls: house.clientUrls, key: house.key };
  const clients = new Clients(house.ledger, counter, house.stage.investors, {
    count: CLIENTS,
    prefix: `r${round}`,
  });
  try {
    await clients.more(CLIENTS, RECOVERY_MS);
    for (const fault of faults) {
      if (!steps.goOn()) break;
      steps.begin(fault);
      const seen = await fault.run(house, clients);
      for (const wire of house.wires) wire.heal();
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
  const startedAt = performance.now();
  const found = await house.judge();
  house.measure('a round judged', performance.now() - startedAt);
  return found;
}
