/** The wire of orders: schemas and types. Amounts and units are decimal strings. */
import { type Static, type TProperties, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T) => Type.Object(properties, closed);

/** Money above zero, at most two decimals: '0', '-0', '1e3', '1.005' and '' do not pass. */
const Money = Type.String({
  pattern: String.raw`^(?!0(\.0{1,2})?$)(0|[1-9]\d{0,14})(\.\d{1,2})?$`,
  description: 'decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数',
});
const CustomerId = Type.String({ pattern: '^C[0-9A-Z]{15}$' });
const OrderId = Type.String({ pattern: '^[0-9A-F]{2}[0-9A-Z]{22}$' });
const FundCode = Type.String({ pattern: '^[0-9A-Z]{6}$' });
const RegistrarCode = Type.String({ pattern: '^[0-9A-Z]{2}$' });
const ClientOrderNo = Type.String({
  pattern: '^[0-9A-Za-z._-]{1,40}$',
  description: 'given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一',
});
const Channel = Type.Optional(
  Type.Union(
    ['0', '1', '2', '3', '4', '5'].map((code) => Type.Literal(code)),
    { description: 'OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上' },
  ),
);

const asked = { customerId: CustomerId, fundCode: FundCode, channel: Channel };
const buy = {
  ...asked,
  amount: Money,
  warningId: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{1,40}$' })),
};
const redeem = {
  ...asked,
  units: Money,
  largeRedemption: Type.Optional(Type.Union([Type.Literal('cancel'), Type.Literal('defer')])),
};
const setDividend = {
  ...asked,
  dividendMethod: Type.Union([Type.Literal('reinvest'), Type.Literal('cash')]),
};

/** An order without its number, as a preview takes it. */
export const PreviewBody = Type.Union([
  object({ kind: Type.Literal('subscription'), ...buy }),
  object({ kind: Type.Literal('purchase'), ...buy }),
  object({ kind: Type.Literal('redemption'), ...redeem }),
  object({ kind: Type.Literal('dividendMethod'), ...setDividend }),
]);

const numbered = { clientOrderNo: ClientOrderNo };

/** One order: subscription (020), purchase (022), redemption (024) or dividend method (029). */
export const PlaceOrderBody = Type.Union([
  object({ kind: Type.Literal('subscription'), ...numbered, ...buy }),
  object({ kind: Type.Literal('purchase'), ...numbered, ...buy }),
  object({ kind: Type.Literal('redemption'), ...numbered, ...redeem }),
  object({ kind: Type.Literal('dividendMethod'), ...numbered, ...setDividend }),
]);

/** Up to 500 orders, decided in their order. */
export const PlaceOrdersBody = object({
  orders: Type.Array(PlaceOrderBody, { minItems: 1, maxItems: 500 }),
});

const Finding = object({
  code: Type.String(),
  severity: Type.String(),
  message: Type.String(),
  messageZh: Type.String(),
  remedy: Type.Optional(Type.String()),
  remedyZh: Type.Optional(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown()),
});

/** The answer to an accepted order, the same for every repetition. */
export const Receipt = object({
  orderId: Type.String(),
  customerId: Type.String(),
  clientOrderNo: Type.String(),
  outcome: Type.Union([Type.Literal('accepted'), Type.Literal('refused')]),
  tradeDate: Type.String({ format: 'date' }),
  acceptedAt: Type.String({ format: 'date-time' }),
  findings: Type.Array(Finding),
});

const ItemError = object({
  code: Type.String(),
  message: Type.String(),
  messageZh: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
});

/** One answer per order, in the order asked. */
export const BatchReply = object({
  results: Type.Array(
    Type.Union([
      object({ isReplay: Type.Boolean(), receipt: Receipt }),
      object({ error: ItemError }),
    ]),
  ),
});

/** An order as it stands. */
export const OrderView = object({
  orderId: Type.String(),
  customerId: Type.String(),
  clientOrderNo: Type.String(),
  kind: Type.String(),
  businessCode: Type.String(),
  fundCode: Type.String(),
  shareClass: Type.String(),
  registrarCode: Type.String(),
  assetAccountNo: Type.String(),
  tradingAccountNo: Type.String(),
  amount: Type.Optional(Type.String()),
  units: Type.Optional(Type.String()),
  dividendMethod: Type.Optional(Type.String()),
  largeRedemption: Type.Optional(Type.String()),
  discountRate: Type.String(),
  channel: Type.String(),
  tradeDate: Type.String(),
  acceptedAt: Type.String(),
  state: Type.String(),
  confirmedAmount: Type.String(),
  confirmedUnits: Type.String(),
  fee: Type.String(),
  nav: Type.Optional(Type.String()),
  confirmDate: Type.Optional(Type.String()),
});

