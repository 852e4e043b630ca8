import type { ErrorTable } from '@cairn/kernel';

/** This module's rows of the error table. */
export const customersErrors = {
  CUSTOMER_NOT_FOUND: [404, 'There is no such customer.', '没有这个客户。', false],
  CUSTOMER_EXISTS: [
    409,
    'This certificate already belongs to a customer.',
    '该证件已有客户。',
    false,
  ],
  CUSTOMER_REFUSED: [
    422,
    'The particulars cannot be accepted; every reason is listed.',
    '客户资料不能接受，已列出全部原因。',
    false,
  ],
  CUSTOMER_CHANGED: [
    409,
    'The customer has changed since version {expected}; the version now is {actual}.',
    '客户资料自版本 {expected} 后已变更，现为版本 {actual}。',
    false,
  ],
  CUSTOMER_STATE_REFUSED: [
    409,
    'The state of the customer does not allow this; every reason is listed.',
    '客户当前状态不允许此操作，已列出全部原因。',
    false,
  ],
  CUSTOMER_REVIEW_OWN: [
    403,
    'Whoever opened or last changed a customer may not review that customer.',
    '开立或最后修改客户资料的人不得复核该客户。',
    false,
  ],
  CUSTOMER_BRANCH_OTHER: [
    403,
    'You may act for customers of your own branch only.',
    '只能办理本机构客户的业务。',
    false,
  ],
  CUSTOMER_NOT_OPEN: [
    409,
    'The customer {customerId} is closed and can no longer sign in.',
    '客户 {customerId} 已销户，不能再登录。',
    false,
  ],
  OPENING_DRAFT_NOT_FOUND: [
    404,
    'There is no such draft of yours; drafts go some days after they were saved.',
    '没有这份草稿；草稿保存数日后会自动删除。',
    false,
  ],
  OPENING_DRAFT_CHANGED: [
    409,
    'The draft was saved elsewhere meanwhile; open it again.',
    '该草稿已在别处保存，请重新打开。',
    false,
  ],
  OPENING_DRAFTS_FULL: [
    409,
    'There are {draftsMax} drafts of yours already; finish or discard some.',
    '您已有 {draftsMax} 份草稿，请先办结或删除一些。',
    false,
  ],
  NOTE_NOT_FOUND: [
    404,
    'There is no note of this number to correct.',
    '没有可更正的这条备注。',
    false,
  ],
  CUSTOMER_CURSOR_INVALID: [422, 'This page cursor is not one of ours.', '分页游标无效。', false],
} as const satisfies ErrorTable;
