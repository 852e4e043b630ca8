/** Shows how far a run is: one line that moves on a terminal, plain lines elsewhere. */
import type { LocalDate } from '@cairn/kernel';

const BAR_CELLS = 30;
/** Elsewhere than on a terminal a line for each so many days, and for the last. */
const LINE_EVERY = 10;

/** Where progress is written; `process.stdout` is one. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const minutes = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export class Progress {
  readonly #screen: Screen;
  readonly #total: number;
  readonly #before: number;
  readonly #startedAt = performance.now();
  #done = 0;

  /** `before` of the `total` days were played by an earlier run. */
  constructor(screen: Screen, total: number, before: number) {
    this.#screen = screen;
    this.#total = total;
    this.#before = before;
  }

  day(date: LocalDate): void {
    this.#done += 1;
    const played = this.#before + this.#done;
    const elapsed = (performance.now() - this.#startedAt) / 1000;
    const perDay = elapsed / this.#done;
    const rest = minutes(perDay * (this.#total - played));
    const text = `${date}  ${played}/${this.#total}  ${perDay.toFixed(2)} s/day  ${minutes(elapsed)} + ${rest}`;
    if (this.#screen.isTTY === true) {
      const full = Math.round((BAR_CELLS * played) / this.#total);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
      this.#screen.write(`\r\u001B[2K${bar}  ${text}${played === this.#total ? '\n' : ''}`);
    } else if (played % LINE_EVERY === 0 || this.#done === 1 || played === this.#total) {
      this.#screen.write(`${text}\n`);
    }
  }

  /** Ends a line that a stop left open. */
  stop(): void {
    if (this.#screen.isTTY === true && this.#before + this.#done < this.#total) {
      this.#screen.write('\n');
    }
  }
}
