import type { OfdValue } from '../src/index.ts';

export const header = {
  version: '21',
  creator: '27',
  receiver: '305',
  date: '20260921',
  summaryNo: '001',
  sender: '27',
  recipient: '305',
} as const;

const funds = ['000001', '110022', '161725', '510300', '000198'] as const;

/** A purchase confirmation with every common field filled; `index` makes it different. */
export function sampleConfirmation(index: number): Record<string, OfdValue> {
  const amount = 100_000n + (BigInt(index) % 9_000_000n);
  const serial = String(index).padStart(12, '0');
  return {
    AppSheetSerialNo: `202609210000${serial}`,
    TransactionCfmDate: '20260921',
    CurrencyType: '156',
    ConfirmedVol: (amount * 10_000n) / 12_345n,
    ConfirmedAmount: amount,
    FundCode: funds[index % funds.length]!,
    LargeRedemptionFlag: '1',
    TransactionDate: '20260918',
    TransactionTime: '142530',
    ReturnCode: '0000',
    TransactionAccountID: `9${serial}`,
    DistributorCode: '305',
    ApplicationAmount: amount,
    BusinessCode: '122',
    TAAccountID: `27${serial.slice(2)}`,
    TASerialNO: `20260921${serial}`,
    BusinessFinishFlag: '1',
    DiscountRateOfCommission: 1000n,
    RegionCode: '1000',
    DownLoaddate: '20260921',
    Charge: amount / 1000n,
    AgencyFee: amount / 2000n,
    NAV: 12_345n,
    BranchCode: '0001',
    IndividualOrInstitution: '1',
    Specification: index % 4 === 0 ? '认购确认：普通投资者' : undefined,
    DefDividendMethod: '1',
    ShareClass: '0',
    ErrorDetail: index % 4 === 1 ? '成功' : undefined,
    ShareRegisterDate: '20260921',
  };
}
