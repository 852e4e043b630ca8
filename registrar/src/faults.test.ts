import { checkPackage, parseFile, parseIndex } from '@cairn/ofd';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, faultKinds, type FaultOptions, FaultSchedule } from './faults.ts';
import { type Customer, sampleFund, sampleScenario, TestBroker } from './test-broker.ts';
import { createRegistrarWorld, type DayReport } from './world.ts';

const customers: Customer[] = [1, 2, 3].map((number) => ({
  registrarCode: '01',
  tradingAccountId: `T${number}`,
  depositAcct: `A${number}`,
  certificateNo: `C${number}`,
}));

let broker: TestBroker;
beforeEach(() => {
  broker = new TestBroker();
});
afterEach(() => broker.remove());

interface Played {
  readonly serialNos: readonly string[];
  readonly reports: readonly DayReport[];
}

/** Three purchases on 2026-01-05, a redemption of the first on 2026-01-06, and a quiet day. */
function playDays(faults: FaultOptions): Played {
  const world = createRegistrarWorld({
    scenario: sampleScenario([sampleFund({ fundCode: '000001' })]),
    stateDir: broker.stateDir(),
    exchangeDir: broker.exchangeDir,
    seed: 'test',
    faults,
  });
  const serialNos = customers.map((customer) => {
    broker.apply(customer, '001');
    broker.bank('DEPOSIT', customer.depositAcct, '10000.00');
    return broker.order(customer, '022', '000001', { ApplicationAmount: '1015.00' });
  });
  const reports = ['2026-01-05', '2026-01-06', '2026-01-07'].map((date, index) => {
    if (index === 1) {
      const sell = broker.order(customers[0] as Customer, '024', '000001', {
        ApplicationVol: '100.00',
      });
      serialNos.push(sell);
    }
    broker.send(date, ['01']);
    return world.playDay(date);
  });
  return { serialNos, reports };
}

function plant(fault: Partial<Fault> & Pick<Fault, 'kind'>): Played {
  return playDays({ planted: [{ date: '2026-01-06', ...fault }] });
}

const read = (name: string) => readFileSync(join(broker.inFolder('01'), name));
const trades = (date = '2026-01-06') => broker.records('01', date, '04');
const holdings = (date = '2026-01-06') =>
  broker.records('01', date, '05').map((record) => record.number('TotalVolOfDistributorInTA'));

