import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import type { FaultOptions } from './faults.ts';
import { readScenario } from './scenario.ts';
import { createRegistrarWorld, type DayReport } from './world.ts';

const usage = `usage: registrar play --scenario FILE --exchange DIR --state DIR --date YYYY-MM-DD
                      [--seed TEXT] [--faults FILE]

Plays the fund registrars and the depository bank on one trading day, after its cut-off.
  --scenario  a JSON file, or a folder with scenario.json, navs.csv, dividends.csv and
              trading-days.csv
  --faults    a JSON file: {"planted": [{"kind": …, "date": …}], "rates": {KIND: CHANCE}}
`;

function printReport(report: DayReport): void {
  if (report.alreadyPlayed) {
    process.stdout.write(`${report.date} was played before; nothing was done\n`);
    return;
  }
  for (const row of report.registrars) {
    process.stdout.write(
      `registrar ${row.registrarCode}: ${row.accounts + row.orders} applications of ` +
        `${report.date}; for ${report.confirmDate} ${row.accountConfirmations} account ` +
        `confirmations, ${row.confirmations} confirmations, ${row.refusals} refusals, ` +
        `${row.dividends} dividends, ${row.positions} positions\n`,
    );
  }
  for (const file of report.files) process.stdout.write(`wrote ${file}\n`);
  for (const fault of report.faults) process.stdout.write(`fault ${JSON.stringify(fault)}\n`);
  for (const { party, code, detail } of report.problems) {
    process.stdout.write(`problem ${party} ${code}: ${detail}\n`);
  }
}

function play(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string' },
      exchange: { type: 'string' },
      state: { type: 'string' },
      date: { type: 'string' },
      seed: { type: 'string' },
      faults: { type: 'string' },
    },
  });
  const { scenario, exchange, state, date, seed = '', faults } = values;
  if (!scenario || !exchange || !state || !date) throw new TypeError('an option is missing');
  const world = createRegistrarWorld({
    scenario: readScenario(scenario),
    stateDir: state,
    exchangeDir: exchange,
    seed,
    faults: faults ? (JSON.parse(readFileSync(faults, 'utf8')) as FaultOptions) : {},
  });
  const report = world.playDay(date);
  printReport(report);
  return report.problems.length > 0 ? 1 : 0;
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command !== 'play') throw new TypeError(`there is no command "${command ?? ''}"`);
  process.exitCode = play(args);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n${error instanceof TypeError ? usage : ''}`);
  process.exitCode = 2;
}
