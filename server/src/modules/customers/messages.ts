import type { MessageTable, WordTable } from '../../platform/errors.ts';

type Row = readonly [en: string, zh: string, remedyEn: string, remedyZh: string];

// What a finding says and what helps, side by side so that neither is forgotten.
const ROWS = {
  TEXT_EMPTY: ['The {field} is empty.', '{field}为空。', 'Fill it in.', '请填写此项。'],
  TEXT_NOT_STORABLE: [
    'The {field} holds a character that cannot be stored exactly.',
    '{field}含有无法原样保存的字符。',
    'Remove NUL, byte order marks and broken characters.',
    '请删除空字符、字节序标记和残缺字符。',
  ],
  TEXT_CONTROL_CHARACTER: [
    'The {field} holds a control character.',
    '{field}含有控制字符。',
    'Remove line breaks, tabs and control characters.',
    '请删除换行、制表符和控制字符。',
  ],
  TEXT_INVISIBLE_CHARACTER: [
    'The {field} holds an invisible or direction-changing character.',
    '{field}含有不可见字符或改变书写方向的字符。',
    'Type the text again without copying hidden characters.',
    '请重新输入，不要带入隐藏字符。',
  ],
  TEXT_TOO_MANY_MARKS: [
    'The {field} holds more than {marksMax} combining marks in a row.',
    '{field}连续组合符号超过 {marksMax} 个。',
    'Remove the surplus marks.',
    '请删除多余的组合符号。',
  ],
  TEXT_UNASSIGNED_CHARACTER: [
    'The {field} holds a character that has no agreed shape.',
    '{field}含有未分配或自造的字符。',
    'Use the standard character.',
    '请使用标准字符。',
  ],
  TEXT_EMOJI: [
    'The {field} holds a pictograph.',
    '{field}含有表情符号。',
    'Remove it.',
    '请删除表情符号。',
  ],
  TEXT_MIXED_SCRIPTS: [
    'The {field} mixes Latin, Greek or Cyrillic letters, which look alike.',
    '{field}混用了外形相近的拉丁、希腊或西里尔字母。',
    'Write the name in one alphabet, as on the certificate.',
    '请按证件使用同一种字母书写。',
  ],
  TEXT_TOO_LONG: [
    'The {field} takes {bytes} bytes in GB18030; the registrar allows {bytesMax}.',
    '{field}按 GB18030 编码为 {bytes} 字节，超过登记机构允许的 {bytesMax} 字节。',
    'Shorten it as the certificate allows.',
    '请按证件允许的方式缩写。',
  ],
  CERTIFICATE_TYPE_UNKNOWN: [
    'Certificate type {type} is not known for this kind of customer.',
    '该类客户没有证件类型{type}。',
    'Choose a type of the code list for this kind of customer.',
    '请选择该类客户的证件类型。',
  ],
  CERTIFICATE_FORMAT: [
    'The {field} does not have the form of this type of certificate.',
    '{field}不符合该类证件的格式。',
    'Write the number as printed: capital letters and digits, no blanks.',
    '请按证件原样填写：大写字母和数字，无空格。',
  ],
  CERTIFICATE_EXPIRED: [
    'The certificate was valid until {validUntil}; today is {today}.',
    '证件有效期至 {validUntil}，今天是 {today}。',
    'Present a valid certificate.',
    '请提供有效证件。',
  ],
  ID_CARD_FORMAT: [
    'The {field} is not an identity number of 18 characters.',
    '{field}不是 18 位公民身份号码。',
    'Write 17 digits and a last digit or capital X.',
    '请填写 17 位数字加末位数字或大写 X。',
  ],
  ID_CARD_LOWER_CASE_X: [
    'The {field} ends with a lower-case x.',
    '{field}末位为小写 x。',
    'Write the last character as capital X.',
    '请将末位写为大写 X。',
  ],
  ID_CARD_15_DIGITS: [
    'The {field} holds a 15-digit number of a first-generation card, invalid since 2013.',
    '{field}是 15 位的第一代身份证号码，自 2013 年起停止使用。',
    'Use the 18-digit number of the present card.',
    '请使用现行证件的 18 位号码。',
  ],
  ID_CARD_REGION: [
    'The {field} begins with a region that does not exist.',
    '{field}的地区码不存在。',
    'Check the first six digits.',
    '请核对前六位。',
  ],
  ID_CARD_BIRTH_DATE: [
    'The {field} holds a birth date that is not a past day.',
    '{field}中的出生日期不存在或在将来。',
    'Check digits 7 to 14.',
    '请核对第 7 至 14 位。',
  ],
  ID_CARD_CHECK_CHARACTER: [
    'The {field} does not agree with its check character.',
    '{field}的末位校验码不符。',
    'Compare every digit with the card.',
    '请逐位与证件核对。',
  ],
  CREDIT_CODE_FORMAT: [
    'The {field} is not a unified social credit code of 18 characters.',
    '{field}不是 18 位统一社会信用代码。',
    'Use the code on the present licence; older licence numbers are no longer valid.',
    '请使用现行执照上的代码，旧注册号不再有效。',
  ],
  CREDIT_CODE_CHECK_CHARACTER: [
    'The {field} does not agree with the check character of a credit code.',
    '{field}与统一社会信用代码的校验码不符。',
    'Compare every character with the licence.',
    '请逐位与执照核对。',
  ],
  ORGANISATION_CODE_FORMAT: [
    'The {field} is not an organisation code of 9 characters.',
    '{field}不是 9 位组织机构代码。',
    'Write 8 characters and the check character without a hyphen.',
    '请填写 8 位本体代码加校验码，不带连字符。',
  ],
  ORGANISATION_CODE_CHECK_CHARACTER: [
    'The {field} does not agree with the check character of an organisation code.',
    '{field}与组织机构代码的校验码不符。',
    'Compare every character with the certificate.',
    '请逐位与证书核对。',
  ],
  CUSTOMER_DATE_INVALID: [
    'The {field} is not a real day.',
    '{field}不是有效日期。',
    'Write it as YYYY-MM-DD.',
    '请按 YYYY-MM-DD 填写。',
  ],
  BIRTH_DATE_MISSING: [
    'This certificate does not tell the birth date, and none was given.',
    '该证件不含出生日期，且未填写。',
    'Give the birth date.',
    '请填写出生日期。',
  ],
  BIRTH_DATE_OUT_OF_RANGE: [
    'The birth date is not a day from 1900 to today.',
    '出生日期不在 1900 年至今天之间。',
    'Check the birth date.',
    '请核对出生日期。',
  ],
  BIRTH_DATE_DIFFERS: [
    'The birth date is not the one in the certificate number.',
    '出生日期与证件号码不一致。',
    'Leave it out or correct it.',
    '请更正或不填。',
  ],
  SEX_DIFFERS: [
    'The sex is not the one in the certificate number.',
    '性别与证件号码不一致。',
    'Leave it out or correct it.',
    '请更正或不填。',
  ],
  CIVIL_CAPACITY_MINOR: [
    'A person under {adultYears} has no full civil capacity.',
    '未满 {adultYears} 周岁不具有完全民事行为能力。',
    'Give limited or none, or leave it out.',
    '请填写限制或无民事行为能力，或不填。',
  ],
  PERSON_FIELD: [
    'The {field} is for persons only.',
    '{field}仅适用于个人。',
    'Leave it out.',
    '请不要填写。',
  ],
  ORGANISATION_FIELD: [
    'The {field} is for institutions and products only.',
    '{field}仅适用于机构和产品。',
    'Leave it out.',
    '请不要填写。',
  ],
  REPRESENTATIVE_MISSING: [
    'An institution or product needs the person who acts for it.',
    '机构和产品须有代表人。',
    'Give name and certificate of the representative.',
    '请填写代表人姓名和证件。',
  ],
  PHONE_FORMAT: [
    'The {field} is not a telephone number.',
    '{field}不是电话号码。',
    'Write 11 digits, +country and number, or 010-12345678.',
    '请填写 11 位手机号、+国家码号码或 010-12345678。',
  ],
  EMAIL_FORMAT: [
    'The {field} is not an e-mail address of at most 40 characters.',
    '{field}不是 40 字符以内的电子邮箱。',
    'Write name@domain in plain letters.',
    '请按 name@domain 填写。',
  ],
  POST_CODE_FORMAT: [
    'The {field} is not a post code of six digits.',
    '{field}不是 6 位邮政编码。',
    'Write six digits.',
    '请填写 6 位数字。',
  ],
  BRANCH_CODE_FORMAT: [
    'The {field} is not a branch code.',
    '{field}不是机构网点代码。',
    'Use one to nine capital letters and digits.',
    '请使用 1 至 9 位大写字母和数字。',
  ],
  CUSTOMER_CHANGE_EMPTY: [
    'Nothing would change.',
    '没有任何变更。',
    'Name at least one field.',
    '请至少填写一个字段。',
  ],
  CUSTOMER_CLOSED: [
    'The customer is closed.',
    '客户已销户。',
    'Open the customer again at a branch.',
    '请到营业部办理。',
  ],
  CUSTOMER_STATUS_MOVE: [
    'A customer who is {from} cannot take {action}; {needed} is needed.',
    '客户状态为{from}，不能执行{action}，须为{needed}。',
    'Bring the customer into the needed status first.',
    '请先办理使客户达到所需状态。',
  ],
  CUSTOMER_KYC_MOVE: [
    'A review that is {from} cannot be moved by {action}.',
    '尽职调查状态为{from}，不能执行{action}。',
    'Change the particulars to begin a new review.',
    '请变更资料以重新审核。',
  ],
  CUSTOMER_NOT_EMPTY: [
    'The customer still has something in {section}.',
    '客户在{section}中尚有余额或未了结事项。',
    'Settle and withdraw everything first.',
    '请先了结并转出全部资产。',
  ],
} as const satisfies Readonly<Record<string, Row>>;

