/**
 * The counts in the answers to runs of the day: what a run sets out with is noted before it, and what
 * it says of each step is held against the model afterwards.
 */
import type { LocalDate } from '@cairn/kernel';
import { type DayRun, type StepResult, stepsOf } from '../../modules/clearing/index.ts';
import { HOUSE_FOLDER } from './house.ts';
import { Disagreement } from './model/booking.ts';
import {
  collected,
  counted,
  type Counts,
  differing,
  exactly,
  misfit,
  ordersBy,
  plus,
  type Range,
  sent,
} from './model/day-counts.ts';
import type { PackageThere } from './model/imports.ts';
import type { CustomerState } from './model/state.ts';
import { countExceptions } from './observe.ts';
import type { Play } from './play.ts';
import { PLAY_REGISTRARS } from './play-market.ts';
import { recordsIn } from './registrar-files.ts';

/** How things stood when runs of a day set out. */
export interface Marks {
  readonly date: LocalDate;
  readonly worlds: readonly (readonly CustomerState[])[];
  readonly out: ReadonlyMap<string, Buffer>;
  readonly packages: readonly PackageThere[];
  readonly tally: ReadonlyMap<string, number>;
}

function filesOut({ house }: Play, date: LocalDate): Map<string, Buffer> {
  const compact = date.replaceAll('-', '');
  const files = [...PLAY_REGISTRARS, 'BANK'].flatMap((party) =>
    house.disk.files(`${HOUSE_FOLDER}/exchange/${party}/out`),
  );
  return new Map(files.filter(([path]) => path.includes(compact) && !path.endsWith('.part')));
}

/** Notes how things stand before runs of a day. */
export function markRuns(play: Play, date: LocalDate): Marks {
  const { broker, courier } = play;
  return {
    date,
    worlds: broker.worlds(),
    out: filesOut(play, date),
    packages: PLAY_REGISTRARS.flatMap((party) => courier.packagesOf(party, date)),
    tally: broker.tally.read(),
  };
}

/** A judgement over one run: what the model has to say of it. */
interface Case {
  readonly play: Play;
  readonly marks: Marks;
  /** Nobody else ran the day in the meantime. */
  readonly isAlone: boolean;
}

function applicationsOf({ play: { people }, marks: { date } }: Case) {
  return [...people.applications.values()].filter(({ tradeDate }) => tradeDate === date);
}

/** Worlds before and after, customer by customer. */
function everyWorld({ play, marks }: Case): (readonly CustomerState[])[] {
  return play.broker.worlds().map((after, n) => [...(marks.worlds[n] ?? []), ...after]);
}

function writtenIn({ play, marks, isAlone }: Case): Range {
  const now = [...filesOut(play, marks.date)];
  const n = now.filter(([path, bytes]) => marks.out.get(path)?.equals(bytes) !== true).length;
  return isAlone ? exactly(n) : { least: 0, most: n };
}

const since = ({ play, marks }: Case, name: string): number =>
  play.broker.tally.countOf(name) - (marks.tally.get(name) ?? 0);

function confirmed(one: Case): Counts {
  const { desk } = one.play;
  const names = ['accounts', 'trades', 'distributions', 'rejected', 'exceptions'];
  return counted({
    ...Object.fromEntries(names.map((name) => [name, since(one, name)])),
    behind: desk.behind,
    overdue: desk.overdueOn(one.marks.date),
  });
}

/** The units of each customer in each fund of a registrar, or of all. */
function unitsOf({ broker }: Play, registrar?: string): Map<string, bigint> {
  const units = new Map<string, bigint>();
  for (const customer of broker.customers()) {
    for (const [fund, held] of broker.stateOf(customer).units) {
      const isOther =
        registrar !== undefined && broker.market.funds.get(fund)?.registrar !== registrar;
      if (held > 0n && !isOther) units.set(`${customer} ${fund}`, held);
    }
  }
  return units;
}

function valued({ play, marks: { date } }: Case): Counts {
  const { desk, market } = play;
  const funds = new Set([...unitsOf(play).keys()].map((key) => key.split(' ')[1] ?? ''));
  const without = [...funds].filter(
    (fund) => !desk.navsHere.has(`${fund} ${date}`) || market.model.navOn(fund, date) === undefined,
  );
  return counted({ funds: funds.size, withoutNavOfDay: without.length });
}

function settled(one: Case): Counts {
  const names = ['items', 'purchase', 'redemption', 'dividend', 'refund', 'fee'];
  return counted(Object.fromEntries(names.map((name) => [name, since(one, name)])));
}

/** File 05 of a registrar, by customer and fund; undefined when it is not in. */
function fileOf(play: Play, registrar: string, date: LocalDate): Map<string, bigint> | undefined {
  const { imports, courier, people } = play;
  if (!imports.has(`${registrar}/confirmation/${date}`)) return undefined;
  const files = courier.find(registrar, 'confirmation', date)?.files ?? [];
  const owners = new Map(
    [...people.applications.values()].map((one) => [one.tradingAccountNo, one.customer]),
  );
  return new Map(
    recordsIn(files, '05').map((record): [string, bigint] => [
      `${owners.get(record.text('TransactionAccountID')) ?? ''} ${record.text('FundCode')}`,
      record.number('TotalVolOfDistributorInTA'),
    ]),
  );
}

/** What a statement says that each account has at the end of the day. */
function closingsOf(bytes: Buffer): Map<string, bigint> {
  const rows = bytes.toString('utf8').split('\r\n');
  return new Map(
    rows
      .map((row) => row.split(','))
      .filter(([, , , kind]) => kind === 'CLOSING')
      .map(([, , account = '', , amount = '']) => [account, BigInt(amount.replace('.', ''))]),
  );
}