/** An order with its reasons and its life. */
export const OrderDetail = object({
  order: OrderView,
  findings: Type.Array(Finding),
  events: Type.Array(
    object({
      seq: Type.Integer(),
      from: Type.String(),
      to: Type.String(),
      at: Type.String(),
      detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
});

const STATES = [
  'refused',
  'accepted',
  'cancelled',
  'sent',
  'subscribed',
  'partlyConfirmed',
  'confirmed',
  'rejected',
  'failed',
] as const;

/** Filters and place of a page of orders. */
export const ListQuery = object({
  customerId: Type.Optional(CustomerId),
  state: Type.Optional(Type.Union(STATES.map((state) => Type.Literal(state)))),
  tradeDate: Type.Optional(Type.String({ format: 'date' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,120}$' })),
});

/** A page; `cursor` is absent on the last. */
export const OrderPageReply = object({
  orders: Type.Array(OrderView),
  cursor: Type.Optional(Type.String()),
});

/** The day whose flow is asked for. */
export const FlowQuery = object({ tradeDate: Type.String({ format: 'date' }) });

/** Orders as they come in, by fund and kind; amounts and units without what was cancelled. */
export const FlowReply = object({
  tradeDate: Type.String(),
  flows: Type.Array(
    object({
      fundCode: FundCode,
      businessCode: Type.String(),
      accepted: Type.Integer(),
      cancelled: Type.Integer(),
      amount: Type.String(),
      units: Type.String(),
    }),
  ),
});

/** The path of one order. */
export const OrderParams = object({ orderId: OrderId });

/** What a preview tells; estimates are at the last NAV known. */
export const PreviewReply = object({
  outcome: Type.Union([Type.Literal('accepted'), Type.Literal('refused')]),
  tradeDate: Type.String(),
  findings: Type.Array(Finding),
  expected: Type.Optional(
    object({ confirmDate: Type.String(), payDate: Type.Optional(Type.String()) }),
  ),
  estimate: Type.Optional(
    object({
      nav: Type.Optional(Type.String()),
      navDate: Type.Optional(Type.String()),
      fee: Type.String(),
      net: Type.String(),
      units: Type.Optional(Type.String()),
      lots: Type.Optional(
        Type.Array(
          object({
            lotId: Type.String(),
            units: Type.String(),
            days: Type.Integer(),
            rate: Type.String(),
            gross: Type.String(),
            fee: Type.String(),
          }),
        ),
      ),
    }),
  ),
});

const Judgement = object({
  outcome: Type.String(),
  findings: Type.Array(Finding),
  inputDigest: Type.String(),
});

/** The suitability decision as recorded and as computed again; `agrees` must be true. */
export const ProofReply = object({
  orderId: Type.String(),
  agrees: Type.Boolean(),
  disagreements: Type.Array(Type.String()),
  decidedAt: Type.String(),
  fundCode: Type.String(),
  riskLevel: Type.Integer(),
  parameterVersion: Type.Integer(),
  profileVersion: Type.Optional(Type.Integer()),
  ruleVersion: Type.Optional(Type.Integer()),
  warningId: Type.Optional(Type.String()),
  recorded: Judgement,
  recomputed: Judgement,
});

/** A fund account to apply for: 001, or 008 with the account that the customer has there. */
export const FundAccountBody = object({
  customerId: CustomerId,
  assetAccountNo: Type.String({ pattern: '^[0-9A-F]{2}[0-9A-Z]{12}$' }),
  registrarCode: RegistrarCode,
  taAccountId: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{1,12}$' })),
});

/** The application on its way. */
export const FundAccountReply = object({
  applicationId: Type.String(),
  businessCode: Type.String(),
  customerId: Type.String(),
  tradingAccountNo: Type.String(),
  registrarCode: Type.String(),
  tradeDate: Type.String(),
  state: Type.String(),
});

/** An order body, checked. */
export type PlaceOrderWire = Static<typeof PlaceOrderBody>;
/** A preview body, checked. */
export type PreviewWire = Static<typeof PreviewBody>;
