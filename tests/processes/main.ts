/**
 * `npm run faults`: every fault, again and again, many in a round, the rarest first, until the effect
 * of each has been seen so often or time is up.
 *
 *   npm run faults -- [--times N] [--minutes M] [--houses H] [--only WORDS] [--figures]
 *
 * So many houses at once are hurt beside each other, one unless said. Figures are written after every round, so a run that is broken off has its report too.
 */
import { parseArgs } from 'node:util';
import { type Figure, writeFigures } from '../../server/src/app/proof/figures.ts';
import { findPrograms } from '../failover/cluster.ts';
import { Campaign, FAULTS } from './campaign.ts';
import { GROUPS, type Group, NAMES_ZH } from './names.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '600' },
    houses: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    figures: { type: 'boolean', default: false },
  },
});

function countOf(name: 'times' | 'minutes' | 'houses'): number {
  const count = Number(values[name]);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--${name} is a whole number from 1 on`);
  return count;
}

const bin = findPrograms();
if (bin === undefined) throw new Error('initdb and pg_ctl of PostgreSQL are not installed');
const [times, minutes, houses] = [countOf('times'), countOf('minutes'), countOf('houses')];
const chosen = FAULTS.filter(({ name }) => name.includes(values.only));
if (chosen.length === 0) throw new Error(`no fault is called '${values.only}'`);
const groups = [...new Set(chosen.map(({ group }) => group))].toSorted(
  (a, b) => GROUPS[a].number - GROUPS[b].number,
);
const campaign = new Campaign(bin);
const FAULTS_PER_ROUND = 16;
const startedAt = performance.now();
const seconds = () => Math.floor((performance.now() - startedAt) / 1_000);
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort());
const goOn = () => !asked.signal.aborted && seconds() < minutes * 60;

const count = (zh: string, en: string, value: number): Figure => ({ zh, en, value, unit: '' });
const failed = () =>
  chosen.reduce((sum, fault) => sum + campaign.figuresOf(fault).failures.length, 0);

/** The whole campaign in a few figures. */
function summary(): Figure[] {
  const done = chosen.map((fault) => campaign.figuresOf(fault).times);
  const ofGroups = groups.map((group) => campaign.timesOf(group));
  return [
    count('故障种类', 'kinds of faults', chosen.length),
    count(
      '见效的注入次数',
      'faults whose effect was seen',
      done.reduce((sum, one) => sum + one, 0),
    ),
    count('故障类别', 'groups of faults', groups.length),
    count(
      `见效不少于 ${times} 次的类别`,
      `groups seen at least ${times} times`,
      ofGroups.filter((one) => one >= times).length,
    ),
    count('最少的一类见效次数', 'times of the rarest group', Math.min(...ofGroups)),
    count('最少的一种见效次数', 'times of the rarest kind', Math.min(...done)),
    count('已确认的指令', 'commands acknowledged', campaign.acknowledged),
    count('未获答复而重发', 'times a command was asked again', campaign.repeated),
    count(
      '失败的轮次：丢失、重复、不变量被破坏或未恢复',
      'rounds that failed: lost, done twice, an invariant broken, no recovery',
      failed(),
    ),
    ...[...campaign.statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, answers]) => count(`状态码 ${status}`, `answers ${status}`, answers)),
    ...Object.entries(campaign.measured()).flatMap(([what, { median, max }]): Figure[] => [
      { zh: `${what}：中位数`, en: `${what}: median`, value: median, unit: 'ms' },
      { zh: `${what}：最大`, en: `${what}: largest`, value: max, unit: 'ms' },
    ]),
    { zh: '时长', en: 'duration', value: seconds(), unit: 's' },
  ];
}

function groupFigure(group: Group): Figure {
  const { number, zh } = GROUPS[group];
  return count(`类别 ${number}：${zh}`, `group ${number}: ${group}`, campaign.timesOf(group));
}

/** The figures of the run so far; with `--figures` they are kept. */
function report(): Figure[] {
  const figures = [
    ...summary(),
    ...groups.map(groupFigure),
    ...chosen.map((fault) => {
      const { times: seen, failures } = campaign.figuresOf(fault);
      const verdict = failures.length === 0 ? '' : ` (failed ${failures.length})`;
      return count(NAMES_ZH[fault.name] ?? fault.name, `${fault.name}${verdict}`, seen);
    }),
  ];
  if (values.figures) {
    const only = values.only === '' ? '' : ` --only '${values.only}'`;
    writeFigures({
      name: 'faults',
      zh: '真实进程上的故障',
      en: 'Faults on real processes',
      command: `npm run faults -- --times ${times} --minutes ${minutes} --houses ${houses}${only} --figures`,
      database: 'PostgreSQL',
      figures,
    });
  }
  return figures;
}

let rounds = 0;

/** Rounds on one house after the other, until there is nothing left to do or no time. */
async function play(): Promise<void> {
  while (goOn()) {
    const faults = campaign.next(chosen, FAULTS_PER_ROUND, times);
    if (faults.length === 0) return;
    const found = await campaign.round(faults, {
      goOn,
      onDone: (fault, seen, took) => {
        const at = String(seconds()).padStart(6);
        console.log(`${at} s  ${seen} seen 见效  ${took.toFixed(1)} s  ${fault.name}`);
      },
    });
    for (const line of found) console.log(`FAILED 失败  ${line}`);
    const { acknowledged, houses: opened } = campaign;
    const rare = groups.filter((group) => campaign.timesOf(group) < times).length;
    console.log(
      `${seconds()} s  round 轮 ${(rounds += 1)}  ${acknowledged} acknowledged 已确认  ` +
        `${opened} houses 套环境  ${rare} groups below ${times} 类不足 ${times} 次`,
    );
    report();
  }
}

await Promise.all(Array.from({ length: houses }, play));
await campaign.close();

for (const fault of chosen) {
  const { times: seen, runs, failures } = campaign.figuresOf(fault);
  const verdict = failures.length === 0 ? 'ok  ' : 'FAIL';
  console.log(`${String(seen).padStart(6)}  ${verdict}  ${fault.name} (${runs} runs 次)`);
}
for (const { en, value, unit } of report().slice(0, -chosen.length)) {
  console.log(`${String(value).padStart(10)} ${unit.padEnd(3)} ${en}`);
}
process.exitCode = failed() === 0 ? 0 : 1;
