/** Answers as a questionnaire holds them while it is gone through: chosen options by question. */
export type Answers = Readonly<Record<string, readonly string[]>>;

interface Asked {
  readonly id: string;
  readonly options: readonly { readonly id: string }[];
}

/** The first question without an answer; the number of questions when all have one. */
export function firstOpen(questions: readonly Asked[], answers: Answers): number {
  const place = questions.findIndex(({ id }) => (answers[id] ?? []).length === 0);
  return place < 0 ? questions.length : place;
}

/** How many questions have an answer. */
export function countAnswered(questions: readonly Asked[], answers: Answers): number {
  return questions.filter(({ id }) => (answers[id] ?? []).length > 0).length;
}

/** Kept answers, as far as this version of the questionnaire still asks them. */
export function answersOf(
  { version, content }: { version: number; content: { questions: readonly Asked[] } },
  kept: { version: number | undefined; answers: Answers },
): Answers {
  if (kept.version !== version) return {};
  const known = content.questions.flatMap(({ id, options }) => {
    const chosen = (kept.answers[id] ?? []).filter((one) => options.some((o) => o.id === one));
    return chosen.length === 0 ? [] : [[id, chosen] as const];
  });
  return Object.fromEntries(known);
}
