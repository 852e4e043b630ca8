import type { ErrorTable } from '@cairn/kernel';

/** Every refusal that the accounts module can answer with. */
export const accountsErrors: ErrorTable = {
  ASSET_ACCOUNT_NOT_FOUND: [
    404,
    'Asset account {assetAccountNo} does not exist.',
    '资产账户 {assetAccountNo} 不存在。',
    false,
  ],
  TRADING_ACCOUNT_NOT_FOUND: [
    404,
    'Trading account {tradingAccountNo} does not exist.',
    '交易账号 {tradingAccountNo} 不存在。',
    false,
  ],
  TRADING_ACCOUNT_EXISTS: [
    409,
    'The customer already has trading account {tradingAccountNo} with registrar {registrarCode}.',
    '该客户在登记机构 {registrarCode} 已有交易账号 {tradingAccountNo}。',
    false,
  ],
  TRADING_ACCOUNT_NOT_EMPTY: [
    409,
    'Trading account {tradingAccountNo} still holds units and cannot be closed.',
    '交易账号 {tradingAccountNo} 仍持有份额，不能销户。',
    false,
  ],
  ASSET_ACCOUNT_EXISTS: [
    409,
    'The customer already has asset account {assetAccountNo} for the purpose {purpose}.',
    '该客户已有用途为 {purpose} 的资产账户 {assetAccountNo}。',
    false,
  ],
  ASSET_ACCOUNT_NOT_ACTIVE: [
    409,
    'Asset account {assetAccountNo} is {status}.',
    '资产账户 {assetAccountNo} 当前状态为 {status}，不能办理。',
    false,
  ],
  ASSET_ACCOUNT_NOT_EMPTY: [
    409,
    'Asset account {assetAccountNo} cannot be closed: cash, holds, open settlements or trading accounts remain.',
    '资产账户 {assetAccountNo} 仍有资金、冻结、未结算事项或交易账号，不能销户。',
    false,
  ],
  ACCOUNT_TRANSITION_REFUSED: [
    409,
    'Account {accountNo} is {status}; {event} is not possible.',
    '账户 {accountNo} 当前状态为 {status}，不能执行 {event}。',
    false,
  ],
  ACCOUNT_HOLDER_NOT_FOUND: [
    404,
    'Customer {customerId} does not exist.',
    '客户 {customerId} 不存在。',
    false,
  ],
  ACCOUNT_HOLDER_NOT_ACTIVE: [
    409,
    'Customer {customerId} is {status}; no account can be opened.',
    '客户 {customerId} 当前状态为 {status}，不能开立账户。',
    false,
  ],
  CASH_INSUFFICIENT: [
    422,
    'Asset account {assetAccountNo} has {available} available; {amount} was asked for.',
    '资产账户 {assetAccountNo} 可用资金 {available}，不足 {amount}。',
    false,
  ],
  UNITS_INSUFFICIENT: [
    422,
    'Trading account {tradingAccountNo} has {available} units of fund {fundCode} available; {units} were asked for.',
    '交易账号 {tradingAccountNo} 的基金 {fundCode} 可用份额 {available}，不足 {units}。',
    false,
  ],
  BALANCE_LIMIT_EXCEEDED: [
    422,
    'Account {account} cannot hold that much money.',
    '账户 {account} 的余额超出系统上限。',
    false,
  ],
  TRANSFER_AMOUNT_INVALID: [
    422,
    'A transfer moves between 0.01 and {amountMax}.',
    '转账金额应在 0.01 与 {amountMax} 之间。',
    false,
  ],
  TRANSFER_NO_REUSED: [
    422,
    'Transfer number {clientTransferNo} was already used by this customer with other content.',
    '转账编号 {clientTransferNo} 已被该客户用于另一笔内容不同的转账。',
    false,
  ],
  LEDGER_ACCOUNT_NOT_FOUND: [
    404,
    'Ledger account {account} does not exist.',
    '分户账 {account} 不存在。',
    false,
  ],
  ENTRY_EXISTS: [
    409,
    'An entry of this batch is already posted: {entryIds}.',
    '本批中有分录已入账：{entryIds}。',
    false,
  ],
  ENTRY_NOT_FOUND: [404, 'Entry {entryId} does not exist.', '分录 {entryId} 不存在。', false],
  ENTRY_ALREADY_REVERSED: [
    409,
    'Entry {entryId} is already reversed.',
    '分录 {entryId} 已冲正。',
    false,
  ],
  ENTRY_NOT_REVERSIBLE: [
    409,
    'Entry {entryId} is no transfer; only transfers can be reversed.',
    '分录 {entryId} 不是银证转账，不能冲正。',
    false,
  ],
  HOLD_EXISTS: [
    409,
    'A hold of this batch already exists: {refs}.',
    '本批中有冻结已存在：{refs}。',
    false,
  ],
  HOLD_NOT_OPEN: [
    409,
    'No open hold of sufficient size exists for {refs}.',
    '{refs} 没有足额的有效冻结。',
    false,
  ],
  MOVEMENT_EXISTS: [
    409,
    'A movement of this batch is already applied: {movementIds}.',
    '本批中有份额变动已登记：{movementIds}。',
    false,
  ],
  SETTLEMENT_EXISTS: [
    409,
    'A settlement item of this batch already exists: {itemIds}.',
    '本批中有结算事项已存在：{itemIds}。',
    false,
  ],
};
