/** What exceptions and mismatches mean, in English and Chinese; codes are stored, texts rendered. */
export const exceptionTexts = {
  ORDER_UNKNOWN: [
    'The registrar confirmed an order that we never sent.',
    '登记机构确认了我方未发送的申请。',
  ],
  APPLICATION_UNKNOWN: [
    'The registrar answered an account application that we never sent.',
    '登记机构回复了我方未发送的账户申请。',
  ],
  APPLICATION_DIFFERS: [
    'Business code or trading account differ from our application.',
    '业务代码或交易账号与我方申请不一致。',
  ],
  TA_ACCOUNT_MISSING: [
    'The confirmation opens an account but names no fund account.',
    '开户确认未给出基金账号。',
  ],
  ORDER_DIFFERS: [
    'Business code, trading account or fund differ from our order.',
    '业务代码、交易账号或基金与我方申请不一致。',
  ],
  TRADE_DATE_DIFFERS: [
    'The application date differs from our trade date.',
    '申请日期与我方交易日不一致。',
  ],
  CONFIRMED_BEFORE_APPLIED: [
    'The confirmation is dated before the application.',
    '确认日期早于申请日期。',
  ],
  ORDER_NOT_WAITING: [
    'The order does not wait for this confirmation.',
    '该申请不处于等待此类确认的状态。',
  ],
  EARLIER_NOT_BOOKED: [
    'Something earlier about this holding is not booked yet; this record is booked after it.',
    '该持仓有更早的业务尚未入账，本记录将在其后入账。',
  ],
  CONFIRMED_TWICE: [
    'A confirmation with this serial number is already booked.',
    '该流水号的确认已入账。',
  ],
  SERIAL_SHARED: [
    'The registrar gave one serial number to records of more than one customer.',
    '登记机构对多个客户的记录使用了同一流水号。',
  ],
  CURRENCY_DIFFERS: [
    'The record is in another currency than the books.',
    '记录的币种与账簿币种不一致。',
  ],
  NAV_CURRENCY_DIFFERS: [
    'A published NAV is in another currency than the books.',
    '公布的净值币种与账簿币种不一致。',
  ],
  NEGATIVE_VALUE: [
    'The confirmation has a negative amount, volume, fee or NAV.',
    '确认中的金额、份额、费用或净值为负。',
  ],
  MORE_THAN_APPLIED: ['More is confirmed than was applied for.', '确认数量超过申请数量。'],
  NAV_ZERO: ['The confirmation has a NAV of zero.', '确认净值为零。'],
  NAV_UNKNOWN: [
    'We have no NAV of this fund for the trade date.',
    '我方没有该基金该交易日的净值。',
  ],
  NAV_DIFFERS: ['The NAV differs from the published one.', '确认净值与公布净值不一致。'],
  AMOUNT_DIFFERS: [
    'Amount, units, NAV and fee do not agree with each other.',
    '金额、份额、净值与费用不相符。',
  ],
  FEE_DIFFERS: ['The fee differs from the fee schedule.', '费用与费率表计算结果不一致。'],
  AGENCY_FEE_DIFFERS: [
    'Our part of the fee differs from the fee schedule.',
    '归属销售机构的费用与约定不一致。',
  ],
  AGENCY_FEE_ABOVE_FEE: [
    'Our part of the fee is larger than the fee.',
    '归属销售机构的费用大于总费用。',
  ],
  UNITS_DIFFER: ['The units differ from our calculation.', '确认份额与我方计算不一致。'],
  UNITS_MISSING: ['The subscription result brings no units.', '认购结果没有份额。'],
  REFUND_DIFFERS: [
    'The refund is not what was paid for the subscription and not allotted, with the interest of a failed offer.',
    '退款不等于已付而未配售的认购金额（发行失败时另加利息）。',
  ],
  RECEIVED_LESS: [
    'Less is received than was paid for the subscription.',
    '认购受理金额小于支付金额。',
  ],
  FEE_ABOVE_AMOUNT: ['The fee is larger than what was paid.', '费用大于支付金额。'],
  CONFIRMED_LESS: [
    'The order is done a smallest step short of what was applied for.',
    '申请已完成，但确认数量比申请少一个最小单位。',
  ],
  DIFFERENCES_TOLERATED: [
    'Records were booked whose numbers differ from ours within the tolerance; they are listed with the day.',
    '部分已入账记录与我方计算存在容差内差异，已列入当日差异清单。',
  ],
  RETURN_CODE_UNKNOWN: [
    'The registrar has not told us what this return code means.',
    '登记机构未告知该返回代码的含义。',
  ],
  REFUSED_AFTER_ANSWER: [
    'The registrar refuses an order that it already answered.',
    '登记机构拒绝了已有确认结果的申请。',
  ],
  SERIAL_MISSING: [
    'The record carries no serial number of the registrar.',
    '记录没有登记机构流水号。',
  ],
  DATES_DISAGREE: [
    'Record, confirmation and pay date are not in order.',
    '登记日、确认日与发放日顺序不符。',
  ],
  CONFIRMATION_OVERDUE: [
    'The registrar’s package came without an answer to this application.',
    '登记机构文件已到，但没有该申请的确认。',
  ],
  CHARGE_NOT_EVALUATED: [
    'A rule needed to check this record could not be evaluated.',
    '核对该记录所需规则无法计算。',
  ],
  BUSINESS_CODE_UNKNOWN: [
    'This house does not book this business code.',
    '本系统不处理该业务代码。',
  ],
  RETURN_CODE: [
    'The record carries a return code that is not success.',
    '记录的返回代码不是成功。',
  ],
  ACCOUNT_UNKNOWN: ['We do not know this trading account.', '我方没有该交易账号。'],
  BASIS_DIFFERS: ['The units on the record date differ from ours.', '权益登记日份额与我方不一致。'],
  PER_UNIT_DIFFERS: [
    'The dividend per unit differs from the announced one.',
    '每份分红与公告不一致。',
  ],
  CASH_DIFFERS: [
    'The cash dividend differs from the gross dividend.',
    '现金红利与应得红利不一致。',
  ],
  FILE_REFUSED: [
    'A file of the package breaks the protocol; nothing of it was taken.',
    '文件包不符合协议，整包拒收。',
  ],
  FILE_WRONG_PARTY: ['The package is not from this party to us.', '文件包的发送方或接收方不符。'],
  FILE_WRONG_DATE: [
    'The package is dated on a day that is no trading day.',
    '文件包日期不是交易日。',
  ],
  FILE_TYPE_NOT_HANDLED: [
    'The package holds a file type that this house does not book.',
    '文件包含本系统不处理的文件类型。',
  ],
  FILE_DUPLICATE: [
    'A file was sent a second time under another name; the copy was set aside.',
    '同一文件以另一名称重复发送，副本已搁置。',
  ],
  FILE_CONTENT_CHANGED: [
    'A file of this name was taken before with other content.',
    '同名文件内容已变化，拒收。',
  ],
  PACKAGE_MISSING: ['A package that should be there has not arrived.', '应到文件包未到达。'],
  UNITS_BREAK: [
    'Units differ between our books, the registrar and what the customer is shown.',
    '我方、登记机构与客户所见份额不一致。',
  ],
  CASH_BREAK: [
    'Cash differs between our books, the bank and what the customer is shown.',
    '我方、存管银行与客户所见资金不一致。',
  ],
  STATEMENT_MISSING: ['The bank statement of the day has not arrived.', '当日银行对账单未到达。'],
  STATEMENT_REFUSED: [
    'The bank statement does not agree with itself or cannot be read.',
    '银行对账单自相矛盾或无法读取。',
  ],
  NAV_HELD: ['NAVs moved by a factor that needs a second pair of eyes.', '净值跳变过大，需复核。'],
  NAV_STALE: [
    'A fund that is held has no NAV of the day; it is valued at its last one until another comes.',
    '持有中的基金没有当日净值，暂按最近净值估值。',
  ],
  NAV_FROZEN: [
    'The NAV of a fund that is held has not moved for many days.',
    '持有中的基金净值多日未变。',
  ],
  NAV_NOT_POSITIVE: ['A published NAV is zero or negative.', '公布的净值为零或为负。'],
  NAV_IN_FUTURE: ['A published NAV is dated after today.', '公布的净值日期晚于今日。'],
  NAV_TWICE: ['A NAV stands twice in one file.', '同一净值在文件中出现两次。'],
  PRODUCT_UNKNOWN_FUND: ['A NAV is of a fund that we do not know.', '净值所属基金不在产品库中。'],
} as const satisfies Readonly<Record<string, readonly [en: string, zh: string]>>;

/** The two texts of a code; a code without texts shows itself. */
export function textsOf(code: string): readonly [en: string, zh: string] {
  return (exceptionTexts as Record<string, readonly [string, string]>)[code] ?? [code, code];
}
