import { bucketedId } from '@cairn/kernel/ids';
import { localDate } from '@cairn/kernel';
import { type OfdRecord, type OfdValue, parseFile, writeFile } from '@cairn/ofd';
import { describe, expect, test } from 'vitest';
import { FIRM } from '../../../platform/firm.ts';
import {
  accountConfirmationRow,
  bucketOfNumber,
  confirmationRow,
  distributionRow,
  navRow,
  RowError,
} from './file-rows.ts';

const place = { fileId: 9n, registrarCode: '01', fileDate: localDate('2026-03-03') };
const header = {
  version: '21',
  creator: '01',
  receiver: '305',
  date: '20260303',
  summaryNo: '001',
  sender: '01',
  recipient: '305',
} as const;

/** A record as it comes out of a file of the protocol. */
function recordOf(fileType: string, values: Record<string, OfdValue>): OfdRecord {
  const name = `OFD_01_305_20260303_${fileType}.TXT`;
  const { records } = parseFile(writeFile(header, fileType, [values]), { fileName: name });
  const [record] = records;
  if (record === undefined) throw new Error('one record');
  return record;
}

const ORDER = bucketedId(171, 'order', ['test'], 24);
const ACCOUNT = bucketedId(171, 'trading', ['test'], 17);

describe('the bucket of a number', () => {
  test.each([
    ['an order of ours', [ORDER, ''], 171],
    ['a record without application', ['', ACCOUNT], 171],
    ['an order of nobody, an account of ours', ['X'.repeat(24), ACCOUNT], 171],
    ['a number of another house', ['ZZ'.repeat(12)], FIRM],
    ['a number too short to be ours', ['AB12'], FIRM],
    ['lower case is not ours', [ORDER.toLowerCase().replace(/^../, 'ab')], FIRM],
    ['nothing', ['', ''], FIRM],
  ])('%s', (_name, numbers, bucket) => {
    expect(bucketOfNumber(...numbers)).toBe(bucket);
  });
});

const trade = {
  AppSheetSerialNo: ORDER,
  TransactionAccountID: ACCOUNT,
  TransactionCfmDate: '20260303',
  TransactionDate: '20260302',
  FundCode: '000001',
  BusinessCode: '122',
  ReturnCode: '0000',
  TASerialNO: 'S1',
  ConfirmedVol: 80_601n,
  ConfirmedAmount: 100_000n,
  NAV: 12_345n,
  Charge: 498n,
  BusinessFinishFlag: '0',
};

describe('file 04', () => {
  test('numbers come in our scales', () => {
    expect(confirmationRow(recordOf('04', trade), place)).toMatchObject({
      bucket: 171,
      fileId: 9n,
      registrarCode: '01',
      orderId: ORDER,
      confirmedUnits: 80_601n,
      confirmedAmount: 100_000n,
      nav: 123_450_000n,
      charge: 498n,
      agencyFee: 0n,
      shareClass: '0',
      isFinished: false,
    });
  });

  test('an empty finish flag means finished', () => {
    const record = recordOf('04', { ...trade, BusinessFinishFlag: '' });
    expect(confirmationRow(record, place).isFinished).toBe(true);
  });

  test.each([
    ['a date that is none', 'TransactionDate', '20260230'],
    ['no date', 'TransactionCfmDate', ''],
    ['confirmed after its file', 'TransactionCfmDate', '20260304'],
  ])('%s is refused with its place', (_name, field, value) => {
    const record = recordOf('04', { ...trade, [field]: value });
    const error = new RowError(record.index, field, value);
    expect(() => confirmationRow(record, place)).toThrow(error);
  });
});

test('file 02', () => {
  const values = {
    AppSheetSerialNo: ORDER,
    TransactionAccountID: ACCOUNT,
    TransactionCfmDate: '20260303',
    TransactionDate: '20260302',
    BusinessCode: '101',
    ReturnCode: '0000',
    TAAccountID: '010000000001',
    TASerialNO: 'S1',
  };
  expect(accountConfirmationRow(recordOf('02', values), place)).toMatchObject({
    bucket: 171,
    applicationId: ORDER,
    businessCode: '101',
    taAccountId: '010000000001',
    confirmDate: '2026-03-03',
  });
});

const dividend = {
  TransactionAccountID: ACCOUNT,
  TransactionCfmDate: '20260303',
  RegistrationDate: '20260302',
  XRDate: '20260302',
  DividentDate: '20260305',
  FundCode: '000001',
  BusinessCode: '143',
  ReturnCode: '0000',
  TASerialNO: 'S1',
  DefDividendMethod: '1',
  BasisforCalculatingDividend: 806_015n,
  DividendAmount: 40_301n,
  ConfirmedAmount: 40_301n,
  DividendPerUnit: 5_000n,
  DrawBonusUnit: 1_000n,
};

describe('file 06', () => {
  test('a dividend of 50.00 for a thousand units', () => {
    expect(distributionRow(recordOf('06', dividend), place)).toMatchObject({
      bucket: 171,
      basisUnits: 806_015n,
      grossAmount: 40_301n,
      perUnit: 5_000n,
      perUnits: 1_000n,
      payDate: '2026-03-05',
    });
  });

  test('no unit count means one', () => {
    const record = recordOf('06', { ...dividend, DrawBonusUnit: 0n });
    expect(distributionRow(record, place).perUnits).toBe(1n);
  });

  test('a method that is neither cash nor units is refused', () => {
    const record = recordOf('06', { ...dividend, DefDividendMethod: '7' });
    expect(() => distributionRow(record, place)).toThrow(RowError);
  });
});

test('file 07', () => {
  const values = { FundCode: '000001', NAV: 12_345n, UpdateDate: '20260303', FundStatus: '0' };
  expect(navRow(recordOf('07', values))).toEqual({
    fundCode: '000001',
    navDate: '2026-03-03',
    nav: 123_450_000n,
    accumulated: 0n,
    status: '0',
    currency: '',
  });
});
