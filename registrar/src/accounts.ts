import type { OfdRecord } from '@cairn/ofd';
import { compactDay } from './dates.ts';
import { nextSerialNo, type RecordValues, type RegistrarDay } from './day.ts';
import { type ReturnReason, returnCodes } from './returns.ts';
import type { InvestorRow } from './state.ts';

/** Fields that a confirmation repeats from the application. */
const repeated = [
  'AppSheetSerialNo',
  'TransactionAccountID',
  'DistributorCode',
  'MultiAcctFlag',
  'TransactionDate',
  'TransactionTime',
  'BranchCode',
  'CertificateType',
  'CertificateNo',
  'InvestorName',
  'IndividualOrInstitution',
  'AccountAbbr',
  'AccountCardID',
  'RegionCode',
  'TargetTransactionAccountID',
  'NetNo',
  'Specification',
] as const;

function certificateOf(application: OfdRecord): string {
  return ['IndividualOrInstitution', 'CertificateType', 'CertificateNo']
    .map((name) => application.text(name))
    .join('|');
}

/** The investor with this certificate; a certificate has one TA account at a registrar for ever. */
function openInvestor(day: RegistrarDay, certificate: string, name: string): InvestorRow {
  const known = day.state.investors.find(certificate);
  if (known !== undefined) return known;
  const number = String(day.state.investors.size + 1).padStart(10, '0');
  const investor = { taAccountId: `${day.registrarCode}${number}`, certificate, name };
  day.state.investors.put(certificate, investor);
  return investor;
}

interface Decision {
  readonly reason: ReturnReason;
  readonly taAccountId: string;
}

function refuse(reason: ReturnReason, application: OfdRecord): Decision {
  return { reason, taAccountId: application.text('TAAccountID') };
}

/** 001 opens a TA account or finds it by certificate; 008 adds a trading account to an open one. */
function decideAccount(day: RegistrarDay, application: OfdRecord): Decision {
  const serialNo = application.text('AppSheetSerialNo');
  const tradingAccountId = application.text('TransactionAccountID');
  const businessCode = application.text('BusinessCode');
  if (businessCode !== '001' && businessCode !== '008') {
    return refuse('unsupportedBusiness', application);
  }
  if (day.state.serialNos.find(serialNo) !== undefined) {
    return refuse('duplicateSerialNo', application);
  }
  day.state.serialNos.put(serialNo, day.date);
  const name = application.text('InvestorName');
  if (tradingAccountId === '' || application.text('CertificateNo') === '' || name === '') {
    return refuse('badApplication', application);
  }
  const certificate = certificateOf(application);
  const known = day.state.investors.find(certificate);
  if (businessCode === '008' && known === undefined) return refuse('unknownAccount', application);
  const given = application.text('TAAccountID');
  if (given !== '' && known?.taAccountId !== given) {
    return refuse('certificateMismatch', application);
  }
  const existing = day.state.tradingAccounts.find(tradingAccountId);
  if (existing !== undefined && existing.taAccountId !== known?.taAccountId) {
    return refuse('certificateMismatch', application);
  }
  const investor = openInvestor(day, certificate, name);
  day.state.tradingAccounts.put(tradingAccountId, {
    tradingAccountId,
    taAccountId: investor.taAccountId,
    depositAcct: application.text('DepositAcct'),
    branchCode: application.text('BranchCode'),
    investorKind: application.text('IndividualOrInstitution'),
  });
  return { reason: 'success', taAccountId: investor.taAccountId };
}

/** Answers the applications of file 01 with the records of file 02, in order. */
export function confirmAccounts(day: RegistrarDay, applications: readonly OfdRecord[]): void {
  for (const application of applications) {
    const { reason, taAccountId } = decideAccount(day, application);
    const values: RecordValues = {};
    for (const name of repeated) values[name] = application.text(name);
    day.draft.accounts.push({
      ...values,
      TransactionCfmDate: compactDay(day.confirmDate),
      ReturnCode: returnCodes[reason].code,
      ErrorDetail: returnCodes[reason].detail,
      BusinessCode: `1${application.text('BusinessCode').slice(1)}`,
      TAAccountID: taAccountId,
      TASerialNO: nextSerialNo(day),
      FromTAFlag: '0',
    });
  }
}
