import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleFund, sampleScenario, TestBroker } from './test-broker.ts';

const program = join(import.meta.dirname, 'cli.ts');

let broker: TestBroker;
beforeEach(() => {
  broker = new TestBroker();
});
afterEach(() => broker.remove());

function run(...args: string[]) {
  const result = spawnSync(
    process.execPath,
    ['--conditions=development', '--disable-warning=ExperimentalWarning', program, ...args],
    { encoding: 'utf8' },
  );
  return { status: result.status, out: result.stdout, err: result.stderr };
}

function options(date: string): string[] {
  const scenario = join(broker.root, 'scenario.json');
  const fund = sampleFund({ fundCode: '000001' });
  writeFileSync(scenario, JSON.stringify(sampleScenario([fund])));
  const folders = ['--exchange', broker.exchangeDir, '--state', broker.stateDir()];
  return ['play', '--scenario', scenario, ...folders, '--date', date];
}

describe('the command line', () => {
  it('plays a day, and says so when it was played before', () => {
    broker.send('2026-01-05', ['01']);
    const first = run(...options('2026-01-05'));
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toContain('wrote 01/in/OFI_01_305_20260106.TXT');
    expect(broker.receive('01', '2026-01-06')?.names).toHaveLength(1);
    const again = run(...options('2026-01-05'));
    expect(again).toMatchObject({
      status: 0,
      out: '2026-01-05 was played before; nothing was done\n',
    });
  });

  it('ends with 1 when something is missing, and with 2 when it cannot play', () => {
    const missing = run(...options('2026-01-05'));
    expect(missing.status).toBe(1);
    expect(missing.out).toContain('problem 01 PACKAGE_MISSING: OFI_305_01_20260105.TXT');
    expect(run(...options('2026-01-10'))).toMatchObject({
      status: 2,
      err: '2026-01-10 is not a trading day\n',
    });
    expect(run('play').err).toContain('usage: registrar play');
    expect(run('sing').status).toBe(2);
  });
});
