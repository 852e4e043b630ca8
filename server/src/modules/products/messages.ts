import type { Speech } from '@cairn/kernel';
import type { WordTable } from '../../platform/errors.ts';

/** Texts of findings and of file faults, English and Chinese, by code. */
export const productsMessages: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  FEE_TIER_FIELD_INVALID: [
    'Tier {tier}: {field} cannot be "{value}".',
    '第 {tier} 档：{field} 的值“{value}”无效。',
  ],
  FEE_TIERS_START: ['The first tier must begin at zero.', '第一档必须从零开始。'],
  FEE_TIERS_ORDER: [
    'Tier {tier} must begin above the tier before it.',
    '第 {tier} 档的起点必须高于前一档。',
  ],
  FEE_ABOVE_CAP: [
    'Tier {tier} is above the cap of {rateMax} (rule {ruleId}).',
    '第 {tier} 档超过费率上限 {rateMax}（规则 {ruleId}）。',
  ],
  FEE_BELOW_LADDER: [
    'From {fromDays} days held the rate {rate} is below the least rate {rateMin} (rule {ruleId}, investor {investor}).',
    '持有 {fromDays} 日起费率 {rate} 低于最低费率 {rateMin}（规则 {ruleId}，投资者 {investor}）。',
  ],
  FEE_SHARE_BELOW_RULE: [
    'From {fromDays} days held the share into fund assets {share} is below {shareMin} (rule {ruleId}).',
    '持有 {fromDays} 日起计入基金资产的比例 {share} 低于 {shareMin}（规则 {ruleId}）。',
  ],
  SERVICE_FEE_ABOVE_CAP: [
    'The yearly service fee {rate} is above the cap of {rateMax} (rule {ruleId}).',
    '销售服务费年费率 {rate} 超过上限 {rateMax}（规则 {ruleId}）。',
  ],
  PARAMETERS_MISSING: [
    'Fund {fundCode} has no parameters on {effectiveDate}; import them first.',
    '基金 {fundCode} 在 {effectiveDate} 没有参数，请先导入参数。',
  ],
  PARAMETER_INVALID: [
    '{field} cannot be "{value}"; expected {expects}.',
    '{field} 的值“{value}”无效，应为 {expects}。',
  ],
  PARAMETERS_DISAGREE: ['{field} does not agree with {other}.', '{field} 与 {other} 不一致。'],
  CHANGE_BACKDATED: [
    'The change takes effect on {effectiveDate}, before today {today}.',
    '变更生效日 {effectiveDate} 早于今天 {today}。',
  ],
  CALENDAR_EMPTY: ['The file holds no day.', '文件中没有日期。'],
  CALENDAR_WEEKEND_OPEN: [
    '{date} is a Saturday or Sunday: the exchange is closed, whoever works on it.',
    '{date} 是周末：无论是否调休上班，交易所均休市。',
  ],
  CALENDAR_OTHER_YEAR: [
    'A file holds one year, and its first row is of {year}.',
    '一个文件只含一年，首行属于 {year} 年。',
  ],
  CALENDAR_DAY_MISSING: [
    '{date} is missing: every weekday of the year is stated, open or not.',
    '缺少 {date}：全年每个工作日都须写明是否开市。',
  ],
  CALENDAR_DAYS_COUNT: [
    '{count} trading days are no exchange year; there are {min} to {max}.',
    '{count} 个交易日不构成完整年度，应为 {min} 至 {max} 个。',
  ],
  CALENDAR_YEAR_GAP: [
    'The year {year} does not follow the calendar; the next one is {next}.',
    '{year} 年与现有日历不衔接，下一年应为 {next}。',
  ],
  CALENDAR_DAY_DIFFERS: [
    '{date} is known otherwise; import a correction of that day.',
    '{date} 与已有日历不同，请以更正方式导入该日。',
  ],
  CALENDAR_DAY_UNKNOWN: [
    '{date} is not in the calendar, so there is nothing to correct.',
    '{date} 不在日历中，无从更正。',
  ],
  CALENDAR_TOO_LATE: [
    '{date} is too near to be corrected: orders may stand on it. The first day that may change is {earliest}.',
    '{date} 距今太近，可能已有申请，不能更正；最早可更正日期为 {earliest}。',
  ],
  PRODUCT_UNKNOWN_FUND: ['Fund {fundCode} does not exist.', '基金 {fundCode} 不存在。'],
  FUND_MAIN_UNKNOWN: [
    'Main fund {mainCode} is neither in the file nor known.',
    '主基金 {mainCode} 既不在文件中也不存在。',
  ],
  FUND_MAIN_IS_CLASS: [
    'Main fund {mainCode} is itself a class of another fund.',
    '主基金 {mainCode} 本身是其它基金的份额类别。',
  ],
  FUND_HAS_CLASSES: [
    'Fund {fundCode} has classes of its own, such as {classCode}, and cannot become a class.',
    '基金 {fundCode} 本身有份额类别（如 {classCode}），不能成为其它基金的份额类别。',
  ],
  FUND_CURRENCY_NOT_SOLD: [
    'A fund in {currency} cannot be sold: orders are paid in CNY.',
    '币种为 {currency} 的基金不能销售：申请以人民币支付。',
  ],
  NAV_NOT_POSITIVE: [
    'A NAV of {nav} cannot be: it must be above zero.',
    '净值 {nav} 无效，必须大于零。',
  ],
  NAV_IN_FUTURE: [
    'NAV date {navDate} is after today {today}.',
    '净值日期 {navDate} 晚于今天 {today}。',
  ],
  NAV_TWICE: [
    'Fund {fundCode} has two NAVs for {navDate}.',
    '基金 {fundCode} 在 {navDate} 有两个净值。',
  ],
  DIVIDEND_DATES_ORDER: [
    'Record date, ex date and pay date must follow each other.',
    '登记日、除息日、发放日必须依次不早于前者。',
  ],
  CELL_INVALID: ['"{value}" is not valid; expected {expects}.', '“{value}”无效，应为 {expects}。'],
  ROW_TWICE: ['The same key stands in line {line} already.', '相同的主键已出现在第 {line} 行。'],
  CSV_TOO_LARGE: ['The file is larger than {bytesMax} bytes.', '文件超过 {bytesMax} 字节。'],
  CSV_TOO_MANY_ROWS: ['The file has more than {rowsMax} rows.', '文件超过 {rowsMax} 行。'],
  CSV_ENCODING: [
    'The file is neither UTF-8 nor GB18030, or contains NUL bytes.',
    '文件编码既不是 UTF-8 也不是 GB18030，或含有空字节。',
  ],
  CSV_EMPTY: ['The file has no header.', '文件没有表头。'],
  CSV_QUOTE_OPEN: ['A quote is opened and never closed.', '引号没有闭合。'],
  CSV_QUOTE_INSIDE: [
    'A quote stands inside an unquoted cell, or text follows a closing quote.',
    '未加引号的单元格内有引号，或闭合引号后还有文字。',
  ],
  CSV_COLUMN_TWICE: ['Column {column} stands twice in the header.', '表头中列 {column} 重复。'],
  CSV_COLUMN_UNKNOWN: [
    'Column {column} is not known; the columns are {known}.',
    '未知的列 {column}，可用的列为 {known}。',
  ],
  CSV_COLUMN_MISSING: ['Column {column} is missing.', '缺少列 {column}。'],
  CSV_ROW_LENGTH: [
    'The row has {cells} cells, the header {columns}.',
    '该行有 {cells} 个单元格，表头有 {columns} 列。',
  ],
  CSV_CELL_TOO_LONG: [
    'The cell is longer than {lengthMax} characters.',
    '单元格超过 {lengthMax} 个字符。',
  ],
  CSV_CELL_CONTROL: [
    'The cell contains a newline, a control or an invisible character.',
    '单元格含有换行、控制字符或不可见字符。',
  ],
  CSV_CELL_FORMULA: [
    'The cell begins like a spreadsheet formula: {value}.',
    '单元格以公式字符开头：{value}。',
  ],
};

