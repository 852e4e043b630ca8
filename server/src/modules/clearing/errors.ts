import type { ErrorTable } from '@cairn/kernel';

/** Errors of the business day and the exchange of files: [status, English, Chinese, retryable]. */
export const clearingErrors = {
  NOT_A_TRADING_DAY: [422, '{date} is not a trading day.', '{date} 不是交易日。', false],
  DAY_NOT_BEGUN: [
    422,
    'The business day {date} has not begun; today is {today}.',
    '业务日 {date} 尚未开始，今天是 {today}。',
    false,
  ],
  DAY_NOT_FOUND: [404, 'There is no business day {date}.', '没有业务日 {date}。', false],
  DAY_ALREADY_CLOSED: [
    409,
    'The business day {date} is closed; nothing can be booked on it.',
    '业务日 {date} 已关闭，不能再记账。',
    false,
  ],
  DAY_NOT_NEXT: [
    409,
    'The business day {due} comes before {date}; the business date only moves forward.',
    '{date} 之前还有业务日 {due}；业务日期只能逐日向前。',
    false,
  ],
  DAY_BEING_RUN: [
    409,
    'The business day {date} is being run by {owner} since {since}.',
    '业务日 {date} 自 {since} 起由 {owner} 运行中。',
    true,
  ],
  DAY_NOT_RUNNING: [
    409,
    'Nobody is running the business day {date}, so nothing can be paused.',
    '业务日 {date} 当前没有运行，无需暂停。',
    false,
  ],
  FILE_NOT_READABLE: [
    422,
    'The file cannot be shown as records: {reason}.',
    '该文件无法按记录显示：{reasonZh}。',
    false,
  ],
  DAY_STEPS_UNDONE: [
    409,
    'The day cannot be closed while these steps are not done: {steps}.',
    '以下步骤未完成，不能关闭业务日：{steps}。',
    false,
  ],
  DAY_BLOCKED: [
    409,
    'The day cannot be closed while {exceptions} blocking exceptions are open.',
    '仍有 {exceptions} 个阻断级异常未处理，不能关闭业务日。',
    false,
  ],
  DAY_NOT_ACCEPTED: [
    409,
    'The day cannot be closed while {exceptions} exceptions wait for a second pair of eyes.',
    '仍有 {exceptions} 个异常待复核，不能关闭业务日。',
    false,
  ],
  NO_DAY_OPEN: [
    409,
    'No business day is open, so nothing can be booked.',
    '没有打开的业务日，不能记账。',
    false,
  ],
  NOTHING_TO_ACCEPT: [
    409,
    'No exception of {date} waits for a second pair of eyes.',
    '{date} 没有待复核的异常。',
    false,
  ],
  PACKAGE_MISSING: [
    409,
    'Packages of counterparties are missing: {packages}. They may arrive later or be waived by four eyes.',
    '缺少对手方文件包：{packages}。可等待文件到达，或经复核后豁免。',
    true,
  ],
  FILE_NOT_FOUND: [404, 'There is no file {fileId}.', '没有文件 {fileId}。', false],
  EXCEPTION_NOT_FOUND: [
    404,
    'There is no exception {exceptionId}.',
    '没有异常 {exceptionId}。',
    false,
  ],
  BREAK_CURSOR_INVALID: [422, 'This page cursor is not one of ours.', '分页游标无效。', false],
  EXCEPTION_CURSOR_INVALID: [422, 'This page cursor is not one of ours.', '分页游标无效。', false],
  EXCEPTION_RESOLVED: [
    409,
    'The exception {exceptionId} is already resolved.',
    '异常 {exceptionId} 已处理。',
    false,
  ],
  EXCEPTION_STILL_WAITING: [
    409,
    'The record behind this exception is not booked: retry it, or have it voided by four eyes.',
    '该异常对应的记录尚未入账：请重试，或经复核后作废。',
    false,
  ],
  EXCEPTION_NEEDS_ACCEPTANCE: [
    409,
    'The exception {exceptionId} cannot be resolved by one person: it needs a second pair of eyes.',
    '异常 {exceptionId} 不能由一人处理，需要复核。',
    false,
  ],
  EXCEPTION_NOT_IN_NUMBERS: [
    409,
    'The record differs in more than numbers ({codes}); it can be voided or corrected, not booked as stated.',
    '该记录的差异不限于数值（{codes}），只能作废或更正，不能按登记机构数据入账。',
    false,
  ],
  REFUSAL_CODE_TWICE: [
    422,
    'The return code {returnCode} is given twice.',
    '返回代码 {returnCode} 重复。',
    false,
  ],
  EXCEPTION_NOT_RETRIABLE: [
    409,
    'The exception {exceptionId} has no record that could be booked again.',
    '异常 {exceptionId} 没有可重新入账的记录。',
    false,
  ],
} as const satisfies ErrorTable;
