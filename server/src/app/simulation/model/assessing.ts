/* How the model reads a questionnaire: points, levels, caps and how often one may answer. */
import { dayNumber, plusDays } from './arithmetic.ts';
import type { ModelAssessment, ModelProfile } from './state.ts';

export interface ModelOption {
  readonly id: string;
  readonly score: number;
  readonly isLowest: boolean;
  readonly levelMax: number;
  readonly term: string | undefined;
  readonly varieties: readonly string[];
}

/** The questionnaire in force with the rules on repeated tests. */
export interface ModelQuestionnaire {
  readonly questions: readonly { readonly id: string; readonly options: readonly ModelOption[] }[];
  /** The least points of levels 2 to 5. */
  readonly scoreMin: readonly [number, number, number, number];
  readonly validityDays: number;
  readonly termOrder: readonly string[];
  readonly perDayMax: number;
  readonly windowDays: number;
  readonly perWindowMax: number;
}

export type Answers = readonly { readonly question: string; readonly options: readonly string[] }[];

/** The answer to a submission. */
export interface AssessReply {
  readonly outcome: 'assessed' | 'repeated' | 'refused';
  /** Codes of a refusal. */
  readonly codes: readonly string[];
  readonly score: number;
  readonly profile: ModelProfile | undefined;
}

const refusal = (...codes: readonly string[]): AssessReply => ({
  outcome: 'refused',
  codes,
  score: 0,
  profile: undefined,
});

function score(questionnaire: ModelQuestionnaire, answers: Answers, today: string) {
  let points = 0;
  let isLowest = false;
  let cap = 5;
  const terms: string[] = [];
  const varieties: string[] = [];
  for (const { id, options } of questionnaire.questions) {
    const chosen = answers.find(({ question }) => question === id)?.options ?? [];
    let best = 0;
    for (const option of options) {
      if (!chosen.includes(option.id)) continue;
      if (option.score > best) best = option.score;
      if (option.isLowest) isLowest = true;
      if (option.levelMax < cap) cap = option.levelMax;
      if (option.term !== undefined) terms.push(option.term);
      for (const one of option.varieties) if (!varieties.includes(one)) varieties.push(one);
    }
    points += best;
  }
  let level = 1;
  for (const least of questionnaire.scoreMin) if (points >= least) level += 1;
  if (cap < level) level = cap;
  const term = questionnaire.termOrder.find((one) => terms.includes(one)) ?? '';
  const validUntil = plusDays(today, questionnaire.validityDays);
  const profile = { level: isLowest ? 1 : level, lowest: isLowest, term, varieties, validUntil };
  return { points, profile };
}

/** The answer to complete answers on a day, after the submissions that came before. */
export function predictAssessment(
  questionnaire: ModelQuestionnaire,
  earlier: readonly ModelAssessment[],
  asked: { readonly no: string; readonly answers: Answers },
  today: string,
): { reply: AssessReply; next: readonly ModelAssessment[] } {
  const body = JSON.stringify(asked.answers);
  const same = earlier.find(({ no }) => no === asked.no);
  if (same !== undefined) {
    if (same.body !== body) return { reply: refusal('SUBMISSION_DIFFERS'), next: earlier };
    const { score: points, profile } = same;
    return { reply: { outcome: 'repeated', codes: [], score: points, profile }, next: earlier };
  }
  const days = earlier.map(({ date }) => dayNumber(date));
  const now = dayNumber(today);
  const codes: string[] = [];
  if (days.filter((day) => day === now).length >= questionnaire.perDayMax) {
    codes.push('RETEST_DAY_CAP');
  }
  const inWindow = days.filter((day) => day <= now && day > now - questionnaire.windowDays).length;
  if (inWindow >= questionnaire.perWindowMax) codes.push('RETEST_WINDOW_CAP');
  if (codes.length > 0) return { reply: refusal(...codes), next: earlier };
  const { points, profile } = score(questionnaire, asked.answers, today);
  const made = { no: asked.no, body, date: today, score: points, profile };
  return {
    reply: { outcome: 'assessed', codes: [], score: points, profile },
    next: [...earlier, made],
  };
}