describe('a planted fault', () => {
  it('is nowhere when none is planted', () => {
    const { reports } = playDays({});
    expect(reports.flatMap((report) => report.faults)).toEqual([]);
    expect(trades().map((record) => record.text('ReturnCode'))).toEqual(['0000', '0000', '0000']);
    expect(holdings()).toEqual([81_004n, 81_004n, 81_004n]);
  });

  it('rejection: one application is refused, and the holdings agree', () => {
    const { reports } = plant({ kind: 'rejection', record: 1 });
    expect(trades().map((record) => record.text('ReturnCode'))).toEqual(['0000', '9001', '0000']);
    expect(holdings()).toEqual([81_004n, 81_004n]);
    expect(reports[0]?.faults).toMatchObject([{ kind: 'rejection', record: 1 }]);
  });

  it('rejection: by serial number', () => {
    const { serialNos } = playDays({
      planted: [{ kind: 'rejection', date: '2026-01-07', record: `APP${'0'.repeat(19)}10` }],
    });
    expect(serialNos[3]).toBe(`APP${'0'.repeat(19)}10`);
    expect(trades('2026-01-07').map((record) => record.text('ReturnCode'))).toEqual(['9001']);
    expect(holdings('2026-01-07')).toEqual([81_004n, 81_004n, 81_004n]);
  });

  it('partialConfirmation: a part is confirmed, the rest refunded', () => {
    plant({ kind: 'partialConfirmation', record: 2, ratio: '0.4' });
    const record = trades()[2];
    expect(record?.number('ConfirmedAmount')).toBe(40_600n);
    expect(record?.number('RefundAmount')).toBe(60_900n);
    // 406.00 / 1.015 / 1.2345
    expect(holdings()).toEqual([81_004n, 81_004n, 32_402n]);
  });

  it('wrongAmount with a correction: the right record follows, confirmed on the same day', () => {
    plant({ kind: 'wrongAmount', record: 1, delta: '1.00', correctedAfterDays: 1 });
    const seen = (date: string) =>
      trades(date).map((record) => [
        record.text('BusinessCode'),
        record.number('ConfirmedAmount'),
        record.text('TransactionCfmDate'),
      ]);
    expect(seen('2026-01-06')).toEqual([
      ['122', 101_500n, '20260106'],
      ['122', 101_600n, '20260106'],
      ['122', 101_500n, '20260106'],
    ]);
    expect(seen('2026-01-07').filter(([code]) => code === '122')).toEqual([
      ['122', 101_500n, '20260106'],
    ]);
    const wrong = trades('2026-01-06')[1];
    const right = trades('2026-01-07').at(-1);
    expect(right?.text('AppSheetSerialNo')).toBe(wrong?.text('AppSheetSerialNo'));
    expect(right?.text('TASerialNO')).not.toBe(wrong?.text('TASerialNO'));
  });

  it('wrongAmount: one amount is off, the holdings are not', () => {
    plant({ kind: 'wrongAmount', record: 1 });
    const amounts = trades().map((record) => record.number('ConfirmedAmount'));
    expect(amounts).toEqual([101_500n, 101_501n, 101_500n]);
    expect(holdings()).toEqual([81_004n, 81_004n, 81_004n]);
  });

  it('holdingOff: one holding is off for one day', () => {
    plant({ kind: 'holdingOff', record: 'T2', delta: '-0.01' });
    expect(holdings()).toEqual([81_004n, 81_003n, 81_004n]);
    expect(holdings('2026-01-07')).toEqual([71_004n, 81_004n, 81_004n]);
  });

  it('extraConfirmation: a 144 that nobody asked for', () => {
    plant({ kind: 'extraConfirmation' });
    const extra = trades()[3];
    expect(extra?.text('BusinessCode')).toBe('144');
    expect(extra?.text('AppSheetSerialNo')).toBe('');
    expect(extra?.number('ConfirmedVol')).toBe(10_000n);
    expect(new Set(trades().map((record) => record.text('TASerialNO'))).size).toBe(4);
    expect(holdings()).toEqual([81_004n, 81_004n, 81_004n]);
  });

  it('missingIndexEntry: the file lies there, the index does not list it', () => {
    plant({ kind: 'missingIndexEntry', fileType: '02' });
    expect(broker.receive('01', '2026-01-06')?.names).not.toContain('OFD_01_305_20260106_02.TXT');
    expect(broker.fileNames('01', '2026-01-06')).toContain('OFD_01_305_20260106_02.TXT');
  });

  it('duplicateFile: the same bytes again under the name of a slice, which is one too many', () => {
    plant({ kind: 'duplicateFile' });
    const [name, copy] = ['OFD_01_305_20260106_04.TXT', 'OFD_01_305_20260106_04_001.TXT'];
    expect(read(copy as string).equals(read(name as string))).toBe(true);
    const index = parseIndex(read('OFI_01_305_20260106.TXT'), 'OFI_01_305_20260106.TXT');
    const files = [...index.files, copy as string].map((file) => ({
      name: file,
      header: parseFile(read(file), { fileName: file }).header,
    }));
    expect(checkPackage(index, files).map((error) => error.code)).toContain('PACKAGE_EXTRA');
  });

  it('changedBytes: the file no longer reads', () => {
    plant({ kind: 'changedBytes', fileType: '05' });
    expect(() => parseFile(read('OFD_01_305_20260106_05.TXT'))).toThrow();
    expect(holdings('2026-01-07')).toEqual([71_004n, 81_004n, 81_004n]);
  });

  it('truncatedFile: the end is missing', () => {
    plant({ kind: 'truncatedFile' });
    expect(() => parseFile(read('OFD_01_305_20260106_04.TXT'))).toThrow('ends inside');
  });

  it('lateFile: the package comes one trading day later, and is whole', () => {
    const { reports } = plant({ kind: 'lateFile' });
    const name = '01/in/OFI_01_305_20260106.TXT';
    expect(reports.map((report) => report.files.includes(name))).toEqual([false, true, false]);
    expect(holdings()).toEqual([81_004n, 81_004n, 81_004n]);
    expect(reports[1]?.files.indexOf(name)).toBe(3);
  });

  it('statementBreak: the bank shows a movement that never was, for one day', () => {
    plant({ kind: 'statementBreak', record: 'A2', delta: '-0.01' });
    const rows = broker.statement('2026-01-06').map((row) => row.slice(2, 5));
    expect(rows).toContainEqual(['A2', 'WITHDRAW', '-0.01']);
    expect(rows).toContainEqual(['A2', 'CLOSING', '9999.99']);
    expect(rows.at(-1)).toEqual(['', 'TOTAL', '29999.99']);
    expect(broker.statement('2026-01-07').at(-1)?.[4]).toBe('26955.00');
  });

  it.each([
    ['rejection', 7],
    ['wrongAmount', 7],
    ['holdingOff', 'NOBODY'],
    ['statementBreak', 'NOBODY'],
  ] as const)('%s without its record is reported', (kind, record) => {
    const { reports } = plant({ kind, record });
    const problems = reports.flatMap((report) => report.problems);
    expect(problems.map(({ code }) => code)).toEqual(['FAULT_WITHOUT_TARGET']);
    expect(reports.flatMap((report) => report.faults)).toEqual([]);
  });
});

describe('faults by rate', () => {
  it('depend on the seed and the place only', () => {
    const rates = Object.fromEntries(faultKinds.map((kind) => [kind, 0.2]));
    const draw = (seed: string) => {
      const schedule = new FaultSchedule({ rates }, seed);
      return Array.from({ length: 1000 }, (_, position) => {
        const record = { serialNo: `S${position}`, position };
        const place = { date: '2026-01-06', registrarCode: '01' };
        return schedule.findRecordFault('rejection', place, record) === undefined ? 0 : 1;
      });
    };
    const drawn = draw('one');
    expect(draw('one')).toEqual(drawn);
    expect(draw('two')).not.toEqual(drawn);
    const count = drawn.reduce<number>((sum, hit) => sum + hit, 0);
    expect(count).toBeGreaterThan(150);
    expect(count).toBeLessThan(250);
  });

  it('a rate of 1 always strikes, of 0 never', () => {
    const { reports } = playDays({ rates: { lateFile: 1, rejection: 0 } });
    expect(reports.map((report) => report.faults.length)).toEqual([1, 1, 1]);
  });

  it('say nothing where there is nothing to spoil', () => {
    const { reports } = playDays({ rates: { wrongAmount: 1, holdingOff: 1 } });
    expect(reports.map((report) => report.faults.length)).toEqual([2, 2, 1]);
    expect(reports.flatMap((report) => report.problems)).toEqual([]);
  });

  it('refuses what is no rate and no fault', () => {
    expect(() => new FaultSchedule({ rates: { rejection: 1.5 } }, '')).toThrow('rejection: 1.5');
    const unknown = { kind: 'sunshine', date: '2026-01-06' } as unknown as Fault;
    expect(() => new FaultSchedule({ planted: [unknown] }, '')).toThrow('sunshine');
  });
});
