import type { ErrorTable } from '@cairn/kernel';

/** Every refusal that the products module can answer with. */
export const productsErrors: ErrorTable = {
  PRODUCT_NOT_FOUND: [404, 'Fund {fundCode} does not exist.', '基金 {fundCode} 不存在。', false],
  CALENDAR_MOVED_ON: [
    409,
    'The calendar or the date has moved on since this was asked for; import it again.',
    '提出后日历或日期已变化，请重新导入。',
    false,
  ],
  PRODUCT_NO_TERMS: [
    404,
    'Fund {fundCode} has no parameters in force on {date}.',
    '基金 {fundCode} 在 {date} 没有生效的参数。',
    false,
  ],
  PRODUCT_FEE_SCHEDULE_MISSING: [
    409,
    'No fee schedule is in force for this fund, so no fee can be named.',
    '该基金没有生效的费率，无法计算费用。',
    false,
  ],
  PRODUCT_NAV_MISSING: [
    409,
    'Fund {fundCode} has no NAV yet.',
    '基金 {fundCode} 尚无净值。',
    false,
  ],
  PRODUCT_CHANGE_REFUSED: [
    422,
    'The change of fund {fundCode} breaks {count} rule(s).',
    '基金 {fundCode} 的变更违反 {count} 条规则。',
    false,
  ],
  PRODUCT_CHANGE_EMPTY: [
    422,
    'The change of fund {fundCode} leaves everything as it is.',
    '基金 {fundCode} 的变更没有改变任何内容。',
    false,
  ],
  PRODUCT_CHANGE_OUTDATED: [
    409,
    'Fund {fundCode} has changed since this change was proposed; propose it again.',
    '基金 {fundCode} 在本次变更提出后已被修改，请重新提交。',
    false,
  ],
  PRODUCT_IMPORT_REFUSED: [
    422,
    'The file of {kind} has {errorCount} error(s); nothing was imported.',
    '{kind}文件有 {errorCount} 处错误，未导入任何内容。',
    false,
  ],
  PRODUCT_INPUT_INVALID: [
    422,
    'The value {value} of {field} is not valid.',
    '{field} 的值 {value} 无效。',
    false,
  ],
};
