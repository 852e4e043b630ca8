/* Which packages the house has taken in, and what a run that reads its folders must say of them. */
import { type Counts, exactly, type Range } from './day-counts.ts';

/** A package as it lies in a folder of the house when a run sets out. */
export interface PackageThere {
  /** '01/confirmation/2025-09-24'. */
  readonly name: string;
  /** Whole, and what its sender made. */
  readonly isGood: boolean;
  /** Of all its files. */
  readonly records: number;
  /** Of its file 04. */
  readonly trades: number;
}

interface Import {
  /** The business day that was open. */
  readonly day: string;
  readonly trades: number;
  /** Told by an answer; a run that was not answered may have taken it or not. */
  isCertain: boolean;
}

export class Imports {
  readonly #known = new Map<string, Import>();

  has(name: string): boolean {
    return this.#known.get(name)?.isCertain === true;
  }

  /** What the step that receives must count, with these in the folders. */
  predict(there: readonly PackageThere[]): Counts {
    const counts = new Map<string, Range>(
      ['imported', 'known', 'records', 'refused'].map((name) => [name, exactly(0)]),
    );
    const add = (name: string, least: number, most: number) => {
      const before = counts.get(name) ?? exactly(0);
      counts.set(name, { least: before.least + least, most: before.most + most });
    };
    for (const { name, isGood, records } of there) {
      const known = this.#known.get(name);
      if (!isGood) add('refused', 1, 1);
      else if (known === undefined) {
        add('imported', 1, 1);
        add('records', records, records);
      } else if (known.isCertain) add('known', 1, 1);
      else {
        add('imported', 0, 1);
        add('known', 0, 1);
        add('records', 0, records);
      }
    }
    return counts;
  }

  /** A run of a day was made with these in the folders; `isRead`: it came past the step that reads. */
  ran(there: readonly PackageThere[], day: string, isRead: boolean): void {
    for (const { name, isGood, trades } of there) {
      if (!isGood) continue;
      if (!this.#known.has(name)) this.#known.set(name, { day, trades, isCertain: false });
    }
    // What lay there before and is gone was taken by a run that nobody heard of.
    if (isRead) for (const one of this.#known.values()) one.isCertain = true;
  }

  /** Records of file 04 that came in while a day was open. */
  tradesOn(day: string): number {
    return [...this.#known.values()]
      .filter((one) => one.day === day)
      .reduce((sum, { trades }) => sum + trades, 0);
  }
}
