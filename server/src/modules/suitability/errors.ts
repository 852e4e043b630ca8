import type { ErrorTable } from '@cairn/kernel';

/** This module's rows of the error table. */
export const suitabilityErrors = {
  WARNING_CURSOR_INVALID: [422, 'This page cursor is not one of ours.', '分页游标无效。', false],
  QUESTIONNAIRE_NOT_FOUND: [
    404,
    'No questionnaire {questionnaireId} is in force.',
    '没有生效的问卷 {questionnaireId}。',
    false,
  ],
  ASSESSMENT_REFUSED: [
    422,
    'The assessment is not accepted; every reason is listed.',
    '测评未被接受，已列出全部原因。',
    false,
  ],
  PRODUCT_NOT_RATED: [
    404,
    'There is no product {fundCode} with parameters in force.',
    '没有参数已生效的产品 {fundCode}。',
    false,
  ],
  WARNING_NOT_ISSUED: [
    409,
    'No warning can be issued for this product; every reason is listed.',
    '不能就该产品出具警示书，已列出全部原因。',
    false,
  ],
  WARNING_UNKNOWN: [
    404,
    'The customer has no warning {warningId}.',
    '客户没有警示书 {warningId}。',
    false,
  ],
  WARNING_LAPSED: [
    409,
    'The warning {warningId} lapsed at {expiresAt}; ask for a new one.',
    '警示书 {warningId} 已于 {expiresAt} 失效，请重新出具。',
    false,
  ],
  CONVERSION_REFUSED: [
    422,
    'The change of investor class is not accepted; every reason is listed.',
    '投资者类别转换未被接受，已列出全部原因。',
    false,
  ],
  RULES_NOT_FOUND: [404, 'No suitability rules are in force.', '没有生效的适当性规则。', false],
  RULES_REFUSED: [
    422,
    'The rules or questionnaire cannot be used; every fault is listed.',
    '规则或问卷不可用，已逐条列出问题。',
    false,
  ],
  RULES_TOO_SOON: [
    422,
    'A new version takes effect after {earliestAt} at the earliest.',
    '新版本最早于 {earliestAt} 之后生效。',
    false,
  ],
} as const satisfies ErrorTable;
