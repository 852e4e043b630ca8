/** Reasons and remedies of this module, English and Chinese; `{name}` is filled from the details. */
export const tradingMessages: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  CUSTOMER_NOT_ACTIVE: [
    'The customer is {status}, not active.',
    '客户状态为 {status}，不是正常状态。',
  ],
  KYC_NOT_VERIFIED: [
    'Identity verification is {status}, not verified.',
    '客户身份核验状态为 {status}，尚未通过。',
  ],
  CERTIFICATE_EXPIRED: [
    'The identity certificate is valid until {validUntil}, before the trade date {tradeDate}.',
    '身份证件有效期至 {validUntil}，早于交易日 {tradeDate}。',
  ],
  FUND_ACCOUNT_MISSING: [
    'There is no fund account at registrar {registrarCode}.',
    '尚未在登记机构 {registrarCode} 开立基金账户。',
  ],
  FUND_ACCOUNT_NOT_ACTIVE: [
    'The fund account at registrar {registrarCode} is {status}.',
    '登记机构 {registrarCode} 的基金账户状态为 {status}。',
  ],
  ASSET_ACCOUNT_NOT_ACTIVE: [
    'The asset account is {status}, not active.',
    '资金账户状态为 {status}，不是正常状态。',
  ],
  PRODUCT_UNKNOWN: ['There is no fund {fundCode}.', '没有代码为 {fundCode} 的基金。'],
  PRODUCT_NOT_SOLD: ['Fund {fundCode} is not sold here.', '基金 {fundCode} 不在本机构销售。'],
  PRODUCT_STATUS_CLOSED: [
    'Fund {fundCode} with status {status} takes no orders of kind {businessCode}.',
    '基金 {fundCode} 状态为 {status}，不受理业务 {businessCode}。',
  ],
  PRODUCT_CLOSED_DAY: [
    'Fund {fundCode} does not deal on {tradeDate}.',
    '基金 {fundCode} 在 {tradeDate} 不开放。',
  ],
  OFFER_PERIOD_MISSING: ['Fund {fundCode} has no offer period.', '基金 {fundCode} 没有募集期。'],
  OUTSIDE_OFFER_PERIOD: [
    'The trade date {tradeDate} is outside the offer period {offerStart} to {offerEnd}.',
    '交易日 {tradeDate} 不在募集期 {offerStart} 至 {offerEnd} 之内。',
  ],
  BELOW_FIRST_MINIMUM: [
    'The amount {amount} is below the minimum of a first purchase, {minimum}.',
    '金额 {amount} 低于首次申购最低金额 {minimum}。',
  ],
  BELOW_NEXT_MINIMUM: [
    'The amount {amount} is below the minimum of an additional purchase, {minimum}.',
    '金额 {amount} 低于追加申购最低金额 {minimum}。',
  ],
  NOT_MULTIPLE_OF_STEP: [
    'The amount {amount} is not a multiple of {step}.',
    '金额 {amount} 不是级差 {step} 的整数倍。',
  ],
  ABOVE_ORDER_MAXIMUM: [
    'The amount {amount} is above the maximum of one order, {maximum}.',
    '金额 {amount} 超过单笔上限 {maximum}。',
  ],
  ABOVE_DAY_MAXIMUM: [
    'The amount {amount} with the {used} already ordered is above the day maximum {maximum}.',
    '金额 {amount} 加上当日已申请的 {used} 超过单日上限 {maximum}。',
  ],
  BELOW_REDEMPTION_MINIMUM: [
    'The {units} units are below the minimum redemption of {minimum}.',
    '赎回份额 {units} 低于最低赎回份额 {minimum}。',
  ],
  NOT_MULTIPLE_OF_UNITS_STEP: [
    'The {units} units are not a multiple of {step}.',
    '赎回份额 {units} 不是级差 {step} 的整数倍。',
  ],
  REMAINDER_BELOW_MINIMUM: [
    'After redeeming {units} units, {rest} remain, below the minimum holding of {minimum}.',
    '赎回 {units} 份后剩余 {rest} 份，低于最低持有份额 {minimum}。',
  ],
  CASH_SHORT: [
    'The amount {amount} is above the available cash {available}; {missing} is missing.',
    '金额 {amount} 超过可用资金 {available}，尚缺 {missing}。',
  ],
  UNITS_SHORT: [
    'The {units} units are above the {available} available; {frozen} are frozen by open orders.',
    '赎回份额 {units} 超过可用份额 {available}，已被冻结 {frozen}。',
  ],
  HOLDING_MISSING: [
    'There are no units of fund {fundCode} in the fund account.',
    '基金账户中没有基金 {fundCode} 的份额。',
  ],
  RULE_NOT_EVALUATED: [
    'The rule {check} could not be evaluated: {reason}.',
    '规则 {check} 无法判断：{reason}。',
  ],
  REMEDY_CUSTOMER_ACTIVE: [
    'Ask the branch to restore the customer first.',
    '请先由营业部恢复客户状态。',
  ],
  REMEDY_KYC: ['Complete identity verification first.', '请先完成客户身份核验。'],
  REMEDY_CERTIFICATE: [
    'Register a valid certificate, then order again.',
    '请更新有效身份证件后重新下单。',
  ],
  REMEDY_FUND_ACCOUNT: [
    'Open a fund account at registrar {registrarCode}, then order again.',
    '请先在登记机构 {registrarCode} 开立基金账户。',
  ],
  REMEDY_ASSET_ACCOUNT: [
    'Ask the branch to restore the asset account first.',
    '请先由营业部恢复资金账户。',
  ],
  REMEDY_PRODUCT: ['Choose a fund that is sold here.', '请选择本机构在售的基金。'],
  REMEDY_STATUS: [
    'Order when the fund takes this kind of order again.',
    '请在基金恢复该业务后下单。',
  ],
  REMEDY_CLOSED_DAY: [
    'Order for the next day on which the fund deals.',
    '请在基金下一个开放日下单。',
  ],
  REMEDY_OFFER: [
    'Order between {offerStart} and {offerEnd}, or purchase after the fund is set up.',
    '请在 {offerStart} 至 {offerEnd} 之间认购，或在基金成立后申购。',
  ],
  REMEDY_PURCHASE_INSTEAD: ['Place a purchase instead.', '请改为申购。'],
  REMEDY_MINIMUM: ['Order at least {minimum}.', '请将金额提高到至少 {minimum}。'],
  REMEDY_STEP: ['Order a multiple of {step}.', '请将金额改为 {step} 的整数倍。'],
  REMEDY_ORDER_MAXIMUM: ['Order at most {maximum} at a time.', '请将单笔金额降到 {maximum} 以内。'],
  REMEDY_DAY_MAXIMUM: [
    'Stay within {maximum} for this trade date, or order for the next.',
    '请将当日合计控制在 {maximum} 以内，或改日下单。',
  ],
  REMEDY_REDEMPTION_MINIMUM: [
    'Redeem at least {minimum} units, or everything.',
    '请至少赎回 {minimum} 份，或全部赎回。',
  ],
  REMEDY_UNITS_STEP: [
    'Redeem a multiple of {step} units, or everything.',
    '请将份额改为 {step} 的整数倍，或全部赎回。',
  ],
  REMEDY_REDEEM_ALL: [
    'Redeem all {all} units, or leave at least {minimum}.',
    '请全部赎回 {all} 份，或至少保留 {minimum} 份。',
  ],
  REMEDY_DEPOSIT: ['Deposit {missing} or order less.', '请转入 {missing} 或减少金额。'],
  REMEDY_UNITS: [
    'Redeem at most {available} units, or cancel an open redemption first.',
    '请最多赎回 {available} 份，或先撤销未完成的赎回。',
  ],
  REMEDY_HOLDING: [
    'Set the dividend method after the purchase is confirmed.',
    '请在申购确认后设置分红方式。',
  ],
};
