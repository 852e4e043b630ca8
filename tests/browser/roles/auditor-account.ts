import type { Visit } from '../visit.ts';

/**
 * An administrator asks for a new password of an auditor and gets no further. Compliance reads what
 * would change, is told that who was hired by the same administrator is no other hand, and rejects it.
 */
export async function auditorAccountIsHeld(visit: Visit): Promise<void> {
  const { page, say, house } = visit;
  const { userName } = await house.hire('auditor');
  await visit.enter('员工与权限', 'Staff and roles');
  await page.getByRole('row').filter({ hasText: userName }).getByRole('button').click();
  await page.getByRole('menuitem', { name: say('重置密码', 'Reset password') }).click();
  await visit.look('password of an auditor, to be reset');
  await visit.button('提交审批', 'Submit for approval').click();
  await page.getByTestId('one-time-code').waitFor();
  await visit.look('password of an auditor, asked for');

  await page.getByRole('dialog').getByRole('button').last().click();
  await page.getByRole('button', { name: say('我的账户', 'My account') }).click();
  await visit.button('退出登录', 'Log out').waitFor();
  await visit.look('menu of the account');
  await visit.button('退出登录', 'Log out').click();
  await visit.field('用户名', 'User name').waitFor();
  await visit.logIn(await house.hire('compliance'));
  await visit.enter('审批', 'Approvals');
  const kind = say('审计员账户', 'Account of an auditor');
  await page
    .getByRole('button', { name: new RegExp(kind) })
    .filter({ hasText: userName })
    .click();
  await page.getByRole('heading', { name: kind }).waitFor();
  await visit.look('approval of an act upon an auditor');
  const dialog = page.getByRole('dialog');
  const decide = async (name: string, reason: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await visit.field('意见', 'Reason').fill(reason);
    await dialog.getByRole('button', { name, exact: true }).click();
  };
  await decide(say('通过', 'Approve'), say('本人已到场核实', 'He came in person'));
  await dialog.getByText(say('出自同一管理员', 'both from one administrator')).waitFor();
  visit.expectRefusal(403);
  await visit.look('approval by a hand that is not another one');
  await visit.button('取消', 'Cancel').click();
  await dialog.waitFor({ state: 'detached' });
  await decide(say('驳回', 'Reject'), say('请他人复核', 'For another hand'));
  await page.getByText(say('已驳回', 'Rejected'), { exact: true }).first().waitFor();
}
