/*
 * The business days as the model keeps them: which one may be run, which of its steps a run must
 * carry out, and where it must stop.
 */

export const STEPS = [
  'open',
  'collect',
  'cutOff',
  'send',
  'receive',
  'confirm',
  'value',
  'settle',
  'reconcile',
  'report',
  'close',
] as const;

type Step = (typeof STEPS)[number];

/** Once they are done they are not run again. */
const ONCE: readonly Step[] = ['open', 'collect', 'cutOff', 'send'];

/** A run as it was answered. */
export interface RunSeen {
  readonly steps: readonly { readonly step: string; readonly code: string | undefined }[];
  readonly isComplete: boolean;
}

/** What stops a run of the day: at which step and with which code. */
export interface Stop {
  readonly step: Step;
  readonly code: string;
}

export class DayBook {
  readonly #calendar: {
    isTradingDay(date: string): boolean;
    plus(date: string, n: number): string;
  };
  #open: string | undefined;
  #closed: string | undefined;
  readonly #allClosed = new Set<string>();
  /** Steps that are done once for all: how many at least, and at most. */
  #least = 0;
  #most = 0;

  constructor(calendar: {
    isTradingDay(date: string): boolean;
    plus(date: string, n: number): string;
  }) {
    this.#calendar = calendar;
  }

  get openDate(): string | undefined {
    return this.#open;
  }

  /** Why the day may not be run on this day of the calendar; undefined when it may. */
  predictRefusal(date: string, today: string): string | undefined {
    if (!this.#calendar.isTradingDay(date)) return 'NOT_A_TRADING_DAY';
    if (date > today) return 'DAY_NOT_BEGUN';
    if (date === this.#open) return undefined;
    if (this.#allClosed.has(date)) return 'DAY_ALREADY_CLOSED';
    const due =
      this.#open ?? (this.#closed === undefined ? date : this.#calendar.plus(this.#closed, 1));
    return due === date ? undefined : 'DAY_NOT_NEXT';
  }

  /** A run of the day set out; whether it is answered or not, it may have done every step. */
  begun(date: string, until: string): void {
    if (this.#open !== date) {
      this.#open = date;
      this.#least = 0;
    }
    const last = STEPS.findIndex((step) => step === until);
    this.#most = Math.max(this.#most, Math.min(ONCE.length, last + 1));
  }

  /** The answers that a run of the day may have, as text; `stops` is what must hold it up. */
  predictRuns(until: string, stops: readonly Stop[]): string[] {
    const last = STEPS.findIndex((step) => step === until);
    const answers = new Set<string>();
    for (let done = this.#least; done <= this.#most; done += 1) {
      const steps = STEPS.slice(done, last + 1);
      const stopAt = steps.findIndex((step) => stops.some((stop) => stop.step === step));
      const run = stopAt < 0 ? steps : steps.slice(0, stopAt + 1);
      const code = stops.find(({ step }) => step === run.at(-1))?.code;
      answers.add(`${run.join(' ')} ${code ?? 'complete'}`);
    }
    return [...answers];
  }

  /** What a run that was answered tells of the steps that are done. */
  ran(date: string, seen: RunSeen): void {
    if (date !== this.#open) return;
    const failed = seen.steps.findIndex(({ code }) => code !== undefined);
    const reached = failed < 0 ? seen.steps : seen.steps.slice(0, failed);
    const last = reached.at(-1)?.step;
    const done = STEPS.findIndex((step) => step === last) + 1;
    this.#least = Math.max(this.#least, Math.min(ONCE.length, done));
    this.#most = Math.max(this.#most, this.#least);
    if (last === 'close') this.closed(date);
  }

  closed(date: string): void {
    this.#open = undefined;
    this.#closed = date;
    this.#allClosed.add(date);
    this.#least = 0;
    this.#most = 0;
  }
}

/** A run as text, in the form of the predictions. */
export function runText({ steps, isComplete }: RunSeen): string {
  const names = steps.map(({ step }) => step).join(' ');
  return `${names} ${isComplete ? 'complete' : (steps.at(-1)?.code ?? 'stopped')}`;
}

/** Which packages must be there on a day, and which have come. */
export class Deliveries {
  readonly #good = new Set<string>();
  readonly #sentTo = new Map<string, string>();

  /** A whole and right package lies in the folder of the house. */
  came(party: string, stream: string, date: string): void {
    this.#good.add(`${date} ${party}/${stream}`);
  }

  isHere(party: string, stream: string, date: string): boolean {
    return this.#good.has(`${date} ${party}/${stream}`);
  }

  /** It is not whole any more, before the house took it. */
  lost(party: string, stream: string, date: string): void {
    this.#good.delete(`${date} ${party}/${stream}`);
  }

  /** The house sent its applications of a day to a registrar. */
  sent(party: string, date: string): void {
    if (!this.#sentTo.has(party)) this.#sentTo.set(party, date);
  }

  /** Packages that a day must stop for, in the order of their names. */
  missing(
    date: string,
    registrars: readonly string[],
    isPassed: (name: string) => boolean,
  ): string[] {
    const wanted = registrars.flatMap((party) => {
      const first = this.#sentTo.get(party);
      const isHeard = first !== undefined && first < date;
      return isHeard ? [`${party}/confirmation`, `${party}/market`] : [`${party}/market`];
    });
    return wanted
      .filter((name) => !this.#good.has(`${date} ${name}`) && !isPassed(name))
      .sort((a, b) => (a < b ? -1 : 1));
  }
}
