/**
 * The business day (业务日) as named steps in order. Every step may be run again: it finds what is
 * already done and does the rest.
 */
export const DAY_STEPS = [
  'open',
  'collect',
  'cutOff',
  'send',
  'receive',
  'confirm',
  'value',
  'settle',
  'reconcile',
  'report',
  'close',
] as const;

export type DayStep = (typeof DAY_STEPS)[number];

/** What steps are called on the screen, in Chinese and English. */
export const STEP_TITLES: Readonly<Record<DayStep, readonly [en: string, zh: string]>> = {
  open: ['Open the day', '开日'],
  collect: ['Collect applications', '归集申请'],
  cutOff: ['Cut off', '截止受理'],
  send: ['Send application files', '发送申请文件'],
  receive: ['Receive files', '接收文件'],
  confirm: ['Apply confirmations', '确认入账'],
  value: ['Value holdings', '估值'],
  settle: ['Settle cash', '资金交收'],
  reconcile: ['Reconcile', '对账'],
  report: ['Report', '报表'],
  close: ['Close the day', '日终关闭'],
};

/** The steps still to be run, in order, given those that are done. */
export function stepsAfter(done: ReadonlySet<DayStep>, until: DayStep = 'close'): DayStep[] {
  const last = DAY_STEPS.indexOf(until);
  return DAY_STEPS.filter((step, index) => index <= last && !done.has(step));
}
