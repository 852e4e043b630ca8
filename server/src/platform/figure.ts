/** What a figure on a screen means. Each module tells it of its own figures; `GET /figures` lists all. */

/** Name, definition and what it is made of, each in English and Chinese. */
export type FigureRow = readonly [
  title: string,
  titleZh: string,
  formula: string,
  formulaZh: string,
  inputs: string,
  inputsZh: string,
];

/** The figures of a module by their ids. */
export type FigureTable = Readonly<Record<string, FigureRow>>;

/** What the platform itself counts. */
export const platformFigures = {
  auditEntries: [
    'Records verified',
    '已校验记录',
    'records whose hash was computed again from the record and the one before it',
    '由记录本身与前一条重新计算哈希的记录数',
    'the audit chain of every bucket',
    '各分桶的审计链',
  ],
  auditAnchors: [
    'Anchors outside',
    '外部锚点',
    'heads of chains kept outside the database that were compared with it',
    '与数据库比对过的、保存在库外的链头数',
    'the file of anchors; the audit chain of every bucket',
    '锚点文件；各分桶的审计链',
  ],
} as const satisfies FigureTable;
