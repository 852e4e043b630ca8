/**
 * Why a registrar refuses an application. The protocol's own table of return codes is not
 * published; apart from 0000 these are this program's. `detail` is what stands in ErrorDetail,
 * `meaning` is the same in English.
 */
export const returnCodes = {
  success: { code: '0000', detail: '', meaning: 'success' },
  unknownAccount: {
    code: '1001',
    detail: '基金账户或交易账户不存在',
    meaning: 'no such fund account or trading account',
  },
  unknownFund: {
    code: '1002',
    detail: '基金代码或份额类别不存在',
    meaning: 'no such fund or share class',
  },
  fundClosed: {
    code: '1003',
    detail: '基金当日不开放该业务',
    meaning: 'the fund is not open for this business today',
  },
  insufficientUnits: { code: '1004', detail: '可用份额不足', meaning: 'too few units' },
  badApplication: { code: '1005', detail: '申请要素不合法', meaning: 'a field is not valid' },
  unsupportedBusiness: {
    code: '1006',
    detail: '不支持的业务代码',
    meaning: 'this business is not done here',
  },
  duplicateSerialNo: {
    code: '1007',
    detail: '申请单编号重复',
    meaning: 'the application number was used before',
  },
  certificateMismatch: {
    code: '1008',
    detail: '证件与基金账户不符',
    meaning: 'the certificate is not that of the fund account',
  },
  refusedByPlan: { code: '9001', detail: '模拟的业务拒绝', meaning: 'a refusal that was planned' },
} as const;

/** A reason of `returnCodes`. */
export type ReturnReason = keyof typeof returnCodes;
