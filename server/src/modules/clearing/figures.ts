/** What the figures of the business day mean. */
import type { FigureTable } from '../../platform/figure.ts';

const confirmed = ['confirmation files of the day', '当日确认文件'] as const;

/** The figures of clearing by their ids. */
export const dayFigures = {
  ours: [
    'Our books',
    '我方账簿',
    'what our ledger holds at the end of the day',
    '我方账簿日终数',
    'lots and postings up to the day',
    '截至当日的份额明细与分录',
  ],
  theirs: [
    'Counterparty',
    '对手方',
    'what the registrar or the bank states at the end of the day',
    '登记机构或存管银行报告的日终数',
    'balance file 05; statement of the bank',
    '份额对账文件 05；银行对账单',
  ],
  customerView: [
    'Customer’s view',
    '客户所见',
    'what the customer is shown for the same day',
    '同日向客户展示的数',
    'the figures that the console and statements answer with',
    '控制台与对账单所用的数',
  ],
  stepCount: [
    'Count of a step',
    '步骤计数',
    'how many of these the step took in, made or moved',
    '该步骤收取、生成或处理的数量',
    'what the step recorded when it ended',
    '步骤完成时的记录',
  ],
  openExceptions: [
    'Open exceptions',
    '未处理异常',
    'exceptions of this severity that nobody has resolved',
    '该级别尚未处理的异常数',
    'exceptions up to the day',
    '截至当日的异常',
  ],
  dayOrders: [
    'Orders of the day',
    '当日委托笔数',
    'orders and account applications of the trade date in this state',
    '申请日为当日、处于该状态的委托与账户申请数',
    'orders; account applications',
    '委托；账户申请',
  ],
  dayConfirmations: [
    'Confirmations',
    '确认笔数',
    'records confirmed for this kind of business',
    '该业务的确认记录数',
    ...confirmed,
  ],
  dayAmount: [
    'Amount confirmed',
    '确认金额',
    'sum over the confirmations',
    '各确认记录之和',
    ...confirmed,
  ],
  dayUnits: [
    'Units confirmed',
    '确认份额',
    'sum over the confirmations',
    '各确认记录之和',
    ...confirmed,
  ],
  dayFee: [
    'Fees confirmed',
    '确认费用',
    'sum over the confirmations',
    '各确认记录之和',
    ...confirmed,
  ],
  fileRecords: [
    'Records',
    '记录数',
    'records that the file states and holds',
    '文件载明并实有的记录数',
    'the file',
    '该文件',
  ],
  fileBytes: ['Bytes', '字节数', 'length of the file', '文件长度', 'the file', '该文件'],
} as const satisfies FigureTable;
