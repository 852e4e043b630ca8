/**
 * Runs of the business day that go on after their request was answered. The answer comes when the
 * run holds the day, so that a refusal is told to who asked; how it goes on stands in the day's own
 * rows, wherever it runs.
 */
import type { LocalDate } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { runDay } from './day.ts';
import type { DayStep } from './domain/steps.ts';
import type { DayWorld } from './exchange.ts';

/** The runs that this process carries out in the background. */
export class BackgroundRuns {
  private readonly going = new Set<Promise<unknown>>();
  private isStopping = false;

  /** Resolves when the run holds the day and begins; rejects with what `runDay` refuses. */
  start(
    world: DayWorld,
    actor: Actor,
    date: LocalDate,
    { until, onError }: { until?: DayStep | undefined; onError: (error: unknown) => void },
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let hasBegun = false;
      const run = runDay(world, actor, date, {
        ...(until === undefined ? {} : { until }),
        shouldStop: () => this.isStopping,
        onHeld: () => {
          hasBegun = true;
          resolve();
        },
      }).catch((error: unknown) => {
        if (hasBegun) onError(error);
        else reject(error instanceof Error ? error : new Error('not an error', { cause: error }));
      });
      this.going.add(run);
      void run.finally(() => this.going.delete(run));
    });
  }

  /** Lets each run end after the step it is in, and waits for it. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.going);
  }
}
