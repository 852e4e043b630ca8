import type { Visit } from '../visit.ts';

/** Reads what would change, and lets it happen with a reason. */
export async function reviewerApproves(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.enter('审批', 'Approvals');
  const kind = say('产品参数变更', 'Product parameters');
  await page
    .getByRole('button', { name: new RegExp(kind) })
    .first()
    .click();
  await page.getByRole('heading', { name: kind }).waitFor();
  await visit.look('approvals');
  await visit.button('通过', 'Approve').click();
  await visit.field('意见', 'Reason').fill(say('参数与公告一致', 'As announced'));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('通过', 'Approve') })
    .click();
  await page.getByText(say('已通过并执行', 'Approved and carried out')).waitFor();
}
