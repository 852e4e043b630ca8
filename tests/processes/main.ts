/**
 * `npm run faults`: every fault, again and again, many in a round, the rarest first, until the effect
 * of each has been seen so often or time is up.
 *
 *   npm run faults -- [--times N] [--minutes M] [--only WORDS] [--figures]
 */
import { parseArgs } from 'node:util';
import { type Figure, writeFigures } from '../../server/src/app/proof/figures.ts';
import { findPrograms } from '../failover/cluster.ts';
import { Campaign, FAULTS } from './campaign.ts';
import { GROUPS, NAMES_ZH } from './names.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '600' },
    only: { type: 'string', default: '' },
    figures: { type: 'boolean', default: false },
  },
});

function countOf(name: 'times' | 'minutes'): number {
  const count = Number(values[name]);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--${name} is a whole number from 1 on`);
  return count;
}

const bin = findPrograms();
if (bin === undefined) throw new Error('initdb and pg_ctl of PostgreSQL are not installed');
const [times, minutes] = [countOf('times'), countOf('minutes')];
const chosen = FAULTS.filter(({ name }) => name.includes(values.only));
if (chosen.length === 0) throw new Error(`no fault is called '${values.only}'`);
const campaign = new Campaign(bin);
const FAULTS_PER_ROUND = 12;
const startedAt = performance.now();
const seconds = () => Math.floor((performance.now() - startedAt) / 1_000);
const asked = new AbortController();
process.once('SIGINT', () => asked.abort());

for (let round = 1; !asked.signal.aborted && seconds() < minutes * 60; round += 1) {
  const faults = campaign.next(chosen, FAULTS_PER_ROUND, times);
  if (faults.length === 0) break;
  let begun = performance.now();
  const found = await campaign.round(faults, (fault, seen) => {
    const took = ((performance.now() - begun) / 1_000).toFixed(1);
    console.log(`${String(seconds()).padStart(6)} s  ${seen} seen 见效  ${took} s  ${fault.name}`);
    begun = performance.now();
  });
  for (const line of found) console.log(`FAILED 失败  ${line}`);
  const { acknowledged, houses } = campaign;
  console.log(
    `${seconds()} s  round 轮 ${round}  ${acknowledged} acknowledged 已确认  ${houses} houses 套环境`,
  );
}
await campaign.close();

const faults = chosen.map((fault) => ({ name: fault.name, ...campaign.figuresOf(fault) }));
for (const { name, times: done, runs, failures } of faults) {
  const verdict = failures.length === 0 ? 'ok  ' : 'FAIL';
  console.log(`${String(done).padStart(6)}  ${verdict}  ${name} (${runs} runs 次)`);
}
const groups = [...new Set(chosen.map(({ group }) => group))].map((group) => ({
  group,
  times: campaign.timesOf(group),
}));
const failed = faults.reduce((sum, { failures }) => sum + failures.length, 0);
const count = (zh: string, en: string, value: number): Figure => ({ zh, en, value, unit: '' });
const figures: Figure[] = [
  count('故障种类', 'kinds of faults', faults.length),
  count(
    '见效的注入次数',
    'faults whose effect was seen',
    faults.reduce((sum, one) => sum + one.times, 0),
  ),
  count('故障类别', 'groups of faults', groups.length),
  count(
    '最少的一类见效次数',
    'times of the rarest group',
    Math.min(...groups.map((one) => one.times)),
  ),
  count(
    '最少的一种见效次数',
    'times of the rarest kind',
    Math.min(...faults.map((one) => one.times)),
  ),
  count('已确认的指令', 'commands acknowledged', campaign.acknowledged),
  count('未获答复而重发', 'times a command was asked again', campaign.repeated),
  count('丢失、重复或不变量被破坏', 'lost, done twice, or an invariant broken', failed),
  ...[...campaign.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, times]) => count(`状态码 ${status}`, `answers ${status}`, times)),
  ...Object.entries(campaign.measured()).flatMap(([what, { median, max }]): Figure[] => [
    { zh: `${what}：中位数`, en: `${what}: median`, value: median, unit: 'ms' },
    { zh: `${what}：最大`, en: `${what}: largest`, value: max, unit: 'ms' },
  ]),
  { zh: '时长', en: 'duration', value: seconds(), unit: 's' },
  ...groups.map((one) => count(`类别：${GROUPS[one.group]}`, `group: ${one.group}`, one.times)),
  ...faults.map(({ name, times: done, failures }) =>
    count(
      NAMES_ZH[name] ?? name,
      failures.length === 0 ? name : `${name} (failed ${failures.length})`,
      done,
    ),
  ),
];
for (const { en, value, unit } of figures.slice(0, figures.length - faults.length)) {
  console.log(`${String(value).padStart(10)} ${unit.padEnd(3)} ${en}`);
}
if (values.figures) {
  const only = values.only === '' ? '' : ` --only '${values.only}'`;
  writeFigures({
    name: 'faults',
    zh: '真实进程上的故障',
    en: 'Faults on real processes',
    command: `npm run faults -- --times ${times} --minutes ${minutes}${only} --figures`,
    database: 'PostgreSQL',
    figures,
  });
}
process.exitCode = failed === 0 ? 0 : 1;
