import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts(
  'reach',
  {
    title: '可以购买的范围',
    risk: '产品风险等级',
    term: '投资期限',
    variety: '投资品种',
    'state.match': '匹配',
    'state.warned': '须警示确认',
    'state.never': '不可购买',
    lowest: '风险承受能力最低类别',
    lowestHint: '只能购买最低风险等级的产品；即使主动要求，也不得购买更高风险的产品。',
    legend:
      '风险等级、期限与品种三项都匹配，才可以直接购买；有一项不匹配，须先出示特别风险警示并由客户确认。',
    unknown: '没有生效的适当性规则，无法说明可购买的范围。',
  },
  {
    title: 'What may be bought',
    risk: 'Risk level of products',
    term: 'Term',
    variety: 'Variety',
    'state.match': 'Matches',
    'state.warned': 'After a warning',
    'state.never': 'Not sold',
    lowest: 'Class of lowest tolerance',
    lowestHint:
      'Only products of the lowest risk are sold; nothing above them, even when asked for.',
    legend:
      'A product is bought directly when its risk, term and variety all match; when one does not, the special warning is shown and confirmed first.',
    unknown: 'No rules of suitability are in force, so nothing can be said.',
  },
);