/** Texts of the findings, and of their remedies under the finding's code and `_REMEDY`. */
export const customersMessages: MessageTable = Object.fromEntries(
  Object.entries<Row>(ROWS).flatMap(([code, [en, zh, remedyEn, remedyZh]]) => [
    [code, [en, zh]],
    [`${code}_REMEDY`, [remedyEn, remedyZh]],
  ]),
);

/** What the fields in the texts above are called. */
export const customersWords: WordTable = {
  field: {
    name: ['name', '姓名（名称）'],
    certificateType: ['certificate type', '证件类型'],
    certificateNo: ['certificate number', '证件号码'],
    certificateValidUntil: ['last day of the certificate', '证件有效期'],
    phone: ['telephone', '电话'],
    email: ['e-mail', '电子邮箱'],
    address: ['address', '地址'],
    postCode: ['post code', '邮政编码'],
    birthDate: ['birth date', '出生日期'],
    sex: ['sex', '性别'],
    civilCapacity: ['civil capacity', '民事行为能力'],
    representative: ['representative', '代表人'],
    'representative.name': ['name of the representative', '代表人姓名'],
    'representative.certificateNo': ['certificate of the representative', '代表人证件号码'],
    branchCode: ['branch', '营业部'],
    adviserId: ['adviser', '投资顾问'],
    reason: ['reason', '原因'],
  },
};
