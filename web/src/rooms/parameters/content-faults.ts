/**
 * What keeps a questionnaire or rules from being used, told while one types. The server says the
 * same of what is sent, and its word counts.
 */
import { LEVELS, type QuestionnaireContent, type RulesContent } from './suitability-data.ts';

/** A fault by the name of its text, with what stands in it. */
export interface ContentFault {
  readonly name:
    | 'empty'
    | 'rise'
    | 'reach'
    | 'lowest'
    | 'term'
    | 'varieties'
    | 'lost'
    | 'lowestRisk'
    | 'placeholder'
    | 'amount';
  readonly values?: Readonly<Record<string, string | number>>;
}

type Question = QuestionnaireContent['questions'][number];

const isBlank = (one: { readonly textZh: string; readonly textEn: string }): boolean =>
  one.textZh === '' || one.textEn === '';

/** The best score that answers can reach. */
export function scoreMaxOf({ questions }: QuestionnaireContent): number {
  return questions.reduce(
    (sum, { options }) => sum + Math.max(0, ...options.map(({ score }) => score)),
    0,
  );
}

function emptyFaults(questions: readonly Question[]): ContentFault[] {
  return questions.flatMap((question, place): ContentFault[] =>
    isBlank(question) || question.options.some(isBlank)
      ? [{ name: 'empty', values: { place: place + 1 } }]
      : [],
  );
}

/** Why a questionnaire may not be asked; none when it may. */
export function questionnaireFaults(content: QuestionnaireContent): ContentFault[] {
  const { questions, scoreMin } = content;
  const faults = emptyFaults(questions);
  const least = LEVELS.map((level) => scoreMin[level]);
  if (least.some((score, i) => i > 0 && score <= (least[i - 1] ?? 0)))
    faults.push({ name: 'rise' });
  const max = scoreMaxOf(content);
  if (scoreMin['5'] > max) faults.push({ name: 'reach', values: { max, min: scoreMin['5'] } });
  if (!questions.some(({ options }) => options.some(({ isLowest }) => isLowest))) {
    faults.push({ name: 'lowest' });
  }
  if (!questions.some(({ options }) => options.every(({ term }) => term !== undefined))) {
    faults.push({ name: 'term' });
  }
  if (!questions.some(({ options }) => options.every(({ varieties }) => varieties?.length))) {
    faults.push({ name: 'varieties' });
  }
  return faults;
}

const AMOUNT = /^(0|[1-9]\d{0,15})\.\d{2}$/;

/** Why rules may not decide; none when they may. */
export function rulesFaults({ match, lowest, warning, conversion }: RulesContent): ContentFault[] {
  const faults: ContentFault[] = LEVELS.slice(1).flatMap((level, place) => {
    const lower = match[LEVELS[place] ?? '1'];
    const lost = lower.filter((risk) => !match[level].includes(risk));
    const values = { level: `C${level}`, risks: lost.map((risk) => `R${risk}`).join(' · ') };
    return lost.length === 0 ? [] : [{ name: 'lost' as const, values }];
  });
  const above = lowest.riskLevels.filter((risk) => !match['1'].includes(risk));
  if (above.length > 0) {
    const risks = above.map((risk) => `R${risk}`).join(' · ');
    faults.push({ name: 'lowestRisk', values: { risks } });
  }
  if (!warning.textZh.includes('{mismatches}') || !warning.textEn.includes('{mismatches}')) {
    faults.push({ name: 'placeholder' });
  }
  const amounts = Object.values(conversion).flatMap((rule) => [
    rule.financialAssetsMin,
    rule.netAssetsMin ?? '0.00',
    rule.incomeMin ?? '0.00',
  ]);
  if (amounts.some((amount) => !AMOUNT.test(amount))) faults.push({ name: 'amount' });
  return faults;
}
