import type { Language } from '../app/preferences.ts';
import { codesOf, termText } from '../texts/term-codes.ts';
import { defineTexts, hasText, translator } from '../texts/texts.ts';

/** What other fields that people fill in are called; the server names them by their place on the wire. */
const texts = defineTexts(
  'fieldNames',
  {
    'field.activationCode': '激活码',
    'field.amount': '金额',
    'field.answers': '答案',
    'field.assetAccountNo': '资产账户',
    'field.bankAccountNo': '银行账号',
    'field.bankCode': '银行',
    'field.bootstrapKey': '初始化密钥',
    'field.businessDate': '业务日期',
    'field.certificateType': '证件类型',
    'field.code': '验证码',
    'field.currentPassword': '当前密码',
    'field.customerId': '客户号',
    'field.customers': '客户',
    'field.days': '天数',
    'field.direction': '方向',
    'field.effectiveAt': '生效时间',
    'field.effectiveDate': '生效日期',
    'field.from': '起始日期',
    'field.fundCode': '基金代码',
    'field.kind': '类别',
    'field.newPassword': '新密码',
    'field.note': '说明',
    'field.number': '号码',
    'field.owner': '负责人',
    'field.password': '密码',
    'field.purpose': '用途',
    'field.reason': '理由',
    'field.recoveryCode': '恢复码',
    'field.registrarCode': '登记机构',
    'field.roles': '角色',
    'field.sex': '性别',
    'field.taAccountId': '基金账号',
    'field.text': '文字',
    'field.to': '结束日期',
    'field.units': '份额',
    'field.userName': '用户名',
    other: '其他内容',
  },
  {
    'field.activationCode': 'Activation code',
    'field.amount': 'Amount',
    'field.answers': 'Answers',
    'field.assetAccountNo': 'Asset account',
    'field.bankAccountNo': 'Bank account',
    'field.bankCode': 'Bank',
    'field.bootstrapKey': 'One-time key',
    'field.businessDate': 'Business date',
    'field.certificateType': 'Type of certificate',
    'field.code': 'One-time code',
    'field.currentPassword': 'Present password',
    'field.customerId': 'Customer number',
    'field.customers': 'Customers',
    'field.days': 'Days',
    'field.direction': 'Direction',
    'field.effectiveAt': 'In force from',
    'field.effectiveDate': 'In force from',
    'field.from': 'From',
    'field.fundCode': 'Fund code',
    'field.kind': 'Kind',
    'field.newPassword': 'New password',
    'field.note': 'Note',
    'field.number': 'Number',
    'field.owner': 'Owner',
    'field.password': 'Password',
    'field.purpose': 'Purpose',
    'field.reason': 'Reason',
    'field.recoveryCode': 'Recovery code',
    'field.registrarCode': 'Registrar',
    'field.roles': 'Roles',
    'field.sex': 'Sex',
    'field.taAccountId': 'Fund account',
    'field.text': 'Text',
    'field.to': 'To',
    'field.units': 'Units',
    'field.userName': 'User name',
    other: 'Another entry',
  },
);

/** What forms call a field of a customer comes first: a fault says the word of its label. */
const ofCustomer = codesOf('customerField');

/** The name of a field from its place on the wire, such as `/representative/name`. */
export function nameOfField(path: string, language: Language): string {
  const t = translator(texts, language);
  const named = path.split('/').flatMap((part) => {
    if (ofCustomer.includes(part)) return termText(language, 'customerField', part);
    const key = `field.${part}`;
    return hasText(texts, key) ? t(key) : [];
  });
  return named.length === 0 ? t('other') : named.join(' · ');
}
