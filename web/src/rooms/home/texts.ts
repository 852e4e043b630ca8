import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts(
  'home',
  {
    title: '工作台',
    todo: '待办',
    'todo.clear': '没有待办事项',
    'todo.clearHint': '需要您处理的事情会出现在这里。',
  },
  {
    title: 'Home',
    todo: 'To do',
    'todo.clear': 'Nothing waits for you',
    'todo.clearHint': 'What needs you will appear here.',
  },
);
