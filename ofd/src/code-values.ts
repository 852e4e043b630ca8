import type { OfdRecord } from './record.ts';

/** The words of one code value. */
export interface OfdCodeText {
  readonly zh: string;
  readonly en: string;
}

type Rows = readonly (readonly [value: string, zh: string, en: string])[];

function table(rows: Rows): ReadonlyMap<string, OfdCodeText> {
  return new Map(rows.map(([value, zh, en]) => [value, { zh, en }]));
}

const certificatesOfPersons = table([
  ['0', '身份证', 'identity card'],
  ['1', '护照', 'passport'],
  ['2', '军官证', 'officer card'],
  ['3', '士兵证', 'soldier card'],
  ['4', '港澳居民来往内地通行证', 'Hong Kong and Macao travel permit'],
  ['5', '户口本', 'household register'],
  ['6', '外国护照', 'foreign passport'],
  ['7', '其它', 'other'],
  ['8', '文职证', 'civil staff card'],
  ['9', '警官证', 'police card'],
  ['A', '台胞证', 'Taiwan travel permit'],
  ['B', '外国人永久居留身份证', 'foreign permanent resident card'],
]);

const certificatesOfInstitutions = table([
  ['0', '组织机构代码证', 'organisation code certificate'],
  ['1', '营业执照', 'business licence'],
  ['2', '行政机关', 'administrative body'],
  ['3', '社会团体', 'social organisation'],
  ['4', '军队', 'army'],
  ['5', '武警', 'armed police'],
  ['6', '下属机构', 'subordinate body'],
  ['7', '基金会', 'foundation'],
  ['8', '其它', 'other'],
  ['9', '登记证书', 'registration certificate'],
  ['A', '批文', 'approval document'],
]);

const sign = table([
  ['0', '正', 'positive'],
  ['1', '负', 'negative'],
]);
const cancelOrDefer = table([
  ['0', '取消', 'cancel'],
  ['1', '顺延', 'defer'],
]);
const issueType = table([
  ['1', '比例发行', 'pro rata'],
  ['2', '摇号', 'by lot'],
  ['3', '先来先买', 'first come, first served'],
]);

