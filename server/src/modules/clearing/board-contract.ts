/** The wire of the board of a business day. */
import { type TProperties, Type } from 'typebox';
import { DAY_STEPS } from './domain/steps.ts';

const closed = { additionalProperties: false } as const;
const object = <T extends TProperties>(properties: T, title: string) =>
  Type.Object(properties, { ...closed, title });
const text = (title: string) => Type.String({ title });
const count = (title: string) => Type.Integer({ title });
const at = (title: string) => Type.String({ title, format: 'date-time' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Day = (title: string) => Type.String({ title, format: 'date' });
const Severity = Type.Enum(['remind', 'approve', 'block'], { title: 'severity / 级别' });

const Failure = object(
  {
    code: text('code / 代码'),
    message: text('what failed / 失败原因'),
    messageZh: text('what failed, in Chinese / 失败原因（中文）'),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  'failure / 失败',
);

const BoardStep = object(
  {
    step: Type.Enum(DAY_STEPS, { title: 'step / 步骤' }),
    title: text('title / 名称'),
    titleZh: text('title in Chinese / 中文名称'),
    state: Type.Enum(['waiting', 'running', 'done', 'failed'], { title: 'state / 状态' }),
    isNext: Type.Boolean({ title: 'the step that comes next / 下一步' }),
    startedAt: Type.Optional(at('started / 开始时间')),
    finishedAt: Type.Optional(at('finished / 结束时间')),
    durationMs: Type.Optional(count('duration in milliseconds / 用时（毫秒）')),
    runNo: count('how often it ran / 运行次数'),
    actor: Type.Optional(text('who ran it / 运行人')),
    counts: Type.Array(
      object(
        {
          key: text('key / 键'),
          label: text('label / 名称'),
          labelZh: text('label in Chinese / 中文名称'),
          value: Type.Number({ title: 'count / 数量' }),
        },
        'count / 计数',
      ),
    ),
    failure: Type.Optional(Failure),
  },
  'step / 步骤',
);

const Severities = object(
  { open: count('open / 未处理'), owned: count('with an owner / 已分派') },
  'exceptions of one severity / 某级别异常',
);

/** A business day as a board. */
export const Board = object(
  {
    businessDate: Day('business day / 业务日'),
    dueDate: Day('the day that is due / 待处理业务日'),
    state: Type.Enum(['due', 'open', 'closed'], { title: 'state / 状态' }),
    clock: at('business clock / 业务时钟'),
    openedAt: orNull(at('opened / 开日时间')),
    closedAt: orNull(at('closed / 关闭时间')),
    runner: orNull(
      object(
        {
          since: orNull(at('running since / 运行开始')),
          pauseAskedBy: orNull(text('who asked for a pause / 请求暂停的人')),
        },
        'present run / 当前运行',
      ),
    ),
    steps: Type.Array(BoardStep),
    files: Type.Array(
      object(
        {
          direction: Type.Enum(['in', 'out'], { title: 'direction / 方向' }),
          party: text('party / 对手方'),
          stream: text('stream / 类别'),
          state: text('state / 状态'),
          files: count('files / 文件数'),
          records: count('records / 记录数'),
          bytes: text('bytes / 字节数'),
        },
        'files of one party and stream / 文件汇总',
      ),
    ),
    exceptions: object(
      { block: Severities, approve: Severities, remind: Severities },
      'open exceptions / 未处理异常',
    ),
    breaks: Type.Array(
      object({ kind: text('kind / 类型'), count: count('breaks / 差异数') }, 'breaks / 对账差异'),
    ),
    checks: Type.Array(
      object(
        {
          id: text('id / 标识'),
          severity: Severity,
          title: text('what is checked / 检查项'),
          titleZh: text('what is checked, in Chinese / 检查项（中文）'),
          state: Type.Enum(['passed', 'open', 'notYet'], {
            title: 'notYet: the step that it looks at is not done / notYet：所查步骤尚未完成',
          }),
          count: count('what stands in the way / 未通过数'),
          subjects: Type.Array(Type.String(), { title: 'the first of them / 明细' }),
        },
        'check before the close / 关闭前检查',
      ),
    ),
    report: Type.Unknown({ title: 'report of the day / 当日报表' }),
  },
  'board of a business day / 业务日看板',
);
