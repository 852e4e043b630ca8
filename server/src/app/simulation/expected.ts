/** What plays are there for. A soak that never came past one of these proves nothing about it. */
import type { Probes } from './probes.ts';

/** Each kind of fault or rare path, by the names of its probes. */
const EXPECTED: readonly (readonly [what: string, probe: RegExp])[] = [
  ['file twice', /(doubled file|again)$/],
  ['file late', / late$/],
  ['file lost', / lost$/],
  ['file missing and waived', /^package waived$/],
  ['file sent again', /^package sent again$/],
  ['files out of order', / index first$/],
  ['file cut', / (truncated|torn copy)$/],
  ['file spoilt', / (spoilt|unlisted)$/],
  ['same name, other content', / other content$/],
  ['partial confirmation', /^registrar partialConfirmation$/],
  ['rejection', /^registrar rejection$/],
  ['wrong record', /^registrar wrongAmount$/],
  ['record that nobody asked for', /^registrar extraConfirmation$/],
  ['holdings that differ', /^registrar holdingOff$/],
  ['statement that differs', /^registrar statementBreak$/],
  ['wrong record voided', /^record voided: /],
  ['right record booked later', /^record retried and booked$/],
  ['orders at once', /^acts at once$/],
  ['order again', /^order again, /],
  ['server dies before a statement', /^crash before a statement$/],
  ['server dies before a commit', /^crash before a commit$/],
  ['server dies after a commit', /^crash after a commit$/],
  ['server dies at a file', /^crash at .* of a file$/],
  ['power cut', /^power lost$/],
  ['connection lost', /^connectionLost /],
  ['serialisation failure', /^serialization /],
  ['disk full', /^diskFull /],
  ['run of the day killed', /^run of the day killed /],
  ['day run twice at once', /^second runner of a day refused$/],
  ['answer lost that had happened', /^lost answer had happened$/],
  ['answer lost that had not happened', /^lost answer had not happened$/],
  ['clocks forward', /^clocks an hour forward$/],
  ['clocks back', /^clocks an hour back$/],
  ['day cut off early', /^day cut off early$/],
  ['day ended after midnight', /^day ended after midnight$/],
  ['day without trading', /^acts on a day without trading$/],
  ['long holiday', /^calendar: long holiday$/],
  ['end of a year', /^calendar: end of a year$/],
  ['change of parameters', /^change of parameters /],
  ['change of fees', /^change of feeSchedules /],
  ['late change', /^change of .* late$/],
  ['change after the cut-off', /^change at cutOff$/],
  ['assessed again', /^reassessment assessed$/],
  ['account frozen', /^account freeze$/],
];

/** What was never reached, by its name. */
export function neverReached(probes: Probes): string[] {
  const names = probes.entries().map(([name]) => name);
  return EXPECTED.filter(([, probe]) => !names.some((name) => probe.test(name))).map(
    ([what]) => what,
  );
}
