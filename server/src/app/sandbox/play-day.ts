/** Plays one business day with the simulated registrar and bank on the other side. */
import type { LocalDate } from '@cairn/kernel';
import type { RegistrarWorld, DayReport as RegistrarDay } from '@cairn/registrar';
import type { Actor } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import {
  type DayRun,
  type DayWorld,
  requestAcceptance,
  requestWaiver,
  runDay,
} from '../../modules/clearing/index.ts';
import { playChecker, playMaker } from './house.ts';

export interface PlayedDay {
  readonly sent: DayRun;
  readonly registrar: RegistrarDay;
  readonly finished: DayRun;
  /** What two members of staff let pass so that the day could end: 'PACKAGE_MISSING 01/market'. */
  readonly accepted: readonly string[];
}

/** Lets pass with four eyes what holds the day up; returns what it was, nothing if it cannot. */
async function letPass(world: DayWorld, run: DayRun): Promise<string[]> {
  const { code, details } = run.steps.at(-1)?.failure ?? {};
  const { businessDate } = run;
  const approve = (approvalId: string) =>
    decideApproval(world, playChecker, approvalId, 'approve', 'seen in play');
  if (code === 'PACKAGE_MISSING') {
    const packages = String(details?.['packages']).split(', ');
    for (const missing of packages) {
      const waiver = { businessDate, package: missing, reason: 'play goes on without it' };
      await approve(await requestWaiver(world, playMaker, waiver));
    }
    return packages.map((missing) => `${code} ${missing}`);
  }
  if (code !== 'DAY_NOT_ACCEPTED') return [];
  const wanted = { businessDate, reason: 'play goes on with it' };
  await approve(await requestAcceptance(world, playMaker, wanted));
  return [code];
}

/**
 * Cuts the day off and sends its files, lets registrar and bank answer, and runs the rest of the
 * day; staff of the play let pass what a second pair of eyes may. A day that was begun, or cut
 * short by a crash, is finished from where it stands. `run` is what runs our side of it.
 */
export async function playDay(
  world: DayWorld,
  registrar: RegistrarWorld,
  actor: Actor,
  date: LocalDate,
  run: typeof runDay = runDay,
): Promise<PlayedDay> {
  const sent = await run(world, actor, date, { until: 'send' });
  const answered = registrar.playDay(date);
  const accepted: string[] = [];
  let finished = sent.isComplete ? await run(world, actor, date) : sent;
  while (!finished.isComplete) {
    const passed = await letPass(world, finished);
    if (passed.length === 0) break;
    accepted.push(...passed);
    finished = await run(world, actor, date);
  }
  return { sent, registrar: answered, finished, accepted };
}
