/** What plays are there for. A soak that never came past one of these proves nothing about it. */
import type { Probes } from './probes.ts';

/** Each kind of fault or rare path, by the names of its probes. */
const EXPECTED: readonly (readonly [what: string, probe: RegExp])[] = [
  ['file twice', /^(market|confirmation|bank) (doubled file|again)$/],
  ['file late', /^(market|confirmation|bank) late$/],
  ['file lost', /^(market|confirmation|bank) lost$/],
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
  ['clocks forward over a cut-off', /^clocks forward over a cut-off$/],
  ['clocks back over a cut-off', /^clocks back over a cut-off$/],
  ['clocks back over a recorded cut-off', /^clocks back over a recorded cut-off$/],
  ['clocks forward over a day end', /^clocks forward over a day end$/],
  ['clocks back over a day end', /^clocks back over a day end$/],
  ['clocks forward over a year end', /^clocks forward over a year end$/],
  ['clocks back over a year end', /^clocks back over a year end$/],
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
  ['day run once more before its close', /^day run once more before its close$/],
  ['outgoing file built again', /^outgoing file built again$/],
  ['more orders than a server takes', /^order refused by overload$/],
  ['overload over', /^overload over$/],
  ['event told twice', /^event told twice$/],
  ['event told late', /^event told again after it was done$/],
  ['stream lost', /^stream lost what it had$/],
  ['consumer of events killed', /^consumer of events killed$/],
  ['stranger refused', /^staff: \w+ as a stranger: /],
  ['own request not decided', /APPROVAL_OWN_REQUEST$/],
  ['approval decided once', /APPROVAL_DECIDED$/],
  ['approval forgotten', /^forgotten approval taken up$/],
  ['wrong day not run', /^staff: wrong day: /],
  ['duties kept apart', /STAFF_ROLES_CONFLICT$/],
  ['exception that cannot be closed', /^staff: resolve: EXCEPTION_/],
];

/** How often each was reached, the rarest first. */
export function timesReached(probes: Probes): [what: string, times: number][] {
  const timesOf = (probe: RegExp) =>
    probes.entries().reduce((sum, [name, times]) => sum + (probe.test(name) ? times : 0), 0);
  return EXPECTED.map(([what, probe]): [string, number] => [what, timesOf(probe)]).sort(
    ([, a], [, b]) => a - b,
  );
}

/** What was never reached, by its name. */
export function neverReached(probes: Probes): string[] {
  return timesReached(probes).flatMap(([what, times]) => (times === 0 ? [what] : []));
}
