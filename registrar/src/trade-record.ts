import type { OfdRecord } from '@cairn/ofd';
import { compactDay, parseCompactDay } from './dates.ts';
import { nextSerialNo, type RecordValues, type RegistrarDay } from './day.ts';
import { type ReturnReason, returnCodes } from './returns.ts';
import type { Application } from './state.ts';

/** Texts of file 03 that file 04 repeats as they are. */
const repeated = [
  'AppSheetSerialNo',
  'FundCode',
  'LargeRedemptionFlag',
  'TransactionDate',
  'TransactionTime',
  'TransactionAccountID',
  'DistributorCode',
  'TAAccountID',
  'DepositAcct',
  'RegionCode',
  'BranchCode',
  'OriginalAppSheetNo',
  'OriginalSubsDate',
  'IndividualOrInstitution',
  'DefDividendMethod',
  'ShareClass',
  'NetNo',
  'CustomerNo',
  'Broker',
  'SalesPromotion',
  'AcceptMethod',
  'TradingMethod',
  'LargeBuyFlag',
] as const;

/** Takes what a confirmation needs out of a record of file 03. */
export function readApplication(record: OfdRecord): Application {
  const texts: Record<string, string> = {};
  for (const name of repeated) {
    const text = record.text(name);
    if (text !== '') texts[name] = text;
  }
  texts.BusinessCode = record.text('BusinessCode');
  return {
    texts,
    applicationDate: parseCompactDay(record.text('TransactionDate')),
    amount: record.number('ApplicationAmount'),
    units: record.number('ApplicationVol'),
    discount: record.number('DiscountRateOfCommission'),
  };
}

/** A text of the application, blank if it has none. */
export function textOf(application: Application, name: string): string {
  return application.texts[name] ?? '';
}

/** The confirmation code of an application's code: 022 → 122. */
export function confirmCodeOf(application: Application): string {
  return `1${textOf(application, 'BusinessCode').slice(1)}`;
}

/** Adds a record to file 04: the application repeated, then `values` over it. */
export function addTradeRecord(
  day: RegistrarDay,
  application: Application,
  values: RecordValues,
): void {
  const { BusinessCode: _, ...texts } = application.texts;
  day.draft.trades.push({
    ...texts,
    BusinessCode: confirmCodeOf(application),
    TransactionCfmDate: compactDay(day.confirmDate),
    CurrencyType: '156',
    ApplicationVol: application.units,
    ApplicationAmount: application.amount,
    DiscountRateOfCommission: application.discount,
    ReturnCode: returnCodes.success.code,
    TASerialNO: nextSerialNo(day),
    BusinessFinishFlag: '1',
    DownLoaddate: compactDay(day.confirmDate),
    DetailFlag: '0',
    FromTAFlag: '0',
    FeeCalculator: '0',
    ...values,
  });
}

/** Answers an application with a refusal: nothing confirmed, money not taken. */
export function refuseApplication(
  day: RegistrarDay,
  application: Application,
  reason: ReturnReason,
): void {
  const code = textOf(application, 'BusinessCode');
  const isPaid = code === '020' || code === '022';
  addTradeRecord(day, application, {
    ReturnCode: returnCodes[reason].code,
    ErrorDetail: returnCodes[reason].detail,
    RefundAmount: isPaid ? application.amount : 0n,
  });
}
