import { expect } from 'vitest';
import { PASSWORD } from '../house.ts';
import type { Visit } from '../visit.ts';

/** The key of the terminal makes an administrator, who binds a phone and sees his own session. */
export async function firstAdministrator(visit: Visit): Promise<void> {
  const { page, house } = visit;
  const userName = 'house.admin';
  await visit.open('/login');
  await visit.look('login');
  await visit
    .link('首次安装：创建首位管理员', 'New installation: create the first administrator')
    .click();
  await visit.field('一次性密钥', 'One-time key').fill(house.bootstrapKey);
  await visit.field('用户名', 'User name').fill(userName);
  await visit.field('新密码', 'New password').fill(PASSWORD);
  await visit.field('再次输入新密码', 'New password again').fill(PASSWORD);
  await visit.look('first administrator');
  await visit.button('创建管理员', 'Create administrator').click();
  await page
    .getByText(visit.say('管理员已创建，请登录。', 'The administrator is there. Log in now.'))
    .waitFor();
  const secret = await visit.logIn({ userName });
  await visit.look('home of the administrator');
  await page.getByRole('button', { name: visit.say('我的账户', 'My account') }).click();
  await visit.link('会话与安全', 'Sessions and security').click();
  await page.getByText(visit.say('当前会话', 'This session')).waitFor();
  await visit.look('sessions');
  await visit.enter('员工与权限', 'Staff and roles');
  await visit.button('新增员工', 'New member').click();
  await page.getByRole('dialog').getByLabel(visit.say('用户名', 'User name')).fill('new.adviser');
  await page.getByRole('checkbox', { name: visit.say('投资顾问', 'Adviser') }).check();
  await visit.button('创建', 'Create').click();
  await page.getByTestId('one-time-code').waitFor();
  await visit.look('staff');
  await page.getByRole('dialog').getByRole('button').last().click();
  await issueAndRevoke(visit);
  await house.employ({ userName }, secret);
}

/** A program's key: shown once, listed without its secret, ended. */
async function issueAndRevoke(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await page.getByRole('tab', { name: say('合作方密钥', 'Partner keys') }).click();
  await visit.look('partner keys, none');
  await visit.button('签发密钥', 'Issue a key').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('名称', 'Name'), { exact: true }).fill('order gateway');
  await dialog.getByRole('button', { name: say('签发密钥', 'Issue a key') }).click();
  const key = page.getByTestId('one-time-code');
  await key.waitFor();
  const secret = (await key.textContent()) ?? '';
  expect(secret).toMatch(/cairn_/);
  await visit.look('partner key, shown once');
  await dialog.getByRole('button').last().click();
  await page.getByRole('row').filter({ hasText: 'order gateway' }).getByRole('button').click();
  expect(await page.content()).not.toContain(secret.trim());
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('吊销', 'Revoke') })
    .click();
  await page.getByText(say('密钥已吊销', 'The key is revoked')).waitFor();
  await visit.look('partner keys');
}
