/** The sixty-odd products of the demonstration, as a table. */
import type { FundType } from '../../modules/products/index.ts';

/** Something special in a product's life. */
export type FundStory =
  | 'ordinary'
  /** An initial offer that is open when the demonstration is handed over. */
  | 'offer'
  /** An initial offer inside the played months that ended well, or failed. */
  | 'offered'
  | 'failed'
  /** Takes no orders, or no purchases, since a day. */
  | 'suspended'
  | 'noPurchase'
  /** Ended before the played months. */
  | 'terminated';

/** One main fund; with `classC` a second share class with a service fee. */
export interface FundRow {
  readonly code: string;
  readonly name: string;
  readonly type: FundType;
  readonly risk: 1 | 2 | 3 | 4 | 5;
  readonly term: 'd0_90' | 'd90_365' | 'y1_3' | 'y3_plus';
  readonly variety: string;
  /** Yearly drift and swing, in basis points. */
  readonly driftBps: number;
  readonly swingBps: number;
  readonly classC: boolean;
  readonly story: FundStory;
}

type Short = readonly [name: string, extra?: 'C' | Exclude<FundStory, 'ordinary'>];

interface Group {
  readonly type: FundType;
  readonly risk: FundRow['risk'];
  readonly term: FundRow['term'];
  readonly variety: string;
  readonly driftBps: number;
  readonly swingBps: number;
  readonly funds: readonly Short[];
}

const GROUPS: readonly Group[] = [
  {
    type: 'money',
    risk: 1,
    term: 'd0_90',
    variety: 'money',
    driftBps: 160,
    swingBps: 2,
    funds: [['现金盈浮动净值货币'], ['日日聚浮动净值货币'], ['安心宝浮动净值货币']],
  },
  {
    type: 'certificateIndex',
    risk: 1,
    term: 'd0_90',
    variety: 'money',
    driftBps: 200,
    swingBps: 15,
    funds: [['同业存单指数七天持有'], ['中证同业存单AAA指数']],
  },
  {
    type: 'shortBond',
    risk: 1,
    term: 'd90_365',
    variety: 'fixedIncome',
    driftBps: 230,
    swingBps: 40,
    funds: [['鑫享短债', 'C'], ['安盈中短债'], ['稳健九十天短债']],
  },
  {
    type: 'bond',
    risk: 2,
    term: 'd90_365',
    variety: 'fixedIncome',
    driftBps: 320,
    swingBps: 140,
    funds: [
      ['恒利纯债', 'C'],
      ['双利增强债券', 'C'],
      ['信用优选债券'],
      ['瑞丰定期开放债券'],
      ['政策性金融债'],
      ['可转换债券', 'noPurchase'],
      ['聚益三年纯债', 'failed'],
    ],
  },
  {
    type: 'bondIndex',
    risk: 2,
    term: 'd90_365',
    variety: 'fixedIncome',
    driftBps: 280,
    swingBps: 100,
    funds: [['中债1-3年国开债指数'], ['中债新综合指数'], ['国债7-10年指数']],
  },
  {
    type: 'mixed',
    risk: 3,
    term: 'y1_3',
    variety: 'mixed',
    driftBps: 520,
    swingBps: 900,
    funds: [
      ['安裕平衡混合', 'C'],
      ['稳进回报灵活配置混合', 'C'],
      ['聚源优选混合'],
      ['红利精选混合'],
      ['价值发现灵活配置混合'],
      ['旧域主题混合', 'terminated'],
    ],
  },
  {
    type: 'equityMixed',
    risk: 3,
    term: 'y1_3',
    variety: 'mixed',
    driftBps: 700,
    swingBps: 1700,
    funds: [
      ['成长先锋混合', 'C'],
      ['产业升级混合', 'C'],
      ['消费精选混合'],
      ['医疗健康混合'],
      ['高端制造混合'],
      ['远见价值混合', 'offered'],
      ['新质生产力混合', 'offer'],
    ],
  },
  {
    type: 'equity',
    risk: 4,
    term: 'y3_plus',
    variety: 'equity',
    driftBps: 800,
    swingBps: 2200,
    funds: [['核心资产股票', 'C'], ['数字经济股票'], ['新能源股票'], ['先进材料股票', 'suspended']],
  },
  {
    type: 'index',
    risk: 4,
    term: 'y1_3',
    variety: 'equity',
    driftBps: 600,
    swingBps: 1900,
    funds: [
      ['沪深300指数', 'C'],
      ['中证500指数', 'C'],
      ['中证1000指数增强'],
      ['科创50指数'],
      ['中证红利指数'],
    ],
  },
  {
    type: 'qdii',
    risk: 4,
    term: 'y3_plus',
    variety: 'overseas',
    driftBps: 900,
    swingBps: 1800,
    funds: [['全球精选股票(QDII)'], ['纳斯达克100指数(QDII)', 'C'], ['标普500指数(QDII)']],
  },
  {
    type: 'fof',
    risk: 3,
    term: 'y1_3',
    variety: 'mixed',
    driftBps: 450,
    swingBps: 700,
    funds: [['养老目标2035三年持有(FOF)'], ['稳健配置六个月持有(FOF)'], ['积极配置(FOF)']],
  },
  {
    type: 'commodity',
    risk: 5,
    term: 'y3_plus',
    variety: 'commodity',
    driftBps: 900,
    swingBps: 2600,
    funds: [['黄金ETF联接'], ['原油(QDII-FOF)'], ['豆粕期货ETF联接']],
  },
  {
    type: 'etf',
    risk: 4,
    term: 'y1_3',
    variety: 'equity',
    driftBps: 600,
    swingBps: 1900,
    funds: [['上证50ETF'], ['半导体ETF']],
  },
];

function rowsOf(): FundRow[] {
  let number = 990_000;
  return GROUPS.flatMap(({ funds, ...group }) =>
    funds.map(([name, extra]): FundRow => {
      number += 10;
      const isStory = extra !== undefined && extra !== 'C';
      return {
        ...group,
        code: String(number + 1),
        name: `聚石${name}`,
        classC: extra === 'C',
        story: isStory ? extra : 'ordinary',
      };
    }),
  );
}

/** Every main fund of the demonstration, in the order of its code. */
export const FUND_ROWS: readonly FundRow[] = rowsOf();
