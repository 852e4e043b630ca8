/**
 * What the folder does not say about the real funds, as documented samples: codes of files without
 * one, fund type, risk level, term, variety and the registrar that plays for them.
 */

/** Codes of the NAV files that carry only a name, with why this code. */
export const CODES_OF_NAMES: Readonly<Record<string, { fundCode: string; why: string }>> = {
  中银多策略混合A: { fundCode: '000572', why: 'the same name in the list' },
  南方中债10年期国债C: { fundCode: '160124', why: 'the same name in the list' },
  博时安盈短债C: { fundCode: '000085', why: '博时安盈债券C, the only 博时安盈 of class C' },
  易方达安心回馈组合: { fundCode: '001182', why: '易方达安心回馈混合, the only 安心回馈' },
  景顺长城成长混合: {
    fundCode: '260108',
    why: '景顺长城新兴成长混合: of the 成长 funds of this manager the one that stood in 2015 and paid these dividends',
  },
  汇安多因子C: { fundCode: '006649', why: '汇安多因子混合C, the only one of class C' },
};

/** The sample classification of one fund. */
export interface FundClass {
  readonly fundType: string;
  readonly riskLevel: 1 | 2 | 3 | 4 | 5;
  readonly term: string;
  readonly variety: string;
  readonly registrarCode: string;
  readonly managerName: string;
  readonly sold: boolean;
}

type Row = readonly [
  type: string,
  risk: FundClass['riskLevel'],
  term: string,
  variety: string,
  registrar: string,
  manager: string,
];

const SOLD: Readonly<Record<string, Row>> = {
  // Counted as cash management, so that the lowest class and C2 find a product of theirs.
  '000085': ['shortBond', 1, 'd0_90', 'money', '02', '博时基金'],
  '000572': ['mixed', 3, 'y1_3', 'mixed', '02', '中银基金'],
  '001182': ['mixed', 3, 'y1_3', 'mixed', '01', '易方达基金'],
  '001938': ['equity', 4, 'y1_3', 'equity', '03', '中欧基金'],
  '005827': ['mixed', 4, 'y1_3', 'mixed', '01', '易方达基金'],
  '006649': ['mixed', 4, 'y1_3', 'mixed', '03', '汇安基金'],
  '007119': ['mixed', 4, 'y1_3', 'mixed', '03', '睿远基金'],
  '110011': ['mixed', 3, 'y1_3', 'mixed', '01', '易方达基金'],
  '110022': ['equity', 4, 'y1_3', 'equity', '01', '易方达基金'],
  '160124': ['bondIndex', 2, 'd90_365', 'fixedIncome', '02', '南方基金'],
  '217011': ['bond', 2, 'd90_365', 'fixedIncome', '02', '招商基金'],
  '260108': ['mixed', 4, 'y3_plus', 'mixed', '03', '景顺长城基金'],
  '460300': ['index', 4, 'y1_3', 'equity', '03', '华泰柏瑞基金'],
  '519697': ['mixed', 3, 'y1_3', 'mixed', '01', '交银施罗德基金'],
  '952004': ['mixed', 5, 'y3_plus', 'mixed', '02', '国泰君安资管'],
};

// Traded on the exchange, so known here for their NAVs only.
const NOT_SOLD: Readonly<Record<string, Row>> = {
  '159919': ['etf', 4, 'y1_3', 'equity', '01', '嘉实基金'],
  '159926': ['etf', 2, 'y1_3', 'fixedIncome', '01', '嘉实基金'],
  '513100': ['etf', 5, 'y1_3', 'overseas', '01', '国泰基金'],
  '518880': ['etf', 4, 'y1_3', 'commodity', '01', '华安基金'],
};

/** The sample classification of a real fund; undefined for one that is not in the two sets. */
export function findFundClass(fundCode: string): FundClass | undefined {
  const sold = SOLD[fundCode];
  const row = sold ?? NOT_SOLD[fundCode];
  if (row === undefined) return undefined;
  const [fundType, riskLevel, term, variety, registrarCode, managerName] = row;
  return {
    fundType,
    riskLevel,
    term,
    variety,
    registrarCode,
    managerName,
    sold: sold !== undefined,
  };
}

/** Every registrar that plays for these funds. */
export const REAL_REGISTRARS: readonly string[] = ['01', '02', '03'];
