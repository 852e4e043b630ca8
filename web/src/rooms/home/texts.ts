import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts(
  'home',
  {
    title: '工作台',
    todo: '待办',
    'todo.clear': '没有待办事项',
    'todo.clearHint': '需要您处理的事情会出现在这里。',
    'todo.approvals': '待我审批',
    'todo.approvalsHint': '他人提交、等待第二个人确认的变更',
    'todo.exceptions': '未处理异常',
    'todo.exceptionsHint': '文件、确认与对账中不一致的记录',
    rooms: '常用功能',
  },
  {
    title: 'Home',
    todo: 'To do',
    'todo.clear': 'Nothing waits for you',
    'todo.clearHint': 'What needs you will appear here.',
    'todo.approvals': 'Approvals that wait for me',
    'todo.approvalsHint': 'Changes by others that need a second person',
    'todo.exceptions': 'Open exceptions',
    'todo.exceptionsHint': 'Records that do not agree in files, confirmations and reconciliation',
    rooms: 'Rooms',
  },
);
