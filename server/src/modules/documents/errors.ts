import type { ErrorTable } from '@cairn/kernel';

/** This module's rows of the error table. */
export const documentsErrors = {
  DOCUMENT_RUN_EMPTY: [
    422,
    'No customer matches: there is nothing to make.',
    '没有符合条件的客户，无文件可生成。',
    false,
  ],
  DOCUMENT_RUN_TOO_LARGE: [
    422,
    'One run makes documents for at most {itemsMax} customers; {items} match.',
    '一次最多为 {itemsMax} 位客户生成文件，符合条件的有 {items} 位。',
    false,
  ],
  DOCUMENT_LIMIT_REACHED: [
    429,
    'Within 24 hours one person may export for at most {itemsMax} customers; {items} were exported.',
    '24 小时内每人最多为 {itemsMax} 位客户导出文件，已导出 {items} 份。',
    false,
  ],
  DOCUMENT_CURSOR_INVALID: [422, 'This page cursor is not one of ours.', '分页游标无效。', false],
  DOCUMENT_RUN_NOT_FOUND: [404, 'There is no such run of documents.', '没有这批文件。', false],
  DOCUMENT_EXPIRED: [
    410,
    'The files of this run were kept for {days} days and are gone; what was made for whom stays on record.',
    '该批文件的保存期限（{days} 天）已过，文件已删除；生成记录仍保留。',
    false,
  ],
  DOCUMENT_RETENTION_TOO_SOON: [
    422,
    'Another retention holds from tomorrow on, {earliestDate}, at the earliest.',
    '新的保存期限最早自次日（{earliestDate}）起生效。',
    false,
  ],
  DOCUMENT_NOT_READY: [
    409,
    'This document is not made yet, or could not be made.',
    '该文件尚未生成或未能生成。',
    true,
  ],
} as const satisfies ErrorTable;
