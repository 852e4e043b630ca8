import { defineTexts } from '../../texts/texts.ts';

/** What keeps a questionnaire or rules from being used. */
export const texts = defineTexts(
  'contentFaults',
  {
    empty: '第 {{place}} 题：题目与选项的中英文均须填写',
    rise: '各等级最低分须逐级递增',
    reach: 'C5 最低分 {{min}} 高于现有题目最高可得的 {{max}} 分',
    lowest: '没有任何答案列为最低类别',
    term: '没有确定投资期限的题目',
    varieties: '没有确定投资品种的题目',
    lost: '{{level}} 未包含较低等级已匹配的 {{risks}}',
    lowestRisk: '最低类别包含 C1 未匹配的 {{risks}}',
    placeholder: '警示书中英文都须包含不匹配项的占位符',
    amount: '金额须为两位小数，如 3000000.00',
  },
  {
    empty: 'Question {{place}}: question and options need their text in both languages',
    rise: 'The least scores must rise from level to level',
    reach: 'The least score of C5, {{min}}, is above the {{max}} points that can be had',
    lowest: 'No answer leads to the lowest class',
    term: 'No question settles the term',
    varieties: 'No question settles the varieties',
    lost: '{{level}} lacks {{risks}}, which a lower level matches',
    lowestRisk: 'The lowest class has {{risks}}, which C1 does not match',
    placeholder: 'The warning must hold the placeholder of what does not match, in both languages',
    amount: 'Amounts have two decimals, such as 3000000.00',
  },
);
