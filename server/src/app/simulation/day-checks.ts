/**
 * After every day: every invariant of `cairn check`, and those that only one who saw the day can
 * judge. Nothing may be wrong that nobody did.
 */
import type { LocalDate } from '@cairn/kernel';
import type { Check, Violation } from '../../platform/check.ts';
import type { ExceptionRow } from '../../modules/clearing/index.ts';
import { type CheckResult, checksOf, formatCheck, runChecksOver } from '../checks.ts';
import { modulesOf } from '../modules.ts';
import { compareLots } from './lots.ts';
import type { Commit } from './node.ts';
import { readExceptions } from './observe.ts';
import { BATCHING, type Play } from './play.ts';

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

/** R2: of the runs of a day one writes at a time; a run that another took over from writes no more. */
export function runsAtOnce(commits: readonly Commit[]): Violation[] {
  const over = new Set<string>();
  const found: Violation[] = [];
  let holder: string | undefined;
  for (const { call, step } of commits) {
    if (!call.startsWith('day ') || step === '') continue;
    if (over.has(call)) found.push({ subject: call, detail: { step, after: holder } });
    if (holder !== undefined && holder !== call) over.add(holder);
    holder = call;
  }
  return found.slice(0, 100);
}

/** What only one who was there can judge. Titles in both languages, as of every check. */
function judgesOf(play: Play): Check[] {
  const { ledger, keptRows, events, house } = play;
  return [
    {
      id: 'R1',
      title: 'Whatever was told as done is in the books',
      titleZh: '凡已答复完成者均在账上',
      run: (sql) => ledger.missing(sql),
    },
    {
      id: 'R2',
      title:
        'Of the runs of a day one writes at a time, and never one that was followed by another',
      titleZh: '同一业务日同时只有一个运行在写，被接替者不再写',
      run: async () => runsAtOnce(house.commits),
    },
    {
      id: 'F3',
      title:
        'Where nothing is outstanding lots are those of the registrar, in whatever order files came',
      titleZh: '无未入账记录处，份额明细与登记机构一致，与文件到达顺序无关',
      run: () => compareLots(play),
    },
    {
      id: 'E3',
      title: 'What a consumer of events has done never goes back',
      titleZh: '事件消费进度从不倒退',
      run: (sql) => events.wentBack(sql),
    },
    {
      id: 'A5',
      title: 'Nothing that the books held is gone',
      titleZh: '账上已有的记录均未消失',
      run: (sql) => keptRows.gone(sql),
    },
  ];
}

/** Everything that does not hold now and that no open exception explains, and these exceptions. */
export async function findBroken(
  play: Play,
): Promise<{ readonly broken: CheckResult[]; readonly open: readonly ExceptionRow[] }> {
  const world = play.house.calm;
  const modules = modulesOf(BATCHING, world.exchange);
  const checks = [...checksOf(modules), ...judgesOf(play)];
  const results = await runChecksOver(world.db, world, checks);
  const { all: open } = await readExceptions(world);
  const isExplained = open.some(({ code }) => BREAKS.has(code));
  const broken = results.filter(
    ({ id, violations }) => violations.length > 0 && !(isExplained && BY_WORD_OF_OTHERS.has(id)),
  );
  return { broken, open };
}

/** A breach that one part of the play saw itself, in the form of a check. */
export function breach(
  id: string,
  [title, titleZh]: readonly [en: string, zh: string],
  violations: readonly Violation[],
): InvariantBroken {
  return new InvariantBroken([{ id, title, titleZh, violations }]);
}

/** Runs every check; InvariantBroken with all that do not hold. */
export async function checkDay(play: Play, date: LocalDate): Promise<void> {
  const { probes } = play;
  const { broken, open } = await findBroken(play);
  if (broken.length > 0) throw new InvariantBroken(broken);
  probes.reach('day checked');
  for (const { code, business_date: day } of open)
    if (day === date) probes.reach(`exception ${code}`);
}
