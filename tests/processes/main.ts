/**
 * `npm run faults`: every fault, again and again, until it has been done so often or time is up.
 *
 *   npm run faults -- [--times N] [--minutes M] [--only WORDS] [--figures FILE]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { commitOfClone } from '../../server/src/app/simulation/report.ts';
import { findPrograms } from '../failover/cluster.ts';
import { Campaign, FAULTS } from './campaign.ts';
import { shuffled } from './fault.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '600' },
    only: { type: 'string', default: '' },
    figures: { type: 'string' },
  },
});

function countOf(name: 'times' | 'minutes'): number {
  const count = Number(values[name]);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} is a whole number from 1 on`);
  return count;
}

const bin = findPrograms();
if (bin === undefined) throw new Error('initdb and pg_ctl of PostgreSQL are not installed');
const [times, minutes] = [countOf('times'), countOf('minutes')];
const chosen = FAULTS.filter(({ name }) => name.includes(values.only));
if (chosen.length === 0) throw new Error(`no fault is called '${values.only}'`);
const campaign = new Campaign(bin);
const startedAt = performance.now();
const seconds = () => Math.floor((performance.now() - startedAt) / 1_000);
let isAsked = false;
process.once('SIGINT', () => (isAsked = true));

rounds: for (let round = 1; round <= times; round += 1) {
  for (const fault of shuffled(chosen)) {
    if (isAsked || seconds() >= minutes * 60) break rounds;
    const begun = seconds();
    const found = await campaign.round(fault);
    for (const line of found) console.log(`FAILED 失败  ${fault.name}: ${line}`);
    if (values.only !== '' || process.stdout.isTTY) console.log(`${seconds() - begun} s  ${fault.name}`);
  }
  const { acknowledged, houses } = campaign;
  console.log(
    `${seconds()} s  round 轮 ${round}  ${acknowledged} acknowledged 已确认  ${houses} houses 套环境`,
  );
}
await campaign.close();

const faults = chosen.map((fault) => ({ name: fault.name, ...campaign.figuresOf(fault) }));
const figures = {
  what: 'faults on real processes',
  command: `npm run faults -- --times ${times} --minutes ${minutes}`,
  date: new Date().toISOString(),
  commit: commitOfClone(),
  seconds: seconds(),
  faults: faults.length,
  rounds: faults.reduce((sum, one) => sum + one.times, 0),
  fewest: Math.min(...faults.map((one) => one.times)),
  failed: faults.reduce((sum, { failures }) => sum + failures.length, 0),
  acknowledged: campaign.acknowledged,
  askedAgain: campaign.repeated,
  answers: Object.fromEntries([...campaign.statuses].sort(([a], [b]) => a - b)),
  measured: campaign.measured(),
  perFault: faults,
};
for (const { name, times: done, failures } of faults) {
  console.log(`${String(done).padStart(6)}  ${failures.length === 0 ? 'ok  ' : 'FAIL'}  ${name}`);
}
console.log(JSON.stringify({ ...figures, perFault: undefined }, undefined, 2));
if (values.figures !== undefined) {
  mkdirSync(dirname(values.figures), { recursive: true });
  writeFileSync(values.figures, `${JSON.stringify(figures, undefined, 2)}\n`);
}
process.exitCode = figures.failed === 0 ? 0 : 1;
