/** The rules of matching as data: what is read from the database is checked before it decides. */
import type { Result } from '@cairn/kernel';
import { err, ok } from '@cairn/kernel';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

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

/** Reads the content of a version; the reasons when it cannot decide every case. */
export function parseRules(content: unknown): Result<RulesContent, readonly string[]> {
  if (!Value.Check(RulesSchema, content)) {
    const faults = Value.Errors(RulesSchema, content);
    return err(faults.map((fault) => `${fault.instancePath || '/'} ${fault.message}`));
  }
  const faults: string[] = [];
  const levels = [1, 2, 3, 4, 5] as const;
  for (const level of levels.slice(1)) {
    const lower = content.match[`${(level - 1) as 1 | 2 | 3 | 4}`];
    const lost = lower.filter((risk) => !content.match[`${level}`].includes(risk));
    if (lost.length > 0) faults.push(`/match/${level} loses risk levels ${lost.join(', ')}`);
  }
  const tooMuch = content.lowest.riskLevels.filter((risk) => !content.match['1'].includes(risk));
  if (tooMuch.length > 0) faults.push(`/lowest/riskLevels exceed /match/1: ${tooMuch.join(', ')}`);
  for (const text of [content.warning.textEn, content.warning.textZh]) {
    if (!text.includes('{mismatches}')) faults.push('/warning text does not name the {mismatches}');
  }
  return faults.length > 0 ? err(faults) : ok(content);
}
