import type { Speech } from '@cairn/kernel';
import type { MessageTable, WordTable } from '../../platform/errors.ts';

type Row = readonly [en: string, zh: string, remedyEn: string, remedyZh: string];

// What a finding says and what helps, side by side so that neither is forgotten.
const ROWS = {
  PROFILE_MISSING: [
    'The customer has not been assessed.',
    '客户尚未进行风险测评。',
    'Answer the questionnaire.',
    '请先完成风险测评问卷。',
  ],
  PROFILE_EXPIRED: [
    'The assessment was valid until {validUntil}; today is {today}.',
    '风险测评有效期至 {validUntil}，今天是 {today}。',
    'Answer the questionnaire again.',
    '请重新完成风险测评问卷。',
  ],
  RISK_LEVEL_ABOVE: [
    'The product is {riskLevel}, above what level {level} matches.',
    '产品风险等级 {riskLevel} 高于客户等级 {level} 所匹配的范围。',
    'Choose a product within the level, or insist after the special warning.',
    '请选择等级范围内的产品，或在特别警示后坚持购买。',
  ],
  LOWEST_CLASS_BLOCKED: [
    'Customers of the lowest tolerance may not buy {riskLevel} products, even on request.',
    '风险承受能力最低类别的客户不得购买 {riskLevel} 产品，即使主动要求。',
    'Choose a product of the lowest risk.',
    '请选择最低风险等级的产品。',
  ],
  TERM_TOO_LONG: [
    'The product needs the term {term}; the customer accepts {accepted}.',
    '产品投资期限为 {term}，客户可接受 {accepted}。',
    'Choose a product of a shorter term, or insist after the warning.',
    '请选择期限更短的产品，或在警示后坚持购买。',
  ],
  VARIETY_NOT_ACCEPTED: [
    'The product is of the variety {variety}; the customer accepts {accepted}.',
    '产品投资品种为{variety}，客户可接受{accepted}。',
    'Choose a product of an accepted variety, or insist after the warning.',
    '请选择可接受品种的产品，或在警示后坚持购买。',
  ],
  PROFESSIONAL_INVESTOR: [
    'A professional investor: the product of {riskLevel} is not matched.',
    '专业投资者，{riskLevel} 产品不作匹配。',
    'Nothing is needed.',
    '无需处理。',
  ],
  WARNING_NOT_CONFIRMED: [
    'The mismatches were not confirmed.',
    '客户未确认不匹配警示。',
    'Read and confirm the special warning, then place the order.',
    '请先阅读并确认特别风险警示，再提交委托。',
  ],
  WARNING_NOT_FOUND: [
    'The customer has no warning {warningId}.',
    '客户没有警示书 {warningId}。',
    'Name the warning that was issued for this purchase.',
    '请填写为本次购买出具的警示书编号。',
  ],
  WARNING_DIFFERS: [
    'The warning {warningId} was issued for another customer, product, rule or mismatch.',
    '警示书 {warningId} 针对其他客户、产品、规则或不匹配事项出具。',
    'Ask for a new warning.',
    '请重新获取警示书。',
  ],
  WARNING_EXPIRED: [
    'The warning {warningId} expired at {expiresAt}.',
    '警示书 {warningId} 已于 {expiresAt} 失效。',
    'Ask for a new warning.',
    '请重新获取警示书。',
  ],
  WARNING_NOT_NEEDED: [
    'The product matches; no warning is needed.',
    '产品与客户匹配，无需警示。',
    'Place the order without a warning.',
    '可直接下单，无需警示书。',
  ],
  ANSWER_MISSING: [
    'Question {questionId} is not answered.',
    '问题 {questionId} 未作答。',
    'Answer it.',
    '请作答。',
  ],
  ANSWER_TOO_MANY: [
    'Question {questionId} has more answers than it takes.',
    '问题 {questionId} 的答案过多。',
    'Choose one option, or each option once.',
    '请选择一项，或每项只选一次。',
  ],
  ANSWER_UNKNOWN_OPTION: [
    'Question {questionId} has no such option.',
    '问题 {questionId} 没有该选项。',
    'Choose from the options of the questionnaire in force.',
    '请从现行问卷的选项中选择。',
  ],
  ANSWER_UNKNOWN_QUESTION: [
    'The questionnaire has no question {questionId}.',
    '问卷没有问题 {questionId}。',
    'Answer the questionnaire in force.',
    '请使用现行问卷作答。',
  ],
  TERM_NOT_IN_RULES: [
    'The term of the answers is not among those of the rules.',
    '答案中的投资期限不在规则范围内。',
    'Have questionnaire and rules brought into agreement.',
    '请使问卷与规则一致。',
  ],
  QUESTIONNAIRE_OTHER_VERSION: [
    'The questionnaire in force is version {inForce}, not {given}.',
    '现行问卷为第 {inForce} 版，不是第 {given} 版。',
    'Answer the version in force.',
    '请使用现行版本作答。',
  ],
  SUBMISSION_DIFFERS: [
    'The submission number {clientSubmissionNo} was used with other answers.',
    '提交编号 {clientSubmissionNo} 已用于其他答案。',
    'Use a new number for new answers.',
    '新的作答请使用新的编号。',
  ],
  RETEST_DAY_CAP: [
    'A customer may be assessed {perDayMax} times a day.',
    '客户每天最多测评 {perDayMax} 次。',
    'Try again another day.',
    '请改日再测。',
  ],
  RETEST_WINDOW_CAP: [
    'A customer may be assessed {perWindowMax} times in {windowDays} days.',
    '客户在 {windowDays} 天内最多测评 {perWindowMax} 次。',
    'Try again later.',
    '请日后再测。',
  ],
  ASSESSED_CUSTOMER_UNKNOWN: [
    'There is no such customer, or the customer is closed.',
    '没有这个客户，或客户已销户。',
    'Check the customer id.',
    '请核对客户号。',
  ],
  CONVERSION_NO_CHANGE: [
    'The customer already is of the class {to}.',
    '客户已属于{to}类别。',
    'Nothing is needed.',
    '无需处理。',
  ],
  CONVERSION_NOT_SIGNED: [
    'The application is not signed.',
    '申请书未签署。',
    'Have the customer sign and accept the consequences.',
    '请客户签署申请并确认后果。',
  ],
  CONVERSION_WEALTH_SHORT: [
    'Financial assets of {financialAssetsMin} or yearly income of {incomeMin} are needed.',
    '须有金融资产 {financialAssetsMin} 元，或年均收入 {incomeMin} 元。',
    'Bring further proofs.',
    '请补充证明材料。',
  ],
  CONVERSION_NET_ASSETS_SHORT: [
    'Net assets of {netAssetsMin} are needed.',
    '须有净资产 {netAssetsMin} 元。',
    'Bring further proofs.',
    '请补充证明材料。',
  ],
  CONVERSION_EXPERIENCE_SHORT: [
    'Investment experience of {yearsMin} years is needed.',
    '须有 {yearsMin} 年投资经历。',
    'Apply again later.',
    '请日后再申请。',
  ],
} as const satisfies Readonly<Record<string, Row>>;

