import type { MessageTable, WordTable } from '../../platform/errors.ts';

/** Reasons of this module, each with its remedy under `_REMEDY`; `{name}` is filled from the details. */
export const tradingMessages: MessageTable = {
  ORDER_CUSTOMER_NOT_ACTIVE: [
    'The customer is {status}, not active.',
    '客户状态为 {status}，不是正常状态。',
  ],
  ORDER_CUSTOMER_NOT_ACTIVE_REMEDY: [
    'Ask the branch to restore the customer first.',
    '请先由营业部恢复客户状态。',
  ],
  ORDER_KYC_NOT_VERIFIED: [
    'Identity verification is {status}, not verified.',
    '客户身份核验状态为 {status}，尚未通过。',
  ],
  ORDER_KYC_NOT_VERIFIED_REMEDY: [
    'Complete identity verification first.',
    '请先完成客户身份核验。',
  ],
  ORDER_CERTIFICATE_EXPIRED: [
    'The identity certificate is valid until {validUntil}, before the trade date {tradeDate}.',
    '身份证件有效期至 {validUntil}，早于交易日 {tradeDate}。',
  ],
  ORDER_CERTIFICATE_EXPIRED_REMEDY: [
    'Register a valid certificate, then order again.',
    '请更新有效身份证件后重新下单。',
  ],
  FUND_ACCOUNT_MISSING: [
    'There is no fund account at registrar {registrarCode}.',
    '尚未在登记机构 {registrarCode} 开立基金账户。',
  ],
  FUND_ACCOUNT_MISSING_REMEDY: [
    'Open a fund account at registrar {registrarCode}, then order again.',
    '请先在登记机构 {registrarCode} 开立基金账户。',
  ],
  ORDER_ASSET_ACCOUNT_NOT_ACTIVE: [
    'The asset account is {status}, not active.',
    '资金账户状态为 {status}，不是正常状态。',
  ],
  ORDER_ASSET_ACCOUNT_NOT_ACTIVE_REMEDY: [
    'Ask the branch to restore the asset account first.',
    '请先由营业部恢复资金账户。',
  ],
  FUND_ACCOUNT_NOT_ACTIVE: [
    'The fund account at registrar {registrarCode} is {status}.',
    '登记机构 {registrarCode} 的基金账户状态为 {status}。',
  ],
  FUND_ACCOUNT_NOT_ACTIVE_REMEDY: [
    'Open a fund account at registrar {registrarCode}, then order again.',
    '请先在登记机构 {registrarCode} 开立基金账户。',
  ],
  PRODUCT_UNKNOWN: ['There is no fund {fundCode}.', '没有代码为 {fundCode} 的基金。'],
  PRODUCT_UNKNOWN_REMEDY: ['Choose a fund that is sold here.', '请选择本机构在售的基金。'],
  PRODUCT_NOT_SOLD: ['Fund {fundCode} is not sold here.', '基金 {fundCode} 不在本机构销售。'],
  PRODUCT_NOT_SOLD_REMEDY: ['Choose a fund that is sold here.', '请选择本机构在售的基金。'],
  PRODUCT_STATUS_CLOSED: [
    'Fund {fundCode} with status {status} takes no orders of kind {businessCode}.',
    '基金 {fundCode} 状态为 {status}，不受理业务 {businessCode}。',
  ],
  PRODUCT_STATUS_CLOSED_REMEDY: [
    'Order when the fund takes this kind of order again.',
    '请在基金恢复该业务后下单。',
  ],
  PRODUCT_CLOSED_DAY: [
    'Fund {fundCode} does not deal on {tradeDate}.',
    '基金 {fundCode} 在 {tradeDate} 不开放。',
  ],
  PRODUCT_CLOSED_DAY_REMEDY: [
    'Order for the next day on which the fund deals.',
    '请在基金下一个开放日下单。',
  ],
  OFFER_PERIOD_MISSING: ['Fund {fundCode} has no offer period.', '基金 {fundCode} 没有募集期。'],
  OFFER_PERIOD_MISSING_REMEDY: ['Place a purchase instead.', '请改为申购。'],
  OUTSIDE_OFFER_PERIOD: [
    'The trade date {tradeDate} is outside the offer period {offerStart} to {offerEnd}.',
    '交易日 {tradeDate} 不在募集期 {offerStart} 至 {offerEnd} 之内。',
  ],
  OUTSIDE_OFFER_PERIOD_REMEDY: [
    'Order between {offerStart} and {offerEnd}, or purchase after the fund is set up.',
    '请在 {offerStart} 至 {offerEnd} 之间认购，或在基金成立后申购。',
  ],
  NOT_MULTIPLE_OF_STEP: [
    'The amount {amount} is not a multiple of {step}.',
    '金额 {amount} 不是级差 {step} 的整数倍。',
  ],
  NOT_MULTIPLE_OF_STEP_REMEDY: ['Order a multiple of {step}.', '请将金额改为 {step} 的整数倍。'],
  ABOVE_ORDER_MAXIMUM: [
    'The amount {amount} is above the maximum of one order, {maximum}.',
    '金额 {amount} 超过单笔上限 {maximum}。',
  ],
  ABOVE_ORDER_MAXIMUM_REMEDY: [
    'Order at most {maximum} at a time.',
    '请将单笔金额降到 {maximum} 以内。',
  ],
  ABOVE_DAY_MAXIMUM: [
    'The amount {amount} with the {used} already ordered is above the day maximum {maximum}.',
    '金额 {amount} 加上当日已申请的 {used} 超过单日上限 {maximum}。',
  ],
  ABOVE_DAY_MAXIMUM_REMEDY: [
    'Stay within {maximum} for this trade date, or order for the next.',
    '请将当日合计控制在 {maximum} 以内，或改日下单。',
  ],
  BELOW_REDEMPTION_MINIMUM: [
    'The {units} units are below the minimum redemption of {minimum}.',
    '赎回份额 {units} 低于最低赎回份额 {minimum}。',
  ],
  BELOW_REDEMPTION_MINIMUM_REMEDY: [
    'Redeem at least {minimum} units, or everything.',
    '请至少赎回 {minimum} 份，或全部赎回。',
  ],
  NOT_MULTIPLE_OF_UNITS_STEP: [
    'The {units} units are not a multiple of {step}.',
    '赎回份额 {units} 不是级差 {step} 的整数倍。',
  ],
  NOT_MULTIPLE_OF_UNITS_STEP_REMEDY: [
    'Redeem a multiple of {step} units, or everything.',
    '请将份额改为 {step} 的整数倍，或全部赎回。',
  ],
  REMAINDER_BELOW_MINIMUM: [
    'After redeeming {units} units, {rest} remain, below the minimum holding of {minimum}.',
    '赎回 {units} 份后剩余 {rest} 份，低于最低持有份额 {minimum}。',
  ],
  REMAINDER_BELOW_MINIMUM_REMEDY: [
    'Redeem all {all} units, or leave at least {minimum}.',
    '请全部赎回 {all} 份，或至少保留 {minimum} 份。',
  ],
  CASH_SHORT: [
    'The amount {amount} is above the available cash {available}; {missing} is missing.',
    '金额 {amount} 超过可用资金 {available}，尚缺 {missing}。',
  ],
  CASH_SHORT_REMEDY: ['Deposit {missing} or order less.', '请转入 {missing} 或减少金额。'],
  UNITS_SHORT: [
    'The {units} units are above the {available} available; {frozen} are frozen by open orders.',
    '赎回份额 {units} 超过可用份额 {available}，已被冻结 {frozen}。',
  ],
  UNITS_SHORT_REMEDY: [
    'Redeem at most {available} units, or cancel an open redemption first.',
    '请最多赎回 {available} 份，或先撤销未完成的赎回。',
  ],
  HOLDING_MISSING: [
    'There are no units of fund {fundCode} in the fund account.',
    '基金账户中没有基金 {fundCode} 的份额。',
  ],
  HOLDING_MISSING_REMEDY: [
    'Set the dividend method after the purchase is confirmed.',
    '请在申购确认后设置分红方式。',
  ],
  BELOW_FIRST_MINIMUM: [
    'The amount {amount} is below the minimum of a first purchase, {minimum}.',
    '金额 {amount} 低于首次申购最低金额 {minimum}。',
  ],
  BELOW_FIRST_MINIMUM_REMEDY: ['Order at least {minimum}.', '请将金额提高到至少 {minimum}。'],
  BELOW_NEXT_MINIMUM: [
    'The amount {amount} is below the minimum of an additional purchase, {minimum}.',
    '金额 {amount} 低于追加申购最低金额 {minimum}。',
  ],
  BELOW_NEXT_MINIMUM_REMEDY: ['Order at least {minimum}.', '请将金额提高到至少 {minimum}。'],
  FEE_SCHEDULE_MISSING: [
    'Fund {fundCode} has no fee schedule in force on {tradeDate}.',
    '基金 {fundCode} 在 {tradeDate} 没有生效的费率。',
  ],
  FEE_SCHEDULE_MISSING_REMEDY: [
    'Order after the fee schedule is published.',
    '请在费率公布后下单。',
  ],
  REGISTRAR_UNKNOWN: [
    'No fund here is kept by registrar {registrarCode}.',
    '本机构没有由登记机构 {registrarCode} 登记的基金。',
  ],
  REGISTRAR_UNKNOWN_REMEDY: [
    'Give the registrar of a fund that is sold here.',
    '请填写在售基金的登记机构代码。',
  ],
};

/** How the texts above say the codes in their details. */
export const tradingWords: WordTable = {
  status: {
    active: ['active', '正常'],
    frozen: ['frozen', '冻结'],
    closed: ['closed', '已销户'],
    opening: ['being opened', '开户中'],
    closing: ['being closed', '销户中'],
    pending: ['pending', '待核实'],
    verified: ['verified', '已核实'],
    expired: ['expired', '已过期'],
    rejected: ['rejected', '未通过'],
    '0': ['open', '开放'],
    '1': ['in offer', '募集'],
    '4': ['closed to trading', '停止交易'],
    '5': ['without purchases', '停止申购'],
    '6': ['without redemptions', '停止赎回'],
    '8': ['ended', '已终止'],
    '9': ['locked', '封闭'],
  },
  businessCode: {
    '020': ['subscription', '认购'],
    '022': ['purchase', '申购'],
    '024': ['redemption', '赎回'],
    '029': ['dividend method', '分红方式'],
  },
};
