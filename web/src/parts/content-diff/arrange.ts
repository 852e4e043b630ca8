/**
 * Contents so that they can be compared leaf by leaf: questions and options stand under their ids, so
 * that one put in between does not make all that follow look changed, and lists are one text each.
 */

interface Named {
  readonly id: string;
}

interface Question extends Named {
  readonly options: readonly Named[];
}

const questionsOf = (content: unknown): readonly Question[] | undefined => {
  const questions = (content as { questions?: unknown }).questions;
  return Array.isArray(questions) ? (questions as Question[]) : undefined;
};

const byId = (items: readonly Named[]): Record<string, unknown> =>
  Object.fromEntries(items.map(({ id, ...rest }) => [id, joinLists(rest)]));

const orderOf = (items: readonly Named[]): string => items.map(({ id }) => id).join(' · ');

/** Lists of words or numbers as one text. */
function joinLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).join(' · ');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, joinLists(each)]));
}

/** The content as it is compared. */
export function arrange(content: unknown): unknown {
  const questions = questionsOf(content);
  if (questions === undefined) return joinLists(content);
  const arranged = questions.map(({ options, ...question }) => ({
    ...question,
    options: byId(options),
    optionOrder: orderOf(options),
  }));
  return {
    ...(joinLists({ ...(content as object), questions: undefined }) as object),
    questions: Object.fromEntries(arranged.map(({ id, ...question }) => [id, question])),
    questionOrder: orderOf(questions),
  };
}

/** At which place a question and its option stand, in the first content that has them. */
export function placeIn(
  contents: readonly unknown[],
  questionId: string | undefined,
  optionId: string | undefined,
): { question: number | undefined; option: number | undefined } {
  for (const content of contents) {
    const questions = questionsOf(content) ?? [];
    const at = questions.findIndex(({ id }) => id === questionId);
    const options = questions[at]?.options ?? [];
    const option = options.findIndex(({ id }) => id === optionId);
    if (at < 0 || (optionId !== undefined && option < 0)) continue;
    return { question: at + 1, option: optionId === undefined ? undefined : option + 1 };
  }
  return { question: undefined, option: undefined };
}
