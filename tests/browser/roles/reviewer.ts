import { expect } from 'vitest';
import { tabTo } from '../keyboard.ts';
import type { Visit } from '../visit.ts';

/** Reads what would change, and lets it happen with a reason: with the keyboard alone. */
export async function reviewerApproves(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const { keyboard } = page;
  const hidden: string[] = [];
  const go = async (wanted: Parameters<typeof tabTo>[1]) => {
    hidden.push(...(await tabTo(page, wanted)));
  };
  await page.reload();
  await visit.room('审批', 'Approvals').waitFor();
  await go(visit.room('审批', 'Approvals'));
  await keyboard.press('Enter');
  const kind = say('产品参数变更', 'Product parameters');
  const item = page.getByRole('button', { name: new RegExp(kind) });
  await item.first().waitFor();
  await go(item);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: kind }).waitFor();
  await visit.look('approvals');
  await go(visit.button('通过', 'Approve'));
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  // The dialog takes the focus to the reason, which must be given.
  await visit.field('意见', 'Reason').and(page.locator(':focus')).waitFor();
  await keyboard.type(say('参数与公告一致', 'As announced'));
  await go(page.getByRole('dialog').getByRole('button', { name: say('通过', 'Approve') }));
  await keyboard.press('Enter');
  await page.getByText(say('已通过并执行', 'Approved and carried out')).waitFor();
  expect(hidden).toEqual([]);
}
