/** After every day: every invariant of `cairn check`, and that nothing is wrong that nobody did. */
import type { LocalDate } from '@cairn/kernel';
import { type CheckResult, checksOf, formatCheck, runChecksOver } from '../checks.ts';
import { modulesOf } from '../modules.ts';
import { readExceptions } from './observe.ts';
import type { Play } from './play.ts';

/** An invariant does not hold. */
export class InvariantBroken extends Error {
  readonly ids: readonly string[];

  constructor(results: readonly CheckResult[]) {
    super(results.map(formatCheck).join('\n'));
    this.name = 'InvariantBroken';
    this.ids = results.map(({ id }) => id);
  }
}

/** What a counterparty's wrong word breaks, as long as an open exception says so. */
const BY_WORD_OF_OTHERS = new Set(['SH1-reconciled', 'SH1-file', 'M5-bank']);
const BREAKS = new Set(['UNITS_BREAK', 'CASH_BREAK', 'STATEMENT_MISSING', 'STATEMENT_REFUSED']);
const BATCHING = { lanes: 1, batchSizeMax: 1, batchWaitMs: 0, queueMax: 1 };

/** Runs every check; InvariantBroken with all that do not hold. */
export async function checkDay(play: Play, date: LocalDate): Promise<void> {
  const { house, probes } = play;
  const world = house.calm;
  const checks = checksOf(modulesOf(BATCHING, world.exchange));
  const results = await runChecksOver(world.db, world, checks);
  const { all } = await readExceptions(world);
  const isExplained = all.some(({ code }) => BREAKS.has(code));
  const broken = results.filter(
    ({ id, violations }) => violations.length > 0 && !(isExplained && BY_WORD_OF_OTHERS.has(id)),
  );
  if (broken.length > 0) throw new InvariantBroken(broken);
  probes.reach('day checked');
  for (const { code, business_date: day } of all)
    if (day === date) probes.reach(`exception ${code}`);
}
