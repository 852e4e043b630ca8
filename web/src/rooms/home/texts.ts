import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts(
  'home',
  {
    title: '工作台',
    todo: '待办',
    'todo.clear': '没有待办事项',
    'todo.clearHint': '需要您处理的事情会出现在这里。',
    'todo.day': '业务日 {{day}}',
    'todo.dayHint': '已完成 {{done}}／{{all}} 步',
    rooms: '功能',
    recent: '最近委托',
    'recent.none': '还没有委托',
    'recent.all': '全部委托',
  },
  {
    title: 'Home',
    todo: 'To do',
    'todo.clear': 'Nothing waits for you',
    'todo.clearHint': 'What needs you will appear here.',
    'todo.day': 'Business day {{day}}',
    'todo.dayHint': '{{done}} of {{all}} steps are done',
    rooms: 'Rooms',
    recent: 'Latest orders',
    'recent.none': 'There are no orders yet',
    'recent.all': 'All orders',
  },
);
