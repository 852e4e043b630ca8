/**
 * Why a registrar refuses an application. The protocol's own table of return codes is not
 * published; apart from 0000 these are this program's. `detail` is what stands in ErrorDetail.
 */
export const returnCodes = {
  success: { code: '0000', detail: '' },
  unknownAccount: { code: '1001', detail: '基金账户或交易账户不存在' },
  unknownFund: { code: '1002', detail: '基金代码或份额类别不存在' },
  fundClosed: { code: '1003', detail: '基金当日不开放该业务' },
  insufficientUnits: { code: '1004', detail: '可用份额不足' },
  badApplication: { code: '1005', detail: '申请要素不合法' },
  unsupportedBusiness: { code: '1006', detail: '不支持的业务代码' },
  duplicateSerialNo: { code: '1007', detail: '申请单编号重复' },
  certificateMismatch: { code: '1008', detail: '证件与基金账户不符' },
  refusedByPlan: { code: '9001', detail: '模拟的业务拒绝' },
} as const;

/** A reason of `returnCodes`. */
export type ReturnReason = keyof typeof returnCodes;
