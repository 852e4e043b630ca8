import type { ErrorTable } from '@cairn/kernel';
import { authErrors } from './auth/errors.ts';

/** The platform's rows of the error table: HTTP, access, approvals, database and start-up. */
export const platformErrors = {
  // The request as such.
  MALFORMED_JSON: [
    400,
    'The body is not acceptable JSON: {reason}.',
    '请求体不是可接受的 JSON：{reasonZh}。',
    false,
  ],
  REQUEST_INVALID: [
    400,
    'The request has fields of a wrong type, missing or unknown fields.',
    '请求含有类型错误、缺失或未知的字段。',
    false,
  ],
  REQUEST_MALFORMED: [
    400,
    'The request is malformed: {reason}.',
    '请求格式不正确：{reasonZh}。',
    false,
  ],
  IDEMPOTENCY_KEY_MISSING: [
    400,
    'The header Idempotency-Key of 1 to 255 visible characters is required.',
    '必须提供请求头 Idempotency-Key（1 至 255 个可见字符）。',
    false,
  ],
  VALUE_REFUSED: [
    422,
    'The request has values outside what is allowed.',
    '请求含有超出允许范围的值。',
    false,
  ],
  TEXT_NOT_STORABLE: [
    422,
    'A text holds a character that cannot be kept exactly.',
    '文本包含无法原样保存的字符。',
    false,
  ],
  NUMBER_OUT_OF_RANGE: [
    422,
    'A number is beyond what the books can hold.',
    '数值超出账务可记录的范围。',
    false,
  ],
  NOT_FOUND: [404, 'Nothing is found here.', '未找到。', false],
  METHOD_NOT_ALLOWED: [
    405,
    'This resource does not support the method {method}.',
    '该资源不支持 {method} 方法。',
    false,
  ],
  BODY_TOO_LARGE: [
    413,
    'The body is larger than this resource takes.',
    '请求体超过该资源允许的大小。',
    false,
  ],
  URI_TOO_LONG: [414, 'The address of the request is too long.', '请求地址过长。', false],
  MEDIA_TYPE_UNSUPPORTED: [
    415,
    'The content type, charset or encoding is not supported here: {accepted} is.',
    '此处不支持该内容类型、字符集或编码，支持：{accepted}。',
    false,
  ],
  HEADERS_TOO_LARGE: [431, 'The request headers are too large.', '请求头过大。', false],
  REQUEST_TIMEOUT: [408, 'The request was not received in time.', '未能及时收到完整请求。', true],
  OVERLOADED: [
    503,
    'More work is waiting than can be done soon; send the same request again later.',
    '等待处理的请求过多，请稍后重发同一请求。',
    true,
  ],
  TOO_MANY_REQUESTS: [
    429,
    'You ask too often; wait {retryAfterSeconds} s.',
    '请求过于频繁，请等待 {retryAfterSeconds} 秒。',
    true,
  ],
  TOO_MANY_STREAMS: [
    429,
    'Too many live streams are open; close one or try again later.',
    '打开的实时连接过多，请关闭部分连接或稍后再试。',
    true,
  ],
  DRAINING: [
    503,
    'This server is stopping; send the same request again.',
    '服务器正在停止，请重发同一请求。',
    true,
  ],
  NOT_READY: [503, 'This server is not ready.', '服务器尚未就绪。', true],
  INTERNAL: [
    500,
    'The server failed. Quote the trace id when reporting it.',
    '服务器内部错误，报告时请提供追踪号（traceId）。',
    false,
  ],
  ...authErrors,
  // Four eyes.
  APPROVAL_NOT_FOUND: [404, 'There is no approval {approvalId}.', '没有审批 {approvalId}。', false],
  APPROVAL_DECIDED: [
    409,
    'The approval was already decided: {state}.',
    '该审批已有结论：{state}。',
    false,
  ],
  APPROVAL_EXPIRED: [
    409,
    'The approval expired at {expiresAt}.',
    '该审批已于 {expiresAt} 过期。',
    false,
  ],
  APPROVAL_PAYLOAD_CHANGED: [
    409,
    'What was to be approved has been changed since.',
    '待审批的内容已被更改。',
    false,
  ],
  APPROVAL_OWN_REQUEST: [
    403,
    'Nobody approves what they asked for.',
    '不得审批本人发起的申请。',
    false,
  ],
  APPROVAL_NOT_STAFF: [403, 'Only staff decide approvals.', '只有员工可以审批。', false],
  APPROVAL_ROLE_MISSING: [
    403,
    'This approval needs one of the roles {roles}.',
    '该审批需要以下角色之一：{roles}。',
    false,
  ],
  // The database and start-up.
  DATABASE_UNAVAILABLE: [
    503,
    'The database does not answer; send the same request again later.',
    '数据库无响应，请稍后重发同一请求。',
    true,
  ],
  DATABASE_CERTIFICATE_REFUSED: [
    503,
    'The certificate of the database is not accepted ({reason}); nothing is sent to it until it is renewed.',
    '数据库证书不被接受（{reason}），更新证书之前不会向其发送任何数据。',
    true,
  ],
  DATABASE_RESTORED: [
    500,
    'The database does not hold what this installation had written by {anchoredAt}: it is an older backup or another one. Bring the newest back, or start once with --restored; the audit keeps that you did.',
    '数据库中没有本系统截至 {anchoredAt} 已写入的记录：这是较旧的备份或另一个数据库。请恢复最新数据，或以 --restored 启动一次；审计会留下记录。',
    false,
  ],
  READING_TOO_LONG: [
    503,
    'Reading this takes longer than a request may; ask for less, or send the same request again later.',
    '读取耗时超过单个请求的上限，请缩小范围或稍后重发同一请求。',
    true,
  ],
  DATABASE_FULL: [
    503,
    'The disk of the database is full; nothing can be written until there is room.',
    '数据库磁盘已满，腾出空间之前无法写入。',
    true,
  ],
  STORAGE_UNAVAILABLE: [
    503,
    'The disk of the server takes no files now; what needs one was not done. Send the request again later.',
    '服务器磁盘暂时无法写入文件，需要存档的操作未执行，请稍后重发同一请求。',
    true,
  ],
  DATABASE_CONFLICT: [
    503,
    'Other work kept this from finishing; send the same request again.',
    '与其他操作冲突未能完成，请重发同一请求。',
    true,
  ],
  DATABASE_NEWER: [
    500,
    'The database knows the migration {file}, which this program does not.',
    '数据库含有本程序未知的迁移 {file}。',
    false,
  ],
  DATABASE_ROLE_CANNOT_MIGRATE: [
    500,
    'The database lacks tables of this program and the role of DATABASE_URL may not create them: start once with CAIRN_OWNER_DATABASE_URL.',
    '数据库缺少本程序的表，而 DATABASE_URL 的角色无权创建：请先设置 CAIRN_OWNER_DATABASE_URL 启动一次。',
    false,
  ],
  DATABASE_ROLE_OWNS: [
    500,
    'The role {role} of DATABASE_URL owns the tables or is a superuser; beside CAIRN_OWNER_DATABASE_URL it must be a role of its own.',
    'DATABASE_URL 的角色 {role} 是表的所有者或超级用户；设置 CAIRN_OWNER_DATABASE_URL 时须使用另一个角色。',
    false,
  ],
  CLOCK_DIFFERS: [
    500,
    'The clock of this machine and that of the database are {seconds} s apart; set them right (CAIRN_CLOCK_SECONDS_MAX).',
    '本机时钟与数据库时钟相差 {seconds} 秒，请校准（CAIRN_CLOCK_SECONDS_MAX）。',
    false,
  ],
  MIGRATION_CHANGED: [
    500,
    'The applied migration {file} was edited.',
    '已执行的迁移 {file} 被修改。',
    false,
  ],
  PORT_TAKEN: [
    500,
    'Another program listens on {host} port {port}; set CAIRN_PORT (or CAIRN_PROBE_PORT) to another.',
    '{host} 的端口 {port} 已被其他程序占用；请用 CAIRN_PORT（或 CAIRN_PROBE_PORT）指定其他端口。',
    false,
  ],
  DATA_DIRECTORY_LOCKED: [
    500,
    'Process {pid} holds the data directory {directory}.',
    '进程 {pid} 正在使用数据目录 {directory}。',
    false,
  ],
  DISK_SPACE_LOW: [
    500,
    'Only {freeMb} MB are free at {directory}.',
    '{directory} 仅剩 {freeMb} MB 可用空间。',
    false,
  ],
  STORED_FILE_DAMAGED: [
    500,
    'The stored file {sha256} no longer has the bytes that were kept.',
    '已保存的文件 {sha256} 内容与保存时不一致。',
    false,
  ],
  MASTER_KEY_MISSING: [
    500,
    'This database was written under a master key and none is given: set CAIRN_MASTER_KEY or bring back {path}.',
    '此数据库使用主密钥写入，但未提供主密钥：请设置 CAIRN_MASTER_KEY 或恢复 {path}。',
    false,
  ],
  MASTER_KEY_DIFFERS: [
    500,
    'This database was written under another master key; nothing is read or written under this one.',
    '此数据库使用另一主密钥写入；不会以当前主密钥读写。',
    false,
  ],
  MASTER_KEY_SHORT: [
    500,
    'The master key has {bytes} bytes; 32 are needed.',
    '主密钥只有 {bytes} 字节，需要 32 字节。',
    false,
  ],
  SECRET_UNREADABLE: [
    500,
    'A protected value cannot be decrypted: {context}.',
    '受保护的数据无法解密：{context}。',
    false,
  ],
} as const satisfies ErrorTable;

/** Texts of findings: code → English and Chinese with `{name}` places. */
export type MessageTable = Readonly<Record<string, readonly [en: string, zh: string]>>;

/** Words for the codes in details: the detail's name → code → English and Chinese. */
export type WordTable = Readonly<
  Record<string, Readonly<Record<string, readonly [en: string, zh: string]>>>
>;

/** The platform's own finding texts. */
export const platformMessages = {
  RULE_NOT_EVALUATED: [
    'The rule {check} could not be evaluated: {reason}.',
    '规则 {check} 无法评估：{reason}。',
  ],
} as const satisfies MessageTable;