type Words = WordTable[string];

const PARAMETERS: Words = {
  status: ['status', '交易状态'],
  riskLevel: ['risk level', '风险等级'],
  term: ['term', '投资期限'],
  variety: ['variety', '投资品种'],
  minFirstPurchase: ['least first purchase', '首次申购下限'],
  minNextPurchase: ['least next purchase', '追加申购下限'],
  purchaseStep: ['purchase step', '申购级差'],
  maxPurchase: ['largest purchase', '单笔申购上限'],
  dayMaxPurchase: ['largest purchase a day', '单日申购上限'],
  minRedemption: ['least redemption', '赎回下限'],
  redemptionStep: ['redemption step', '赎回级差'],
  minHolding: ['least holding', '最低持有份额'],
  confirmDays: ['days to confirmation', '确认天数'],
  purchasePayDays: ['days to payment', '申购款划付天数'],
  redemptionCashDays: ['days to redemption cash', '赎回款到账天数'],
  dividendCashDays: ['days to dividend cash', '红利到账天数'],
  unitsRounding: ['rounding of units', '份额取整'],
  holdingDaysRule: ['end of the holding period', '持有期截止'],
  feeRounding: ['rounding of fees', '赎回费取整'],
  defaultDividendMethod: ['dividends by default', '默认分红方式'],
  serviceFeeRate: ['service fee a year', '年销售服务费率'],
  faceValue: ['face value', '面值'],
  cutOff: ['cut-off', '截止时间'],
  offerStart: ['first day of the offer', '募集开始日'],
  offerEnd: ['last day of the offer', '募集结束日'],
};

