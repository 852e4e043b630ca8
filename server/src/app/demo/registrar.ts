/** The demonstration's registrars and bank, with the faults they make. */
import { join } from 'node:path';
import { exchangeCalendar } from '@cairn/kernel';
import { createRegistrarWorld, type Fault, type RegistrarWorld } from '@cairn/registrar';
import type { Settings } from '../../platform/config.ts';
import { scenarioOf } from '../sandbox/market.ts';
import { demoMarket } from './market.ts';
import { DEMO_SEED, FINAL_DAY, FIRST_DAY, INTEREST_RATE } from './period.ts';

/** What goes wrong, by the date of the package or statement that shows it. */
const FAULTS: readonly Fault[] = [
  { kind: 'rejection', date: '2025-12-12', registrarCode: '01', record: 0 },
  { kind: 'partialConfirmation', date: '2025-12-17', registrarCode: '02', record: 0 },
  { kind: 'rejection', date: '2026-01-07', registrarCode: '03', record: 0 },
  { kind: 'holdingOff', date: '2026-01-13', registrarCode: '02', record: 3, delta: '0.01' },
  { kind: 'statementBreak', date: '2026-01-27', record: 5, delta: '12.34' },
  { kind: 'partialConfirmation', date: '2026-02-04', registrarCode: '01', record: 0 },
  { kind: 'rejection', date: '2026-02-11', registrarCode: '02', record: 0 },
  { kind: 'extraConfirmation', date: '2026-03-05', registrarCode: '02', delta: '250' },
  { kind: 'extraConfirmation', date: '2026-03-04', registrarCode: '01', delta: '100' },
  { kind: 'holdingOff', date: '2026-03-06', registrarCode: '03', record: 4, delta: '-0.5' },
  { kind: 'statementBreak', date: '2026-03-06', record: 11, delta: '0.01' },
];

/** Opens the other side of the demonstration; its state stands in the data folder. */
export function openDemoRegistrar(
  settings: Pick<Settings, 'dataDir' | 'exchangeDir' | 'distributorCode'>,
): RegistrarWorld {
  return createRegistrarWorld({
    scenario: scenarioOf(demoMarket(), exchangeCalendar, {
      from: FIRST_DAY,
      to: FINAL_DAY,
      distributorCode: settings.distributorCode,
      interestRate: INTEREST_RATE,
    }),
    stateDir: join(settings.dataDir, 'registrar'),
    exchangeDir: settings.exchangeDir,
    seed: DEMO_SEED,
    faults: { planted: FAULTS },
  });
}
