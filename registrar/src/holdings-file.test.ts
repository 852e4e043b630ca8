import { parseFile, writeFile } from '@cairn/ofd';
import { describe, expect, it } from 'vitest';
import { HoldingsWriter, holdingValues } from './holdings-file.ts';
import { headerOf } from './parties.ts';
import { compileScenario } from './scenario.ts';
import type { PositionRow } from './state.ts';
import { sampleFund, sampleScenario } from './test-broker.ts';

const terms = compileScenario(sampleScenario([sampleFund({ fundCode: '000001' })]));
const parties = { creator: '01', receiver: '305' };

function position(number: number, units: bigint, dividendMethod = ''): PositionRow {
  return {
    fundCode: '000001',
    shareClass: '0',
    taAccountId: `01${String(number).padStart(10, '0')}`,
    tradingAccountId: `T${number}`,
    branchCode: 'B001',
    units,
    dividendMethod,
    lots: [],
  };
}

describe('file 05', () => {
  it('is the same whether records are reused or written anew', () => {
    const writer = new HoldingsWriter(terms);
    const positions = Array.from({ length: 50 }, (_, index) => position(index, BigInt(index + 1)));
    for (const date of ['20260105', '20260106', '20260107']) {
      const header = headerOf(parties, date);
      const values = positions.map((row) => holdingValues(row, terms, date));
      const file = writer.write(header, positions);
      expect(file.equals(writeFile(header, '05', values))).toBe(true);
      positions[7] = position(7, 1_000_000n, '0');
      positions.push(position(positions.length, 77n));
    }
  });

  it('is a good file without any position', () => {
    const file = new HoldingsWriter(terms).write(headerOf(parties, '20260105'), []);
    expect(parseFile(file).records).toEqual([]);
  });
});
