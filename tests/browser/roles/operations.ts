import { expect } from 'vitest';
import type { Visit } from '../visit.ts';

/** The day runs until its files are out, one of them is read, and an exception finds its owner. */
export async function operationsRunsTheDay(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.look('home of operations');
  await visit.room('日终清算', 'Business day').click();
  await visit.look('business day');
  await visit.button('运行到某一步', 'Run until …').click();
  const done = await page.locator('.step-done').count();
  await page.getByRole('menuitem').first().click();
  await page.locator('.step-done').nth(done).waitFor();
  await page.getByRole('tab', { name: say('文件', 'Files') }).click();
  await visit.look('files of the day');
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
