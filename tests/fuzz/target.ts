/** What is fuzzed: a reader of ours, good inputs to start from, and an oracle of its answers. */

/** A reader refused an input by its own error; `code` says which one. */
export interface Verdict {
  readonly isAccepted: boolean;
  readonly code: string;
}

export const ACCEPTED: Verdict = { isAccepted: true, code: 'accepted' };
export const refused = (code: string): Verdict => ({ isAccepted: false, code });

/** An input was taken although it is not what it was taken for, or its values are others. */
export class SilentAcceptance extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'SilentAcceptance';
  }
}

/** A target that is open: what to start from, how to change it, and one run. */
export interface Subject {
  readonly seeds: readonly Buffer[];
  /** Pieces that mean something to the reader. */
  readonly words: readonly string[];
  /** A change that knows the structure; undefined where bytes are all there is. */
  change?(random: Draws, input: Buffer): Buffer;
  /** Reads one input; any error it throws is a finding. */
  run(input: Buffer): Verdict | Promise<Verdict>;
  /** After every batch: throws when something changed that must not. */
  settle?(): Promise<void>;
  close?(): Promise<void>;
}

/** A reader of ours under fuzz. */
export interface Target {
  readonly name: string;
  /** Which module exports it: its thread loads no other. */
  readonly module: 'ofd' | 'text' | 'routes' | 'canaries';
  readonly zh: string;
  readonly en: string;
  /** How many of a thousand mutants are its own. */
  readonly perMille: number;
  /** The sources whose coverage guides it. */
  readonly covers: RegExp;
  /** Opens it; `isPlanted` with a bug in the reader that must be found. */
  open(isPlanted: boolean): Subject | Promise<Subject>;
}

/** The choices that mutators make. */
export interface Draws {
  int(lo: number, hi: number): number;
  pick<T>(items: readonly T[]): T;
  chance(p: number): boolean;
}
