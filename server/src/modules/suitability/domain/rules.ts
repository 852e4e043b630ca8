/** The rules of matching as data: what is read from the database is checked before it decides. */
import type { Result } from '@cairn/kernel';
import { err, ok } from '@cairn/kernel';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type ContentFault, fault, shapeFaults } from './content-fault.ts';

const RiskLevels = Type.Array(Type.Integer({ minimum: 1, maximum: 5 }), { uniqueItems: true });
const Severity = Type.Union([Type.Literal('warn'), Type.Literal('block')]);
const Amount = Type.String({ pattern: '^(0|[1-9][0-9]{0,15})\\.[0-9]{2}$' });
const closed = { additionalProperties: false } as const;

const Conversion = Type.Object(
  {
    netAssetsMin: Type.Optional(Amount),
    financialAssetsMin: Amount,
    /** For persons, average income of three years in place of assets. */
    incomeMin: Type.Optional(Amount),
    experienceYearsMin: Type.Integer({ minimum: 0, maximum: 50 }),
  },
  closed,
);

/** The shape of one version of the rules. */
export const RulesSchema = Type.Object(
  {
    sample: Type.Boolean(),
    /** Investor level → risk levels that match. */
    match: Type.Object(
      { '1': RiskLevels, '2': RiskLevels, '3': RiskLevels, '4': RiskLevels, '5': RiskLevels },
      closed,
    ),
    /** Terms in rising order; a product fits when its term is not longer than the customer's. */
    termOrder: Type.Array(Type.String(), { minItems: 1, uniqueItems: true }),
    varieties: Type.Array(Type.String(), { minItems: 1, uniqueItems: true }),
    /** What a mismatch means: warned and confirmed, or not at all. */
    mismatch: Type.Object({ level: Severity, term: Severity, variety: Severity }, closed),
    /** Risk levels that the lowest class may buy; any other is blocked, even on request. */
    lowest: Type.Object({ riskLevels: RiskLevels }, closed),
    /** Whether professional investors are matched like ordinary ones. */
    professional: Type.Object({ isMatched: Type.Boolean() }, closed),
    warning: Type.Object(
      {
        validMinutes: Type.Integer({ minimum: 1, maximum: 1440 }),
        textVersion: Type.String({ minLength: 1 }),
        textEn: Type.String({ minLength: 1 }),
        textZh: Type.String({ minLength: 1 }),
      },
      closed,
    ),
    /** How often a customer may be assessed: per Shanghai day, and in a sliding number of days. */
    retest: Type.Object(
      {
        perDayMax: Type.Integer({ minimum: 1 }),
        windowDays: Type.Integer({ minimum: 1 }),
        perWindowMax: Type.Integer({ minimum: 1 }),
      },
      closed,
    ),
    /** What an ordinary investor shows to be treated as professional. */
    conversion: Type.Object({ person: Conversion, organisation: Conversion }, closed),
  },
  closed,
);

export type RulesContent = Static<typeof RulesSchema>;

/** One version of the rules. */
export interface Rules {
  readonly version: number;
  readonly content: RulesContent;
}

/** Reads the content of a version; every reason when it cannot decide every case. */
export function parseRules(content: unknown): Result<RulesContent, readonly ContentFault[]> {
  if (!Value.Check(RulesSchema, content)) return err(shapeFaults(RulesSchema, content));
  const faults: ContentFault[] = [];
  const levels = [1, 2, 3, 4, 5] as const;
  for (const level of levels.slice(1)) {
    const lower = content.match[`${(level - 1) as 1 | 2 | 3 | 4}`];
    const lost = lower.filter((risk) => !content.match[`${level}`].includes(risk)).join(', ');
    if (lost === '') continue;
    const message = `does not match the risk levels ${lost}, which a lower level matches`;
    const messageZh = `未包含较低等级已匹配的风险等级 ${lost}`;
    faults.push(fault(`/match/${level}`, message, messageZh));
  }
  const { riskLevels } = content.lowest;
  const above = riskLevels.filter((risk) => !content.match['1'].includes(risk)).join(', ');
  if (above !== '') {
    const message = `allows the risk levels ${above}, which level 1 does not match`;
    const messageZh = `包含等级 1 未匹配的风险等级 ${above}`;
    faults.push(fault('/lowest/riskLevels', message, messageZh));
  }
  for (const name of ['textEn', 'textZh'] as const) {
    if (content.warning[name].includes('{mismatches}')) continue;
    const message = 'does not say where the {mismatches} stand';
    faults.push(fault(`/warning/${name}`, message, '未包含占位符 {mismatches}'));
  }
  return faults.length > 0 ? err(faults) : ok(content);
}
