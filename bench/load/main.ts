/**
 * `npm run load`: customers drive a day's profile against the real server process on PostgreSQL
 * (`DATABASE_URL`, else 127.0.0.1:5432), then the night batch runs and the books are checked. Exit
 * code 1 when anything was as it must not be. See docs/operations/load.md.
 */
import { parseArgs } from 'node:util';
import { writeFigures } from '../../server/src/app/proof/figures.ts';
import { answeringServer } from '../database.ts';
import { faultsOf, playLoadDay } from './day.ts';
import { type House, houseFor } from './house.ts';
import { figuresOfDay, figuresOfSoak, nightLines, phaseLines, soakLines } from './report.ts';
import { faultsOfSoak, soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '240' },
    requests: { type: 'string' },
    overload: { type: 'string', default: '6000' },
    soak: { type: 'string' },
    rate: { type: 'string', default: '100' },
    keep: { type: 'boolean', default: false },
    figures: { type: 'boolean', default: false },
  },
});

/** A whole number above zero, or the end of the program. */
function count(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  console.error(`--${name} is a whole number above zero / --${name} 必须是正整数`);
  return process.exit(2);
}

const startedAt = performance.now();
const progress = (line: string) =>
  console.log(
    `${String(Math.round((performance.now() - startedAt) / 1_000)).padStart(5)} s  ${line}`,
  );

/** As it was typed, so that whoever reads the figures can type it again. */
const COMMAND = `npm run load -- ${process.argv.slice(2).join(' ')}`;

async function runDay(house: House, customers: number): Promise<string[]> {
  const report = await playLoadDay(
    house,
    {
      seconds: count('seconds', values.seconds),
      requests: count('requests', values.requests ?? String(customers)),
      overloadConnections: count('overload', values.overload),
    },
    progress,
  );
  const faults = faultsOf(report);
  console.log(`\n${phaseLines(report.phases)}\n${nightLines(report)}`);
  if (values.figures) {
    writeFigures({
      name: 'load',
      zh: '一日负载',
      en: 'A day of load',
      command: COMMAND,
      database: 'PostgreSQL',
      figures: figuresOfDay(report, customers, faults),
    });
  }
  return faults;
}

async function runSoak(house: House, customers: number, seconds: number): Promise<string[]> {
  const report = await soak(house, { seconds, rate: count('rate', values.rate) }, progress);
  const faults = faultsOfSoak(report);
  console.log(`\n${soakLines(report)}`);
  if (values.figures) {
    writeFigures({
      name: 'load-soak',
      zh: '长时间负载下的内存',
      en: 'Memory under long load',
      command: COMMAND,
      database: 'PostgreSQL',
      figures: figuresOfSoak(report, customers, faults),
    });
  }
  return faults;
}

const customers = count('customers', values.customers);
const house = await houseFor(await answeringServer(), customers, { isKept: values.keep, progress });
let faults: string[];
try {
  faults =
    values.soak === undefined
      ? await runDay(house, customers)
      : await runSoak(house, customers, count('soak', values.soak));
} finally {
  await house.drop();
}
console.log(
  faults.length === 0 ? '\nAll as it must be. / 全部符合要求。' : `\n${faults.join('\n')}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
