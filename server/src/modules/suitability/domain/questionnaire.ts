/** A questionnaire as data: its shape, and what must hold before it may be asked. */
import type { Result } from '@cairn/kernel';
import { err, ok } from '@cairn/kernel';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[a-z0-9-]{1,32}$' });
const Text = Type.String({ minLength: 1 });
const Level = Type.Integer({ minimum: 1, maximum: 5 });

const Option = Type.Object(
  {
    id: Id,
    textEn: Text,
    textZh: Text,
    score: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Puts the customer into the class of lowest tolerance, whatever the score. */
    isLowest: Type.Optional(Type.Literal(true)),
    /** The highest level that this answer leaves open. */
    levelMax: Type.Optional(Level),
    /** The longest term this answer accepts. */
    term: Type.Optional(Text),
    /** The varieties this answer accepts. */
    varieties: Type.Optional(Type.Array(Text, { minItems: 1, uniqueItems: true })),
  },
  closed,
);

const Question = Type.Object(
  {
    id: Id,
    textEn: Text,
    textZh: Text,
    /** 'single': exactly one option; 'multiple': one or more, the best one scores. */
    answer: Type.Union([Type.Literal('single'), Type.Literal('multiple')]),
    options: Type.Array(Option, { minItems: 2 }),
  },
  closed,
);

/** The shape of one version of a questionnaire. */
export const QuestionnaireSchema = Type.Object(
  {
    sample: Type.Boolean(),
    titleEn: Text,
    titleZh: Text,
    questions: Type.Array(Question, { minItems: 1 }),
    /** The least score of each level, rising from 0. */
    scoreMin: Type.Object(
      {
        '1': Type.Literal(0),
        '2': Type.Integer(),
        '3': Type.Integer(),
        '4': Type.Integer(),
        '5': Type.Integer(),
      },
      closed,
    ),
    /** Days after the assessment on which it still holds. */
    validityDays: Type.Integer({ minimum: 1, maximum: 1095 }),
  },
  closed,
);

export type QuestionnaireContent = Static<typeof QuestionnaireSchema>;
export type Question = QuestionnaireContent['questions'][number];

/** One version of a questionnaire: 'person' for persons, 'organisation' for the others. */
export interface Questionnaire {
  readonly questionnaireId: 'person' | 'organisation';
  readonly version: number;
  readonly content: QuestionnaireContent;
}

function findTwice(ids: readonly string[]): string[] {
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}

/** The best score that answers can reach. */
export function scoreMaxOf(content: QuestionnaireContent): number {
  return content.questions.reduce(
    (sum, { options }) => sum + Math.max(...options.map(({ score }) => score)),
    0,
  );
}

/** Reads the content of a version; every reason why it may not be asked. */
export function parseQuestionnaire(
  content: unknown,
): Result<QuestionnaireContent, readonly string[]> {
  if (!Value.Check(QuestionnaireSchema, content)) {
    const faults = Value.Errors(QuestionnaireSchema, content);
    return err(faults.map((fault) => `${fault.instancePath || '/'} ${fault.message}`));
  }
  const faults: string[] = [];
  const { questions, scoreMin } = content;
  faults.push(...findTwice(questions.map(({ id }) => id)).map((id) => `question ${id} is twice`));
  for (const { id, options } of questions) {
    const twice = findTwice(options.map((option) => option.id));
    faults.push(...twice.map((option) => `option ${id}/${option} is twice`));
  }
  const least = [scoreMin['1'], scoreMin['2'], scoreMin['3'], scoreMin['4'], scoreMin['5']];
  if (least.some((score, i) => i > 0 && score <= (least[i - 1] as number))) {
    faults.push('/scoreMin does not rise');
  }
  if ((least[4] as number) > scoreMaxOf(content)) faults.push('no answers reach level 5');
  const all = questions.flatMap(({ options }) => options);
  if (!all.some(({ isLowest }) => isLowest)) faults.push('no answer leads to the lowest class');
  if (!questions.some(({ options }) => options.every((option) => option.term !== undefined))) {
    faults.push('no question settles the term');
  }
  if (!questions.some(({ options }) => options.every((option) => option.varieties))) {
    faults.push('no question settles the varieties');
  }
  return faults.length > 0 ? err(faults) : ok(content);
}
