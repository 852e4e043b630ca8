import type { ErrorTable } from '@cairn/kernel';

/** Errors of orders and fund account applications. */
export const tradingErrors: ErrorTable = {
  ORDER_NOT_FOUND: [404, 'There is no order {orderId}.', '没有编号为 {orderId} 的订单。', false],
  ORDER_WITHOUT_SUITABILITY: [
    404,
    'The order {orderId} was decided without a suitability decision.',
    '订单 {orderId} 不涉及适当性判定。',
    false,
  ],
  ORDER_REFUSED: [
    422,
    'The order was refused; every reason is listed.',
    '订单未被受理，全部原因如下。',
    false,
  ],
  IDEMPOTENCY_MISMATCH: [
    422,
    'The client order number {clientOrderNo} was used for another order; nothing was done.',
    '客户订单号 {clientOrderNo} 已用于另一笔内容不同的订单，本次未作任何处理。',
    false,
  ],
  ORDER_NOT_CANCELLABLE: [
    409,
    'The order is {state} and can no longer be cancelled.',
    '订单状态为 {state}，不能撤销。',
    false,
  ],
  CANCEL_AFTER_CUT_OFF: [
    409,
    'The cut-off of {tradeDate} has passed; the order is on its way.',
    '{tradeDate} 的截止时间已过，订单已进入报送，不能撤销。',
    false,
  ],
  DAY_ALREADY_PASSED: [
    409,
    'The day {tradeDate} cannot be cut off: {lastDate} was cut off before.',
    '{tradeDate} 不能再截止：{lastDate} 已先行截止。',
    false,
  ],
  FUND_ACCOUNT_REFUSED: [
    422,
    'The fund account cannot be opened; every reason is listed.',
    '基金账户不能开立，全部原因如下。',
    false,
  ],
};
