/** How often a customer may be assessed: caps are data of the rules. */
import { addDays, type Finding, type Instant, type LocalDate, shanghaiDate } from '@cairn/kernel';
import { blocked } from './facts.ts';
import type { RulesContent } from './rules.ts';

/** The caps that one more assessment today would break, from the instants of the earlier ones. */
export function checkRetest(
  { retest }: Pick<RulesContent, 'retest'>,
  earlier: readonly Instant[],
  today: LocalDate,
): Finding[] {
  const days = earlier.map(shanghaiDate);
  const findings: Finding[] = [];
  const { perDayMax, windowDays, perWindowMax } = retest;
  if (days.filter((day) => day === today).length >= perDayMax) {
    findings.push(blocked('RETEST_DAY_CAP', { perDayMax }));
  }
  const first = addDays(today, 1 - windowDays);
  if (days.filter((day) => day >= first && day <= today).length >= perWindowMax) {
    findings.push(blocked('RETEST_WINDOW_CAP', { windowDays, perWindowMax }));
  }
  return findings;
}
