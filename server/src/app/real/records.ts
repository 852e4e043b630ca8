/** What a run keeps in its folder beside database, files and registrar: its settings and today's plan. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalDate } from '@cairn/kernel';
import type { DayPlan, Player } from './plan.ts';

/** What decides a run; it is the same from its first day to its last. */
export interface RunSettings {
  readonly seed: string;
  readonly customers: number;
  readonly orders: number;
  readonly from: LocalDate;
}

export interface RunRecord extends RunSettings {
  /** Whether this run created its database, and so may drop it. */
  readonly ownsDatabase: boolean;
  /** There once the house is open. */
  readonly players?: readonly Player[];
}

const writeBigint = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? { $n: value.toString() } : value;

const readBigint = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const digits = (value as { $n?: unknown }).$n;
  return typeof digits === 'string' ? BigInt(digits) : value;
};

function write(path: string, value: unknown): void {
  writeFileSync(`${path}.part`, JSON.stringify(value, writeBigint));
  renameSync(`${path}.part`, path);
}

function read(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8'), readBigint) : undefined;
}

/** The two small files of a run; each is written whole. They survive the death of the process. */
export class RunRecords {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  findRun(): RunRecord | undefined {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this class alone
    return read(join(this.#folder, 'run.json')) as RunRecord | undefined;
  }

  saveRun(run: RunRecord): void {
    write(join(this.#folder, 'run.json'), run);
  }

  findPlan(date: LocalDate): DayPlan | undefined {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this class alone
    const plan = read(join(this.#folder, 'plan.json')) as DayPlan | undefined;
    return plan?.date === date ? plan : undefined;
  }

  savePlan(plan: DayPlan): void {
    write(join(this.#folder, 'plan.json'), plan);
  }
}
