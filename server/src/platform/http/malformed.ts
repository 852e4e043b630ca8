/** Why bytes are no request, in both languages. */
import { AppError } from '@cairn/kernel';

const REASONS = {
  notUtf8: ['it is not UTF-8', '不是 UTF-8 编码'],
  empty: ['it is empty', '内容为空'],
  syntax: ['its syntax is wrong', '语法错误'],
  tooDeep: ['it is nested deeper than 64', '嵌套超过 64 层'],
  keyTwice: ['a key stands twice in one object', '同一对象中有重复的键'],
  keyForbidden: ['a key reaches into the program', '含有程序保留的键名'],
  number: [
    'a number is larger than can be read exactly; amounts are strings',
    '数字超出可精确读取的范围，金额须为字符串',
  ],
  length: ['the body is not as long as announced', '请求体长度与声明不符'],
  address: ['the address is not valid', '地址无效'],
  host: ['the Host header is not one valid host', 'Host 头不是一个有效主机名'],
  notHttp: ['it is not valid HTTP', '不是有效的 HTTP'],
  parameterCount: ['more than 100 parameters', '参数超过 100 个'],
  parameterEncoding: ['a parameter is not UTF-8 text', '参数不是 UTF-8 文本'],
  parameterText: ['a parameter is not plain text', '参数不是可存储的文本'],
  parameterForbidden: ['a parameter reaches into the program', '含有程序保留的参数名'],
  parameterTwice: ['a parameter stands twice', '参数重复'],
} as const;

/** One of the reasons. */
export type MalformedReason = keyof typeof REASONS;

function detailsOf(reason: MalformedReason) {
  const [en, zh] = REASONS[reason];
  return { reason: en, reasonZh: zh };
}

/** AppError MALFORMED_JSON (400). */
export function malformedJson(reason: MalformedReason, cause?: unknown): AppError {
  return new AppError('MALFORMED_JSON', detailsOf(reason), { cause });
}

/** AppError REQUEST_MALFORMED (400). */
export function malformedRequest(reason: MalformedReason): AppError {
  return new AppError('REQUEST_MALFORMED', detailsOf(reason));
}
