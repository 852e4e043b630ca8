/** From answers to a level: score, lowest class, longest term and accepted varieties. */
import type { Finding, LocalDate, Result } from '@cairn/kernel';
import { addDays, err, ok } from '@cairn/kernel';
import { blocked, type InvestorLevel } from './facts.ts';
import type { Question, QuestionnaireContent } from './questionnaire.ts';

/** The answer to one question: the ids of the chosen options. */
export interface Answer {
  readonly questionId: string;
  readonly optionIds: readonly string[];
}

/** What the answers say. */
export interface AssessmentResult {
  readonly score: number;
  readonly level: InvestorLevel;
  readonly lowest: boolean;
  readonly term: string;
  /** In the order of the questionnaire's options. */
  readonly varieties: readonly string[];
  readonly validUntil: LocalDate;
}

type Option = Question['options'][number];

function checkAnswers(content: QuestionnaireContent, answers: readonly Answer[]): Finding[] {
  const findings: Finding[] = [];
  const known = new Set(content.questions.map(({ id }) => id));
  for (const { id, options, answer } of content.questions) {
    const given = answers.filter(({ questionId }) => questionId === id);
    const [first] = given;
    if (first === undefined || first.optionIds.length === 0) {
      findings.push(blocked('ANSWER_MISSING', { questionId: id }));
      continue;
    }
    const isTwice = given.length > 1 || new Set(first.optionIds).size < first.optionIds.length;
    if (isTwice || (answer === 'single' && first.optionIds.length > 1)) {
      findings.push(blocked('ANSWER_TOO_MANY', { questionId: id }));
    }
    const strange = first.optionIds.filter((chosen) => !options.some((o) => o.id === chosen));
    if (strange.length > 0) findings.push(blocked('ANSWER_UNKNOWN_OPTION', { questionId: id }));
  }
  for (const { questionId } of answers) {
    if (!known.has(questionId)) findings.push(blocked('ANSWER_UNKNOWN_QUESTION', { questionId }));
  }
  return findings;
}

function levelOfScore({ scoreMin }: QuestionnaireContent, score: number): InvestorLevel {
  if (score >= scoreMin['5']) return 5;
  if (score >= scoreMin['4']) return 4;
  if (score >= scoreMin['3']) return 3;
  return score >= scoreMin['2'] ? 2 : 1;
}

/**
 * Assesses complete answers on a day; otherwise every reason. A person without full civil capacity,
 * or with an answer that tolerates no loss, is C1 of the lowest class whatever the score.
 *
 * @param termOrder terms in rising order: when several answers name a term, the shortest holds.
 */
export function assessAnswers(
  content: QuestionnaireContent,
  answers: readonly Answer[],
  facts: { hasFullCapacity: boolean; today: LocalDate; termOrder: readonly string[] },
): Result<AssessmentResult, Finding[]> {
  const findings = checkAnswers(content, answers);
  if (findings.length > 0) return err(findings);
  const chosen: Option[] = [];
  let score = 0;
  for (const { id, options } of content.questions) {
    const ids = answers.find(({ questionId }) => questionId === id)?.optionIds ?? [];
    const picked = options.filter((option) => ids.includes(option.id));
    score += Math.max(...picked.map((option) => option.score));
    chosen.push(...picked);
  }
  const lowest = !facts.hasFullCapacity || chosen.some(({ isLowest }) => isLowest === true);
  const caps = chosen.flatMap(({ levelMax }) => (levelMax === undefined ? [] : [levelMax]));
  const level = lowest ? 1 : Math.min(levelOfScore(content, score), ...caps);
  const terms = chosen.flatMap(({ term }) => (term === undefined ? [] : [term]));
  const shortest = facts.termOrder.find((term) => terms.includes(term));
  if (shortest === undefined) return err([blocked('TERM_NOT_IN_RULES', { terms })]);
  return ok({
    score,
    level: level as InvestorLevel,
    lowest,
    term: shortest,
    varieties: [...new Set(chosen.flatMap(({ varieties }) => varieties ?? []))],
    validUntil: addDays(facts.today, content.validityDays),
  });
}
