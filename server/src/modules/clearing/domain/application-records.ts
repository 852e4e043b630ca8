/** Orders and account applications as records of files 03 and 01. */
import { formatBasicDate, type Instant, rescale, RATE_SCALE, shanghaiTime } from '@cairn/kernel';
import type { OfdValue } from '@cairn/ofd';
import type { RegistrarIdentity } from '../../customers/index.ts';
import type { AccountApplication, Order } from '../../trading/index.ts';

type OfdValues = Record<string, OfdValue>;

const CNY = '156';
/** TradingMethod: the second of eight flags is the internet (domain: call centre, internet, …). */
const TRADING_METHODS: Readonly<Record<string, string>> = {
  '0': '00010000',
  '1': '10000000',
  '2': '01000000',
  '3': '00100000',
};
const DISCOUNT_DECIMALS = 4;

function timeOf(acceptedAt: Instant): string {
  return shanghaiTime(acceptedAt).slice(0, 8).replaceAll(':', '');
}

/** What the registrar needs to know of the customer beside the order. */
export interface OrderParty {
  readonly kind: string;
  readonly taAccountId: string;
}

/** One order as a record of file 03 (table 71 of V2.1). */
export function orderRecord(order: Order, party: OrderParty, distributorCode: string): OfdValues {
  return {
    AppSheetSerialNo: order.orderId,
    FundCode: order.fundCode,
    LargeRedemptionFlag: order.largeRedemptionFlag ?? '',
    TransactionDate: formatBasicDate(order.tradeDate),
    TransactionTime: timeOf(order.acceptedAt),
    TransactionAccountID: order.tradingAccountNo,
    DistributorCode: distributorCode,
    ApplicationVol: order.units ?? 0n,
    ApplicationAmount: order.amount ?? 0n,
    BusinessCode: order.businessCode,
    TAAccountID: party.taAccountId,
    DiscountRateOfCommission: rescale(order.discountRate, RATE_SCALE, DISCOUNT_DECIMALS, 'halfUp'),
    DepositAcct: order.assetAccountNo,
    CurrencyType: CNY,
    IndividualOrInstitution: party.kind,
    DefDividendMethod: order.dividendMethod ?? '',
    ShareClass: order.shareClass,
    AcceptMethod: order.channel,
    TradingMethod: TRADING_METHODS[order.channel] ?? '',
    TargetShareType: '',
  };
}

/** One account application as a record of file 01 (table 69 of V2.1). */
export function applicationRecord(
  application: AccountApplication,
  identity: RegistrarIdentity,
  distributorCode: string,
): OfdValues {
  return {
    AppSheetSerialNo: application.applicationId,
    CertificateType: identity.certificateType,
    CertificateNo: identity.certificateNo,
    InvestorName: identity.name,
    TransactionDate: formatBasicDate(application.tradeDate),
    TransactionTime: timeOf(application.acceptedAt),
    IndividualOrInstitution: identity.kind,
    TransactionAccountID: application.tradingAccountNo,
    DistributorCode: distributorCode,
    BusinessCode: application.businessCode,
    TAAccountID: application.taAccountId ?? '',
    MultiAcctFlag: application.businessCode === '008' ? '1' : '0',
    DepositAcct: application.assetAccountNo,
    MobileTelNo: identity.phone ?? '',
    Address: identity.address ?? '',
    InvestorsBirthday: identity.birthDate === null ? '' : formatBasicDate(identity.birthDate),
    Sex: identity.sex ?? '',
    CertValidDate:
      identity.certificateValidUntil === null
        ? ''
        : formatBasicDate(identity.certificateValidUntil),
    AcceptMethod: '2',
  };
}
