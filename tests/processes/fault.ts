/** What a fault is: something that is done to a house at work, and undone again. */
import { seededRandom } from '@cairn/kernel';
import type { ProcessHouse } from './house.ts';
import type { Clients } from './ledger.ts';

export interface Fault {
  readonly name: string;
  /** The house is not used any more afterwards: its clock is not what it was. */
  readonly isHouseSpent?: boolean;
  /** Does it while the clients work, and resolves when it is over. Throws when it was not met. */
  run(house: ProcessHouse, clients: Clients): Promise<void>;
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