/** How the texts above say the codes in their details. */
export const productsWords: WordTable = {
  field: {
    ...PARAMETERS,
    fromAmount: ['lower end of the amount', '金额起点'],
    fromDays: ['lower end of the days', '天数起点'],
    rate: ['rate', '费率'],
    flat: ['flat fee', '固定费用'],
    toFundShare: ['share into fund assets', '归入基金财产比例'],
  },
  other: PARAMETERS,
  investor: {
    all: ['any', '全部'],
    person: ['person', '个人'],
    institution: ['institution', '机构'],
  },
  kind: {
    funds: ['funds', '基金清单'],
    parameters: ['parameters', '产品参数'],
    feeSchedules: ['fee schedules', '费率'],
    navs: ['NAVs', '净值'],
    dividends: ['dividends', '分红'],
    splits: ['splits', '拆分'],
    closedDays: ['closed days', '暂停日'],
    tradingDays: ['trading days of a year', '年度交易日历'],
    tradingDayCorrections: ['corrections of trading days', '交易日历更正'],
  },
  expects: {
    '0.0001 or more': ['0.0001 or more', '不小于 0.0001'],
    '2 characters': ['2 capital letters or digits', '2 位大写字母或数字'],
    '6 digits or capital letters': ['6 digits or capital letters', '6 位数字或大写字母'],
    '1-60 characters': ['1-60 characters', '1-60 个字符'],
    '1-100 characters': ['1-100 characters', '1-100 个字符'],
    'YYYY-MM-DD': ['YYYY-MM-DD', '年-月-日，如 2026-01-31'],
    'true | false': ['true | false', 'true 或 false'],
  },
};

/** The same for texts that are rendered here: 0 in English, 1 in Chinese. */
export function productsSpeech(language: 0 | 1): Speech {
  return {
    wordOf: (name, code) => productsWords[name]?.[code]?.[language],
    comma: language === 0 ? ', ' : '、',
  };
}
