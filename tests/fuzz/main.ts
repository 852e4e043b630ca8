/**
 * `npm run fuzz -- --mutants N --seed S [--only ofd,routes] [--planted] [--figures]`: fuzzes every
 * target, its share of the mutants each, and prints what it did and found. Exit code 1 with a finding;
 * with --planted each target has a bug, and exit code 1 means that one was not found.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Figure, writeFigures } from '../../server/src/app/proof/figures.ts';
import type { Finding, Tally } from './engine.ts';
import type { Target } from './target.ts';
import { CANARIES } from './canaries.ts';
import { TARGETS } from './targets.ts';

const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    planted: { type: 'boolean', default: false },
    stuck: { type: 'string', default: '20' },
    figures: { type: 'boolean', default: false },
  },
});
const mutants = Number.parseInt(values.mutants, 10);
const names = values.only?.split(',') ?? TARGETS.map(({ name }) => name);
const chosen = [...TARGETS, ...CANARIES].filter(({ name }) => names.includes(name));
const whole = chosen.reduce((sum, { perMille }) => sum + perMille, 0);

const INPUT_MAX = 65_536;
const STUCK_MS = Number.parseInt(values.stuck, 10) * 1_000;
const PROGRESS_MS = 10_000;

/** Runs a target in a thread; one that stands still is ended, and its input is the finding. */
function runTarget(target: Target): Promise<Tally> {
  const shared = new SharedArrayBuffer(8 + INPUT_MAX);
  const counters = new Int32Array(shared, 0, 2);
  const own = Math.round((mutants * target.perMille) / whole);
  const workerData = {
    module: target.module,
    name: target.name,
    mutants: own,
    seed: values.seed,
    isPlanted: values.planted,
    shared,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    let seen = 0;
    let standsSince = performance.now();
    let done = 0;
    let toldAt = performance.now();
    const watching = setInterval(() => {
      const now = performance.now();
      const runs = Atomics.load(counters, 0);
      if (runs !== seen || runs === 0) [seen, standsSince] = [runs, now];
      if (now - toldAt > PROGRESS_MS) {
        console.error(`  ${target.name} ${done} / ${own}`);
        toldAt = now;
      }
      if (now - standsSince < STUCK_MS) return;
      clearInterval(watching);
      const input = Buffer.from(new Uint8Array(shared, 8, counters[1])).toString('base64');
      const message = `stands still for ${STUCK_MS / 1_000} s`;
      const hang: Finding = { target: target.name, kind: 'hang', message, input };
      void worker.terminate();
      resolve({
        target: target.name,
        mutants: done,
        accepted: 0,
        refusals: {},
        blocks: 0,
        corpus: 0,
        slowestMs: STUCK_MS,
        findings: [hang],
      });
    }, 250);
    worker.on('message', (told: { done?: number; tally?: Tally }) => {
      done = told.done ?? done;
      if (told.tally === undefined) return;
      clearInterval(watching);
      void worker.terminate();
      resolve(told.tally);
    });
    worker.on('error', (error) => {
      clearInterval(watching);
      reject(error);
    });
  });
}

const tallies: Tally[] = [];
for (const target of chosen) {
  const tally = await runTarget(target);
  tallies.push(tally);
  const { accepted, blocks, corpus, slowestMs, findings, refusals } = tally;
  console.log(
    `${target.name}: ${tally.mutants} mutants, ${accepted} accepted, ${Object.keys(refusals).length} kinds of refusal, ` +
      `${blocks} blocks, ${corpus} inputs kept, slowest ${slowestMs.toFixed(0)} ms, ${findings.length} findings`,
  );
  for (const { kind, message, input } of findings) {
    console.log(`  ${kind}: ${message.slice(0, 400)}\n    ${input.slice(0, 2_000)}`);
  }
}
const total = tallies.reduce((sum, tally) => sum + tally.mutants, 0);
const found = tallies.reduce((sum, tally) => sum + tally.findings.length, 0);
console.log(`${total} mutants, ${found} findings, seed ${values.seed}`);

function figuresOf(tally: Tally, { zh, en }: Target): Figure[] {
  const kinds = Object.keys(tally.refusals).length;
  return [
    { zh: `${zh}：变异输入`, en: `${en}: mutants`, value: tally.mutants, unit: '' },
    { zh: `${zh}：被接受`, en: `${en}: accepted`, value: tally.accepted, unit: '' },
    { zh: `${zh}：拒绝原因种类`, en: `${en}: kinds of refusal`, value: kinds, unit: '' },
    { zh: `${zh}：覆盖的代码块`, en: `${en}: blocks reached`, value: tally.blocks, unit: '' },
    { zh: `${zh}：最慢一次`, en: `${en}: slowest`, value: Math.round(tally.slowestMs), unit: 'ms' },
  ];
}

if (values.figures) {
  writeFigures({
    name: 'fuzz',
    zh: '模糊测试',
    en: 'Fuzzing',
    command: `npm run fuzz -- --mutants ${mutants} --seed ${values.seed} --figures`,
    figures: [
      { zh: '变异输入', en: 'mutants', value: total, unit: '' },
      {
        zh: '崩溃、卡死或静默接受',
        en: 'crashes, hangs, silent acceptances',
        value: found,
        unit: '',
      },
      ...chosen.flatMap((target, at) => {
        const tally = tallies[at];
        return tally === undefined ? [] : figuresOf(tally, target);
      }),
    ],
  });
}
const isRight = values.planted ? tallies.every(({ findings }) => findings.length > 0) : found === 0;
process.exitCode = isRight ? 0 : 1;
