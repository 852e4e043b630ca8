import { describe, expect, test } from 'vitest';
import { formatParameters, readParameters, type WireParameters } from './parameters.ts';

const wire: WireParameters = {
  status: '0',
  riskLevel: '3',
  term: 'y1_3',
  variety: 'mixed',
  minFirstPurchase: '10.00',
  minNextPurchase: '10.00',
  purchaseStep: '0.01',
  maxPurchase: '0.00',
  dayMaxPurchase: '0.00',
  minRedemption: '10.00',
  redemptionStep: '0.01',
  minHolding: '10.00',
  confirmDays: '1',
  purchasePayDays: '1',
  redemptionCashDays: '3',
  dividendCashDays: '2',
  unitsRounding: 'halfUp',
  holdingDaysRule: 'applicationDate',
  feeRounding: 'perLot',
  defaultDividendMethod: '1',
  serviceFeeRate: '0.00400000',
  faceValue: '1.0000',
  cutOff: '15:00',
};

describe('parameters', () => {
  test('are read and written back the same', () => {
    const { parameters, findings } = readParameters(wire);
    expect(findings).toEqual([]);
    expect(parameters && formatParameters(parameters)).toEqual(wire);
    expect(parameters?.cutOff).toBe('15:00:00.000');
  });

  test('every missing or wrong field is named', () => {
    const { findings } = readParameters({ ...wire, status: '3', riskLevel: '6', confirmDays: '' });
    expect(findings.map((f) => f.details?.['field'])).toEqual([
      'status',
      'riskLevel',
      'confirmDays',
    ]);
  });

  test.each([
    ['minFirstPurchase', '-1'],
    ['minFirstPurchase', '1.005'],
    ['minFirstPurchase', '9999999999999999.99'],
    ['minHolding', '１２'],
    ['cutOff', '24:00'],
    ['cutOff', '15:00:00'],
    ['faceValue', '0'],
    ['serviceFeeRate', '0.4'],
    ['offerStart', '2026-02-30'],
    ['confirmDays', '31'],
  ] as const)('%s %s is refused', (name, text) => {
    const { findings } = readParameters({ ...wire, [name]: text });
    expect(findings.map((f) => f.details?.['field'])).toContain(name);
  });

  test.each([
    [{ offerStart: '2026-03-02' }, 'offerStart'],
    [{ offerStart: '2026-03-02', offerEnd: '2026-03-01' }, 'offerStart'],
    [{ status: '1' }, 'status'],
    [{ maxPurchase: '5.00' }, 'maxPurchase'],
    [{ dayMaxPurchase: '5.00' }, 'dayMaxPurchase'],
  ])('%o disagree', (change, field) => {
    const { findings } = readParameters({ ...wire, ...change });
    expect(findings[0]).toMatchObject({ code: 'PARAMETERS_DISAGREE', details: { field } });
  });
});
