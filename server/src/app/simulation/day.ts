/**
 * One day of a play: clients and staff act, the day is cut off and sent, the counterparties answer,
 * the day is finished with whatever that takes, and everything is held against the model.
 */
import { addDays, assert, type LocalDate } from '@cairn/kernel';
import { drawSkew, settleDoubts } from './burst.ts';
import { checkDay } from './day-checks.ts';
import { compareRebuilt, finishDay, sendDay } from './day-runs.ts';
import {
  act,
  at,
  change,
  hearEvents,
  jumpBackOverCutOff,
  type Phase,
  rest,
  trade,
} from './hours.ts';
import { HOUSE_FOLDER } from './house.ts';
import type { ModelOrder } from './model/state.ts';
import type { Play } from './play.ts';
import { PLAY_REGISTRARS } from './play-market.ts';
import { compareSent, decisionsOf } from './registrar-files.ts';

const PARTIES = [...PLAY_REGISTRARS, 'BANK'];
/** What becomes of a parcel when it is whole and right in the folder of the house all the same. */
const COMES: ReadonlySet<string> = new Set(['well', 'doubled file', 'again', 'other content']);

function outgoing(play: Play, party: string): [string, Buffer][] {
  const folder = `${HOUSE_FOLDER}/exchange/${party}/out`;
  return play.house.disk
    .files(folder)
    .map(([path, bytes]): [string, Buffer] => [path.slice(folder.length + 1), bytes]);
}

/** The files that were sent are what the model says; the registrars are told of the same. */
async function compareFiles(play: Play, date: LocalDate): Promise<void> {
  const { broker, truth, people } = play;
  await settleDoubts(play);
  const compact = date.replaceAll('-', '');
  for (const registrar of PLAY_REGISTRARS) {
    const sent: { customer: string; order: ModelOrder }[] = [];
    for (const customer of broker.customers()) {
      for (const order of broker.stateOf(customer).orders.values()) {
        if (order.registrar !== registrar || order.tradeDate !== date) continue;
        if (order.state === 'sent') sent.push({ customer, order });
      }
    }
    sent.sort((a, b) => (a.order.id < b.order.id ? -1 : 1));
    const files = outgoing(play, registrar).filter(([name]) => name.includes(`_${compact}_`));
    compareSent(
      `file 03 to ${registrar} of ${date}`,
      sent.map(({ order }) => order),
      files,
    );
    const applications = [...people.applications.values()].filter(
      (one) => one.registrar === registrar && one.tradeDate === date,
    );
    truth.receive(date, sent, applications);
    play.deliveries.sent(registrar, date);
  }
}

/** Registrars and bank play the day; their files are under way afterwards. */
function answer(play: Play, date: LocalDate, phase: Phase): void {
  const { courier, registrar, truth, reader, desk, swarm, market, deliveries, house } = play;
  courier.carryOut(PARTIES);
  const report = registrar.playDay(date);
  const problems = report.problems.filter(({ code }) => code !== 'FAULT_WITHOUT_TARGET');
  assert(
    problems.length === 0,
    `the counterparties have no complaint: ${JSON.stringify(problems)}`,
  );
  for (const { kind } of report.faults) play.probes.reach(`registrar ${kind}`);
  const decisions = decisionsOf(report);
  const nextDays = [1, 2].map((days) => market.model.plus(date, days) as LocalDate);
  for (const parcel of courier.collect(PARTIES)) {
    if (parcel.stream === 'confirmation') {
      const records = truth.play(parcel.party, date, decisions);
      const inPart = records.filter(({ code, refund }) => code === '130' && refund > 0n);
      if (inPart.length > 0) play.probes.reach('subscription allotted in part', inPart.length);
      desk.made(parcel.party, parcel.date, reader.read(parcel, records, report));
    }
    const how = courier.deliver(parcel, phase.isLively ? swarm.parcels : {}, nextDays);
    if (how !== 'well') play.unwell.add(parcel.date);
    if (COMES.has(how)) deliveries.came(parcel.party, parcel.stream, parcel.date);
  }
  for (const { parcel, isOther } of courier.bringLate(date)) {
    const { party, stream, date: of, files } = parcel;
    const taken = `${HOUSE_FOLDER}/exchange/${party}/in/taken/${files.at(-1)?.[0] ?? ''}`;
    if (isOther === undefined) deliveries.came(party, stream, of);
    // What lay there unread is written over; what is there now is not what its index says.
    else if (house.disk.find(taken) === undefined) deliveries.lost(party, stream, of);
  }
}

/** Plays a trading day whole, and the days without trading after it. Returns its date. */
export async function playDay(play: Play, day: number, phase: Phase): Promise<LocalDate> {
  const { random, swarm, probes, market } = play;
  const date = (play.days[day] ??
    market.model.plus(play.days.at(-1) ?? '', day - play.days.length + 1)) as LocalDate;
  const isOdd = phase.isLively && random.chance(swarm.oddHours);
  const isEarly = isOdd && random.chance(0.5);
  if (phase.isLively) await trade(play, day, date);
  for (const n of play.house.nodes.keys())
    if (random.chance(0.2)) play.house.restart(n, drawSkew(play));
  if (isEarly) probes.reach('day cut off early');
  else at(play, date, random.pick(['15:00:00.000', '15:05:00.000', '15:30:00.000']));
  if (phase.isLively && !isEarly) {
    await act(play, random.int(0, 3));
    await jumpBackOverCutOff(play, false);
  }
  if (isOdd && !isEarly) {
    probes.reach('day ended after midnight');
    at(play, addDays(date, 1), '00:30:00.000');
  }
  await sendDay(play, day, date, phase);
  if (phase.isLively && !isOdd) await jumpBackOverCutOff(play, true);
  await compareFiles(play, date);
  await compareRebuilt(play, date);
  answer(play, date, phase);
  await finishDay(play, date, phase);
  await settleDoubts(play, true);
  await hearEvents(play, phase);
  if (phase.isLively && play.oddDice.chance(0.5)) await play.staff.tryTheList();
  await play.staff.decideForgotten();
  await checkDay(play, date);
  await change(play, day, 'evening');
  const next = market.model.plus(date, 1) as LocalDate;
  if (phase.isLively) await rest(play, date, next);
  return date;
}
