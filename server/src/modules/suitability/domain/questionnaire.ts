/** A questionnaire as data: its shape, and what must hold before it may be asked. */
import type { Result } from '@cairn/kernel';
import { err, ok } from '@cairn/kernel';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type ContentFault, fault, shapeFaults } from './content-fault.ts';

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

/** Each place at which an id stands that stood before. */
function findTwice(items: readonly { readonly id: string }[], path: string): ContentFault[] {
  return items.flatMap(({ id }, i) =>
    items.findIndex((one) => one.id === id) === i
      ? []
      : [fault(`${path}/${i}/id`, `the id ${id} was given before`, `编号 ${id} 重复`)],
  );
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
): Result<QuestionnaireContent, readonly ContentFault[]> {
  if (!Value.Check(QuestionnaireSchema, content)) {
    return err(shapeFaults(QuestionnaireSchema, content));
  }
  const { questions } = content;
  const faults = [
    ...findTwice(questions, '/questions'),
    ...questions.flatMap(({ options }, i) => findTwice(options, `/questions/${i}/options`)),
    ...scoreFaults(content),
    ...answerFaults(questions),
  ];
  return faults.length > 0 ? err(faults) : ok(content);
}

function scoreFaults(content: QuestionnaireContent): ContentFault[] {
  const { scoreMin } = content;
  const faults: ContentFault[] = [];
  const least = [scoreMin['1'], scoreMin['2'], scoreMin['3'], scoreMin['4'], scoreMin['5']];
  if (least.some((score, i) => i > 0 && score <= (least[i - 1] ?? 0))) {
    const message = 'the least scores do not rise from level to level';
    faults.push(fault('/scoreMin', message, '各等级最低分未逐级递增'));
  }
  if (scoreMin['5'] > scoreMaxOf(content)) {
    faults.push(fault('/scoreMin/5', 'no answers reach level 5', '任何答案均达不到等级 5'));
  }
  return faults;
}

/** Whatever is answered must give a level, a term and varieties. */
function answerFaults(questions: readonly Question[]): ContentFault[] {
  const faults: ContentFault[] = [];
  const missing = (message: string, messageZh: string) =>
    faults.push(fault('/questions', message, messageZh));
  if (!questions.some(({ options }) => options.some(({ isLowest }) => isLowest))) {
    missing('no answer leads to the lowest class', '没有任何答案对应风险承受能力最低类别');
  }
  if (!questions.some(({ options }) => options.every(({ term }) => term !== undefined))) {
    missing('no question settles the term', '没有确定投资期限的题目');
  }
  if (!questions.some(({ options }) => options.every(({ varieties }) => varieties))) {
    missing('no question settles the varieties', '没有确定投资品种的题目');
  }
  return faults;
}
