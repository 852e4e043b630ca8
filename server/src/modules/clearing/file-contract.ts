/** The wire of files as records. */
import { type TProperties, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T, title: string) =>
  Type.Object(properties, { ...closed, title });
const text = (title: string) => Type.String({ title });

/** Which records of a file. */
export const RecordsQuery = Type.Object(
  {
    from: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);

/** Seeing personal data of a file, for a purpose. */
export const UnmaskRecordsBody = Type.Object(
  {
    from: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    purpose: Type.String({ minLength: 1, maxLength: 500, title: 'purpose / 用途' }),
  },
  closed,
);

/** A page of the records of a file. */
export const FileRecords = object(
  {
    fileId: text('file / 文件号'),
    name: text('file name / 文件名'),
    direction: text('direction / 方向'),
    party: text('party / 对手方'),
    stream: text('stream / 类别'),
    fileType: text('file type / 文件类型'),
    title: text('what it holds / 内容'),
    titleZh: text('what it holds, in Chinese / 内容（中文）'),
    header: Type.Record(Type.String(), Type.String(), { title: 'head of the file / 文件头' }),
    isLayoutVerified: Type.Boolean({ title: 'layout is verified / 格式已核对' }),
    total: Type.Integer({ title: 'records in the file / 记录总数' }),
    from: Type.Integer({ title: 'first record / 起始记录' }),
    fields: Type.Array(
      object(
        {
          name: text('name in the protocol / 协议字段名'),
          label: text('label / 名称'),
          labelZh: text('label in Chinese / 中文名称'),
          type: Type.Enum(['A', 'C', 'N'], { title: 'type / 类型' }),
          length: Type.Integer({ title: 'length / 长度' }),
          decimals: Type.Integer({ title: 'decimals / 小数位' }),
          isPersonal: Type.Boolean({ title: 'personal data / 个人信息' }),
        },
        'field / 字段',
      ),
    ),
    records: Type.Array(
      object(
        {
          index: Type.Integer({ title: 'position from 0 / 序号' }),
          values: Type.Array(
            object(
              {
                text: text('value / 值'),
                meaning: Type.Optional(text('meaning of a code / 代码含义')),
                meaningZh: Type.Optional(text('meaning in Chinese / 代码含义（中文）')),
              },
              'value / 值',
            ),
          ),
        },
        'record / 记录',
      ),
    ),
    fault: Type.Optional(
      object(
        {
          code: text('code / 代码'),
          message: text('what is wrong / 错误'),
          messageZh: text('what is wrong, in Chinese / 错误（中文）'),
        },
        'fault of the file / 文件错误',
      ),
    ),
  },
  'records of a file / 文件记录',
);
