/** Every way a file can be refused, with its sentence in English and Chinese. */
export const ofdErrorTexts = {
  BAD_ENCODING: {
    en: 'not GB18030 text: {found}',
    zh: '不是 GB18030 文本：{found}',
  },
  UTF8_SUSPECTED: {
    en: 'the text reads as UTF-8 where GB18030 is expected ("{text}")',
    zh: '应为 GB18030 编码，但文字是 UTF-8（“{text}”）',
  },
  LINE_ENDING: {
    en: 'lines must end with CR LF; found {found}',
    zh: '每行必须以 CR LF 结尾；实际为 {found}',
  },
  TRUNCATED: {
    en: 'the file ends inside {part}',
    zh: '文件不完整，在{part}处结束',
  },
  TRAILING_BYTES: {
    en: 'there are bytes after the end marker OFDCFEND',
    zh: '结束标志 OFDCFEND 之后还有内容',
  },
  LIMIT_EXCEEDED: {
    en: 'more than {limit} {unit}',
    zh: '超过上限 {limit}（{unit}）',
  },
  MARKER: {
    en: 'expected the marker {expected}, found "{found}"',
    zh: '应为标志 {expected}，实际为“{found}”',
  },
  HEADER_WIDTH: {
    en: 'the {item} line has {actual} bytes where {expected} are expected',
    zh: '文件头“{item}”行长 {actual} 字节，应为 {expected} 字节',
  },
  HEADER_VALUE: {
    en: 'the {item} in the header is not valid: "{found}"',
    zh: '文件头“{item}”的值无效：“{found}”',
  },
  UNSUPPORTED_VERSION: {
    en: 'protocol version "{found}" is not known; 20, 21 and 22 are',
    zh: '不支持的协议版本“{found}”，支持 20、21、22',
  },
  UNSUPPORTED_LAYOUT: {
    en: 'there is no layout for version {version}, profile {profile}, file type {fileType}: {reason}',
    zh: '没有版本 {version}、方案 {profile}、文件类型 {fileType} 的格式定义：{reason}',
  },
  LAYOUT_DATA: {
    en: 'the layout data is not valid: {reason}',
    zh: '格式定义数据无效：{reason}',
  },
  FIELD_COUNT: {
    en: 'the header declares {declared} fields, but {actual} field names follow',
    zh: '文件头声明 {declared} 个字段，实际有 {actual} 个字段名',
  },
  UNKNOWN_FIELD: {
    en: 'the field {field} is not in the layout of file type {fileType}',
    zh: '文件类型 {fileType} 的格式中没有字段 {field}',
  },
  MISSING_FIELD: {
    en: 'the field {field} of file type {fileType} is missing',
    zh: '缺少文件类型 {fileType} 的字段 {field}',
  },
  DUPLICATE_FIELD: {
    en: 'the field {field} is named twice',
    zh: '字段 {field} 重复',
  },
  RECORD_COUNT: {
    en: 'the header declares {declared} records, the file has {actual}',
    zh: '文件头声明 {declared} 条记录，实际为 {actual}',
  },
  RECORD_LENGTH: {
    en: 'the record has {actual} bytes where the layout has {expected}',
    zh: '记录长 {actual} 字节，应为 {expected} 字节',
  },
  FIELD_CHARACTERS: {
    en: 'a field of type {type} may hold {allowed}; found {found}',
    zh: '{type} 型字段只能是{allowed}；实际为 {found}',
  },
  FIELD_ENCODING: {
    en: 'a GB18030 character is invalid or cut by the end of the field ({found})',
    zh: 'GB18030 字符无效或被字段边界截断（{found}）',
  },
  DUPLICATE_SERIAL_NO: {
    en: 'AppSheetSerialNo {serialNo} of distributor {distributor} occurs twice in the file',
    zh: '销售人 {distributor} 的申请单编号 {serialNo} 在文件中重复',
  },
  FILE_NAME: {
    en: '"{name}" is not a file name of the protocol',
    zh: '“{name}”不是协议规定的文件名',
  },
  NAME_MISMATCH: {
    en: 'the {item} is {inside} inside the file, but {outside} in its name',
    zh: '文件内的{item}为 {inside}，文件名中为 {outside}',
  },
  INDEX_COUNT: {
    en: 'the index declares {declared} files, but lists {actual}',
    zh: '索引文件声明 {declared} 个文件，实际列出 {actual} 个',
  },
  INDEX_DUPLICATE: {
    en: 'the index lists {name} twice',
    zh: '索引文件重复列出 {name}',
  },
  PACKAGE_MISSING: {
    en: 'the index lists {name}, which is not in the package',
    zh: '索引文件列出的 {name} 不在数据包中',
  },
  PACKAGE_EXTRA: {
    en: '{name} is in the package, but the index does not list it',
    zh: '{name} 在数据包中，但索引文件没有列出',
  },
  PACKAGE_MISMATCH: {
    en: 'the {item} is {inside} in the file, but {outside} in the index',
    zh: '文件的{item}为 {inside}，索引文件中为 {outside}',
  },
  SLICE_NUMBERS: {
    en: 'the slices of file type {fileType} must be numbered 001 to {count} without a gap; found {found}',
    zh: '文件类型 {fileType} 的分片应连续编号 001 至 {count}；实际为 {found}',
  },
  VALUE_TYPE: {
    en: 'the value {found} is not {expected}',
    zh: '值 {found} 不是{expected}',
  },
  VALUE_TOO_LONG: {
    en: 'the value needs {actual} bytes, the field has {length}',
    zh: '值需要 {actual} 字节，字段只有 {length} 字节',
  },
  VALUE_CHARACTERS: {
    en: 'a field of type {type} may hold {allowed}; the value has {found}',
    zh: '{type} 型字段只能是{allowed}；值中有 {found}',
  },
  VALUE_NOT_ENCODABLE: {
    en: 'the character {found} does not exist in GB18030',
    zh: '字符 {found} 不在 GB18030 中',
  },
  NEGATIVE_VALUE: {
    en: 'the value {found} is negative, which this field does not allow',
    zh: '值 {found} 为负，该字段不允许负值',
  },
} as const satisfies Record<string, { en: string; zh: string }>;

