import { amount, instant, localDate } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import organisation from '../sample/questionnaire-organisation.json' with { type: 'json' };
import person from '../sample/questionnaire-person.json' with { type: 'json' };
import sampleRules from '../sample/rules.json' with { type: 'json' };
import { type Answer, assessAnswers } from './assess.ts';
import { checkConversion, type ConversionProof } from './conversion.ts';
import { parseQuestionnaire, type QuestionnaireContent, scoreMaxOf } from './questionnaire.ts';
import { checkRetest } from './retest.ts';
import type { RulesContent } from './rules.ts';

const content = person as unknown as QuestionnaireContent;
const rules = sampleRules as unknown as RulesContent;
const facts = {
  hasFullCapacity: true,
  today: localDate('2026-03-02'),
  termOrder: rules.termOrder,
};

/** The answers that choose the option at this place of each question, or the last one. */
function answersAt(place: number, changed: Record<string, string[]> = {}): Answer[] {
  return content.questions.map(({ id, options }) => ({
    questionId: id,
    optionIds: changed[id] ?? [options[Math.min(place, options.length - 1)]?.id ?? ''],
  }));
}

const assess = (answers: readonly Answer[], hasFullCapacity = true) =>
  assessAnswers(content, answers, { ...facts, hasFullCapacity });

describe('the sample questionnaires', () => {
  test('are usable, marked as samples, and reach every level', () => {
    for (const sample of [person, organisation]) {
      expect(parseQuestionnaire(sample)).toMatchObject({ ok: true, value: { sample: true } });
    }
    expect(scoreMaxOf(content)).toBe(100);
  });

  test.each([
    ['cautious answers', answersAt(1), { score: 56, level: 3, lowest: false, term: 'd90_365' }],
    ['bold answers', answersAt(3), { score: 78, level: 4, lowest: false, term: 'y3_plus' }],
    [
      'bold answers that tolerate no loss',
      answersAt(3, { loss: ['none'] }),
      { score: 70, level: 1, lowest: true },
    ],
    ['aim to preserve caps at C2', answersAt(3, { goal: ['preserve'] }), { level: 2 }],
    ['no knowledge caps at C3', answersAt(3, { knowledge: ['none'] }), { level: 3 }],
  ])('%s', (_, answers, expected) => {
    expect(assess(answers)).toMatchObject({ ok: true, value: expected });
  });

  test('without full civil capacity every score is the lowest class', () => {
    expect(assess(answersAt(3), false)).toMatchObject({
      ok: true,
      value: { score: 78, level: 1, lowest: true },
    });
  });

  test('several varieties are joined, the best one scores, validity is counted in days', () => {
    const answers = answersAt(1, { varieties: ['equity', 'money'] });
    expect(assess(answers)).toMatchObject({
      ok: true,
      value: { score: 60, varieties: ['money', 'mixed', 'equity'], validUntil: '2028-03-01' },
    });
  });
});

test('incomplete and strange answers are refused, every one named', () => {
  const answers = [
    ...answersAt(1, { age: ['to30', 'to50'], income: ['nothing'], loss: [] }),
    { questionId: 'shoe-size', optionIds: ['42'] },
  ].filter(({ questionId }) => questionId !== 'debts');
  const assessed = assess(answers);
  expect(
    assessed.ok ? [] : assessed.error.map(({ code, details }) => [code, details?.['questionId']]),
  ).toEqual([
    ['ANSWER_TOO_MANY', 'age'],
    ['ANSWER_UNKNOWN_OPTION', 'income'],
    ['ANSWER_MISSING', 'debts'],
    ['ANSWER_MISSING', 'loss'],
    ['ANSWER_UNKNOWN_QUESTION', 'shoe-size'],
  ]);
});

describe('properties of scoring', () => {
  const anyAnswers = fc
    .tuple(
      ...content.questions.map(({ id, options, answer }) =>
        fc
          .subarray(
            options.map((option) => option.id),
            { minLength: 1, maxLength: answer === 'single' ? 1 : options.length },
          )
          .map((optionIds): Answer => ({ questionId: id, optionIds })),
      ),
    )
    .map((answers) => answers as Answer[]);

  test('complete answers always give a level, within its bounds', () => {
    fc.assert(
      fc.property(anyAnswers, fc.boolean(), (answers, hasFullCapacity) => {
        const assessed = assess(answers, hasFullCapacity);
        if (!assessed.ok) throw new Error('complete answers are assessed');
        const { score, level, lowest } = assessed.value;
        expect(score).toBeLessThanOrEqual(100);
        expect(lowest ? level : 1).toBe(1);
        expect(lowest || hasFullCapacity).toBe(true);
      }),
    );
  });

  test('an answer of higher score, with no cap of its own, never lowers the level', () => {
    fc.assert(
      fc.property(anyAnswers, fc.nat(content.questions.length - 1), (answers, at) => {
        const question = content.questions[at];
        const best = question?.options.toSorted((a, b) => b.score - a.score)[0];
        fc.pre(best !== undefined && best.levelMax === undefined && !best.isLowest);
        const better = answers.map((answer, i) =>
          i === at ? { ...answer, optionIds: [best?.id ?? ''] } : answer,
        );
        const [before, after] = [assess(answers), assess(better)];
        if (!before.ok || !after.ok) throw new Error('complete answers are assessed');
        expect(after.value.level).toBeGreaterThanOrEqual(before.value.level);
      }),
    );
  });
});

