/** Records of inbound files (02, 04, 06, 07) as rows in our units, and where each belongs. */
import {
  type Amount,
  amount,
  assert,
  type LocalDate,
  parseBasicDate,
  type Price,
  price,
  PRICE_SCALE,
  rescale,
  type Units,
  units,
  UNITS_SCALE,
} from '@cairn/kernel';
import type { OfdRecord } from '@cairn/ofd';
import { FIRM } from '../../../platform/firm.ts';
import type { Confirmation } from './confirmation.ts';

/** One record of file 02. */
export interface AccountConfirmation {
  readonly bucket: number;
  readonly fileId: bigint;
  readonly recordNo: number;
  readonly registrarCode: string;
  readonly taSerial: string;
  readonly applicationId: string;
  readonly businessCode: string;
  readonly confirmDate: LocalDate;
  readonly tradingAccountNo: string;
  readonly taAccountId: string;
  readonly returnCode: string;
  readonly errorDetail: string;
  /** Two members of staff said that it stands as the registrar states it. */
  readonly isStated: boolean;
}

/** One record of file 06. */
export interface Distribution {
  readonly bucket: number;
  readonly fileId: bigint;
  readonly recordNo: number;
  readonly registrarCode: string;
  readonly taSerial: string;
  readonly businessCode: string;
  readonly confirmDate: LocalDate;
  readonly recordDate: LocalDate;
  readonly exDate: LocalDate;
  readonly payDate: LocalDate;
  readonly tradingAccountNo: string;
  readonly taAccountId: string;
  readonly fundCode: string;
  readonly shareClass: string;
  readonly returnCode: string;
  readonly dividendMethod: '0' | '1';
  readonly basisUnits: Units;
  readonly grossAmount: Amount;
  readonly cashAmount: Amount;
  readonly reinvestedUnits: Units;
  readonly nav: Price;
  /** Money for `perUnits` units (DividendPerUnit, DrawBonusUnit). */
  readonly perUnit: Amount;
  readonly perUnits: bigint;
  /** CurrencyType, three digits; empty when the record names none. */
  readonly currency: string;
  /** Two members of staff said that it stands as the registrar states it. */
  readonly isStated: boolean;
}

/** One record of file 07. */
export interface PublishedNav {
  readonly fundCode: string;
  readonly navDate: LocalDate;
  readonly nav: Price;
  readonly accumulated: Price;
  readonly status: string;
  readonly currency: string;
}

/** What a record of a file says beside its own fields. */
export interface FilePlace {
  readonly fileId: bigint;
  readonly registrarCode: string;
  /** The date in the file's header. */
  readonly fileDate: LocalDate;
}

/** A value in a file that our books cannot hold; the package is refused with it. */
export class RowError extends Error {
  readonly record: number;
  readonly field: string;
  readonly value: string;

  constructor(record: number, field: string, value: string) {
    super(`record ${record}, field ${field}: '${value}'`);
    this.record = record;
    this.field = field;
    this.value = value;
  }
}

const BUCKET = /^[0-9A-F]{2}/;

/**
 * The bucket that our number carries in its first two characters. A number that is not ours goes
 * to the firm's own bucket, where it becomes an exception.
 */
export function bucketOfNumber(...numbers: readonly string[]): number {
  for (const number of numbers) {
    if (number.length >= 17 && BUCKET.test(number)) return Number.parseInt(number.slice(0, 2), 16);
  }
  return FIRM;
}

function dateOf(record: OfdRecord, field: string): LocalDate {
  const text = record.text(field);
  const date = parseBasicDate(text);
  if (date === undefined) throw new RowError(record.index, field, text);
  return date;
}

/** The date of confirmation, which is never after the date of its file. */
function confirmDateOf(record: OfdRecord, { fileDate }: FilePlace): LocalDate {
  const field = 'TransactionCfmDate';
  const date = dateOf(record, field);
  if (date > fileDate) throw new RowError(record.index, field, record.text(field));
  return date;
}

const placeOf = ({ fileId, registrarCode }: FilePlace) =>
  ({ fileId, registrarCode, isStated: false }) as const;

function scaled(record: OfdRecord, field: string, scale: number): bigint {
  const decimals = record.decimals(field);
  assert(decimals <= scale, `${field} has more decimals than the books keep`);
  return rescale(record.number(field), decimals, scale, 'halfUp');
}

const money = (record: OfdRecord, field: string): Amount => amount(scaled(record, field, 2));
const volume = (record: OfdRecord, field: string): Units =>
  units(scaled(record, field, UNITS_SCALE));