/** The values of coded fields, by field name; a value that is not here is shown as it is. */
export const codeValues: ReadonlyMap<string, ReadonlyMap<string, OfdCodeText>> = new Map([
  [
    'IndividualOrInstitution',
    table([
      ['0', '机构', 'institution'],
      ['1', '个人', 'person'],
      ['2', '产品', 'product'],
    ]),
  ],
  [
    'Sex',
    table([
      ['1', '男', 'male'],
      ['2', '女', 'female'],
    ]),
  ],
  [
    'MultiAcctFlag',
    table([
      ['0', '首次', 'first'],
      ['1', '已在其它渠道开户', 'has an account elsewhere'],
    ]),
  ],
  [
    'ShareClass',
    table([
      ['0', '前收费', 'front-end fee'],
      ['1', '后收费', 'back-end fee'],
    ]),
  ],
  [
    'DefDividendMethod',
    table([
      ['0', '红利转投', 'reinvest'],
      ['1', '现金分红', 'cash'],
    ]),
  ],
  ['LargeRedemptionFlag', cancelOrDefer],
  ['LargeBuyFlag', cancelOrDefer],
  [
    'FundStatus',
    table([
      ['0', '可申购赎回', 'open'],
      ['1', '发行', 'on offer'],
      ['4', '停止申购赎回', 'closed to purchase and redemption'],
      ['5', '停止申购', 'closed to purchase'],
      ['6', '停止赎回', 'closed to redemption'],
      ['8', '基金终止', 'terminated'],
      ['9', '基金封闭', 'in closed period'],
    ]),
  ],
  [
    'ConvertStatus',
    table([
      ['0', '可转入可转出', 'in and out'],
      ['1', '只可转入', 'in only'],
      ['2', '只可转出', 'out only'],
      ['3', '不可转换', 'none'],
    ]),
  ],
  [
    'PeriodicStatus',
    table([
      ['0', '允许', 'allowed'],
      ['1', '仅定投', 'periodic purchase only'],
      ['2', '仅定赎', 'periodic redemption only'],
      ['3', '禁止', 'forbidden'],
    ]),
  ],
  [
    'TransferAgencyStatus',
    table([
      ['0', '全部允许', 'all'],
      ['1', '仅场外', 'off-exchange only'],
      ['2', '仅跨市场', 'across markets only'],
      ['3', '禁止', 'forbidden'],
    ]),
  ],
  [
    'NetValueType',
    table([
      ['0', '普通', 'ordinary'],
      ['1', '申购', 'purchase'],
      ['2', '赎回', 'redemption'],
    ]),
  ],
  ['IssueTypeByIndi', issueType],
  ['IssueTypeByInst', issueType],
  [
    'SubsType',
    table([
      ['0', '金额认购', 'by amount'],
      ['1', '份数认购', 'by units'],
    ]),
  ],
  [
    'CollectFeeType',
    table([
      ['0', '价内费', 'inside the price'],
      ['1', '价外费', 'outside the price'],
    ]),
  ],
  [
    'FrozenCause',
    table([
      ['0', '司法', 'court'],
      ['1', '柜台', 'counter'],
      ['2', '质押', 'pledge'],
      ['3', '质押+司法', 'pledge and court'],
      ['4', '柜台+司法', 'counter and court'],
    ]),
  ],
  [
    'TransferDirection',
    table([
      ['0', '转出', 'out'],
      ['1', '转入', 'in'],
    ]),
  ],
  [
    'ForceRedemptionType',
    table([
      ['0', '强制', 'forced'],
      ['1', '违约', 'breach'],
      ['2', '到期', 'maturity'],
    ]),
  ],
  [
    'AccountStatus',
    table([
      ['0', '正常', 'normal'],
      ['1', '冻结', 'frozen'],
      ['2', '挂失', 'reported lost'],
    ]),
  ],
  [
    'SourceType',
    table([
      ['0', '认购', 'subscription'],
      ['1', '申购', 'purchase'],
      ['2', '定投', 'periodic purchase'],
      ['3', '分红', 'dividend'],
    ]),
  ],
  [
    'DividendType',
    table([
      ['0', '普通', 'ordinary'],
      ['1', '质押基金', 'pledged units'],
      ['2', '货币基金收益结转', 'money fund income'],
      ['3', '保本赔付', 'guarantee payment'],
      ['4', '产品到期', 'maturity'],
    ]),
  ],
  [
    'FeeCalculator',
    table([
      ['0', 'TA计费', 'by the registrar'],
      ['1', '基金计费', 'by the fund'],
    ]),
  ],
  [
    'AllowBreachRedempt',
    table([
      ['0', '允许', 'allowed'],
      ['1', '不允许', 'not allowed'],
    ]),
  ],
  [
    'AcceptMethod',
    table([
      ['0', '柜台', 'counter'],
      ['1', '电话', 'telephone'],
      ['2', '网上', 'internet'],
      ['3', '自助', 'self-service'],
      ['4', '传真', 'fax'],
      ['5', '其他', 'other'],
    ]),
  ],
  [
    'DeliverType',
    table([
      ['1', '不寄送', 'none'],
      ['2', '按月', 'monthly'],
      ['3', '按季', 'quarterly'],
      ['4', '半年', 'half-yearly'],
      ['5', '一年', 'yearly'],
    ]),
  ],
  ['CurrencyType', table([['156', '人民币', 'CNY']])],
  ['ReturnCode', table([['0000', '成功', 'success']])],
  ['UndistributeMonetaryIncomeFlag', sign],
  ['FundIncomeFlag', sign],
  ['YieldFlag', sign],
  ['FundYearIncomeRateFlag', sign],
  ['FundDayIncomeFlag', sign],
]);

/** DetailFlag means this in file 05 only. */
const detailFlagOfHoldings = table([
  ['0', '账户级', 'per account'],
  ['1', '明细', 'per lot'],
]);

/** The words of a coded field of this record, or undefined if the value has none. */
export function findCodeText(
  record: OfdRecord,
  name: string,
  fileType: string,
): OfdCodeText | undefined {
  const value = record.text(name);
  if (name === 'DetailFlag' && fileType === '05') return detailFlagOfHoldings.get(value);
  if (name !== 'CertificateType') return codeValues.get(name)?.get(value);
  const kind = record.text('IndividualOrInstitution');
  if (kind === '1') return certificatesOfPersons.get(value);
  return kind === '0' ? certificatesOfInstitutions.get(value) : undefined;
}
