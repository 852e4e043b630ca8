import type { Amount, Instant, LocalDate, Price, Rate, Units } from '@cairn/kernel';
import type { ApplicationCode, OrderCode, OrderState } from './states.ts';

/** How the order reached us (OFD AcceptMethod): 0 counter, 1 phone, 2 internet, 3 self-service, 4 fax. */
export type Channel = '0' | '1' | '2' | '3' | '4' | '5';

/** OFD DefDividendMethod: 0 reinvest (红利转投), 1 cash (现金分红). */
export type DividendMethod = '0' | '1';

/** OFD LargeRedemptionFlag: 0 cancel what is not filled, 1 defer it (顺延). */
export type LargeRedemptionFlag = '0' | '1';

interface OrderHead {
  readonly customerId: string;
  /** Given by the caller, unique per customer for ever; 1 to 40 of letters, digits, '-', '_', '.'. */
  readonly clientOrderNo: string;
  readonly fundCode: string;
  readonly channel: Channel;
}

/** 020 subscription (认购) or 022 purchase (申购): by amount, frozen whole at acceptance. */
export interface BuyOrder extends OrderHead {
  readonly businessCode: '020' | '022';
  readonly amount: Amount;
  /** Multiplies the fee rate; 1 (100_000_000n) is no discount. */
  readonly discountRate: Rate;
  /** The special risk warning that the customer confirmed, when the product needs one. */
  readonly warningId?: string;
}

/** 024 redemption (赎回): by units. */
export interface RedeemOrder extends OrderHead {
  readonly businessCode: '024';
  readonly units: Units;
  readonly largeRedemptionFlag: LargeRedemptionFlag;
}

/** 029 dividend method (设置分红方式) of one fund in one trading account. */
export interface DividendOrder extends OrderHead {
  readonly businessCode: '029';
  readonly dividendMethod: DividendMethod;
}

/** One order as the caller asks for it. */
export type PlaceOrder = BuyOrder | RedeemOrder | DividendOrder;

/** Whether the order brings money in. */
export function isBuy(order: PlaceOrder): order is BuyOrder {
  return order.businessCode === '020' || order.businessCode === '022';
}

/** An order as it is stored. Amounts in fen, units scale 2, NAV and rates scale 8. */
export interface Order {
  readonly bucket: number;
  /** 24 characters; also the AppSheetSerialNo of file 03. */
  readonly orderId: string;
  readonly customerId: string;
  readonly clientOrderNo: string;
  readonly businessCode: OrderCode;
  /** Empty when the order was refused for want of an account. */
  readonly assetAccountNo: string;
  readonly tradingAccountNo: string;
  /** Empty when the fund is unknown. */
  readonly registrarCode: string;
  readonly fundCode: string;
  readonly shareClass: string;
  readonly amount?: Amount;
  readonly units?: Units;
  readonly dividendMethod?: DividendMethod;
  readonly discountRate: Rate;
  readonly largeRedemptionFlag?: LargeRedemptionFlag;
  readonly channel: Channel;
  readonly tradeDate: LocalDate;
  readonly acceptedAt: Instant;
  readonly state: OrderState;
  readonly confirmedAmount: Amount;
  readonly confirmedUnits: Units;
  readonly fee: Amount;
  readonly nav?: Price;
  readonly confirmDate?: LocalDate;
  /** Number of events so far. */
  readonly version: number;
}

/** An application to open a fund account at a registrar, or to add our trading account to one. */
export interface AccountApplication {
  readonly bucket: number;
  /** 24 characters; also the AppSheetSerialNo of file 01. */
  readonly applicationId: string;
  /** 001 for the first account at this registrar; 008 when the customer already has one there. */
  readonly businessCode: ApplicationCode;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly tradingAccountNo: string;
  readonly registrarCode: string;
  /** The registrar's account, given by the customer for 008, by the registrar after 101. */
  readonly taAccountId?: string;
  readonly tradeDate: LocalDate;
  readonly acceptedAt: Instant;
  readonly state: OrderState;
  readonly version: number;
}