/** Texts of the findings, and of their remedies under the finding's code and `_REMEDY`. */
export const suitabilityMessages: MessageTable = Object.fromEntries(
  Object.entries<Row>(ROWS).flatMap(([code, [en, zh, remedyEn, remedyZh]]) => [
    [code, [en, zh]],
    [`${code}_REMEDY`, [remedyEn, remedyZh]],
  ]),
);

type Words = WordTable[string];

const TERMS: Words = {
  d0_90: ['up to 90 days', '90 天以内'],
  d90_365: ['90 days to a year', '90 天至 1 年'],
  y1_3: ['one to three years', '1 至 3 年'],
  y3_plus: ['over three years', '3 年以上'],
};

const VARIETIES: Words = {
  money: ['money market', '货币'],
  fixedIncome: ['fixed income', '固定收益'],
  mixed: ['mixed', '混合'],
  equity: ['equity', '权益'],
  commodity: ['commodity', '商品'],
  overseas: ['overseas', '境外'],
  alternative: ['alternative', '另类'],
};

/** How the texts above say the codes in their details. */
export const suitabilityWords: WordTable = {
  term: TERMS,
  variety: VARIETIES,
  accepted: { ...TERMS, ...VARIETIES },
  to: {
    ordinary: ['ordinary', '普通投资者'],
    professional: ['professional', '专业投资者'],
  },
};

/** The same for texts that are kept, such as a warning: 0 in English, 1 in Chinese. */
export function suitabilitySpeech(language: 0 | 1): Speech {
  return {
    wordOf: (name, code) => suitabilityWords[name]?.[code]?.[language],
    comma: language === 0 ? ', ' : '、',
  };
}
