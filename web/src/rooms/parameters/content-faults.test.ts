import { expect, test } from 'vitest';
import { questionnaireFaults, rulesFaults, scoreMaxOf } from './content-faults.ts';
import type { QuestionnaireContent, RulesContent } from './suitability-data.ts';

const option = { id: 'a', textZh: '是', textEn: 'yes', score: 50, term: 'd0_90' };
const questionnaire: QuestionnaireContent = {
  sample: true,
  titleZh: '问卷',
  titleEn: 'Questionnaire',
  validityDays: 365,
  scoreMin: { '1': 0, '2': 20, '3': 40, '4': 60, '5': 80 },
  questions: [
    {
      id: 'q1',
      textZh: '期限',
      textEn: 'Term',
      answer: 'single',
      options: [
        { ...option, isLowest: true, varieties: ['money'] },
        { ...option, id: 'b', score: 100, varieties: ['money', 'equity'] },
      ],
    },
  ],
};
const [only] = questionnaire.questions;

test.each<[string, Partial<QuestionnaireContent>, readonly string[]]>([
  ['a right one', {}, []],
  ['levels that do not rise', { scoreMin: { ...questionnaire.scoreMin, '3': 20 } }, ['rise']],
  ['a level that nobody reaches', { scoreMin: { ...questionnaire.scoreMin, '5': 101 } }, ['reach']],
  [
    'a new question without words',
    { questions: [...questionnaire.questions, { ...only!, id: 'q2', textEn: '' }] },
    ['empty'],
  ],
  ['no question', { questions: [] }, ['reach', 'lowest', 'term', 'varieties']],
])('a questionnaire: %s', (_what, change, names) => {
  const content = { ...questionnaire, ...change };
  expect(questionnaireFaults(content).map(({ name }) => name)).toEqual(names);
});

test('the best score is that of the best options', () => {
  expect(scoreMaxOf(questionnaire)).toBe(100);
});

const rules: RulesContent = {
  sample: true,
  match: { '1': [1], '2': [1, 2], '3': [1, 2, 3], '4': [1, 2, 3, 4], '5': [1, 2, 3, 4, 5] },
  termOrder: ['d0_90'],
  varieties: ['money'],
  mismatch: { level: 'warn', term: 'warn', variety: 'warn' },
  lowest: { riskLevels: [1] },
  professional: { isMatched: false },
  warning: { validMinutes: 30, textVersion: '1', textZh: '{mismatches}', textEn: '{mismatches}' },
  retest: { perDayMax: 2, windowDays: 365, perWindowMax: 8 },
  conversion: {
    person: { financialAssetsMin: '3000000.00', incomeMin: '300000.00', experienceYearsMin: 1 },
    organisation: { financialAssetsMin: '5000000.00', experienceYearsMin: 1 },
  },
};

test.each<[string, Partial<RulesContent>, readonly string[]]>([
  ['right ones', {}, []],
  ['a higher level that loses a product', { match: { ...rules.match, '4': [1, 2, 4] } }, ['lost']],
  ['the lowest class above its level', { lowest: { riskLevels: [1, 2] } }, ['lowestRisk']],
  ['a warning of nothing', { warning: { ...rules.warning, textZh: '警示' } }, ['placeholder']],
  [
    'an amount without its cents',
    {
      conversion: {
        ...rules.conversion,
        organisation: { financialAssetsMin: '5000000', experienceYearsMin: 1 },
      },
    },
    ['amount'],
  ],
])('rules: %s', (_what, change, names) => {
  expect(rulesFaults({ ...rules, ...change }).map(({ name }) => name)).toEqual(names);
});