export type OfdErrorCode = keyof typeof ofdErrorTexts;
export type OfdLanguage = 'en' | 'zh';

/** Words that stand inside the sentences, for the Chinese ones. */
const chineseTerms: Readonly<Record<string, string>> = {
  version: '版本',
  creator: '创建人',
  receiver: '接收人',
  date: '日期',
  'summary number': '汇总表号',
  'file type': '文件类型',
  sender: '发送人',
  recipient: '接收人',
  'field count': '字段数',
  'field name': '字段名',
  'record count': '记录数',
  'file count': '文件数',
  'file name': '文件名',
  marker: '文件标志',
  'OFDCFIDX (an index file)': 'OFDCFIDX（索引文件）',
  'the header': '文件头',
  'a record': '记录',
  'the end marker': '结束标志',
  'the index': '索引文件',
  bytes: '字节',
  records: '记录',
  'field names': '字段名',
  'index entries': '索引文件行',
  more: '更多',
  digits: '数字',
  'letters and digits': '字母和数字',
  'digits, after blanks or one minus sign': '数字，前面可有空格或一个负号',
  'digits, then blanks': '数字，后补空格',
  'letters and digits, then blanks': '字母和数字，后补空格',
  'text without control characters': '不含控制字符的文字',
  'a number': '数值',
  text: '文字',
};

/** Where in which file an error is; `line` and `record` count from 1, `offset` in bytes from 0. */
export interface OfdPlace {
  file?: string | undefined;
  line?: number | undefined;
  record?: number | undefined;
  field?: string | undefined;
  offset?: number | undefined;
}

const placeTexts = {
  en: { line: 'line', record: 'record', field: 'field', offset: 'byte' },
  zh: { line: '行', record: '记录', field: '字段', offset: '字节' },
} as const;

function describePlace(place: OfdPlace, language: OfdLanguage): string {
  const words = placeTexts[language];
  const parts = place.file === undefined ? [] : [place.file];
  for (const key of ['line', 'record', 'field', 'offset'] as const) {
    if (place[key] !== undefined) parts.push(`${words[key]} ${place[key]}`);
  }
  return parts.join(', ');
}

/**
 * The one exception of this package: a stable code, the place in the file, and a sentence.
 * `message` is English; `describe('zh')` gives the same in Chinese.
 */
export class OfdError extends Error {
  override readonly name = 'OfdError';
  readonly code: OfdErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly record: number | undefined;
  readonly field: string | undefined;
  readonly offset: number | undefined;

  constructor(
    code: OfdErrorCode,
    place: OfdPlace = {},
    params: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(describeError(code, place, params, 'en'), options);
    this.code = code;
    this.params = params;
    this.file = place.file;
    this.line = place.line;
    this.record = place.record;
    this.field = place.field;
    this.offset = place.offset;
  }

  /** The place and the sentence in the wanted language. */
  describe(language: OfdLanguage): string {
    return describeError(this.code, this, this.params, language);
  }
}

function describeParam(value: string | number | undefined, language: OfdLanguage): string {
  const text = String(value ?? '?');
  return language === 'zh' ? (chineseTerms[text] ?? text) : text;
}

function describeError(
  code: OfdErrorCode,
  place: OfdPlace,
  params: Readonly<Record<string, string | number>>,
  language: OfdLanguage,
): string {
  const text = ofdErrorTexts[code][language].replace(/\{(\w+)\}/g, (_, key: string) =>
    describeParam(params[key], language),
  );
  const where = describePlace(place, language);
  return where === '' ? text : `${where}: ${text}`;
}
