/** What the figures of the rules mean. */
import type { FigureTable } from '../../platform/figure.ts';

const rules = ['version of the rules in force', '生效的规则版本'] as const;

/** The figures of suitability by their ids. */
export const suitabilityFigures = {
  financialAssetsMin: [
    'Least financial assets',
    '金融资产下限',
    'financial assets that an ordinary investor shows to be treated as professional; a person may show the income instead',
    '普通投资者申请转为专业投资者须证明的金融资产；个人可改为证明收入',
    ...rules,
  ],
  incomeMin: [
    'Least average income',
    '年均收入下限',
    'mean yearly income of three years that a person may show instead of the financial assets',
    '个人可代替金融资产证明的最近三年年均收入',
    ...rules,
  ],
  netAssetsMin: [
    'Least net assets',
    '净资产下限',
    'net assets that an organisation shows besides its financial assets',
    '机构除金融资产外还须证明的净资产',
    ...rules,
  ],
} as const satisfies FigureTable;
