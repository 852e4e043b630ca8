import type { Language } from '../../app/preferences.ts';
import { defineTexts, translator } from '../../texts/texts.ts';
import type { StepName } from './data.ts';

const titles = defineTexts(
  'stepTitles',
  {
    open: '开日',
    collect: '归集申请',
    cutOff: '截止受理',
    send: '发送申请文件',
    receive: '接收文件',
    confirm: '确认入账',
    value: '估值',
    settle: '资金交收',
    reconcile: '对账',
    report: '报表',
    close: '日终关闭',
  },
  {
    open: 'Open the day',
    collect: 'Collect applications',
    cutOff: 'Cut off',
    send: 'Send application files',
    receive: 'Receive files',
    confirm: 'Apply confirmations',
    value: 'Value holdings',
    settle: 'Settle cash',
    reconcile: 'Reconcile',
    report: 'Report',
    close: 'Close the day',
  },
);

export const stepTitle = (language: Language, step: StepName): string =>
  translator(titles, language)(step);