/** What each customer must have at the bank when the day ends. */
function bankOf({ broker, people }: Play, date: LocalDate): Map<string, bigint> {
  return new Map(
    people.clients.map(({ customerId, assetAccountNo }) => {
      const { cash, transfers } = broker.stateOf(customerId);
      const later = [...transfers.values()]
        .filter(({ state, businessDate }) => state === 'posted' && businessDate > date)
        .reduce((sum, { direction, amount }) => sum + (direction === 'in' ? amount : -amount), 0n);
      return [assetAccountNo, cash - later + broker.tally.unpaidPurchases(customerId)];
    }),
  );
}

function byBucket({ people }: Play, accounts: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { assetAccountNo, bucket } of people.clients) {
    const sum = sums.get(`${bucket}`) ?? 0n;
    sums.set(`${bucket}`, sum + (accounts.get(assetAccountNo) ?? 0n));
  }
  return sums;
}

function reconciled({ play, marks: { date } }: Case): Counts {
  const counts = { positions: 0, registrars: 0, accounts: 0, breaks: 0 };
  for (const registrar of PLAY_REGISTRARS) {
    const theirs = fileOf(play, registrar, date);
    if (theirs === undefined) continue;
    const ours = unitsOf(play, registrar);
    counts.registrars += 1;
    counts.positions += ours.size;
    counts.breaks += differing(ours, theirs);
  }
  const statement = play.courier.find('BANK', 'bank', date)?.files[0]?.[1];
  if (statement !== undefined && play.deliveries.isHere('BANK', 'bank', date)) {
    const [ours, theirs] = [bankOf(play, date), closingsOf(statement)];
    counts.accounts = play.people.clients.length;
    counts.breaks += differing(ours, theirs);
    counts.breaks += differing(byBucket(play, ours), byBucket(play, theirs));
  }
  return counted(counts);
}

async function reported(one: Case): Promise<Counts> {
  const { play, marks } = one;
  const { date } = marks;
  const orders = ordersBy(everyWorld(one), ({ tradeDate }) =>
    tradeDate === date ? 'orders' : undefined,
  );
  // Which exceptions there are is read from the list: the model knows only some of them beforehand.
  const exceptions = await countExceptions(play.house.calm.db, date);
  return new Map([
    ['orders', plus(orders.get('orders') ?? exactly(0), exactly(applicationsOf(one).length))],
    ['confirmations', exactly(play.imports.tradesOn(date))],
    ['exceptions', exactly(exceptions)],
  ]);
}

/** What the model says of one step that is done. */
async function predicted(one: Case, step: string): Promise<Counts> {
  const { play, marks } = one;
  const { date } = marks;
  switch (step) {
    case 'collect':
      return collected(everyWorld(one), applicationsOf(one), date);
    case 'send':
      return sent(play.broker.worlds(), applicationsOf(one), {
        date,
        registrars: PLAY_REGISTRARS,
        written: writtenIn(one),
      });
    case 'receive':
      return play.imports.predict(marks.packages);
    case 'confirm':
      return confirmed(one);
    case 'value':
      return valued(one);
    case 'settle':
      return settled(one);
    case 'reconcile':
      return reconciled(one);
    case 'report':
      return reported(one);
    case 'close': {
      // A chain for each bucket with a customer, and that of the firm.
      const buckets = new Set(play.people.clients.map(({ bucket }) => bucket));
      return counted({ anchoredChains: buckets.size + 1 });
    }
    default:
      return new Map();
  }
}

const isRead = ({ step, state, failure }: StepResult): boolean =>
  step === 'receive' && (state === 'done' || failure?.code === 'PACKAGE_MISSING');

/** What was answered is what the books say of the day's steps. */
async function compareRecorded({ house }: Play, run: DayRun): Promise<void> {
  const rows = new Map((await stepsOf(house.calm, run.businessDate)).map((row) => [row.step, row]));
  const text = (state = '', counts: Readonly<Record<string, number>> = {}, code = '') =>
    [
      state,
      code,
      ...Object.entries(counts)
        .map(([name, n]) => `${name} ${n}`)
        .sort(),
    ].join(' ');
  for (const { step, state, counts, failure } of run.steps) {
    const row = rows.get(step);
    const answered = text(state, counts, failure?.code);
    const recorded = text(row?.state, row?.counts, row?.failure?.code);
    if (answered === recorded) continue;
    throw new Disagreement(`step ${step} of ${run.businessDate}`, answered, recorded);
  }
}

/** A run was not answered: what it may have taken in is not certain. */
export function unanswered({ imports }: Play, { packages, date }: Marks): void {
  imports.ran(packages, date, false);
}

/** Holds the counts of a run that was answered against the model, which was told of it before. */
export async function judgeCounts(
  play: Play,
  marks: Marks,
  run: DayRun,
  isAlone = true,
): Promise<void> {
  const one = { play, marks, isAlone };
  for (const { step, state, counts } of run.steps) {
    const wanted = state === 'done' ? await predicted(one, step) : new Map<string, Range>();
    if (step === 'receive') play.imports.ran(marks.packages, marks.date, run.steps.some(isRead));
    const found = misfit(wanted, counts);
    if (found !== undefined) {
      throw new Disagreement(`counts of ${step} of ${marks.date}`, found.predicted, found.said);
    }
    play.probes.reach(`staff: counts of ${step}`);
  }
  await compareRecorded(play, run);
}
