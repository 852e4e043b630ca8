/** What the figures of cash and holdings mean. */
import type { FigureTable } from '../../platform/figure.ts';

const ledger = ['postings and holds of the account', '该账户的分录与冻结'] as const;
const holding = ['lots and holds of the holding', '持仓的份额明细与冻结'] as const;

/** The figures of accounts by their ids. */
export const accountFigures = {
  cashBalance: [
    'Balance',
    '账面余额',
    'sum of all postings of the account',
    '该账户全部分录之和',
    ...ledger,
  ],
  cashAvailable: [
    'Available cash',
    '可用资金',
    'balance − frozen: free for purchases and withdrawals',
    '账面余额 − 冻结金额：可用于申购或转出',
    ...ledger,
  ],
  cashFrozen: [
    'Frozen cash',
    '冻结金额',
    'held for purchases that are accepted and not settled yet',
    '已受理、尚未交收的申购所占用的金额',
    ...ledger,
  ],
  cashMovement: [
    'Movement of cash',
    '资金变动',
    'amount of one posting: what came in is positive',
    '一笔分录的金额，流入为正',
    'the entry and the document that it names',
    '分录及其所引凭据',
  ],
  cashDue: [
    'Money due',
    '应收应付',
    'decided and not paid yet: what will come in is positive',
    '已确定未交收的款项，应收为正',
    'settlement items; confirmations; dividends since their ex date',
    '交收事项；确认记录；除息后的分红',
  ],
  units: [
    'Units',
    '份额',
    'sum of the units left in the lots of the holding',
    '持仓各份额明细的剩余份额之和',
    ...holding,
  ],
  unitsAvailable: [
    'Units free to redeem',
    '可赎回份额',
    'units − units held for redemptions that are accepted and not confirmed',
    '份额 − 已受理未确认赎回所冻结的份额',
    ...holding,
  ],
  unitsMovement: [
    'Movement of units',
    '份额变动',
    'units of one confirmation: what came in is positive',
    '一笔确认的份额，增加为正',
    'confirmation of the registrar',
    '登记机构确认记录',
  ],
  movementAmount: [
    'Amount of a movement',
    '变动金额',
    'money of the confirmation that moved the units',
    '引起份额变动的确认金额',
    'confirmation of the registrar',
    '登记机构确认记录',
  ],
} as const satisfies FigureTable;
