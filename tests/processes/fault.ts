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

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(10);
  }
}

/** What must be so for a fault to have been survived. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`it does not hold: ${what}`);
}
