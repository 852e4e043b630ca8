import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts(
  'questionnaire',
  {
    place: '第 {{place}} 题，共 {{count}} 题',
    several: '可多选',
    previous: '上一题',
    next: '下一题',
    send: '提交',
    result: '您的风险承受能力',
    resultUntil: '有效期至 {{date}}',
    resultTerm: '可接受的投资期限：{{term}}',
  },
  {
    place: 'Question {{place}} of {{count}}',
    several: 'Several may apply',
    previous: 'Back',
    next: 'Next',
    send: 'Submit',
    result: 'Your risk level',
    resultUntil: 'Valid until {{date}}',
    resultTerm: 'Longest term: {{term}}',
  },
);
