/** Plays one business day with the simulated registrar and bank on the other side. */
import type { LocalDate } from '@cairn/kernel';
import type { RegistrarWorld, DayReport as RegistrarDay } from '@cairn/registrar';
import type { Actor } from '../../platform/actor.ts';
import { type DayRun, type DayWorld, runDay } from '../../modules/clearing/index.ts';

export interface PlayedDay {
  readonly sent: DayRun;
  readonly registrar: RegistrarDay;
  readonly finished: DayRun;
}

/**
 * Cuts the day off and sends its files, lets registrar and bank answer, and runs the rest of the
 * day. A day that was begun, or cut short by a crash, is finished from where it stands.
 */
export async function playDay(
  world: DayWorld,
  registrar: RegistrarWorld,
  actor: Actor,
  date: LocalDate,
): Promise<PlayedDay> {
  const sent = await runDay(world, actor, date, { until: 'send' });
  const answered = registrar.playDay(date);
  const finished = sent.isComplete ? await runDay(world, actor, date) : sent;
  return { sent, registrar: answered, finished };
}