const quote = (record: OfdRecord, field: string): Price =>
  price(scaled(record, field, PRICE_SCALE));

/** A record of file 04. Errors: RowError for a date that is none or lies after the file's. */
export function confirmationRow(record: OfdRecord, place: FilePlace): Confirmation {
  const orderId = record.text('AppSheetSerialNo');
  const tradingAccountNo = record.text('TransactionAccountID');
  return {
    ...placeOf(place),
    bucket: bucketOfNumber(orderId, tradingAccountNo),
    recordNo: record.index,
    taSerial: record.text('TASerialNO'),
    orderId,
    businessCode: record.text('BusinessCode'),
    confirmDate: confirmDateOf(record, place),
    tradeDate: dateOf(record, 'TransactionDate'),
    tradingAccountNo,
    taAccountId: record.text('TAAccountID'),
    fundCode: record.text('FundCode'),
    shareClass: record.text('ShareClass') || '0',
    returnCode: record.text('ReturnCode'),
    errorDetail: record.text('ErrorDetail'),
    isFinished: record.text('BusinessFinishFlag') !== '0',
    confirmedAmount: money(record, 'ConfirmedAmount'),
    confirmedUnits: volume(record, 'ConfirmedVol'),
    nav: quote(record, 'NAV'),
    charge: money(record, 'Charge'),
    agencyFee: money(record, 'AgencyFee'),
    refundAmount: money(record, 'RefundAmount'),
    interest: money(record, 'Interest'),
    interestUnits: volume(record, 'VolumeByInterest'),
    currency: record.text('CurrencyType'),
  };
}

/** A record of file 02. Errors: RowError for a date that is none. */
export function accountConfirmationRow(record: OfdRecord, place: FilePlace): AccountConfirmation {
  const applicationId = record.text('AppSheetSerialNo');
  const tradingAccountNo = record.text('TransactionAccountID');
  return {
    ...placeOf(place),
    bucket: bucketOfNumber(applicationId, tradingAccountNo),
    recordNo: record.index,
    taSerial: record.text('TASerialNO'),
    applicationId,
    businessCode: record.text('BusinessCode'),
    confirmDate: confirmDateOf(record, place),
    tradingAccountNo,
    taAccountId: record.text('TAAccountID'),
    returnCode: record.text('ReturnCode'),
    errorDetail: record.text('ErrorDetail'),
  };
}

/** A record of file 06. Errors: RowError for a date that is none or an unknown method. */
export function distributionRow(record: OfdRecord, place: FilePlace): Distribution {
  const method = record.text('DefDividendMethod');
  if (method !== '0' && method !== '1') {
    throw new RowError(record.index, 'DefDividendMethod', method);
  }
  const tradingAccountNo = record.text('TransactionAccountID');
  const perUnits = record.number('DrawBonusUnit');
  return {
    ...placeOf(place),
    bucket: bucketOfNumber(tradingAccountNo),
    recordNo: record.index,
    taSerial: record.text('TASerialNO'),
    businessCode: record.text('BusinessCode'),
    confirmDate: confirmDateOf(record, place),
    recordDate: dateOf(record, 'RegistrationDate'),
    exDate: dateOf(record, 'XRDate'),
    payDate: dateOf(record, 'DividentDate'),
    tradingAccountNo,
    taAccountId: record.text('TAAccountID'),
    fundCode: record.text('FundCode'),
    shareClass: record.text('ShareClass') || '0',
    returnCode: record.text('ReturnCode'),
    dividendMethod: method,
    basisUnits: volume(record, 'BasisforCalculatingDividend'),
    grossAmount: money(record, 'DividendAmount'),
    cashAmount: money(record, 'ConfirmedAmount'),
    reinvestedUnits: volume(record, 'VolOfDividendforReinvestment'),
    nav: quote(record, 'NAV'),
    perUnit: money(record, 'DividendPerUnit'),
    perUnits: perUnits === 0n ? 1n : perUnits,
    currency: record.text('CurrencyType'),
  };
}

/** A record of file 07. Errors: RowError for a date that is none. */
export function navRow(record: OfdRecord): PublishedNav {
  return {
    fundCode: record.text('FundCode'),
    navDate: dateOf(record, 'UpdateDate'),
    nav: quote(record, 'NAV'),
    accumulated: quote(record, 'AccumulativeNAV'),
    status: record.text('FundStatus'),
    currency: record.text('CurrencyType'),
  };
}