const again = content.questions[0];
const withoutTerm = content.questions.map((question) => ({
  ...question,
  options: question.options.map((option) => ({ ...option, term: undefined })),
}));
test.each<[string, object, string, RegExp, RegExp]>([
  [
    'thresholds that fall',
    { scoreMin: { ...content.scoreMin, '3': 20 } },
    '/scoreMin',
    /do not rise/,
    /未逐级递增/,
  ],
  [
    'a level nobody reaches',
    { scoreMin: { ...content.scoreMin, '5': 101 } },
    '/scoreMin/5',
    /level 5/,
    /等级 5/,
  ],
  ['no questions', { questions: [] }, '/questions', /form/, /格式/],
  [
    'a question twice',
    { questions: [...content.questions, again] },
    `/questions/${content.questions.length}/id`,
    /id age was given before/,
    /编号 age 重复/,
  ],
  ['no term', { questions: withoutTerm }, '/questions', /settles the term/, /投资期限/],
])('a questionnaire with %s is refused in both languages', (_, change, path, en, zh) => {
  const read = parseQuestionnaire({ ...content, ...change });
  const [fault] = read.ok ? [] : read.error;
  expect(fault).toMatchObject({
    path,
    message: expect.stringMatching(en),
    messageZh: expect.stringMatching(zh),
  });
});

test('caps on repeated tests: per Shanghai day and per sliding window', () => {
  const codes = (instants: string[]) =>
    checkRetest(rules, instants.map(instant), localDate('2026-03-02')).map(({ code }) => code);
  // 16:00 UTC is midnight in Shanghai.
  const today = ['2026-03-01T16:00:00.000Z', '2026-03-02T15:59:59.999Z'];
  expect(codes(today)).toEqual(['RETEST_DAY_CAP']);
  expect(codes(['2026-03-01T15:59:59.999Z', '2026-03-02T02:00:00.000Z'])).toEqual([]);
  const eight = Array.from({ length: 8 }, (_, i) => `2025-0${i + 1}-10T02:00:00.000Z`);
  expect(codes(eight)).toEqual([]);
  const sliding = eight.map((text, i) => (i < 2 ? text.replace('2025-', '2026-') : text));
  expect(codes(sliding)).toEqual(['RETEST_WINDOW_CAP']);
});

describe('conversion to professional', () => {
  const proof = (extra: Partial<ConversionProof>): ConversionProof => ({
    financialAssets: amount(300_000_000n),
    experienceYears: 1,
    isSigned: true,
    ...extra,
  });
  const to = { from: 'ordinary', to: 'professional' } as const;
  test.each([
    ['a person with 3,000,000 yuan', 'person', to, {}, []],
    [
      'a fen less, and no income',
      'person',
      to,
      { financialAssets: amount(299_999_999n) },
      ['CONVERSION_WEALTH_SHORT'],
    ],
    [
      'little wealth but income of 300,000',
      'person',
      to,
      { financialAssets: amount(0n), averageIncome: amount(30_000_000n) },
      [],
    ],
    [
      'an institution short of both, new and unsigned: every reason',
      'organisation',
      to,
      { experienceYears: 0, isSigned: false },
      [
        'CONVERSION_NOT_SIGNED',
        'CONVERSION_WEALTH_SHORT',
        'CONVERSION_NET_ASSETS_SHORT',
        'CONVERSION_EXPERIENCE_SHORT',
      ],
    ],
    [
      'back to ordinary needs the signature only',
      'person',
      { from: 'professional', to: 'ordinary' },
      { financialAssets: amount(0n), experienceYears: 0 },
      [],
    ],
    ['no change', 'person', { from: 'ordinary', to: 'ordinary' }, {}, ['CONVERSION_NO_CHANGE']],
  ] as const)('%s', (_, who, change, extra, expected) => {
    const findings = checkConversion(rules.conversion[who], change, proof(extra));
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });
});
