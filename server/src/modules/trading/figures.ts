/** What the figures of an order and of its preview mean. */
import type { FigureTable } from '../../platform/figure.ts';

const asked = ['the order as it was accepted', '受理时的委托'] as const;
const confirmation = ['confirmation of the registrar', '登记机构确认记录'] as const;
const lot = [
  'the lot; redemption tiers in force; latest NAV',
  '份额明细；生效的赎回费档位；最近净值',
] as const;

/** The figures of trading by their ids. */
export const orderFigures = {
  orderAmount: [
    'Amount asked for',
    '申请金额',
    'what the customer pays, fee included',
    '客户支付的金额，含费用',
    ...asked,
  ],
  orderUnits: [
    'Units asked for',
    '申请份额',
    'units that are to be redeemed',
    '申请赎回的份额',
    ...asked,
  ],
  discountRate: [
    'Discount',
    '折扣率',
    'part of the fee rate that is charged: 1 is all of it',
    '实际收取的费率比例，100% 为不打折',
    ...asked,
  ],
  confirmedAmount: [
    'Amount confirmed',
    '确认金额',
    'for a purchase what was invested with its fee; for a redemption what is paid out',
    '申购为含费用的确认金额；赎回为付给客户的金额',
    ...confirmation,
  ],
  confirmedUnits: [
    'Units confirmed',
    '确认份额',
    'units added or redeemed',
    '增加或赎回的份额',
    ...confirmation,
  ],
  confirmedNav: [
    'NAV of the order',
    '成交净值',
    'NAV of the trade date',
    '申请日的单位净值',
    ...confirmation,
  ],
  confirmedFee: [
    'Fee of the order',
    '费用',
    'what was charged for it, by the schedule in force on the trade date',
    '按申请日生效的费率表实际收取的费用',
    ...confirmation,
  ],
  purchaseFeeExpected: [
    'Expected fee',
    '预计费用',
    'amount − amount ÷ (1 + rate); the rate is that of the tier of the amount, times the discount',
    '外扣法：金额 − 金额 ÷ (1 + 费率)，按金额分档取费率并乘以折扣',
    'amount; purchase tiers in force; discount',
    '金额；生效的申购费档位；折扣',
  ],
  redemptionFeeExpected: [
    'Expected fee',
    '预计费用',
    'first in, first out: each lot by the rate of the days it was held, rounded lot by lot, then added',
    '先进先出：每笔明细按其持有天数取费率，逐笔取整后相加',
    'lots; redemption tiers in force; latest NAV',
    '份额明细；生效的赎回费档位；最近净值',
  ],
  netAmountExpected: [
    'Net amount',
    '净申购金额',
    'amount − fee',
    '金额 − 费用',
    'amount; expected fee',
    '金额；预计费用',
  ],
  cashExpected: [
    'Expected cash',
    '预计到账金额',
    'units × latest NAV − fee',
    '份额 × 最近净值 − 费用',
    'units; latest NAV; expected fee',
    '份额；最近净值；预计费用',
  ],
  unitsExpected: [
    'Expected units',
    '预计份额',
    'net amount ÷ latest NAV, rounded as the terms say',
    '净申购金额 ÷ 最近净值，按产品参数取整',
    'net amount; latest NAV; terms in force',
    '净申购金额；最近净值；生效参数',
  ],
  lotUnits: [
    'Units of a lot',
    '明细份额',
    'units that would be taken from this lot',
    '将从这笔明细中赎回的份额',
    ...lot,
  ],
  lotDays: [
    'Days held',
    '持有天数',
    'days from the day the lot was confirmed, as the terms count them',
    '自确认日起按产品参数计算的持有天数',
    ...lot,
  ],
  lotRate: [
    'Rate of a lot',
    '明细费率',
    'redemption rate of the tier of its days held',
    '按持有天数所在档位的赎回费率',
    ...lot,
  ],
  lotGross: [
    'Amount of a lot',
    '明细金额',
    'units × latest NAV, before the fee',
    '份额 × 最近净值，未扣费',
    ...lot,
  ],
  lotFee: ['Fee of a lot', '明细费用', 'amount × rate', '金额 × 费率', ...lot],
} as const satisfies FigureTable;
