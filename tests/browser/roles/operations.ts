import { expect } from 'vitest';
import { FIRST_DAY } from '../../../server/src/app/demo/period.ts';
import type { Visit } from '../visit.ts';

/** A file of the day on which the fund accounts were applied for: decoded, masked, in full for a purpose. */
async function readsAFile(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const today = page.url();
  await visit.open(`/operations?tab=files&day=${FIRST_DAY}`);
  const file = page.getByRole('row').filter({ hasText: say('账户申请', 'Account applications') });
  await file.first().getByRole('link').click();
  await page.getByRole('table', { name: say('记录', 'Records') }).waitFor();
  await visit.button('查看完整信息', 'Show in full').click();
  const dialog = page.getByRole('dialog');
  const purpose = say('核对登记机构退回的申请', 'An application that was refused');
  await dialog.getByLabel(say('用途', 'Purpose')).fill(purpose);
  await visit.look('file, purpose of seeing it in full');
  await dialog.getByRole('button', { name: say('查看完整信息', 'Show in full') }).click();
  await page.getByText(say('本次查看已记入审计', 'recorded in the audit')).waitFor();
  await visit.look('file in full');
  await page.goto(today);
}

/** A step of the day runs, a file is read, nothing is called agreed yet, an exception finds its owner. */
export async function operationsRunsTheDay(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.look('home of operations');
  await visit.enter('日终清算', 'Business day');
  await visit.look('business day');
  await visit.button('运行到某一步', 'Run until …').click();
  const done = await page.locator('.step-done').count();
  await page.getByRole('menuitem').first().click();
  await page.locator('.step-done').nth(done).waitFor();
  await page.getByRole('tab', { name: say('文件', 'Files') }).click();
  await visit.look('files of the day');
  await readsAFile(visit);
  await page.getByRole('tab', { name: say('对账', 'Reconciliation') }).click();
  await visit.look('reconciliation');
  // Nothing was compared yet, and the page does not say that anything agrees.
  await page.getByText(say('没有比对记录', 'Nothing was compared')).first().waitFor();
  expect(await page.getByText(say('三方完全一致', 'All three agree')).count()).toBe(0);
  await page.getByRole('tab', { name: say('异常', 'Exceptions') }).click();
  await page.getByRole('row').nth(1).getByRole('button').click();
  await visit.button('由我负责', 'I take it').click();
  await page.getByText(say('已记录', 'Recorded')).waitFor();
  await visit.look('exception');
}
