/** What a fault is: something that is done to a house at work, and undone again. */
import { seededRandom } from '@cairn/kernel';
import type { ProcessHouse } from './house.ts';
import type { Clients } from './ledger.ts';
import type { Group } from './names.ts';

export interface Fault {
  readonly name: string;
  /** The kind of trouble that it is one of. */
  readonly group: Group;
  /** The house is not used any more afterwards: its clock is not what it was. */
  readonly isHouseSpent?: boolean;
  /**
   * Does it while the clients work. Resolves when it is over with how often its effect was seen: a
   * connection that was cut while nobody waited for an answer counts nothing. Throws when the house
   * did not bear it as it must.
   */
  run(house: ProcessHouse, clients: Clients): Promise<number>;
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** When and where a fault strikes; real processes give no run twice, so neither does this. */
export const dice = seededRandom(`faults ${process.hrtime.bigint()}`);

type Holds = () => boolean | Promise<boolean>;

/** Waits for something to hold; false when it did not in time. */
export async function waitFor(holds: Holds, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await pause(10);
  }
  return true;
}

/** Waits for what must come to hold. */
export async function until(what: string, holds: Holds, withinMs = 30_000): Promise<void> {
  if (!(await waitFor(holds, withinMs))) throw new Error(`not within ${withinMs} ms: ${what}`);
}

/** What must be so for a fault to have been survived. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`it does not hold: ${what}`);
}
