/** Wire schemas of accounts. Amounts and units are decimal text with two decimals. */
import { Type } from 'typebox';
import { BANK_ACCOUNT_PATTERN, BANK_CODE_PATTERN } from './domain/bank-account.ts';

const closed = { additionalProperties: false } as const;

const oneOf = <T extends string>(...values: T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: values });

const AssetAccountNo = Type.String({ pattern: '^[0-9A-F]{2}[0-9A-Z]{12}$' });
const CustomerId = Type.String({ pattern: '^C[0-9A-Z]{15}$' });
const Money = Type.String({ pattern: String.raw`^-?(0|[1-9]\d{0,15})\.\d{2}$` });
const UnitCount = Type.String({ pattern: String.raw`^(0|[1-9]\d{0,15})\.\d{2}$` });
const AmountIn = Type.String({ pattern: String.raw`^(0|[1-9]\d{0,15})(\.\d{1,2})?$` });
const At = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
// Visible ASCII: it is compared byte by byte, for ever.
const ClientNo = Type.String({ pattern: '^[!-~]{1,64}$' });
const Reason = Type.String({ minLength: 1, maxLength: 500 });

export const CustomerPath = Type.Object({ customerId: CustomerId }, closed);
export const AssetAccountPath = Type.Object({ assetAccountNo: AssetAccountNo }, closed);

const Cash = Type.Object({ balance: Money, frozen: Money, available: Money }, closed);

const TradingAccountView = Type.Object(
  {
    tradingAccountNo: Type.String(),
    registrarCode: Type.String(),
    taAccountId: Type.Optional(Type.String()),
    status: oneOf('opening', 'active', 'rejected', 'closing', 'closed'),
    openedAt: At,
  },
  closed,
);

export const AssetAccountView = Type.Object(
  {
    assetAccountNo: Type.String(),
    customerId: Type.String(),
    purpose: oneOf('main', 'wealth'),
    currency: oneOf('CNY'),
    status: oneOf('active', 'frozen', 'closed'),
    bankCode: Type.String(),
    bankAccountMasked: Type.String(),
    openedAt: At,
    cash: Cash,
    tradingAccounts: Type.Array(TradingAccountView),
  },
  closed,
);

/** The four layers: identity, customer, asset accounts, and in each its trading accounts. */
export const AccountTree = Type.Object(
  {
    identity: Type.Object(
      { certificateType: Type.String(), certificateMasked: Type.String() },
      closed,
    ),
    customer: Type.Object(
      {
        customerId: Type.String(),
        kind: Type.String(),
        nameMasked: Type.String(),
        status: Type.String(),
      },
      closed,
    ),
    assetAccounts: Type.Array(AssetAccountView),
  },
  closed,
);

export const OpenAssetAccountBody = Type.Object(
  {
    customerId: CustomerId,
    purpose: oneOf('main', 'wealth'),
    bankCode: Type.String({ pattern: BANK_CODE_PATTERN }),
    bankAccountNo: Type.String({ pattern: BANK_ACCOUNT_PATTERN }),
  },
  closed,
);

/** A bank account as far as it is typed. */
export const BankCheckBody = Type.Object(
  {
    bankCode: Type.String({ maxLength: 40 }),
    bankAccountNo: Type.String({ maxLength: 64 }),
  },
  closed,
);

/** Why it cannot be bound, and what looks mistyped. */
export const BankCheckAnswer = Type.Object(
  {
    findings: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          severity: Type.String(),
          message: Type.String(),
          messageZh: Type.String(),
          remedy: Type.Optional(Type.String()),
          remedyZh: Type.Optional(Type.String()),
          details: Type.Record(Type.String(), Type.Unknown()),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const ReasonBody = Type.Object({ reason: Reason }, closed);

export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  },
  closed,
);

/** One line of a customer's cash statement: money in is positive, money out negative. */
const PostingView = Type.Object(
  {
    entryId: Type.String(),
    kind: oneOf(
      'deposit',
      'withdrawal',
      'purchase',
      'redemption',
      'dividend',
      'refund',
      'fee',
      'reversal',
    ),
    amount: Money,
    ref: Type.String(),
    businessDate: Day,
    reverses: Type.Optional(Type.String()),
    postedAt: At,
  },
  closed,
);

export const PostingPage = Type.Object(
  { postings: Type.Array(PostingView), nextCursor: Type.Optional(Type.String()) },
  closed,
);

export const PositionsQuery = Type.Object({ date: Type.Optional(Day) }, closed);

const PositionView = Type.Object(
  {
    tradingAccountNo: Type.String(),
    registrarCode: Type.String(),
    fundCode: Type.String(),
    shareClass: Type.String(),
    units: UnitCount,
    frozen: UnitCount,
    available: UnitCount,
    dividendMethod: oneOf('0', '1'),
    cost: Money,
    nav: Type.Optional(Type.String()),
    navDate: Type.Optional(Day),
    value: Type.Optional(Money),
    profit: Type.Optional(Money),
  },
  closed,
);

/** Holdings of today at the latest NAVs on or before the date; totals lack when a NAV lacks. */
export const Positions = Type.Object(
  {
    date: Day,
    positions: Type.Array(PositionView),
    cost: Money,
    value: Type.Optional(Money),
    profit: Type.Optional(Money),
  },
  closed,
);

export const TransferBody = Type.Object(
  {
    assetAccountNo: AssetAccountNo,
    direction: oneOf('in', 'out'),
    amount: AmountIn,
    clientTransferNo: ClientNo,
  },
  closed,
);

export const TransferView = Type.Object(
  {
    transferId: Type.String(),
    assetAccountNo: Type.String(),
    direction: oneOf('in', 'out'),
    amount: Money,
    clientTransferNo: Type.String(),
    state: oneOf('posted'),
    businessDate: Day,
    requestedAt: At,
  },
  closed,
);
